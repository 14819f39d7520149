import type pg from 'pg';
import { SHOP_OWNER } from './alliance';

// Something that a household asked of a shop, so that every address about a redemption has somebody's: written past the
// rules, and over without a point having moved, so that every sum stays true.

export interface RedemptionSubjects {
  /** one that lapsed; its shop is in no village's alliance */
  redemption: string;
  shop: string;
  shopOffer: string;
  /** another that lapsed; in 青竹村 at the shop whose owner is asked, elsewhere at the one of no alliance */
  shopRedemption: string;
}

/** Writes them if they aren't there; answers their ids. */
export async function redemptionSubjects(
  client: pg.Client,
  villageId: string,
  household: string,
): Promise<RedemptionSubjects> {
  const id = async (what: string) => {
    const { rows } = await client.query<{ id: string }>(
      `select overlay(overlay(md5($1) placing '8' from 13) placing '8' from 17)::uuid::text as id`,
      [`access ${what} ${household}`],
    );
    return rows[0]?.id ?? '';
  };
  // one after another: they go over one connection
  const ids: string[] = [];
  for (const name of ['redemption', 'shop', 'shop offer', 'redemption at the shop']) ids.push(await id(name));
  const [redemption = '', shop = '', shopOffer = '', shopRedemption = ''] = ids;
  const insert = (sql: string, params: unknown[]) => client.query(`${sql} on conflict do nothing`, params);
  await client.query('begin');
  await client.query("set local session_replication_role = 'replica'");
  await insert(
    `insert into merchant (id, township_id, name, kind, address, state)
     select $2, v.township_id, '从前的店', '日用品', '村口', 'LEFT' from village v where v.id = $1`,
    [villageId, shop],
  );
  await insert(
    `insert into offer (village_id, id, merchant_id, category, title, points, valid_from, is_open, created_at)
     values ($1, $2, $3, 'DAILY_GOODS', '从前的东西', 5, '2020-01-01', false, '2020-01-01')`,
    [villageId, shopOffer, shop],
  );
  await insert(
    `insert into redemption (village_id, id, merchant_id, household_id, resident_id, flow, state, points, asked_points,
       reference_fen, receipt, made_by_id, made_at, ended_at)
     select $1, $2, $3, $4, r.id, 'COUNTER', 'LAPSED', 5, 5, 100, '2020', r.id, '2020-01-02', '2020-01-02'
     from resident r where r.village_id = $1 and r.household_id = $4 limit 1`,
    [villageId, redemption, shop, household],
  );
  const at = `coalesce((select m.id from merchant m join village v on v.id = $1 and v.code = 'qingzhu'
     where m.owner_id::text = (${SHOP_OWNER}) limit 1), $3)`;
  await insert(
    `insert into redemption (village_id, id, merchant_id, household_id, resident_id, flow, state, points, asked_points,
       reference_fen, receipt, made_by_id, made_at, ended_at)
     select $1, $2, ${at}, $4, r.id, 'COUNTER', 'LAPSED', 5, 5, 100, '2021', r.id, '2020-01-03', '2020-01-03'
     from resident r where r.village_id = $1 and r.household_id = $4 limit 1`,
    [villageId, shopRedemption, shop, household],
  );
  await client.query('commit');
  return { redemption, shop, shopOffer, shopRedemption };
}
