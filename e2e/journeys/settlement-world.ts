import { addMonths } from '@/lib/ledger/rules';
import { dayOf, monthOf } from '@/lib/platform/clock';
import { anOfficial, askDatabase, type DemoPerson } from '../fixtures';

// A shop of its own in the demo, which took points last month: made by the functions that a counter calls, past the
// pages that are another journey's.

export interface SettlementWorld {
  merchantId: string;
  shopName: string;
  shopkeeper: { personId: string };
  secretary: DemoPerson;
  /** of its sales: last month */
  month: string;
}

const one = async (sql: string, params: unknown[]) => {
  const [row] = await askDatabase<{ id: string }>(sql, params);
  if (!row) throw new Error(`nothing came of: ${sql}`);
  return row.id;
};

/**
 * Opens the shop, signs terms, and takes points of two sales in the month before this one, or `earlier` months before
 * that.
 */
export async function openSettlementWorld(
  project: string,
  shopName = project === 'phone' ? '河边小卖部' : '山脚杂货铺',
  earlier = 0,
): Promise<SettlementWorld> {
  const secretary = await anOfficial('SECRETARY', 0, 'qingzhu');
  const { villageId } = secretary;
  const merchantId = await one('select gen_random_uuid()::text as id', []);
  const personId = await one(
    `insert into person (id, name) values (gen_random_uuid(), $1) returning id::text as id`,
    [project === 'phone' ? '柳春生' : '石桂兰'],
  );
  await one(
    `select merchant_apply($2, gen_random_uuid(), v.township_id, $3, '日用品', '村口', '', '店主', '', false, '',
       now() - interval '91 days')::text as id from village v where v.id = $1`,
    [villageId, merchantId, shopName],
  );
  await one(
    `select merchant_admit($2, gen_random_uuid(), $3, gen_random_uuid(), a.person_id, now() - interval '90 days')::text as id
     from village v join appointment a on a.township_id = v.township_id and a.role = 'TOWNSHIP' and a.until_day is null
     where v.id = $1 limit 1`,
    [villageId, merchantId, personId],
  );
  await one(
    `insert into alliance_terms (village_id, id, merchant_id, reference_fen, settlement_day, free_most, signed_by_id, signed_at)
     values ($1, gen_random_uuid(), $2, 100, 10, 50, $3, now() - interval '80 days') returning id::text as id`,
    [villageId, merchantId, secretary.personId],
  );
  await one(
    `update alliance_terms set accepted_by_id = $3, accepted_at = now() - interval '79 days'
     where village_id = $1 and merchant_id = $2 returning id::text as id`,
    [villageId, merchantId, personId],
  );
  // what is sold is earned first: the demo's households have little more
  const [buyer] = await askDatabase<{ household: string; resident: string }>(
    `select r.household_id::text as household, r.id::text as resident from resident r
     join account a on a.village_id = r.village_id and a.id = r.household_id
     where r.village_id = $1 and r.relation = 'HEAD' and r.left_on is null and r.person_id is not null
     order by a.balance desc limit 1`,
    [villageId],
  );
  await askDatabase(
    `select ledger_post($1, 'AWARD', found_award($1, $2, $3, 30, 0, current_date, now()), 0::smallint, $1, $2, 30, 0, $2, $3, current_date, null, null, null,
       null, '', null, (select person_id from appointment where village_id = $1 and role = 'VERIFIER' limit 1),
       gen_random_uuid(), now())::text`,
    [villageId, buyer?.household, buyer?.resident],
  );
  for (const points of [18, 12]) {
    await askDatabase(
      `with h as (
         select $6::uuid as household_id, $7::uuid as id
       ), moment as (
         select date_trunc('month', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai' - interval '5 days'
           - make_interval(months => $5) as at
       ), r as (
         insert into redemption (village_id, id, merchant_id, household_id, resident_id, flow, state, title, points, asked_points,
           reference_fen, receipt, made_by_id, made_at, posted_at)
         select $1, gen_random_uuid(), $2, h.household_id, h.id, 'COUNTER', 'POSTED', '', $3, $3, 100, '1234', $4, m.at, m.at
         from h, moment m returning *
       )
       select ledger_post(r.village_id, 'REDEMPTION', r.id, 0::smallint, r.household_id, r.merchant_id, r.points, 0, r.household_id,
         r.resident_id, shanghai_day(r.made_at), null, null, null, null, '', null, r.made_by_id, r.id, r.made_at)::text from r`,
      [villageId, merchantId, points, personId, earlier, buyer?.household, buyer?.resident],
    );
  }
  const month = addMonths(monthOf(dayOf(new Date())), -1 - earlier);
  return { merchantId, shopName, shopkeeper: { personId }, secretary, month };
}

/** The month's job, for this shop. */
export async function stateLastMonth(world: SettlementWorld, month = world.month): Promise<string> {
  return one(`select statement_make($1, $2, $3, gen_random_uuid(), now())::text as id`, [
    world.secretary.villageId,
    world.merchantId,
    month,
  ]);
}

/** The shop agrees. */
export async function agreeTo(world: SettlementWorld, id: string): Promise<void> {
  await askDatabase(`select statement_agree($1, $2, $3, now())::text`, [
    world.secretary.villageId,
    id,
    world.shopkeeper.personId,
  ]);
}

/** The village pays an agreed statement of 30 yuan. */
export async function payFor(world: SettlementWorld, id: string): Promise<string> {
  const payment = await one('select gen_random_uuid()::text as id', []);
  await askDatabase(
    `select payment_make($1, $2, $3, array[$4]::uuid[], 3000, shanghai_day(now()), 'CASH', '', null, $5, now())::text`,
    [world.secretary.villageId, payment, world.merchantId, id, world.secretary.personId],
  );
  return payment;
}

/** How many statements of the village are overdue, and since which day. */
export async function overdueIn(world: SettlementWorld): Promise<{ count: number; days: number }> {
  const [row] = await askDatabase<{ count: number; days: number }>(
    `select count(*)::int as count, coalesce(max(o.hint_days), 0)::int as days
     from settlement_open(array[$1]::uuid[], now()) o where o.hint = 'OVERDUE'`,
    [world.secretary.villageId],
  );
  return row ?? { count: 0, days: 0 };
}

/** Last month is stated, agreed, paid and confirmed; then everything is given back, stated and agreed. Answers that statement. */
export async function giveAllBack(world: SettlementWorld): Promise<string> {
  const { villageId } = world.secretary;
  const { merchantId, shopkeeper } = world;
  const first = await stateLastMonth(world);
  await agreeTo(world, first);
  const payment = await payFor(world, first);
  await askDatabase(`select payment_confirm($1, $2, $3, now())::text`, [
    villageId,
    payment,
    shopkeeper.personId,
  ]);
  for (const side of ['SHOP', 'HOUSEHOLD'])
    await askDatabase(
      `select (select x.repeated from redemption_refund(r.village_id, r.id, $3::"RefundSide", 'CHANGED_MIND', '',
         case when $3 = 'SHOP' then $4::uuid else (select p.person_id from resident p where p.village_id = r.village_id
           and p.household_id = r.household_id and p.relation = 'HEAD') end, gen_random_uuid(), now()) x)
       from redemption r where r.village_id = $1 and r.merchant_id = $2`,
      [villageId, merchantId, side, shopkeeper.personId],
    );
  const second = await stateLastMonth(world, addMonths(world.month, 1));
  await agreeTo(world, second);
  return second;
}
