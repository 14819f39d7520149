import 'server-only';
import { notFound } from 'next/navigation';
import { requireSeat } from '@/lib/auth/actor';
import { type Day, dayOf, now } from '@/lib/platform/clock';
import type { Seated } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { type FormReturnView, readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { canKeepRulebook } from '@/lib/rulebook/policy';
import { findVersion, listEveryVersion } from '@/lib/rulebook/version/reads';
import type { VersionWhole } from '@/lib/rulebook/version/types';

export type Query = Record<string, string | string[] | undefined>;

export interface VersionProps {
  params: Promise<{ version: string }>;
  searchParams: Promise<Query>;
}

/** What every page about one version begins with. */
export interface VersionPage extends VersionWhole {
  actor: Seated<'desk'>;
  villageId: string;
  query: Query;
  at: Date;
  today: Day;
  token: string;
  form: FormReturnView | null;
  /** /desk/rulebook/3 */
  base: string;
  isKeeper: boolean;
}

/**
 * The version of an address, by its number, or `draft` for the one being worked on; not found when the village has none
 * of it. `keepers`: only for who may change it, and only while it is a draft.
 */
export async function openVersion(
  { params, searchParams }: VersionProps,
  { keepers = false, drafts = false } = {},
): Promise<VersionPage> {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const isKeeper = canKeepRulebook(actor) === true;
  if (keepers && !isKeeper) notFound();
  const [{ version: asked }, query] = await Promise.all([params, searchParams]);
  const number =
    asked === 'draft' ? await numberOfOpen(villageId) : /^\d{1,4}$/.test(asked) ? Number(asked) : 0;
  const found = number > 0 ? await findVersion(db(), villageId, number) : null;
  if (!found || (drafts && found.version.state !== 'DRAFT')) notFound();
  const at = now();
  return {
    ...found,
    actor,
    villageId,
    query,
    at,
    today: dayOf(at),
    token: formToken(actor.sessionId, at),
    form: await readFormReturn(actor.sessionId, query.r, at),
    base: `/desk/rulebook/${found.version.number}`,
    isKeeper,
  };
}

async function numberOfOpen(villageId: string): Promise<number> {
  const versions = await listEveryVersion(db(), villageId);
  return versions.find((one) => one.state === 'DRAFT' || one.state === 'HEARING')?.number ?? 0;
}
