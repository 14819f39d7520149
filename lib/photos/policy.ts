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
  const isAtHome = actor.residents.some(
    (home) => home.villageId === photo.villageId && photo.householdIds.includes(home.householdId),
  );
  if (isAtHome) return true;
  return photo.isUsed && actor.desks.some((desk) => desk.villageId === photo.villageId);
}

/** The villages an actor has something to do with. */
export function villagesOf(actor: Actor): string[] {
  return [...new Set([...actor.residents, ...actor.desks].map((seat) => seat.villageId))];
}
