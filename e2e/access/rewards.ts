import type pg from 'pg';
import { drawCertificateCode } from '@/lib/rewards/plaque/code';
import { drawVoucherCode } from '@/lib/rewards/voucher/code';

// Rewards of one household, long ago, so that every address about a reward has something of somebody's: written past
// the rules, the same rows however often.

export interface RewardSubjects {
  /** a red list that is over, and what rests on it */
  redList: string;
  plaque: string;
  certificate: string;
  voucherBatch: string;
  voucher: string;
  star: string;
}

/** Writes them if they aren't there; answers their ids. */
export async function rewardSubjects(
  client: pg.Client,
  villageId: string,
  household: string,
): Promise<RewardSubjects> {
  const id = async (what: string) => {
    const { rows } = await client.query<{ id: string }>(
      `select overlay(overlay(md5($1) placing '8' from 13) placing '8' from 17)::uuid::text as id`,
      [`access ${what} ${household}`],
    );
    return rows[0]?.id ?? '';
  };
  // one after another: they go over one connection
  const ids: string[] = [];
  for (const name of ['list', 'row', 'plaque', 'batch', 'voucher', 'star']) ids.push(await id(name));
  const [list = '', row = '', plaque = '', batch = '', voucher = '', star = ''] = ids;
  const insert = (sql: string, params: unknown[]) => client.query(`${sql} on conflict do nothing`, params);
  await client.query('begin');
  await client.query("set local session_replication_role = 'replica'");
  const secretary = `(select person_id from appointment where village_id = $1 and role = 'SECRETARY' limit 1)`;
  const supervisor = `(select person_id from appointment where village_id = $1 and role = 'SUPERVISOR' limit 1)`;
  const version = '(select id from rulebook_version where village_id = $1 order by number limit 1)';
  await insert(
    `insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, top, drafted_by_id,
       drafted_at, checked_by_id, checked_at, published_by_id, public_from, public_until, final_at, expires_on, ended_at)
     select $1, $2, 'RED', 'HOUSEHOLD', '2020Q1', ${version}, 'EXPIRED', '2020-04-01', 10, ${secretary},
       '2020-04-01', ${supervisor}, '2020-04-02', ${secretary}, '2020-04-02', '2020-04-09', '2020-04-10', '2021-04-10',
       '2021-04-11'`,
    [villageId, list],
  );
  await insert(
    `insert into list_row (village_id, id, list_id, rank, household_id, points) values ($1, $2, $3, 1, $4, 10)`,
    [villageId, row, list, household],
  );
  await insert(
    `insert into plaque (village_id, id, number, code, household_id, list_id, row_id, awarded_on, awarded_by_id)
     select $1, $2, '2020-001', $3, $4, $5, $6, '2020-04-11', ${secretary}`,
    [villageId, plaque, drawCertificateCode(), household, list, row],
  );
  await insert(
    `insert into voucher_batch (village_id, id, list_id, buys, points, expires_on, is_whole, issued_by_id, issued_at,
       confirmed_by_id, confirmed_at)
     select $1, $2, $3, '毛巾一条', 5, '2099-12-31', true, ${secretary}, '2020-04-11',
       (select person_id from appointment where village_id = $1 and role = 'SUPERVISOR' limit 1), '2020-04-12'`,
    [villageId, batch, list],
  );
  await insert(
    'insert into voucher (village_id, id, batch_id, household_id, code) values ($1, $2, $3, $4, $5)',
    [villageId, voucher, batch, household, drawVoucherCode()],
  );
  await insert(
    `insert into star_rating (village_id, id, period, household_id, version_id, stars, honour, awarded_at, awarded_by_id)
     select $1, $2, '2020Q1', $3, ${version}, 1, 10, '2020-04-01', ${secretary}`,
    [villageId, star, household],
  );
  const { rows } = await client.query<{ code: string }>(
    'select code from plaque where village_id = $1 and id = $2',
    [villageId, plaque],
  );
  await client.query('commit');
  return {
    redList: list ?? '',
    plaque: plaque ?? '',
    certificate: rows[0]?.code ?? '',
    voucherBatch: batch ?? '',
    voucher: voucher ?? '',
    star: star ?? '',
  };
}
