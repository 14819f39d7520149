import 'server-only';
import { notFound } from 'next/navigation';
import { requireSeat } from '@/lib/auth/actor';
import { findDeduction } from '@/lib/deductions/reads';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

export interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The deduction a page of the desk is about, and who looks; one of another village is not found. */
export async function deskDeduction(params: Props['params']) {
  const actor = await requireSeat('desk');
  const { id } = await params;
  const at = now();
  const deduction = await findDeduction(db(), { villageId: actor.desk.villageId }, id, at);
  if (!deduction) notFound();
  return { actor, deduction, at };
}
