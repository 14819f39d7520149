import 'server-only';
import type { Actor } from '@/lib/auth/types';
import {
  type Command,
  type CommandCall,
  type CommandOutcome,
  command,
  type Tx,
} from '@/lib/platform/command';
import { enqueue } from '@/lib/platform/outbox';
import { refuse } from '@/lib/platform/refusal';
import { photoStore } from '@/lib/platform/storage';
import { holdFiles } from './files';
import { isSigned, signFacts } from './proof';
import { UNATTACHED_HOURS, UNATTACHED_MOST, UPLOADS_PER_MINUTE } from './rules';
import { type PhotoFacts, photoFacts, removePhotoInput, storePhotoInput } from './schema';

// Photos come in through POST /api/photos (http.ts, upload.ts), which ends in one of these commands. A resident's photo
// belongs to the village he lives in, an official's to the village of the desk: two seats, so two commands each.

/** The server's signature under what it found out about an upload by this person, under this id. */
export function proveFacts(personId: string, id: string, facts: PhotoFacts): string {
  return signFacts(wordsOf(personId, id, facts));
}

function wordsOf(personId: string, id: string, facts: PhotoFacts): unknown[] {
  return ['photo', personId, id, Object.entries(photoFacts.parse(facts)).sort()];
}

function isProven(personId: string, id: string, input: PhotoFacts & { proof: string }): boolean {
  const { proof, ...facts } = input;
  return isSigned(wordsOf(personId, id, facts), proof);
}

type StoreCall = Omit<CommandCall<'person', PhotoFacts & { proof: string }>, 'actor'> & { actor: Actor };

/**
 * Records a photo whose files lie in the store. Refuses what the server did not sign (NOT_ALLOWED) and more unused
 * photos than anyone needs (PHOTOS_UNUSED_TOO_MANY). Throws FileVanished, see there.
 */
async function store({ actor, input, id, now, tx, villageId }: StoreCall): Promise<CommandOutcome> {
  if (!isProven(actor.personId, id, input)) throw refuse('NOT_ALLOWED');
  const since = new Date(now.getTime() - UNATTACHED_HOURS * 3_600_000);
  const unused = await tx.photo.count({
    where: {
      villageId,
      uploadedById: actor.personId,
      createdAt: { gt: since },
      deeds: { none: {} },
      attached: { none: {} },
    },
  });
  if (unused >= UNATTACHED_MOST) throw refuse('PHOTOS_UNUSED_TOO_MANY');
  await holdFiles(tx, photoStore(), [input.largeHash, input.smallHash]);
  const { proof: _, perceptual, takenAt, ...facts } = input;
  await tx.photo.create({
    data: {
      ...facts,
      villageId,
      id,
      uploadedById: actor.personId,
      takenAt: takenAt ? new Date(takenAt) : null,
      perceptual: BigInt(perceptual),
      createdAt: now,
    },
    select: { id: true },
  });
  return { subject: id, width: input.width, height: input.height };
}

const storing = {
  title: '传照片',
  input: storePhotoInput,
  // counted before decoding, in upload.ts; and once more here for those who knock at this door
  perMinute: UPLOADS_PER_MINUTE,
  keep: (input: PhotoFacts) => ({ largeHash: input.largeHash, bytes: input.bytes }),
  may: () => true as const,
};

export const storePhoto = command({ ...storing, name: 'store-photo', seat: 'resident', run: store });

export const storeDeskPhoto = command({ ...storing, name: 'store-desk-photo', seat: 'desk', run: store });

/**
 * Removes one's own photo that proves nothing, or only what was withdrawn; its files go when nothing else names them.
 * Somebody else's photo is NOT_FOUND, one that proves something PHOTO_IN_USE.
 */
async function remove(tx: Tx, villageId: string, personId: string, photoId: string): Promise<CommandOutcome> {
  const [photo] = await tx.$queryRaw<[{ large_hash: string; small_hash: string }]>`
    select large_hash, small_hash from photo_remove(${villageId}::uuid, ${photoId}::uuid, ${personId}::uuid)`;
  await enqueue(tx, 'remove-photo-files', { addresses: [photo.large_hash, photo.small_hash] });
  return { subject: photoId };
}

const removing = {
  title: '移除照片',
  input: removePhotoInput,
  keep: (input: { photoId: string }) => input,
  may: () => true as const,
};

export const removePhoto = command({
  ...removing,
  name: 'remove-photo',
  seat: 'resident',
  run: ({ actor, input, tx, villageId }) => remove(tx, villageId, actor.personId, input.photoId),
});

export const removeDeskPhoto = command({
  ...removing,
  name: 'remove-desk-photo',
  seat: 'desk',
  run: ({ actor, input, tx, villageId }) => remove(tx, villageId, actor.personId, input.photoId),
});

export const photoCommands: Command[] = [storePhoto, storeDeskPhoto, removePhoto, removeDeskPhoto];
