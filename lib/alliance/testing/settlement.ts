import { asRefusal } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import type { VillageBuilt } from '@/lib/testing/builders';
import type { ShopBuilt } from '@/lib/testing/shop';

// The steps of a settlement, as tests say them. Each answers the code of its refusal, or ''.

/** Calls a function of SQL; answers the code of its refusal, or ''. Faults are thrown. */
export async function step(call: string, ...params: unknown[]): Promise<string> {
  const list = params.map((_, index) => `$${index + 1}`).join(', ');
  try {
    await db().$queryRawUnsafe(`select ${call}(${list})::text`, ...params);
    return '';
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    return refusal.code;
  }
}

/** Makes a statement; null where nothing came. */
export async function make(
  v: VillageBuilt,
  at: ShopBuilt,
  month: string,
  now: Date,
  id = newId(),
  by: string | null = null,
): Promise<string | null> {
  const rows = await db().$queryRaw<{ id: string | null }[]>`
    select statement_make(${v.id}::uuid, ${at.id}::uuid, ${month}, ${id}::uuid, ${now}, ${by}::uuid)::text as id`;
  return rows[0]?.id ?? null;
}

/** The merchant agrees. */
export const agree = (v: VillageBuilt, at: ShopBuilt, id: string, now: Date) =>
  step('statement_agree', v.id, id, at.staff.id, now);

export interface Paid {
  id?: string;
  fen: number;
  paidOn?: string;
  channel?: string;
  reference?: string;
  slip?: string | null;
  person?: string;
}

/** The village pays some statements together. */
export const pay = (
  v: VillageBuilt,
  at: ShopBuilt,
  statements: string[],
  now: Date,
  { id = newId(), fen, paidOn, channel = 'BANK', reference = '转账 001', slip = null, person }: Paid,
) => {
  const day = paidOn ?? new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return step(
    'payment_make',
    v.id,
    id,
    at.id,
    statements,
    fen,
    day,
    channel,
    channel === 'OFFSET' ? '' : reference,
    slip,
    person ?? v.secretary.id,
    now,
  );
};

/** The payment that covers a statement. */
export async function paymentOf(v: VillageBuilt, statement: string): Promise<string> {
  const row = await db().statement.findUniqueOrThrow({
    where: { villageId_id: { villageId: v.id, id: statement } },
    select: { paymentId: true },
  });
  return row.paymentId ?? '';
}

/** What statements have, what is in none, and what was taken; in points and in money. */
export async function sums(v: VillageBuilt, at: ShopBuilt) {
  const [row] = await db().$queryRaw<
    {
      stated: number;
      left: number;
      taken: number;
      statedFen: number;
      leftFen: number;
      unstatedFen: number;
      takenFen: number;
      twice: number;
    }[]
  >`
    select s.*, m.*, u.*, r.*, (select count(*)::int from (select l.posting_id from statement_line l where l.village_id = ${v.id}::uuid
       group by 1 having count(*) > 1) x) as twice
    from (select coalesce(sum(points), 0)::int as stated, coalesce(sum(fen), 0)::int as "statedFen" from statement
          where village_id = ${v.id}::uuid and merchant_id = ${at.id}::uuid) s,
      (select coalesce(sum(points), 0)::int as left, coalesce(sum(fen), 0)::int as "leftFen" from merchant_postings(${v.id}::uuid, ${at.id}::uuid) m
       where not exists (select 1 from statement_line l where l.village_id = ${v.id}::uuid and l.posting_id = m.posting_id)) m,
      (select coalesce(sum(fen), 0)::int as "unstatedFen" from merchant_unstated(${v.id}::uuid, ${at.id}::uuid, 'infinity')) u,
      (select coalesce(sum(points), 0)::int as taken, coalesce(sum(points * reference_fen), 0)::int as "takenFen" from redemption
       where village_id = ${v.id}::uuid and merchant_id = ${at.id}::uuid and state = 'POSTED') r`;
  if (!row) throw new Error('no sums');
  return row;
}
