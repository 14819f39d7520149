import type { Actor } from '@/lib/auth/types';

export interface PhotoSubject {
  villageId: string;
  uploadedById: string;
  /** whether it proves anything yet */
  isUsed: boolean;
  /** households that what it proves is about: a deed, a deduction, an objection */
  householdIds: string[];
}

/**
 * A photo is seen by who took it, by the household that what it proves is about, and, once it proves something, by the
 * village's office. By nobody else: not by neighbours, not by other villages, not by township or district.
 */
export function canSeePhoto(actor: Actor, photo: PhotoSubject): boolean {
  if (photo.uploadedById === actor.personId) return true;
  const { resident } = actor;
  if (resident?.villageId === photo.villageId && photo.householdIds.includes(resident.householdId))
    return true;
  return photo.isUsed && actor.desks.some((desk) => desk.villageId === photo.villageId);
}

/** The villages an actor has something to do with. */
export function villagesOf(actor: Actor): string[] {
  const desks = actor.desks.map((desk) => desk.villageId);
  return [...new Set(actor.resident ? [actor.resident.villageId, ...desks] : desks)];
}
