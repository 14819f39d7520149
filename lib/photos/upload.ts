import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { runCommand } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { refusalOtherHome } from '@/lib/platform/home-said';
import { isId } from '@/lib/platform/ids';
import { Refusal, type RefusalCode, type RefusalView, refuse } from '@/lib/platform/refusal';
import { contentAddressOf, photoStore } from '@/lib/platform/storage';
import { proveFacts, storeDeskPhoto, storePhoto } from './commands';
import { type DecodedPhoto, type DecodeFailure, decodePhoto } from './decoder';
import { readTakenAt } from './exif';
import { keepFiles, releaseFiles } from './files';
import { findStoredPhoto } from './reads';
import { type PhotoFormat, plausibleTakenAt, type Sniffed, sniffPhoto } from './rules';
import type { PhotoFacts } from './schema';
import { countGivenUp, countUpload, inTurn, type PhotoSender, senderOf } from './turns';

export interface Upload {
  bytes: Uint8Array;
  /** made by the device: the same id with the same bytes is the same photo */
  id: string;
  actor: Actor;
  /** whose village the photo belongs to: the resident's or the desk's */
  seat: 'resident' | 'desk';
  /** when the phone says it was taken, where the file itself no longer knows */
  claimedTakenAt?: Date | null;
  /** the village whose resident's page sent it, null where it said none; left out where there is no page */
  home?: string | null;
  now: Date;
  address?: string;
  /** count against the rate limit; on for people, off for the seed */
  limited?: boolean;
}

export type UploadResult =
  | { ok: true; id: string; width: number; height: number; repeated: boolean }
  | { ok: false; refusal: RefusalView };

const NO_PHOTO: Partial<Record<Sniffed, RefusalCode>> = {
  empty: 'PHOTO_MISSING',
  heic: 'PHOTO_HEIC',
  other: 'PHOTO_NOT_A_PHOTO',
};

const NOT_DECODED: Record<DecodeFailure['why'], RefusalCode> = {
  UNREADABLE: 'PHOTO_UNREADABLE',
  TOO_MANY_PIXELS: 'PHOTO_TOO_MANY_PIXELS',
  GAVE_UP: 'PHOTO_NOT_PROCESSED',
  BUSY: 'BUSY',
};

/**
 * Takes one photo in: decided by content, decoded apart, stored in two sizes without metadata, recorded by the command
 * `store-photo`. A refusal leaves nothing behind, neither file nor row. The original is never written anywhere.
 */
export async function takePhoto(upload: Upload): Promise<UploadResult> {
  try {
    return await take(upload);
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, refusal: error.view };
    throw error;
  }
}

async function take(upload: Upload): Promise<UploadResult> {
  const { actor, bytes, id, now } = upload;
  const seat = upload.seat === 'desk' ? actor.desk : actor.resident;
  if (!seat) throw refuse('NOT_ALLOWED');
  const elsewhere = upload.seat === 'resident' ? refusalOtherHome(actor, upload.home) : null;
  if (elsewhere) throw refuse(elsewhere.code, elsewhere.params);
  if (!isId(id)) throw refuse('BAD_INPUT', {}, 'id');
  const sender = upload.limited ? senderOf(actor.personId, now) : null;
  if (sender) await countUpload(sender);

  const sniffed = mustBePhoto(bytes);
  const sourceHash = contentAddressOf(bytes);
  const earlier = await findStoredPhoto(db(), seat.villageId, id);
  if (earlier) {
    if (earlier.sourceHash !== sourceHash || earlier.uploadedById !== actor.personId) {
      throw refuse('SAME_ID_OTHER_CONTENT');
    }
    return { ok: true, id, width: earlier.width, height: earlier.height, repeated: true };
  }

  return keep(upload, seat.villageId, sourceHash, await mustDecode(bytes, sniffed, sender));
}

/** What a file is by its content. Refuses what is no photo we read: PHOTO_MISSING, PHOTO_HEIC, PHOTO_NOT_A_PHOTO. */
export function mustBePhoto(bytes: Uint8Array): PhotoFormat {
  const sniffed = sniffPhoto(bytes);
  if (sniffed === 'empty' || sniffed === 'heic' || sniffed === 'other') {
    throw refuse(NO_PHOTO[sniffed] ?? 'PHOTO_NOT_A_PHOTO', {}, 'photo');
  }
  return sniffed;
}

/**
 * A photo in its two sizes, decoded apart. `sender` takes his turn; the seed has none. Refuses PHOTO_UNREADABLE,
 * PHOTO_TOO_MANY_PIXELS, PHOTO_NOT_PROCESSED, PHOTOS_AT_ONCE, BUSY.
 */
export async function mustDecode(
  bytes: Uint8Array,
  format: PhotoFormat,
  sender: PhotoSender | null,
): Promise<DecodedPhoto> {
  const decode = () => decodePhoto(bytes, format);
  const decoded = sender ? await inTurn(sender, decode) : await decode();
  if (decoded.ok) return decoded;
  if (decoded.why === 'GAVE_UP' && sender) await countGivenUp(sender);
  throw refuse(NOT_DECODED[decoded.why], {}, 'photo');
}

async function keep(
  upload: Upload,
  villageId: string,
  sourceHash: string,
  decoded: DecodedPhoto,
): Promise<UploadResult> {
  const { actor, id, now } = upload;
  const own = plausibleTakenAt(decoded.exif ? readTakenAt(decoded.exif) : null, now);
  const takenAt = own ?? plausibleTakenAt(upload.claimedTakenAt ?? null, now);
  const files = [decoded.large, decoded.small];
  const addresses = files.map(contentAddressOf);
  const [largeHash = '', smallHash = ''] = addresses;
  const facts: PhotoFacts = {
    sourceHash,
    largeHash,
    smallHash,
    width: decoded.width,
    height: decoded.height,
    bytes: decoded.large.byteLength,
    takenAt: takenAt?.toISOString() ?? null,
    takenClaimed: takenAt !== null && own === null,
    perceptual: decoded.perceptual,
  };
  const input = { ...facts, proof: proveFacts(actor.personId, id, facts) };
  const command = upload.seat === 'desk' ? storeDeskPhoto : storePhoto;
  const result = await keepFiles(db(), photoStore(), files, () =>
    runCommand(command, { actor, id, input, now, address: upload.address ?? '' }),
  );
  if (!result.ok) return result;
  if (result.repeated) return answerRepeated(villageId, id, addresses);
  return { ok: true, id, width: decoded.width, height: decoded.height, repeated: false };
}

/** The command says it was done before: by a request at the same moment, or before the photo was removed again. */
async function answerRepeated(villageId: string, id: string, addresses: string[]): Promise<UploadResult> {
  const photo = await findStoredPhoto(db(), villageId, id);
  if (photo) return { ok: true, id, width: photo.width, height: photo.height, repeated: true };
  await releaseFiles(db(), photoStore(), addresses);
  throw refuse('PHOTO_GONE', {}, 'photo');
}
