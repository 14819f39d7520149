import pg from 'pg';
import { migrate } from '../db/migrate';
import { startThrowaway } from '../db/throwaway';
import { makeVillages } from './generate';
import { measurePairs, tell } from './ratio';

// (a) ledger_post against a bare idempotent two-balance function: the least that a points system can do. Both run in
// the server, called one by one with a commit each, from several connections at once, on as many households.

const CONNECTIONS = 4;
const CALLS = 1500;
const PAIRS = 7;

// The bare one: an id that may be used once, two balances, no overdraft. No honour, caps, standings, triggers, or
// balances kept with the entry.
const BARE = `
create table bare_account (id uuid primary key, balance bigint not null check (balance >= 0));
create table bare_transfer (id uuid primary key, debit uuid not null, credit uuid not null, points integer not null, at timestamptz not null default now());
create function bare_post(p_id uuid, p_debit uuid, p_credit uuid, p_points integer) returns boolean language plpgsql as $$
begin
  perform 1 from bare_account where id in (p_debit, p_credit) order by id for no key update;
  insert into bare_transfer (id, debit, credit, points) values (p_id, p_debit, p_credit, p_points) on conflict do nothing;
  if not found then return false; end if;
  update bare_account set balance = balance - p_points where id = p_debit;
  update bare_account set balance = balance + p_points where id = p_credit;
  return true;
end $$;
insert into bare_account select id, 1000000000 from account where kind = 'HOUSEHOLD';
create table bench_household as
  select row_number() over () as n, a.village_id, a.id, r.id as resident_id
  from account a join resident r on r.village_id = a.village_id and r.household_id = a.id and r.relation = 'HEAD'
  where a.kind = 'HOUSEHOLD';
create unique index on bench_household (n);
`;

// A do block at the top level may commit, so that each call is a transaction of its own, without a round trip.
const loopOf = (call: string) => `
do $$
declare
  h bench_household; g bench_household; v_count bigint := (select count(*) from bench_household);
begin
  for i in 1..${CALLS} loop
    select * into h from bench_household where n = 1 + floor(random() * v_count)::bigint;
    select * into g from bench_household where n = 1 + floor(random() * v_count)::bigint;
    if g.id <> h.id then ${call} end if;
    commit;
  end loop;
end $$`;

const OURS =
  loopOf(`perform ledger_post(h.village_id, 'AWARD', gen_random_uuid(), 0::smallint, h.village_id, h.id, 2, 2,
  h.id, h.resident_id, current_date - (random() * 80)::int, null, null, 'PUBLIC_CLEAN-01', null, '', null, null, gen_random_uuid(), clock_timestamp());`);
const THEIRS = loopOf('perform bare_post(gen_random_uuid(), h.id, g.id, 2);');

/** Runs (a) and prints it. */
export async function benchPost(): Promise<void> {
  const server = await startThrowaway();
  const pool = new pg.Pool({ connectionString: server.url('postgres'), max: CONNECTIONS });
  pool.on('error', () => undefined);
  try {
    await migrate(server.url('postgres'));
    await makeVillages(pool, { villages: 20, householdsEach: 100, residentsEach: 3 });
    await pool.query(BARE);
    // The kernel alone: that an award has the approval of a deed behind it is deed.sql's.
    await pool.query('alter table posting disable trigger posting_of_award');
    await pool.query('analyze');
    const side = (sql: string) => async () => {
      const start = performance.now();
      await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.query(sql)));
      return (CONNECTIONS * CALLS * 1000) / (performance.now() - start);
    };
    const paired = await measurePairs(PAIRS, side(OURS), side(THEIRS));
    tell('(a) one posting in SQL', 'ledger_post', 'bare two-balance function', 'calls/s', paired, '≥ 0.5');
  } finally {
    await pool.end();
    await server.stop();
  }
}
