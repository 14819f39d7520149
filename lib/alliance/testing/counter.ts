import type pg from 'pg';
import { expect } from 'vitest';
import { asRefusal } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_DAY, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
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
    `select ledger_post($1, 'AWARD', $2, 0::smallint, $1, $3, $4, 0, $3, $5, $6, null, null, null, null, '', null, $7, $2, $8)`,
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
  points?: number;
  at: ShopBuilt;
  now?: Date;
  person?: string;
}

/** The shop reads a code. */
export const scan = (
  v: VillageBuilt,
  { id = newId(), digits, offer = null, points = 10, at, now, person }: Asked,
) =>
  said(db().$queryRaw<Said[]>`
    select state::text, receipt, points, repeated from redeem_by_code(${v.id}::uuid, ${id}::uuid, ${at.id}::uuid, ${digits},
      ${offer}::uuid, ${offer ? null : points}::integer, ${person ?? at.staff.id}::uuid, ${now ?? TEST_NOW})`);

/** The resident answers what was asked. */
export const answer = (v: VillageBuilt, id: string, household: number, yes: boolean, now: Date) =>
  said(db().$queryRaw<Said[]>`
    select state::text, receipt, points, repeated from redemption_answer(${v.id}::uuid, ${id}::uuid,
      ${v.household(household).head.personId}::uuid, ${yes}, ${now})`);

/** The resident picks an offer. */
export const pick = (v: VillageBuilt, household: number, offer: string, id: string, at: ShopBuilt) =>
  said(db().$queryRaw<Said[]>`
    select state::text, receipt, points, repeated from redeem_from_shelf(${v.id}::uuid, ${id}::uuid, ${at.id}::uuid,
      ${v.household(household).id}::uuid, ${v.household(household).head.id}::uuid, ${offer}::uuid, null::integer,
      ${v.household(household).head.personId}::uuid, ${TEST_NOW})`);

/** The shop takes it back. */
export const undo = (v: VillageBuilt, id: string, person: string, now = TEST_NOW, reason = '拿错了') =>
  said(db().$queryRaw<Said[]>`
    select state::text, receipt, points, repeated from redemption_undo(${v.id}::uuid, ${id}::uuid, ${newId()}::uuid,
      ${person}::uuid, ${reason}, ${now})`);

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

/** Nothing derived is wrong, and what merchants took is what households gave. */
export async function expectWhole(v: VillageBuilt): Promise<void> {
  expect(await db().$queryRaw`select * from ledger_verify(${v.id}::uuid)`).toEqual([]);
  const [sums] = await db().$queryRaw<{ taken: bigint; said: bigint }[]>`
    select (select coalesce(sum(case when p.credit_id = a.id then p.points else -p.points end), 0) from posting p
            join account a on a.village_id = p.village_id and a.kind = 'MERCHANT' and a.id in (p.credit_id, p.debit_id)
            where p.village_id = ${v.id}::uuid) as taken,
           (select coalesce(sum(r.points), 0) from redemption r where r.village_id = ${v.id}::uuid and r.state = 'POSTED') as said`;
  expect(sums?.taken).toEqual(sums?.said);
}
