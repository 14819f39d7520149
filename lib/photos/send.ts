import { AT_ONCE_MOST } from './rules';
import { type PhotoDoor, uploadAddress } from './types';

/** A photo as it leaves the phone. */
export interface PreparedPhoto {
  blob: Blob;
  /** when it was taken, where shrinking lost it; the server notes it as what the phone says */
  takenAt: Date | null;
}

export type PhotoSent = { ok: true } | { ok: false; sentence: string; next: string; again: boolean };

const PATIENCE_MS = 90_000;
const NO_NETWORK = {
  ok: false,
  sentence: '网络不好，没有传上去。',
  next: '照片还在手机上，点“重试”再传。',
  again: true,
} as const;

let sending = 0;
const waiting: (() => void)[] = [];

/**
 * Sends one prepared photo under its id and tells how much has gone (0 to 1). Of many that are chosen at once, some wait
 * here: the server takes no more of one person at a time. `home` is the village of the resident's page it is sent from.
 * Never throws. `again`: whether the same photo may be tried again.
 */
export async function sendPhoto(
  id: string,
  photo: PreparedPhoto,
  door: PhotoDoor,
  onProgress: (part: number) => void,
  home?: string,
): Promise<PhotoSent> {
  // whoever waits is handed the place of the one that is done
  if (sending >= AT_ONCE_MOST) await new Promise<void>((go) => waiting.push(go));
  else sending += 1;
  try {
    return await sendNow(id, photo, door, onProgress, home);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else sending -= 1;
  }
}

/** XMLHttpRequest, because fetch does not tell how much has gone. */
function sendNow(
  id: string,
  photo: PreparedPhoto,
  door: PhotoDoor,
  onProgress: (part: number) => void,
  home?: string,
): Promise<PhotoSent> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('POST', uploadAddress(door));
    request.timeout = PATIENCE_MS;
    request.setRequestHeader('content-type', photo.blob.type || 'application/octet-stream');
    request.setRequestHeader('x-photo-id', id);
    if (home) request.setRequestHeader('x-page-home', home);
    if (photo.takenAt) request.setRequestHeader('x-photo-taken-at', photo.takenAt.toISOString());
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => done(readAnswer(request));
    request.onerror = () => done(NO_NETWORK);
    request.ontimeout = () => done(NO_NETWORK);
    request.onabort = () => done(NO_NETWORK);
    request.send(photo.blob);
  });
}

function readAnswer(request: XMLHttpRequest): PhotoSent {
  try {
    const answer = JSON.parse(request.responseText) as {
      ok: boolean;
      refusal?: { sentence: string; next: string; status: number };
    };
    if (answer.ok) return { ok: true };
    if (answer.refusal) {
      const { sentence, next, status } = answer.refusal;
      return { ok: false, sentence, next, again: status === 429 || status === 503 || status === 401 };
    }
  } catch {
    // Not our answer: a proxy's page, or half of one.
  }
  return NO_NETWORK;
}
