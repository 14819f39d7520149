import type pg from 'pg';
import type { CommandResult } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { type Ask, aWorkingVillage, type WorkingVillage } from '@/lib/testing/working-village';
import { checkList, draftList, publishList, withdrawList } from '../commands';

// A village with a black list adopted, the verbs of a list's life, and deductions written behind the program's back:
// what leads to them is another part's business, what rests on them is ours.

export interface DeductionFacts {
  state?: string;
  points?: number;
  /** the item's code */
  code?: string;
  seenOn?: string;
  noticedAt?: string | null;
  answerUntil?: string | null;
  postedAt?: string;
  /** the resident it names */
  residentId?: string | null;
  /** whether the ledger has its posting */
  posted?: boolean;
}

export interface ListedVillage extends Omit<WorkingVillage, 'withdraw'> {
  draft(what?: Record<string, unknown>, ask?: Ask): Promise<CommandResult>;
  /** the same, and the list's id; throws when refused */
  drafted(what?: Record<string, unknown>, ask?: Ask): Promise<string>;
  check(listId: string, by?: { id: string }, ask?: Ask): Promise<CommandResult>;
  publish(listId: string, ask?: Ask): Promise<CommandResult>;
  withdraw(listId: string, reason?: string, by?: { id: string }, ask?: Ask): Promise<CommandResult>;
  /** drafted, checked and before the public */
  published(what?: Record<string, unknown>, ask?: Ask): Promise<string>;
  /** a deduction of a household, posted and sound unless told otherwise; answers its id */
  deduct(household: number, facts?: DeductionFacts): Promise<string>;
}

export const BLACK = { kind: 'BLACK', subject: 'HOUSEHOLD', period: '2026Q4' };
export const RED = { kind: 'RED', subject: 'HOUSEHOLD', period: '2026Q4' };

/** Runs SQL without triggers and foreign keys: what no program can do. */
export async function behindTheScenes(owner: pg.Pool, sql: string, params: unknown[] = []): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("set session_replication_role = 'replica'");
    await client.query(sql, params);
  } finally {
    await client.query("set session_replication_role = 'origin'");
    client.release();
  }
}

/** A village with a working rulebook whose black list is on from five points. */
export async function aListedVillage(
  owner: pg.Pool,
  options: Parameters<typeof aWorkingVillage>[0] = {},
): Promise<ListedVillage> {
  const v = await aWorkingVillage({
    households: 6,
    ...options,
    settings: { blackListOn: true, blackThreshold: 5, redTop: 3, ...options.settings },
  });
  const verb = async (command: typeof checkList, by: { id: string }, input: unknown, ask?: Ask) =>
    v.run(command, await v.actorOf(by), input, ask);
  const draft: ListedVillage['draft'] = (what = RED, ask) => verb(draftList, v.secretary, what, ask);
  const drafted: ListedVillage['drafted'] = async (what, ask) => {
    const result = await draft(what, ask);
    if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
    return String(result.outcome.subject);
  };
  const check: ListedVillage['check'] = (listId, by = v.supervisor, ask = {}) =>
    verb(checkList, by, { listId }, ask);
  const publish: ListedVillage['publish'] = (listId, ask) => verb(publishList, v.secretary, { listId }, ask);
  return {
    ...v,
    draft,
    drafted,
    check,
    publish,
    withdraw: (listId, reason = '名单有误，重新核', by = v.secretary, ask = {}) =>
      verb(withdrawList, by, { listId, reason }, ask),
    async published(what, ask) {
      const listId = await drafted(what, ask);
      for (const step of [await check(listId, v.supervisor, ask), await publish(listId, ask)]) {
        if (!step.ok) throw new Error(`refused: ${step.refusal.code}`);
      }
      return listId;
    },
    async deduct(household, facts = {}) {
      const { code = 'AGRI_ECO-03', points = 5, seenOn = '2026-10-20', state = 'POSTED' } = facts;
      const { postedAt = '2026-11-05T02:00:00Z' } = facts;
      const id = newId();
      const home = v.household(household);
      const isPosted = ['POSTED', 'RESTORED', 'OVERTURNED'].includes(state);
      const isServed = isPosted || ['NOTICED', 'CONTESTED'].includes(state);
      const {
        noticedAt = isServed ? '2026-10-25T02:00:00Z' : null,
        answerUntil = isServed ? '2026-11-01' : null,
      } = facts;
      await behindTheScenes(
        owner,
        `insert into deduction (village_id, id, household_id, resident_id, version_id, item_id, state, seen_on, seen_by,
           facts, recorded_by_id, recorded_at, proposed_by_id, proposed_at, approved_by_id, noticed_at, noticed_how,
           answer_until, posted_at, points)
         select $1, $2, $3, $4, i.version_id, i.id, $5::"DeductionState", $6::date, '网格员', '看见了', $7, '2026-10-21', $7,
           '2026-10-22', $8, $9::timestamptz, 'HAND', $10::date, $13::timestamptz, $11
         from item i where i.village_id = $1 and i.id = $12`,
        [
          v.id,
          id,
          home.id,
          facts.residentId ?? null,
          state,
          seenOn,
          v.verifier.id,
          noticedAt && v.supervisor.id,
          noticedAt,
          answerUntil,
          points,
          v.item(code),
          isPosted ? postedAt : null,
        ],
      );
      // the steps in which people had a part, and the photo: asked for at the end of any transaction that touches it
      await behindTheScenes(
        owner,
        `insert into deduction_step (village_id, id, deduction_id, kind, person_id, done_at)
         select $1, gen_random_uuid(), $2, s.kind::"DeductionStepKind", s.person_id, s.done_at
         from (values ('RECORD', $3::uuid, '2026-10-21'::timestamptz), ('PROPOSE', $3, '2026-10-22'), ('APPROVE', $4, $5))
           s (kind, person_id, done_at)
         where s.kind = 'RECORD' or $5 is not null`,
        [v.id, id, v.verifier.id, v.supervisor.id, noticedAt],
      );
      await behindTheScenes(
        owner,
        `insert into attached_photo (village_id, id, photo_id, kind, subject, household_id, sort_order)
         values ($1, $2, $3, 'DEDUCTION', $4, $5, 0)`,
        [v.id, newId(), newId(), id, home.id],
      );
      if (facts.posted !== false) {
        await owner.query(
          `select ledger_post($1, 'DEDUCTION', $2, 0::smallint, $3, $1, $4, -$4::integer, $3, $5, $6::date, i.version_id, i.id,
             i.code, null, '扣分', null, $7, $2, $9, true)
           from item i where i.village_id = $1 and i.id = $8`,
          [v.id, id, home.id, points, home.head.id, seenOn, v.supervisor.id, v.item(code), postedAt],
        );
      }
      return id;
    },
  };
}
