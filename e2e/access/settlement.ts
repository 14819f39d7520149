import type pg from 'pg';
import { SHOP_OWNER } from './alliance';

// Statements of a shop with a village, long ago, so that every address about a settlement has something of somebody's:
// written past the rules, the same rows however often. Their lines have no postings, so that no ledger is touched.

export interface SettlementSubjects {
  /** a shop that has terms with the village */
  partner: string;
  /** a village that the demo's shop has had terms with; for another's things, one that it has had none with */
  settlingVillage: string;
  settlingVillageId: string;
  statement: string;
  statementLine: string;
  payment: string;
  poolEntry: string;
}

const SHOPKEEPER = `(${SHOP_OWNER.replace('::text', '')})`;
const SHOP = `(${SHOP_OWNER.replace('m.owner_id::text', 'm.id')})`;

/** Writes them if they aren't there; answers their ids. Of the demo's own shop, or of another one. */
export async function settlementSubjects(
  client: pg.Client,
  villageId: string,
  isOwn: boolean,
): Promise<SettlementSubjects> {
  const ask = async (sql: string, params: unknown[] = []) =>
    Object.values((await client.query<Record<string, string>>(sql, params)).rows[0] ?? {})[0] ?? '';
  const id = (what: string) =>
    ask(`select overlay(overlay(md5($1) placing '8' from 13) placing '8' from 17)::uuid::text`, [
      `access settlement ${what} ${villageId}`,
    ]);
  const [other, statement, line, payment, entry, terms, noVillage] = [
    await id('shop'),
    await id('statement'),
    await id('line'),
    await id('payment'),
    await id('entry'),
    await id('terms'),
    await id('village'),
  ];
  const insert = (sql: string, params: unknown[]) => client.query(`${sql} on conflict do nothing`, params);
  await client.query('begin');
  await client.query("set local session_replication_role = 'replica'");
  const secretary = `(select person_id from appointment where village_id = $1 and role = 'SECRETARY' limit 1)`;
  if (!isOwn) {
    await insert(
      `insert into merchant (id, township_id, name, kind, address, state)
       select $2, township_id, '桥头杂货店', '日用品', '桥头', 'ADMITTED' from village where id = $1`,
      [villageId, other],
    );
    await insert(
      `insert into alliance_terms (village_id, id, merchant_id, reference_fen, settlement_day, free_most, signed_by_id, signed_at,
         accepted_by_id, accepted_at, ended_at, ended_by_id, end_reason)
       select $1, $2, $3, 100, 10, 50, ${secretary}, '2020-01-01', ${SHOPKEEPER}, '2020-01-01', '2020-02-01', ${secretary}, '期满'`,
      [villageId, terms, other],
    );
  }
  const merchant = isOwn ? await ask(`select ${SHOP}::text`) : other;
  await insert(
    `insert into payment (village_id, id, merchant_id, fen, paid_on, channel, reference, paid_by_id, paid_at)
     select $1, $2, $3, 3000, '2020-02-05', 'BANK', '2020-0001', ${secretary}, '2020-02-05'`,
    [villageId, payment, merchant],
  );
  await insert(
    `insert into statement (village_id, id, merchant_id, month, number, state, cut_off, points, fen, due_on, made_at, agreed_by_id,
       agreed_at, payment_id)
     select $1, $2, $3, '2020-01', 1, 'PAID', '2020-02-01', 30, 3000, '2020-02-10', '2020-02-01', ${SHOPKEEPER}, '2020-02-02', $4`,
    [villageId, statement, merchant, payment],
  );
  await insert(
    `insert into statement_line (village_id, id, statement_id, posting_id, points, fen) values ($1, $2, $3, $2, 30, 3000)`,
    [villageId, line, statement],
  );
  await insert(
    `insert into pool_entry (village_id, id, source, fen, on_day, note, recorded_by_id, recorded_at)
     select $1, $2, 'GRANT', 5000, '2020-01-01', '县里拨的', ${secretary}, '2020-01-01'`,
    [villageId, entry],
  );
  await client.query('commit');
  const settling = isOwn
    ? { code: await ask('select code from village where id = $1', [villageId]), id: villageId }
    : {
        code: await ask(
          `select coalesce((select code from village where id not in (select village_id from alliance_terms where merchant_id = ${SHOP})
             order by created_at desc limit 1), 'no-village')`,
        ),
        id: await ask(
          `select coalesce((select id from village where id not in (select village_id from alliance_terms where merchant_id = ${SHOP})
             order by created_at desc limit 1), $1)::text`,
          [noVillage],
        ),
      };
  return {
    partner: merchant,
    settlingVillage: settling.code,
    settlingVillageId: settling.id,
    statement,
    statementLine: line,
    payment,
    poolEntry: entry,
  };
}
