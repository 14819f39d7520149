import 'server-only';
import type { Tx } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import type { RulebookState } from '../types';

/** A version as a command found it, locked until its transaction ends. */
export interface TakenVersion {
  id: string;
  number: number;
  state: RulebookState;
  hearingUntil: Date | null;
}

/** Locks a version of the village, so that nobody else moves it on meanwhile. Refuses NOT_FOUND. */
export async function takeVersion(tx: Tx, villageId: string, versionId: string): Promise<TakenVersion> {
  const rows = await tx.$queryRaw<TakenVersion[]>`
    select id::text, number, state::text, hearing_until as "hearingUntil" from rulebook_version
    where village_id = ${villageId}::uuid and id = ${versionId}::uuid for update`;
  const version = rows[0];
  if (!version) throw refuse('NOT_FOUND');
  return version;
}

/** The same, of one that may still be written. Refuses RULEBOOK_HEARD, RULEBOOK_ADOPTED, RULEBOOK_DROPPED. */
export async function takeDraft(tx: Tx, villageId: string, versionId: string): Promise<TakenVersion> {
  const version = await takeVersion(tx, villageId, versionId);
  if (version.state === 'HEARING') throw refuse('RULEBOOK_HEARD');
  if (version.state === 'DROPPED') throw refuse('RULEBOOK_DROPPED');
  if (version.state !== 'DRAFT') throw refuse('RULEBOOK_ADOPTED');
  return version;
}

/** The same, of one that is heard. Refuses RULEBOOK_NOT_HEARD. */
export async function takeHeard(
  tx: Tx,
  villageId: string,
  versionId: string,
): Promise<TakenVersion & { hearingUntil: Date }> {
  const { hearingUntil, ...version } = await takeVersion(tx, villageId, versionId);
  if (version.state !== 'HEARING' || !hearingUntil) throw refuse('RULEBOOK_NOT_HEARD');
  return { ...version, hearingUntil };
}
