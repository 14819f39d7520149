import 'server-only';
import { listAttachedPhotos } from '@/lib/photos/attached';
import { dayOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { findHouseholdCall } from '@/lib/residents/household/reads';
import type { ConsentView, DeskConsentView, OwnConsentView } from './types';

interface ConsentRecord {
  id: string;
  text_version: number;
  text: string;
  given_at: Date;
  given_by: string | null;
  recorded_by: string | null;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawal_recorded_by: string | null;
}

/** How a household stands to being named. Three queries. */
async function readConsent(db: Db, villageId: string, householdId: string): Promise<ConsentView> {
  const [row] = await db.$queryRaw<ConsentRecord[]>`
    select c.id, c.text_version, c.text, c.given_at, c.withdrawn_at,
      coalesce(g.name, gs.name) as given_by, gr.name as recorded_by,
      coalesce(w.name, ws.name) as withdrawn_by, wr.name as withdrawal_recorded_by
    from consent c
    left join person g on g.id = c.given_by_id
    left join resident gs on gs.village_id = c.village_id and gs.id = c.signer_id
    left join person gr on gr.id = c.recorder_id
    left join person w on w.id = c.withdrawn_by_id
    left join resident ws on ws.village_id = c.village_id and ws.id = c.withdrawn_signer_id
    left join person wr on wr.id = c.withdrawn_recorder_id
    where c.village_id = ${villageId}::uuid and c.household_id = ${householdId}::uuid
    order by c.given_at desc, c.id desc limit 1`;
  if (!row) return { isGiven: false, last: null };
  const [papers, withdrawals] = await Promise.all([
    listAttachedPhotos(db, villageId, 'CONSENT', [row.id]),
    listAttachedPhotos(db, villageId, 'CONSENT_WITHDRAWN', [row.id]),
  ]);
  return {
    isGiven: row.withdrawn_at === null,
    last: {
      textVersion: row.text_version,
      text: row.text,
      givenBy: row.given_by ?? '',
      givenOn: dayOf(row.given_at),
      recordedBy: row.recorded_by ?? '',
      withdrawnBy: row.withdrawn_by ?? '',
      withdrawnOn: row.withdrawn_at ? dayOf(row.withdrawn_at) : null,
      withdrawalRecordedBy: row.withdrawal_recorded_by ?? '',
      photos: [...(papers.get(row.id) ?? []), ...(withdrawals.get(row.id) ?? [])],
    },
  };
}

/** How a household stands to being named, as one of its people sees it. Four queries. */
export async function findConsent(
  db: Db,
  who: { villageId: string; householdId: string; personId: string },
  now: Date,
): Promise<OwnConsentView> {
  const { villageId, householdId, personId } = who;
  const [consent, speaks] = await Promise.all([
    readConsent(db, villageId, householdId),
    db.$queryRaw<{ mine: boolean }[]>`
      select speaks_for_household(${villageId}::uuid, ${householdId}::uuid, ${personId}::uuid, ${now}::timestamptz) as mine`,
  ]);
  return { ...consent, isMine: speaks[0]?.mine ?? false };
}

/**
 * The same as someone of the office sees it who may write down what is signed on paper; null when there is no such
 * household in the village. Seven queries.
 */
export async function findDeskConsent(
  db: Db,
  who: { villageId: string; householdId: string; personId: string },
  now: Date,
): Promise<DeskConsentView | null> {
  const { villageId, householdId, personId } = who;
  const call = await findHouseholdCall(db, villageId, householdId);
  if (call === null) return null;
  const [consent, signers, asked] = await Promise.all([
    readConsent(db, villageId, householdId),
    db.$queryRaw<{ id: string; name: string }[]>`
      select r.id, r.name from resident r
      where r.village_id = ${villageId}::uuid and r.household_id = ${householdId}::uuid and r.left_on is null
        and not may_be_at_most(r.birth_year, r.relation, shanghai_day(${now}::timestamptz), 18)
      order by r.relation, r.created_at, r.id`,
    db.$queryRaw<{ recusal: DeskConsentView['recusal']; left: boolean }[]>`
      select recusal(${villageId}::uuid, ${householdId}::uuid, null, ${personId}::uuid) as recusal,
        h.left_on is not null as left
      from household h where h.village_id = ${villageId}::uuid and h.id = ${householdId}::uuid`,
  ]);
  return {
    ...consent,
    call,
    hasLeft: asked[0]?.left ?? false,
    signers,
    recusal: asked[0]?.recusal ?? null,
  };
}
