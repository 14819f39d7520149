'use client';

import { useEffect, useRef, useState } from 'react';
import { readScanned, type Scanned, sayWrongCode } from '@/lib/alliance/counter/rules';
import { type Decoder, openDecoder } from './decode';

const LOOK_EVERY_MS = 180;

type Trouble = 'refused' | 'none' | 'busy' | 'unable';

const TROUBLES: Record<Trouble, string> = {
  refused: '没有让用相机。可以在浏览器的设置里打开相机，或者直接输 8 个数字那样输进来。',
  none: '这部手机上找不到相机，请输数字。',
  busy: '相机正被别的程序用着，关掉它再来，或者输数字。',
  unable: '这个浏览器用不了相机，请输数字。',
};

function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'unable';
}

/**
 * The camera, until it has seen the code that is wanted; says plainly when it sees another one. Loaded only when it is
 * opened. `onOther` is told of our other kind of code.
 */
export default function Scanner({
  wanted,
  onCode,
  onClose,
}: {
  wanted: 'pay' | 'voucher';
  onCode: (found: Exclude<Scanned, { kind: 'shop' | 'other' }>) => void;
  onClose: () => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onCode);
  tell.current = onCode;
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [wrong, setWrong] = useState('');
  const [isReady, setReady] = useState(false);
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);

  useEffect(() => {
    let stopped = false;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const look = async (decode: Decoder) => {
      const picture = video.current;
      if (stopped || !picture) return;
      try {
        const texts = picture.videoWidth > 0 ? await decode(picture) : [];
        for (const text of texts) {
          if (stopped) return;
          const found = readScanned(text);
          if (found.kind === 'pay' || found.kind === 'voucher') {
            stopped = true;
            navigator.vibrate?.(80);
            tell.current(found);
            return;
          }
          setWrong(sayWrongCode(found, wanted));
        }
      } catch {
        // One picture that could not be read; the next one may.
      }
      timer = setTimeout(() => void look(decode), LOOK_EVERY_MS);
    };

    const open = async () => {
      try {
        if (!navigator.mediaDevices?.getUserMedia) {
          setTrouble('unable');
          return;
        }
        const decoding = openDecoder();
        stream = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
        });
        const decode = await decoding;
        if (stopped || !video.current) return close();
        video.current.srcObject = stream;
        await video.current.play().catch(() => undefined);
        setTrack(stream.getVideoTracks()[0] ?? null);
        setReady(true);
        void look(decode);
      } catch (error) {
        close();
        setTrouble(troubleOf(error));
      }
    };
    const close = () => {
      for (const one of stream?.getTracks() ?? []) one.stop();
      stream = null;
    };
    void open();
    return () => {
      stopped = true;
      clearTimeout(timer);
      close();
    };
  }, [wanted]);

  return (
    <div className="scanner">
      {trouble ? (
        <div className="message message-look" role="alert">
          <div>
            <p>
              <strong>相机打不开</strong>
            </p>
            <p>{TROUBLES[trouble]}</p>
          </div>
        </div>
      ) : (
        <>
          <div className="scanner-view">
            <video ref={video} muted playsInline aria-label="相机里的画面" />
          </div>
          <p className="scanner-hint" role="status">
            {wrong ||
              (isReady ? (wanted === 'pay' ? '对准他手机上的付款码' : '对准代金券上的码') : '正在打开相机…')}
          </p>
        </>
      )}
      <div className="btn-row">
        {track ? <Torch track={track} /> : null}
        <button type="button" className="btn btn-outline" onClick={onClose}>
          关上相机
        </button>
      </div>
    </div>
  );
}

/** The phone's lamp, where the camera has one. */
function Torch({ track }: { track: MediaStreamTrack }) {
  const [on, setOn] = useState(false);
  const can = (track.getCapabilities?.() as { torch?: boolean } | undefined)?.torch === true;
  if (!can) return null;
  const turn = async () => {
    try {
      await track.applyConstraints({ advanced: [{ torch: !on } as MediaTrackConstraintSet] });
      setOn(!on);
    } catch {
      // The lamp is not ours at this moment.
    }
  };
  return (
    <button type="button" className="btn btn-outline" aria-pressed={on} onClick={() => void turn()}>
      {on ? '关灯' : '开灯'}
    </button>
  );
}
