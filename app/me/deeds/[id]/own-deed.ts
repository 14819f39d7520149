import { notFound } from 'next/navigation';
import { requireSeat } from '@/lib/auth/actor';
import { findHouseholdDeed } from '@/lib/deeds/own/reads';
import { db } from '@/lib/platform/db';

/** The deed a page is about, and who looks; a deed of another household is not found. */
export async function ownDeed(params: Promise<{ id: string }>) {
  const actor = await requireSeat('resident');
  const { id } = await params;
  const deed = await findHouseholdDeed(db(), actor.resident, id, actor.personId);
  if (!deed) notFound();
  return { actor, deed };
}
