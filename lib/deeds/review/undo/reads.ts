import 'server-only';
import type { Db } from '@/lib/platform/db';
import { surnameOf } from '@/lib/residents/rules';
import type { Viewer } from '../../queue/types';
import type { UndoableDecision } from '../types';

/** What this person decided last, if it can still be taken back (deed_undo). One query. */
export async function findUndoable(db: Db, viewer: Viewer): Promise<UndoableDecision | null> {
  const { villageId, personId, now } = viewer;
  const rows = await db.$queryRaw<
    (Omit<UndoableDecision, 'householdCall'> & { head: string | null; open: boolean })[]
  >`
    with mine as (
      select dd.*, v.undo_minutes from deed_decision dd join village v on v.id = dd.village_id
      where dd.village_id = ${villageId}::uuid and dd.person_id = ${personId}::uuid
      order by dd.decided_at desc, dd.id desc limit 1
    )
    select dd.deed_id as "deedId", dd.kind::text as kind, i.name as "itemName", h.code as "householdCode",
      (select r.name from resident r where r.village_id = h.village_id and r.household_id = h.id
       and r.relation = 'HEAD' and r.left_on is null order by r.created_at limit 1) as head,
      dd.reason, d.honour_awarded as honour, d.points_awarded as points,
      dd.decided_at + make_interval(mins => dd.undo_minutes) as until
    from mine dd
    join deed d on d.village_id = dd.village_id and d.id = dd.deed_id
    join item i on i.village_id = d.village_id and i.id = d.item_id
    join household h on h.village_id = d.village_id and h.id = d.household_id
    where dd.kind in ('FIRST_APPROVE', 'APPROVE', 'RETURN')
      and ${now}::timestamptz <= dd.decided_at + make_interval(mins => dd.undo_minutes)
      and not exists (select from deed_decision l where l.village_id = dd.village_id and l.deed_id = dd.deed_id
                      and (l.decided_at, l.id) > (dd.decided_at, dd.id))`;
  const row = rows[0];
  if (!row) return null;
  const { head, ...rest } = row;
  return { ...rest, householdCall: head ? `${surnameOf(head)}家` : '' };
}
