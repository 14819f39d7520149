import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { faultAnswer, ownPath, seeOther } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { keepFormReturn } from '@/lib/platform/form-return';
import { idFromWords, isFreshId, isId, newId } from '@/lib/platform/ids';
import { log } from '@/lib/platform/log';
import { type MultipartPart, multipartBoundary, readMultipart } from '@/lib/platform/multipart';
import { refuseForeignOrigin } from '@/lib/platform/origin';
import { Refusal, type RefusalView, refuse } from '@/lib/platform/refusal';
import { refusedElsewhere, senderOf, withParam } from '@/lib/platform/refused-form';
import { type ContentAddress, photoStore } from '@/lib/platform/storage';
import { findPhotoFile } from './reads';
import { FILES_MOST, UPLOAD_BYTES_MOST } from './rules';
import { takePhoto, type Upload, type UploadResult } from './upload';

// POST /api/photos?seat=resident|desk
//   a photo as the body, with its id in x-photo-id, where the phone shrank it the time in x-photo-taken-at, and on the
//   pages of a resident the village in x-page-home;
//   or a plain form (multipart): _id, _back, _token, _home, then photo, photo …: 303 to _back with photo=<id>… or r=<refusal>
// GET /api/photos/<id>?size=small|large
// The alliance's pictures come and go the same way, by /api/shop-photos (lib/alliance/photo).

/** Read past, so that a browser that is still sending sees the answer instead of a broken connection. */
const RAW_BYTES_MOST = 40 * 1024 * 1024;
const FORM_BYTES_MOST = 80 * 1024 * 1024;
const BACK_PHOTOS_MOST = 12;

/** One photo of a request, as it is handed to whoever takes it in. */
export interface SentPhoto {
  actor: Actor;
  bytes: Uint8Array;
  id: string;
  claimedTakenAt?: Date | null;
  /** the village whose resident's page sent it, null where it said none */
  home: string | null;
}

export interface PhotoHttp {
  actor: Actor | null;
  address: string;
  now: Date;
  /** takes a photo in; evidence unless told otherwise */
  take?: (photo: SentPhoto) => Promise<UploadResult>;
}

/** Answers POST /api/photos. Never throws; a fault becomes a 500 with a number to quote. */
export async function answerPhotoUpload(request: Request, http: PhotoHttp): Promise<Response> {
  const boundary = multipartBoundary(request.headers.get('content-type'));
  try {
    return boundary ? await answerForm(request, boundary, http) : await answerRaw(request, http);
  } catch (error) {
    if (error instanceof Refusal) return jsonAnswer({ ok: false, refusal: error.view }, error.view.status);
    const number = newId().slice(-12);
    log.error(
      { number, fault: error instanceof Error ? error.name : 'unknown', stack: framesOf(error) },
      'fault',
    );
    return faultAnswer(number, !boundary);
  }
}

async function answerRaw(request: Request, http: PhotoHttp): Promise<Response> {
  mustBeOurs(request, http, request.headers.get('x-form-token'));
  const { actor } = http;
  if (!actor) throw refuse('SIGN_IN_FIRST');
  const id = request.headers.get('x-photo-id');
  if (!isFreshId(id)) throw refuse('BAD_INPUT', {}, 'id');
  const bytes = await readPhoto(request);
  const claimed = request.headers.get('x-photo-taken-at');
  const claimedTakenAt = claimed ? new Date(claimed) : null;
  const home = request.headers.get('x-page-home');
  const result = await takeSent(request, http, { actor, bytes, id, claimedTakenAt, home });
  if (!result.ok) return jsonAnswer(result, result.refusal.status);
  const { width, height, repeated } = result;
  return jsonAnswer({ ok: true, outcome: { subject: id, width, height }, repeated }, 200);
}

function takeSent(request: Request, http: PhotoHttp, photo: SentPhoto): Promise<UploadResult> {
  return http.take?.(photo) ?? takePhoto({ ...uploadBasis(request, http, photo.actor), ...photo });
}

function uploadBasis(request: Request, http: PhotoHttp, actor: Actor): Omit<Upload, 'bytes' | 'id'> {
  const asked = new URL(request.url).searchParams.get('seat');
  const seat = asked === 'desk' || (asked !== 'resident' && !actor.resident) ? 'desk' : 'resident';
  return { actor, seat, now: http.now, address: http.address, limited: true };
}

function mustBeOurs(request: Request, http: PhotoHttp, token: string | null): void {
  const refusal = refuseForeignOrigin(request, http.actor?.sessionId ?? '', token, http.now);
  if (refusal) throw refusal;
}

/** The body, counted as it comes; what Content-Length says is no reason to believe it. */
async function readPhoto(request: Request): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  let pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size <= UPLOAD_BYTES_MOST) pieces.push(value);
    else pieces = [];
    if (size > RAW_BYTES_MOST) {
      await reader.cancel().catch(() => undefined);
      break;
    }
  }
  if (size > UPLOAD_BYTES_MOST) throw refuse('PHOTO_TOO_LARGE', {}, 'photo');
  return Buffer.concat(pieces);
}

interface FormState {
  back: string;
  id: string;
  token: string | null;
  home: string | null;
  photos: string[];
  refusal: RefusalView | null;
  files: number;
}

async function answerForm(request: Request, boundary: string, http: PhotoHttp): Promise<Response> {
  const form: FormState = {
    back: '/',
    id: newId(),
    token: null,
    home: null,
    photos: [],
    refusal: null,
    files: 0,
  };
  try {
    if (!request.body) throw refuse('PHOTO_MISSING', {}, 'photo');
    const limits = {
      fileBytesMost: UPLOAD_BYTES_MOST,
      totalBytesMost: FORM_BYTES_MOST,
      partsMost: FILES_MOST + 20,
    };
    for await (const part of readMultipart(request.body, boundary, limits)) {
      if (part.fileName === null) readField(form, part);
      // After a refusal the rest is read past: the person gets a page, not a broken connection.
      else if (!form.refusal) form.refusal = await takeFile(request, http, form, part);
    }
    if (form.files === 0 && !form.refusal) {
      mustBeOurs(request, http, form.token);
      throw refuse('PHOTO_MISSING', {}, 'photo');
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    form.refusal = error.view;
  }
  return seeOther(await backOf(form, http));
}

function readField(form: FormState, part: MultipartPart): void {
  const text = new TextDecoder().decode(part.bytes);
  if (part.name === '_back') form.back = ownPath(text, '/');
  else if (part.name === '_token') form.token = text;
  else if (part.name === '_home') form.home = text;
  else if (part.name === '_id' && isFreshId(text)) form.id = text;
}

async function takeFile(
  request: Request,
  http: PhotoHttp,
  form: FormState,
  part: MultipartPart,
): Promise<RefusalView | null> {
  mustBeOurs(request, http, form.token);
  const { actor } = http;
  if (!actor) return refuse('SIGN_IN_FIRST').view;
  if (part.name !== 'photo' || (part.fileName === '' && part.bytes.length === 0)) return null;
  form.files += 1;
  if (form.files > FILES_MOST) return refuse('TOO_MANY_PHOTOS', { most: FILES_MOST }, 'photo').view;
  if (part.isTooLarge) return refuse('PHOTO_TOO_LARGE', {}, 'photo').view;
  const id = form.files === 1 ? form.id : idFromWords('photo', form.id, String(form.files));
  const result = await takeSent(request, http, { actor, bytes: part.bytes, id, home: form.home });
  if (!result.ok) return result.refusal;
  form.photos.push(id);
  return null;
}

/** The page the form was on, with the photos that are there now and, where one was refused, why. */
async function backOf(form: FormState, http: PhotoHttp): Promise<string> {
  const url = new URL(form.back, 'http://here');
  const kept = new Set([...url.searchParams.getAll('photo'), ...form.photos].filter(isId));
  url.searchParams.delete('photo');
  url.searchParams.delete('r');
  url.searchParams.delete('ok');
  for (const id of [...kept].slice(-BACK_PHOTOS_MOST)) url.searchParams.append('photo', id);
  const back = `${url.pathname}${url.search}${url.hash}`;
  if (!form.refusal) return back;
  if (form.refusal.code === 'SIGN_IN_FIRST') return `/sign-in?next=${encodeURIComponent(back)}`;
  const elsewhere = await refusedElsewhere(form.refusal, http);
  if (elsewhere) return elsewhere;
  const r = await keepFormReturn(senderOf(http), form.refusal, {}, http.now);
  return withParam(back, 'r', r);
}

/**
 * Answers GET /api/photos/<id>: the picture, to those who may see it. To anyone else, and where there is none, the
 * same 404. It may be kept by this browser alone and for this session alone; nothing in it can run.
 */
export async function answerPhoto(request: Request, id: string, actor: Actor | null): Promise<Response> {
  const size = new URL(request.url).searchParams.get('size') === 'small' ? 'small' : 'large';
  const address = actor ? await findPhotoFile(db(), actor, id, size) : null;
  return answerPhotoFile(request, id, address);
}

/** Answers with a stored picture; 404 without one. One that is public may be kept by whoever passes it on. */
export async function answerPhotoFile(
  request: Request,
  id: string,
  address: ContentAddress | null,
  isPublic = false,
): Promise<Response> {
  if (!address) return notThere();
  const headers = {
    etag: `"${address}"`,
    'cache-control': isPublic ? 'public, max-age=3600' : 'private, max-age=3600',
    vary: 'cookie',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
  };
  const known = request.headers.get('if-none-match') ?? '';
  if (known.includes(headers.etag)) return new Response(null, { status: 304, headers });
  const file = await photoStore().get(address);
  if (!file) {
    log.error({ address }, 'a photo has lost its file');
    return notThere();
  }
  return new Response(file.stream, {
    headers: {
      ...headers,
      'content-type': 'image/jpeg',
      'content-length': String(file.bytes),
      'content-disposition': `inline; filename="${id}.jpg"`,
    },
  });
}

function notThere(): Response {
  const { view } = refuse('NOT_FOUND');
  return jsonAnswer({ ok: false, refusal: view }, view.status);
}

function jsonAnswer(body: object, status: number): Response {
  return Response.json(body, {
    status,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
}

function framesOf(error: unknown): string {
  // The message may carry what someone sent; the frames don't.
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join('\n');
}
