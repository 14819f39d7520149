'use client';

import { useEffect, useRef, useState } from 'react';
import { useFormPlace } from '@/components/ui/form-place';
import { sendPhoto } from '@/lib/photos/send';
import { newPhotoId, preparePhoto } from '@/lib/photos/shrink';
import { type PhotoDoor, photoAddress } from '@/lib/photos/types';
import { PhotoTile, type Tile } from './photo-tile';

const TRY_AGAIN_MS = 15_000;

/**
 * Photos of a form, sent as repeated `photos[]`. With JavaScript each is shrunk, sent and tried again by itself while
 * the rest of the form is filled in; a form that is sent meanwhile waits for them. Without, the file goes through
 * `PhotoForm` and the photos are kept in the address.
 */
export function PhotoInput({
  photos,
  most,
  seat,
  formId,
  here,
}: {
  /** ids of photos that are there already */
  photos: string[];
  most: number;
  seat: PhotoDoor;
  /** of the PhotoForm */
  formId: string;
  /** address of the page with these photos in it: lets one be removed without JavaScript */
  here?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { _home: home } = useFormPlace();
  const [isLive, setLive] = useState(false);
  const [isAwaited, setAwaited] = useState(false);
  const [tiles, setTiles] = useState<Tile[]>(() =>
    photos.map((id) => ({ id, preview: photoAddress(id, 'small', seat), state: 'there', words: '' })),
  );
  const change = (id: string, to: Partial<Tile>) =>
    setTiles((now) => now.map((one) => (one.id === id ? { ...one, ...to } : one)));

  const addChosen = useRef<(files: FileList | null) => void>(() => undefined);
  useEffect(() => {
    // A phone that is slow to start has shown the plain field for a while: what was chosen in it is not lost with it.
    const plain = box.current?.querySelector<HTMLInputElement>('.photo-plain input[type=file]');
    addChosen.current(plain?.files ?? null);
    // Nor what is chosen from the camera that was opened before: it comes back to a field that is gone by then.
    const late = () => addChosen.current(plain?.files ?? null);
    plain?.addEventListener('change', late);
    setLive(true);
    return () => plain?.removeEventListener('change', late);
  }, []);

  const isBusy = tiles.some((one) => one.state === 'sending' || one.state === 'waiting');
  useEffect(() => {
    const form = box.current?.closest('form');
    if (!form) return;
    if (!isBusy) {
      if (isAwaited) {
        setAwaited(false);
        // Not within the press that was held back, where the photo came through at that very moment: a form that is
        // just being sent does not hear that it should be.
        setTimeout(() => form.requestSubmit());
      }
      return;
    }
    const wait = (event: Event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      setAwaited(true);
    };
    form.addEventListener('submit', wait, { capture: true });
    return () => form.removeEventListener('submit', wait, { capture: true });
  }, [isBusy, isAwaited]);

  const send = async (tile: Tile) => {
    if (!tile.file) return;
    change(tile.id, { state: 'sending', words: '正在传…' });
    const prepared = await preparePhoto(tile.file);
    const sent = await sendPhoto(tile.id, prepared, seat, () => undefined, home);
    if (sent.ok) change(tile.id, { state: 'there', words: '' });
    else if (sent.again) change(tile.id, { state: 'waiting', words: '还没传上去，有网会再传' });
    else change(tile.id, { state: 'refused', words: `${sent.sentence}${sent.next}` });
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
    const fresh = [...(files ?? [])].slice(0, Math.max(0, most - tiles.length)).map(
      (file): Tile => ({
        id: newPhotoId(),
        preview: URL.createObjectURL(file),
        state: 'sending',
        words: '正在传…',
        file,
      }),
    );
    setTiles((now) => [...now, ...fresh]);
    for (const tile of fresh) void send(tile);
  };
  addChosen.current = add;

  const remove = (tile: Tile) => {
    if (tile.file) URL.revokeObjectURL(tile.preview);
    setTiles((now) => now.filter((one) => one.id !== tile.id));
  };

  return (
    <div ref={box} className="photo-input" data-live={isLive ? '' : undefined}>
      {tiles.length > 0 ? (
        <ul className="photo-shots">
          {tiles.map((tile, index) => (
            <PhotoTile
              key={tile.id}
              tile={tile}
              place={index + 1}
              isLive={isLive}
              {...(here ? { removeHref: withoutPhoto(here, tile.id) } : {})}
              onSend={() => void send(tile)}
              onRemove={() => remove(tile)}
            />
          ))}
        </ul>
      ) : null}
      <p role="status" className="photo-shot-there">
        {isAwaited && isBusy ? '照片还在传，传完就送出去' : ''}
      </p>
      {tiles.length >= most ? (
        <p className="field-hint">已经有 {most} 张，够了。</p>
      ) : isLive ? (
        <div className="photo-adds">
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
    <label className={camera ? 'btn btn-outline photo-camera' : 'btn btn-quiet'}>
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

function withoutPhoto(href: string, id: string): string {
  const [path = '', query = ''] = href.split('?');
  const parts = new URLSearchParams(query);
  const left = parts.getAll('photo').filter((one) => one !== id);
  parts.delete('photo');
  for (const one of left) parts.append('photo', one);
  return `${path}?${parts}`;
}
