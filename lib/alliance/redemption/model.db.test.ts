import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import type { ShopBuilt } from '@/lib/testing/shop';
import { closeYear, setMerchant, setStopped } from '../testing/alliance';
import {
  type Answer,
  answer,
  callOff,
  code,
  handOver,
  order,
  pick,
  redeemVoucher,
  refund,
  scan,
  undo,
} from '../testing/counter';
import { aSmallMarket } from '../testing/small-market';
import { expireOrders, lapseRedemptions } from './expiry';
import { CounterModel, type Step } from './testing/model';

// The counter against its model: after every step of a sequence both say the same, of balances, pieces and states; and
// with several at once, which no model can foresee, every sum is still true.

const { prisma, owner } = await testDb();
const SEQUENCES = 200;
const HOUSEHOLDS = 2;
const POINTS = 16;
const STOCK = 4;
const PRICE = 5;
const FREE_MOST = 6;
const VOUCHER_POINTS = 25;

const household = fc.nat(HOUSEHOLDS - 1);
const of = fc.nat(7);
const side = fc.constantFrom('SHOP' as const, 'HOUSEHOLD' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('take' as const),
      household,
      points: fc.integer({ min: 1, max: 12 }),
      partial: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('shelf' as const), household }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('order' as const), household }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('answer' as const), of, yes: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('hand-over' as const), of }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('call-off' as const), of, side }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), of }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund' as const), of, side }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('voucher' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), of }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('suspend' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), on: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(1, 4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jobs' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close-year' as const) }) },
);

interface World {
  v: VillageBuilt;
  at: ShopBuilt;
  offer: string;
  voucher: string;
  /** redemptions in the order they were made */
  ids: string[];
  repeats: (() => Promise<Answer>)[];
  start: number;
  days: number;
}

const base = aVillage({ households: 0 });

async function aWorld(start: Date): Promise<World> {
  const made = await aSmallMarket(owner, await base, {
    households: HOUSEHOLDS,
    points: POINTS,
    freeMost: FREE_MOST,
    offer: { points: PRICE, stock: STOCK },
    voucherPoints: VOUCHER_POINTS,
  });
  return { ...made, ids: [], repeats: [], start: start.getTime(), days: 0 };
}

/** Every step comes a second after the one before; `wait` lets days pass. */
function momentOf(world: World, n: number): Date {
  return new Date(world.start + world.days * 86_400_000 + n * 1000);
}

/** Does a step; null where it is about no redemption. */
async function act(world: World, one: Step, n: number): Promise<Answer | null> {
  const { v, at, offer, voucher, ids } = world;
  const now = momentOf(world, n);
  const id = 'of' in one ? ids[one.of % Math.max(1, ids.length)] : undefined;
  const personOf = async (redemption: string) => {
    const row = await prisma.redemption.findFirstOrThrow({ where: { villageId: v.id, id: redemption } });
    const home = v.households.find((each) => each.id === row.householdId);
    return {
      index: v.households.findIndex((each) => each.id === row.householdId),
      person: home?.head.personId ?? '',
    };
  };
  const making = async (make: (fresh: string) => Promise<Answer>) => {
    const fresh = newId();
    const said = await make(fresh);
    if ('state' in said) {
      ids.push(fresh);
      world.repeats.push(() => make(fresh));
    }
    return said;
  };
  switch (one.do) {
    case 'take': {
      const digits = await code(v, one.household, now);
      return making((fresh) =>
        scan(v, { id: fresh, digits, at, points: one.points, partial: one.partial, now }),
      );
    }
    case 'shelf':
      return making((fresh) => pick(v, one.household, offer, fresh, at, now));
    case 'order':
      return making((fresh) => order(v, one.household, offer, fresh, at, now));
    case 'voucher':
      return making((fresh) => redeemVoucher(at, voucher, fresh, now));
    case 'answer':
      return id ? answer(v, id, (await personOf(id)).index, one.yes, now) : null;
    case 'hand-over':
      return id ? handOver(v, id, at.staff.id, now) : null;
    case 'call-off':
      return id
        ? callOff(v, id, one.side, one.side === 'SHOP' ? at.staff.id : (await personOf(id)).person, now)
        : null;
    case 'undo':
      return id ? undo(v, id, at.staff.id, now) : null;
    case 'refund':
      return id
        ? refund(v, id, one.side, one.side === 'SHOP' ? at.staff.id : (await personOf(id)).person, { now })
        : null;
    case 'repeat': {
      const again = world.repeats[one.of % Math.max(1, world.repeats.length)];
      return again ? again() : null;
    }
    case 'suspend':
      await setMerchant(owner, at.id, one.on ? 'SUSPENDED' : 'ADMITTED');
      return null;
    case 'stop':
      await setStopped(owner, v, one.on ? '停一停' : null);
      return null;
    case 'jobs':
      await Promise.all([lapseRedemptions(now, 1000), expireOrders(now, 1000)]);
      return null;
    case 'close-year':
      if (now.getTime() >= new Date('2027-01-01T00:00+08:00').getTime()) {
        await closeYear(v, now).catch((error: unknown) => {
          if (!String(error).includes('YEAR_END_DONE')) throw error;
        });
      }
      return null;
    case 'wait':
      world.days += one.days;
      return null;
  }
}

/** All that is kept, and every sum of it that must be true. */
interface State {
  balances: number[];
  stock: number;
  states: string[];
  wrong: number;
  held: number;
  moved: number;
  below: number;
}

const stateSql = (world: World) => Prisma.sql`
    with p as materialized (select * from posting p where p.village_id = ${world.v.id}::uuid),
    r as materialized (select * from redemption r where r.village_id = ${world.v.id}::uuid),
    moves as (select p.credit_id as id, p.points from p union all select p.debit_id, -p.points from p),
    sums as (select m.id, sum(m.points)::int as points from moves m group by 1)
    select (select array_agg(a.balance::int order by o.n) from unnest(${world.v.households.map((one) => one.id)}::uuid[]) with ordinality o(id, n)
            join account a on a.village_id = ${world.v.id}::uuid and a.id = o.id) as balances,
      (select o.stock from offer o where o.village_id = ${world.v.id}::uuid and o.id = ${world.offer}::uuid) as stock,
      (select coalesce(array_agg(r.state::text order by o.n), '{}') from unnest(${world.ids}::uuid[]) with ordinality o(id, n)
       join r on r.id = o.id) as states,
      (select count(*)::int from account a left join sums s on s.id = a.id
       where a.village_id = ${world.v.id}::uuid and keeps_balance(a.kind) and a.balance <> coalesce(s.points, 0)) as wrong,
      (select coalesce(sum(s.points), 0)::int from sums s where s.id = hold_account_of(${world.v.id}::uuid))
        - (select coalesce(sum(r.points), 0)::int from r where r.state = 'HELD') as held,
      (select coalesce(sum(s.points), 0)::int from sums s where s.id = ${world.at.id}::uuid)
        - (select coalesce(sum(r.points), 0)::int from r where r.state = 'POSTED') as moved,
      (select count(*)::int from r where redemption_legs(r) is distinct from (
         select coalesce(array_agg(concat_ws(' ', p.leg, p.kind, p.debit_id, p.credit_id, p.points) order by p.leg), array[]::text[])
         from p where p.source = r.id)) + (select count(*)::int from account a where a.village_id = ${world.v.id}::uuid and a.balance < 0) as below`;

async function stateOf(world: World): Promise<State> {
  const [row] = await prisma.$queryRaw<State[]>(stateSql(world));
  if (!row) throw new Error('no state');
  return row;
}

const TRUE = { wrong: 0, held: 0, moved: 0, below: 0 };
const verify = (v: VillageBuilt) => prisma.$queryRaw`select * from ledger_verify(${v.id}::uuid)`;

describe('the counter and its model', () => {
  const seen = new Map<string, number>();

  test(`say the same after every step of ${SEQUENCES} sequences`, { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 6, maxLength: 16 }),
        fc.constantFrom(TEST_NOW, new Date('2026-12-31T10:00+08:00')),
        async (steps, start) => {
          const world = await aWorld(start);
          const model = new CounterModel({
            households: HOUSEHOLDS,
            points: POINTS,
            stock: STOCK,
            freeMost: FREE_MOST,
            price: PRICE,
            voucher: VOUCHER_POINTS,
          });
          for (const [n, one] of steps.entries()) {
            const expected = model.step(one, momentOf(world, n));
            const said = await act(world, one, n);
            const short = said && ('state' in said ? said.state : said.refused);
            expect(short, `${n} ${JSON.stringify(one)}`).toBe(expected);
            if (short) seen.set(`${one.do} ${short}`, (seen.get(`${one.do} ${short}`) ?? 0) + 1);
            expect(await stateOf(world), `${n} ${JSON.stringify(one)}`).toEqual({
              ...model.state(),
              ...TRUE,
            });
          }
          expect(await verify(world.v)).toEqual([]);
        },
      ),
      { numRuns: SEQUENCES, seed: 20261124, endOnFailure: true },
    );
    // the sequences do come to every end
    for (const what of [
      'take POSTED',
      'take ASKED',
      'answer POSTED',
      'answer LAPSED',
      'order HELD',
      'hand-over POSTED',
      'hand-over EXPIRED',
      'call-off VOIDED',
      'undo UNDONE',
      'undo UNDO_SAME_DAY',
      'refund REFUNDED',
      'voucher POSTED',
      'take VILLAGE_STOPPED',
      'take MERCHANT_TAKES_NOTHING',
      'take NOT_ENOUGH_POINTS',
      'shelf OFFER_SOLD_OUT',
    ]) {
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
    }
  });

  test('hold together with eight at once', { timeout: 400_000 }, async () => {
    for (let round = 0; round < 6; round++) {
      const world = await aWorld(new Date('2026-12-31T10:00+08:00'));
      const steps = fc.sample(step, { numRuns: 8 * 20, seed: round });
      for (let batch = 0; batch < 20; batch++) {
        await Promise.all(steps.slice(batch * 8, batch * 8 + 8).map((one) => act(world, one, batch)));
        expect(await stateOf(world)).toMatchObject(TRUE);
      }
      expect(await verify(world.v)).toEqual([]);
    }
  });

  test('would notice what is wrong: each check fails when it is broken on purpose', async () => {
    const world = await aWorld(TEST_NOW);
    await act(world, { do: 'take', household: 0, points: 3, partial: false }, 0);
    await act(world, { do: 'order', household: 1 }, 1);
    expect(await stateOf(world)).toMatchObject(TRUE);
    const [taken = '', held = ''] = world.ids;
    const damages: [what: string, sql: string, field: keyof typeof TRUE][] = [
      [
        'a balance',
        `update account set balance = balance + 1 where id = '${world.v.household(0).id}'`,
        'wrong',
      ],
      ['a hold', `update redemption set state = 'EXPIRED', ended_at = now() where id = '${held}'`, 'held'],
      ['a posting taken away', `delete from posting where source = '${taken}'`, 'moved'],
      [
        'a state',
        `update redemption set state = 'UNDONE', ended_at = now(), ended_by_id = made_by_id, end_reason = 'OTHER' where id = '${taken}'`,
        'below',
      ],
    ];
    for (const [what, sql, field] of damages) {
      const client = await owner.connect();
      try {
        await client.query('begin');
        await client.query(`set local session_replication_role = 'replica'`);
        await client.query(sql);
        const { text, values } = stateSql(world);
        const { rows } = await client.query<State>(text, values);
        expect(rows[0]?.[field], what).not.toBe(0);
      } finally {
        await client.query('rollback');
        client.release();
      }
    }
  });
});
