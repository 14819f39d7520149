import type pg from 'pg';

// A generator of its own: villages full of people and postings, written by the server in bulk. It goes around the
// triggers (as only a superuser can), and then derives accounts and standings from what it wrote.

export interface VillagesWanted {
  villages: number;
  householdsEach: number;
  residentsEach: number;
  /** postings in each household, spread over three years up to today */
  postingsEach?: number;
}

/** Writes a district of villages with households and residents; answers the villages' ids. */
export async function makeVillages(pool: pg.Pool, wanted: VillagesWanted): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query(`
      create or replace function pg_temp.bench_id(text) returns uuid language sql immutable as $$ select md5($1)::uuid $$;
      insert into district (id, code, name) values (md5('bench-district')::uuid, 'bench', '测量区') on conflict do nothing;
      insert into township (id, district_id, code, kind, name)
        values (md5('bench-town')::uuid, md5('bench-district')::uuid, 'bench', 'TOWN', '测量镇') on conflict do nothing;`);
    await client.query(
      `insert into village (id, township_id, code, name, preset)
       select md5('bench-village-' || v)::uuid, md5('bench-town')::uuid, 'bench-' || v, '测量村' || v, 'MARKET'
       from generate_series(1, $1::int) v`,
      [wanted.villages],
    );
    await client.query(
      `insert into village_group (village_id, id, number, name)
       select md5('bench-village-' || v)::uuid, md5('bench-group-' || v)::uuid, 1, '一组' from generate_series(1, $1::int) v`,
      [wanted.villages],
    );
    await client.query(
      `insert into household (village_id, id, group_id, code)
       select md5('bench-village-' || v)::uuid, md5('bench-household-' || v || '-' || h)::uuid, md5('bench-group-' || v)::uuid,
              '01-' || lpad(h::text, 3, '0')
       from generate_series(1, $1::int) v, generate_series(1, $2::int) h`,
      [wanted.villages, wanted.householdsEach],
    );
    await client.query(
      `insert into resident (village_id, id, household_id, name, relation, birth_year)
       select md5('bench-village-' || v)::uuid, md5('bench-resident-' || v || '-' || h || '-' || r)::uuid,
              md5('bench-household-' || v || '-' || h)::uuid,
              substr('陈李王张刘周吴郑孙赵', 1 + (v + h) % 10, 1) || substr('建桂秀志永', 1 + r % 5, 1) || substr('国英兰强福', 1 + h % 5, 1),
              (case when r = 1 then 'HEAD' else 'OTHER' end)::"Relation", 1950 + (h + r) % 60
       from generate_series(1, $1::int) v, generate_series(1, $2::int) h, generate_series(1, $3::int) r`,
      [wanted.villages, wanted.householdsEach, wanted.residentsEach],
    );
    if (wanted.postingsEach) await makePostings(client, wanted, wanted.postingsEach);
    const { rows } = await client.query<{ id: string }>(
      `select id from village where code like 'bench-%' order by code`,
    );
    return rows.map((row) => row.id);
  } finally {
    client.release();
  }
}

async function makePostings(
  client: pg.PoolClient,
  wanted: VillagesWanted,
  postingsEach: number,
): Promise<void> {
  await client.query('set session_replication_role = replica');
  for (let v = 1; v <= wanted.villages; v++) {
    await client.query(
      `insert into posting (village_id, id, kind, source, leg, debit_id, credit_id, points, honour, credit_before, credit_after,
                            household_id, resident_id, credited_on, item_code, command_id, posted_at)
       select x.village, uuid_of_time(x.at), 'AWARD', gen_random_uuid(), 0, x.village, x.household, 2, 2, 2 * (x.p - 1), 2 * x.p,
              x.household, md5('bench-resident-' || $1::int || '-' || x.h || '-' || (1 + x.p % $3::int))::uuid,
              (x.at at time zone 'Asia/Shanghai')::date, 'PUBLIC_CLEAN-01', gen_random_uuid(), x.at
       from (
         select h, p, md5('bench-village-' || $1::int)::uuid as village,
                md5('bench-household-' || $1::int || '-' || h)::uuid as household,
                now() - make_interval(mins => ((h * 7919 + p * 104729) % (3 * 365 * 24 * 60))) as at
         from generate_series(1, $2::int) h, generate_series(1, $4::int) p
       ) x`,
      [v, wanted.householdsEach, wanted.residentsEach, postingsEach],
    );
    if (v % 20 === 0) console.log(`  postings of ${v} of ${wanted.villages} villages`);
  }
  await client.query(`
    insert into standing (village_id, period, household_id, resident_id, honour)
    select p.village_id, x.period, p.household_id, p.resident_id, sum(p.honour)
    from posting p cross join lateral (values (quarter_of(p.credited_on)), (to_char(p.credited_on, 'YYYY')), ('ALL')) x(period)
    group by 1, 2, 3, 4`);
  await client.query(`
    update account a set balance = s.balance from (
      select village_id, credit_id, sum(points) as balance from posting group by 1, 2) s
    where a.village_id = s.village_id and a.id = s.credit_id`);
  await client.query('set session_replication_role = origin');
}
