import type pg from 'pg';
import { expect } from 'vitest';
import { asRefusal } from '@/lib/platform/command';
import { db, Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_DAY, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { aList, pastAllRules } from '@/lib/testing/red-list';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';

// The verbs of a counter, as tests say them.

export interface Said {
  state: string;
  receipt: string;
  points: number;
  repeated: boolean;
}
export type Answer = Said | { refused: string };

/** The function's row, or the code of its refusal. */
export async function said(query: Promise<Said[]>): Promise<Answer> {
  try {
    const [row] = await query;
    if (!row) throw new Error('the function answered nothing');
    return row;
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    return { refused: refusal.code };
  }
}

/** Gives a household points, past every rule of earning them. */
export async function give(
  owner: pg.Pool,
  v: VillageBuilt,
  household: number,
  points: number,
): Promise<void> {
  const { id, head } = v.household(household);
  await owner.query(
    `select ledger_post($1, 'AWARD', found_award($1, $3, $5, $4, 0, $6, $8), 0::smallint, $1, $3, $4, 0, $3, $5, $6, null, null, null, null, '', null, $7, $2, $8)`,
    [v.id, newId(), id, points, head.id, TEST_DAY, v.verifier.id, TEST_NOW],
  );
}

/** What a household has. */
export const balanceOf = async (v: VillageBuilt, household: number) =>
  Number(
    (
      await db().account.findUniqueOrThrow({
        where: { villageId_id: { villageId: v.id, id: v.household(household).id } },
      })
    ).balance,
  );

/** The code that a resident's phone shows. */
export async function code(
  v: VillageBuilt,
  household: number,
  now = TEST_NOW,
  session = newId(),
): Promise<string> {
  const { id, head } = v.household(household);
  const rows = await db().$queryRaw<{ digits: string }[]>`
    select digits from pay_code_make(${v.id}::uuid, ${newId()}::uuid, ${id}::uuid, ${head.id}::uuid,
      ${head.personId}::uuid, ${session}::uuid, ${now})`;
  return rows[0]?.digits ?? '';
}

export interface Asked {
  id?: string;
  digits: string;
  offer?: string | null;
  /** of an offer: what the phone showed, by default what it costs */
  points?: number | undefined;
  partial?: boolean;
  at: ShopBuilt;
  now?: Date;
  person?: string;
}

/** What the function answered of a redemption. */
const answered = (call: Prisma.Sql) =>
  said(db().$queryRaw<Said[]>`
    select (x.r).state::text, (x.r).receipt, (x.r).points, x.repeated from ${call} x`);

/** What a phone shows of an offer: what was given, else what it costs now. */
const shown = (v: VillageBuilt, offer: string, seen: number | undefined) =>
  Prisma.sql`coalesce(${seen ?? null}::integer, (select o.points from offer o where o.village_id = ${v.id}::uuid
    and o.id = ${offer}::uuid))`;

/** The shop reads a code. */
export const scan = (
  v: VillageBuilt,
  { id = newId(), digits, offer = null, points, partial = false, at, now, person }: Asked,
) =>
  answered(Prisma.sql`redeem_by_code(${id}::uuid, ${at.id}::uuid, ${digits}, ${offer}::uuid,
    ${offer ? shown(v, offer, points) : Prisma.sql`${points === undefined ? 10 : points}::integer`}, ${partial}, ${person ?? at.staff.id}::uuid, ${now ?? TEST_NOW}::timestamptz)`);

/** The resident answers what was asked. */
export const answer = (v: VillageBuilt, id: string, household: number, yes: boolean, now: Date) =>
  answered(Prisma.sql`redemption_answer(${v.id}::uuid, ${id}::uuid, ${v.household(household).head.personId}::uuid,
    ${yes}, ${now}::timestamptz)`);

/** The resident picks an offer. */
export const pick = (
  v: VillageBuilt,
  household: number,
  offer: string,
  id: string,
  at: ShopBuilt,
  now = TEST_NOW,
  seen?: number,
) =>
  answered(Prisma.sql`redeem_from_shelf(${v.id}::uuid, ${id}::uuid, ${at.id}::uuid, ${v.household(household).id}::uuid,
    ${v.household(household).head.id}::uuid, ${offer}::uuid, ${shown(v, offer, seen)},
    ${v.household(household).head.personId}::uuid, ${now}::timestamptz)`);

/** The resident orders an offer. */
export const order = (
  v: VillageBuilt,
  household: number,
  offer: string,
  id: string,
  at: ShopBuilt,
  now = TEST_NOW,
  seen?: number,
) =>
  answered(Prisma.sql`order_place(${v.id}::uuid, ${id}::uuid, ${at.id}::uuid, ${v.household(household).id}::uuid,
    ${v.household(household).head.id}::uuid, ${offer}::uuid, ${shown(v, offer, seen)},
    ${v.household(household).head.personId}::uuid, ${now}::timestamptz)`);

/** The shop hands an order over. */
export const handOver = (v: VillageBuilt, id: string, person: string, now = TEST_NOW) =>
  answered(Prisma.sql`order_hand_over(${v.id}::uuid, ${id}::uuid, ${person}::uuid, ${now}::timestamptz)`);

/** One side calls an order off. */
export const callOff = (
  v: VillageBuilt,
  id: string,
  side: 'SHOP' | 'HOUSEHOLD',
  person: string,
  now = TEST_NOW,
) =>
  answered(Prisma.sql`order_void(${v.id}::uuid, ${id}::uuid, ${side}::"RefundSide", 'CHANGED_MIND', '', ${person}::uuid,
    ${newId()}::uuid, ${now}::timestamptz)`);

/** The shop takes it back. */
export const undo = (v: VillageBuilt, id: string, person: string, now = TEST_NOW, reason = 'WRONG_OFFER') =>
  answered(Prisma.sql`redemption_undo(${v.id}::uuid, ${id}::uuid, ${reason}, '红色的那种', ${person}::uuid,
    ${newId()}::uuid, ${now}::timestamptz)`);

/** One side asks for a refund, or agrees to it. */
export const refund = (
  v: VillageBuilt,
  id: string,
  side: 'SHOP' | 'HOUSEHOLD',
  person: string,
  { now = TEST_NOW, reason = 'CHANGED_MIND' }: { now?: Date; reason?: string } = {},
) =>
  answered(Prisma.sql`redemption_refund(${v.id}::uuid, ${id}::uuid, ${side}::"RefundSide", ${reason}, '坏的',
    ${person}::uuid, ${newId()}::uuid, ${now}::timestamptz)`);

/** Both sides want it back: the shop asks, the household agrees. Answers what the household was told. */
export async function refundBoth(v: VillageBuilt, id: string, at: ShopBuilt, household: number, now: Date) {
  await refund(v, id, 'SHOP', at.staff.id, { now });
  return refund(v, id, 'HOUSEHOLD', v.household(household).head.personId, { now });
}

/** Either side does not want the refund. */
export const decline = (
  v: VillageBuilt,
  id: string,
  side: 'SHOP' | 'HOUSEHOLD',
  person: string,
  now = TEST_NOW,
) =>
  answered(Prisma.sql`redemption_refund_decline(${v.id}::uuid, ${id}::uuid, ${side}::"RefundSide", ${person}::uuid,
    ${now}::timestamptz)`);

/** The shop reads a voucher. */
export const redeemVoucher = (at: ShopBuilt, digits: string, id = newId(), now = TEST_NOW, person?: string) =>
  answered(Prisma.sql`redeem_voucher(${id}::uuid, ${at.id}::uuid, ${digits}, ${person ?? at.staff.id}::uuid,
    ${now}::timestamptz)`);

/** Confirmed vouchers for a household, a batch each, written past the rules of issuing them; answers their codes. */
export async function vouchers(
  owner: pg.Pool,
  v: VillageBuilt,
  { count = 1, household = 0, points = 25, expiresOn = '2027-01-31' } = {},
): Promise<string[]> {
  const list = await aList(owner, v, [v.household(household)]);
  const { rows } = await owner.query<{ code: string }>(
    `with b as materialized (select lpad(floor(random() * 1e11)::bigint::text, 11, '0') as base from generate_series(1, $1))
     select base || d as code from b, generate_series(0, 9) d where voucher_code_holds(base || d)`,
    [count],
  );
  const codes = rows.map((row) => row.code);
  await pastAllRules(
    owner,
    `with c as (
       select c, n, gen_random_uuid() as batch from unnest($4::text[]) with ordinality u(c, n)
     ), b as (
       insert into voucher_batch (village_id, id, list_id, buys, points, expires_on, is_whole, issued_by_id, issued_at, confirmed_by_id, confirmed_at)
       select $1, c.batch, $2, '大米一袋' || case when n > 1 then n::text else '' end, $5, $6, true, $7, '2026-11-20T10:00+08',
         $8, '2026-11-21T10:00+08' from c
     )
     insert into voucher (village_id, id, batch_id, household_id, code)
     select $1, gen_random_uuid(), c.batch, $3, c.c from c`,
    [v.id, list.id, v.household(household).id, codes, points, expiresOn, v.secretary.id, v.supervisor.id],
  );
  return codes;
}

/** A village of its own with one shop and points in its households. */
export async function market(
  owner: pg.Pool,
  points: number,
  households = 1,
  terms: Parameters<typeof aShop>[1] = {},
) {
  const v = await aVillage({ households });
  const at = await aShop(v, terms);
  for (let index = 0; index < households; index++) if (points > 0) await give(owner, v, index, points);
  return { v, at };
}

/**
 * Nothing derived is wrong; what merchants took is what was posted and not given back; what is held is what is ordered;
 * and all postings of the village add up to nothing.
 */
export async function expectWhole(v: VillageBuilt): Promise<void> {
  expect(await db().$queryRaw`select * from ledger_verify(${v.id}::uuid)`).toEqual([]);
  const [sums] = await db().$queryRaw<Record<string, bigint>[]>`
    with moves as (
      select p.credit_id as id, p.points from posting p where p.village_id = ${v.id}::uuid
      union all select p.debit_id, -p.points from posting p where p.village_id = ${v.id}::uuid
    ), sums as (
      select a.kind::text, coalesce(sum(m.points), 0) as points from account a left join moves m on m.id = a.id
      where a.village_id = ${v.id}::uuid group by 1
    )
    select (select coalesce(sum(points), 0) from sums where kind = 'MERCHANT') as taken,
      (select coalesce(sum(r.points), 0) from redemption r where r.village_id = ${v.id}::uuid and r.state = 'POSTED') as posted,
      (select coalesce(sum(points), 0) from sums where kind = 'HOLD') as held,
      (select coalesce(sum(r.points), 0) from redemption r where r.village_id = ${v.id}::uuid and r.state = 'HELD') as ordered,
      (select coalesce(sum(points), 0) from sums) as all_together,
      (select count(*) from account a where a.village_id = ${v.id}::uuid and a.balance < 0) as below_zero`;
  expect(Number(sums?.taken)).toBe(Number(sums?.posted));
  expect(Number(sums?.held)).toBe(Number(sums?.ordered));
  expect(Number(sums?.all_together)).toBe(0);
  expect(Number(sums?.below_zero)).toBe(0);
}
