import { describe, expect, test } from 'vitest';
import { testDb } from './database';

const { owner } = await testDb();

/**
 * Small tables shared by all villages (architecture.md, "Tenancy and scale"): people, appointments, regions,
 * merchants, and what belongs to no village at all. A row of theirs may name a village without being a village's.
 */
const SHARED = new Set(['appointment', '_prisma_migrations', 'merchant_photo', 'incentive']);

async function villageTables(): Promise<string[]> {
  const { rows } = await owner.query<{ table_name: string }>(
    `select table_name from information_schema.columns
     where table_schema = 'public' and column_name = 'village_id' order by 1`,
  );
  return rows.map((row) => row.table_name).filter((name) => !SHARED.has(name));
}

describe('tenancy', () => {
  test('there are tables to check', async () => {
    const tables = await villageTables();
    expect(tables.length).toBeGreaterThan(15);
    for (const name of [
      'deed',
      'posting',
      'standing',
      'resident',
      'photo',
      'command_log',
      'rulebook_version',
    ]) {
      expect(tables).toContain(name);
    }
  });

  test('each primary and unique key of a village’s table starts with village_id', async () => {
    const { rows } = await owner.query<{ table_name: string; index_name: string; first: string }>(
      `select c.relname as table_name, i.relname as index_name, a.attname as first
       from pg_index x
       join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
       join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
       where x.indisunique`,
    );
    const tables = new Set(await villageTables());
    const wrong = rows.filter((row) => tables.has(row.table_name) && row.first !== 'village_id');
    expect(wrong, 'a unique key of a village’s table must start with village_id').toEqual([]);
    const keyed = new Set(rows.map((row) => row.table_name));
    expect(
      [...tables].filter((name) => !keyed.has(name)),
      'every village table has a key',
    ).toEqual([]);
  });

  test('each foreign key between villages’ tables carries village_id on both sides', async () => {
    const { rows } = await owner.query<{
      name: string;
      from: string;
      to: string;
      columns: string[];
      targets: string[];
    }>(
      `select con.conname as name, f.relname as "from", t.relname as "to",
              array(select a.attname::text from unnest(con.conkey) with ordinality k(n, o)
                    join pg_attribute a on a.attrelid = f.oid and a.attnum = k.n order by k.o) as columns,
              array(select a.attname::text from unnest(con.confkey) with ordinality k(n, o)
                    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.n order by k.o) as targets
       from pg_constraint con join pg_class f on f.oid = con.conrelid join pg_class t on t.oid = con.confrelid
       join pg_namespace n on n.oid = f.relnamespace and n.nspname = 'public' where con.contype = 'f'`,
    );
    const tables = new Set(await villageTables());
    const wrong = rows.filter(
      (row) =>
        tables.has(row.from) &&
        tables.has(row.to) &&
        (row.columns[0] !== 'village_id' || row.targets[0] !== 'village_id'),
    );
    expect(wrong, 'a row can’t point into another village').toEqual([]);
  });

  test('no table has a sequence for its ids', async () => {
    const { rows } = await owner.query(
      `select table_name from information_schema.columns
       where table_schema = 'public' and (column_default like 'nextval%' or is_identity = 'YES')`,
    );
    expect(rows).toEqual([]);
  });

  test('every time is a timestamptz or a date', async () => {
    const { rows } = await owner.query(
      `select table_name, column_name from information_schema.columns
       where table_schema = 'public' and data_type = 'timestamp without time zone'`,
    );
    expect(rows).toEqual([]);
  });
});
