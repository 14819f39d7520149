'use client';

import { useEffect, useRef, useState } from 'react';
import { photoAddress } from '@/lib/photos/types';
import { shrinkPhoto } from './shrink';

const TRY_AGAIN_MS = 15_000;

interface Tile {
  id: string;
  /** what is shown before the server has it */
  preview: string;
  state: 'sending' | 'there' | 'waiting' | 'refused';
  words: string;
  file?: File;
}

/**
 * Photos of a form, sent as repeated `photos[]`. With JavaScript each is shrunk, sent and retried by itself while the
 * rest of the form is filled in; the form carries `data-photos="busy"` meanwhile and hears `photos-settled` after.
 * Without, the file goes through `PhotoForm` and the photos are kept in the address.
 */
export function PhotoInput({
  photos,
  most,
  formId,
  here,
}: {
  /** ids of photos that are there already */
  photos: string[];
  most: number;
  /** of the PhotoForm */
  formId: string;
  /** address of the page with these photos in it */
  here: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [isLive, setLive] = useState(false);
  const [tiles, setTiles] = useState<Tile[]>(() =>
    photos.map((id) => ({ id, preview: photoAddress(id, 'small'), state: 'there', words: '' })),
  );
  const change = (id: string, to: Partial<Tile>) =>
    setTiles((now) => now.map((one) => (one.id === id ? { ...one, ...to } : one)));

  useEffect(() => setLive(true), []);

  const busy = tiles.some((one) => one.state === 'sending' || one.state === 'waiting');
  useEffect(() => {
    const form = box.current?.closest('form');
    if (!form) return;
    form.dataset.photos = busy ? 'busy' : 'settled';
    if (!busy) form.dispatchEvent(new Event('photos-settled'));
  }, [busy]);

  const send = async (tile: Tile) => {
    if (!tile.file) return;
    change(tile.id, { state: 'sending', words: '正在传…' });
    change(tile.id, await upload(tile.id, tile.file));
  };

  const waiting = tiles.filter((one) => one.state === 'waiting');
  useEffect(() => {
    if (waiting.length === 0) return;
    const again = () => {
      for (const tile of waiting) void send(tile);
    };
    const timer = setTimeout(again, TRY_AGAIN_MS);
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  });

  const add = (files: FileList | null) => {
    const room = most - tiles.length;
    const fresh = [...(files ?? [])].slice(0, Math.max(0, room)).map(
      (file): Tile => ({
        id: freshId(),
        preview: URL.createObjectURL(file),
        state: 'sending',
        words: '正在传…',
        file,
      }),
    );
    setTiles((now) => [...now, ...fresh]);
    for (const tile of fresh) void send(tile);
  };

  const remove = (tile: Tile) => {
    if (tile.file) URL.revokeObjectURL(tile.preview);
    setTiles((now) => now.filter((one) => one.id !== tile.id));
  };

  return (
    <div ref={box} className="photo-input" data-live={isLive ? '' : undefined}>
      {tiles.length > 0 ? (
        <ul className="photo-tiles">
          {tiles.map((tile, index) => (
            <li key={tile.id}>
              <img src={tile.preview} alt={`第 ${index + 1} 张照片`} />
              {tile.state === 'there' ? <input type="hidden" name="photos[]" value={tile.id} /> : null}
              <span role="status">{tile.words}</span>
              {tile.state === 'waiting' ? (
                <button type="button" className="btn btn-quiet" onClick={() => void send(tile)}>
                  再传
                </button>
              ) : null}
              {isLive ? (
                <button type="button" className="btn btn-quiet" onClick={() => remove(tile)}>
                  移除<span className="said">第 {index + 1} 张照片</span>
                </button>
              ) : (
                <a className="btn btn-quiet" href={withoutPhoto(here, tile.id)}>
                  移除<span className="said">第 {index + 1} 张照片</span>
                </a>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {tiles.length >= most ? (
        <p className="field-hint">已经有 {most} 张，够了。</p>
      ) : isLive ? (
        <div className="photo-ways">
          <PickButton camera onPick={add}>
            {tiles.length > 0 ? '再拍一张' : '拍照片'}
          </PickButton>
          <PickButton onPick={add}>从相册选</PickButton>
        </div>
      ) : (
        <div className="photo-plain">
          <input
            type="file"
            name="photo"
            form={formId}
            accept="image/jpeg,image/png,image/webp"
            multiple
            aria-label="选照片"
            className="input"
          />
          <button type="submit" form={formId} className="btn btn-outline">
            放上照片
          </button>
          <p className="field-hint">先放照片，再填下面的。</p>
        </div>
      )}
    </div>
  );
}

function PickButton({
  camera,
  onPick,
  children,
}: {
  camera?: boolean;
  onPick: (files: FileList | null) => void;
  children: string;
}) {
  return (
    <label className={`btn ${camera ? 'btn-outline photo-camera' : 'btn-quiet'}`}>
      {camera ? (
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d="M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z" />
        </svg>
      ) : null}
      <span>{children}</span>
      <input
        type="file"
        accept="image/*"
        className="said"
        {...(camera ? { capture: 'environment' as const } : { multiple: true })}
        onChange={(event) => {
          onPick(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}

async function upload(id: string, file: File): Promise<Partial<Tile>> {
  const away: Partial<Tile> = { state: 'waiting', words: '还没传上去，有网会再传' };
  try {
    const { blob, takenAt } = await shrinkPhoto(file);
    const response = await fetch('/api/photos?seat=resident', {
      method: 'POST',
      headers: {
        'content-type': blob.type || 'application/octet-stream',
        'x-photo-id': id,
        ...(takenAt ? { 'x-photo-taken-at': takenAt.toISOString() } : {}),
      },
      body: blob,
    });
    if (response.status >= 500 || response.status === 429) return away;
    const answer = (await response.json()) as { ok?: boolean; refusal?: { sentence: string; next: string } };
    if (answer.ok) return { state: 'there', words: '' };
    return {
      state: 'refused',
      words: `${answer.refusal?.sentence ?? '没有收下。'}${answer.refusal?.next ?? ''}`,
    };
  } catch {
    return away;
  }
}

/** A UUIDv7; made here because crypto.randomUUID is missing where the page is not reached by https. */
function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let place = 5; place >= 0; place--) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function withoutPhoto(href: string, id: string): string {
  const [path = '', query = ''] = href.split('?');
  const parts = new URLSearchParams(query);
  const left = parts.getAll('photo').filter((one) => one !== id);
  parts.delete('photo');
  for (const one of left) parts.append('photo', one);
  return parts.size > 0 ? `${path}?${parts}` : path;
}
