import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { scratchDb, testDb } from '@/lib/testing/database';
import { migrate } from './migrate';

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function scratch(from: 'empty' | 'template') {
  const made = await scratchDb(from);
  cleanups.push(made.drop);
  return made.url;
}

/** A copy of this program's migrations and functions, to add to. */
function copyProgram() {
  const folder = mkdtempSync(join(tmpdir(), 'cunfen-migrate-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const migrationsFolder = join(folder, 'migrations');
  const functionsFolder = join(folder, 'functions');
  cpSync(resolve('prisma/migrations'), migrationsFolder, { recursive: true });
  cpSync(resolve('prisma/functions'), functionsFolder, { recursive: true });
  const addMigration = (name: string, sql: string) => {
    mkdirSync(join(migrationsFolder, name), { recursive: true });
    writeFileSync(join(migrationsFolder, name, 'migration.sql'), sql);
  };
  const addFunctions = (name: string, sql: string) => writeFileSync(join(functionsFolder, name), sql);
  return { migrationsFolder, functionsFolder, addMigration, addFunctions };
}

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query<T>(sql).finally(() => client.end())).rows;
}

describe('migrate', () => {
  it('leaves a second run nothing to do', async () => {
    const url = await scratch('empty');
    const first = await migrate(url);
    expect(first.applied.length).toBeGreaterThan(0);
    const before = await query(url, 'select * from _prisma_migrations order by id');
    expect(await migrate(url)).toEqual({ applied: [], appliedFunctions: false });
    expect(await query(url, 'select * from _prisma_migrations order by id')).toEqual(before);
  });

  it("records migrations as Prisma's own command does", async () => {
    const { url } = await testDb();
    const columns = await query<{ name: string }>(
      url,
      `select column_name as name from information_schema.columns
        where table_name = '_prisma_migrations' order by ordinal_position`,
    );
    expect(columns.map((column) => column.name)).toEqual([
      'id',
      'checksum',
      'finished_at',
      'migration_name',
      'logs',
      'rolled_back_at',
      'started_at',
      'applied_steps_count',
    ]);
    const rows = await query<{ checksum: string; finished_at: Date | null }>(
      url,
      'select * from _prisma_migrations',
    );
    for (const row of rows) {
      expect(row.checksum).toMatch(/^[0-9a-f]{64}$/);
      expect(row.finished_at).not.toBeNull();
    }
  });

  it('lets two processes that start together take turns', async () => {
    const url = await scratch('empty');
    const results = await Promise.all([migrate(url), migrate(url)]);
    expect(results.filter((result) => result.applied.length > 0)).toHaveLength(1);
  });

  it('keeps of who signs in by now that he does, for stepping back', async () => {
    const url = await scratch('empty');
    const before = copyProgram();
    rmSync(before.functionsFolder, { recursive: true });
    const own = readdirSync(before.migrationsFolder).find((name) => name.endsWith('_recusal_links')) ?? '';
    for (const name of readdirSync(before.migrationsFolder)) {
      if (/^\d/.test(name) && name >= own) rmSync(join(before.migrationsFolder, name), { recursive: true });
    }
    await migrate(url, before);
    await query(
      url,
      `set session_replication_role = replica;
       insert into person (id, name) values (uuid(1), '甲');
       insert into household (village_id, id, group_id, code) values (uuid(2), uuid(4), uuid(6), '01-001');
       insert into resident (village_id, id, household_id, person_id, name, relation)
       values (uuid(2), uuid(3), uuid(4), uuid(1), '甲', 'HEAD'), (uuid(2), uuid(5), uuid(4), null, '乙', 'OTHER')`.replaceAll(
        /uuid\((\d)\)/g,
        (_, digit) => `'00000000-0000-4000-8000-00000000000${digit}'::uuid`,
      ),
    );
    expect((await migrate(url)).applied).toContain(own);
    expect(
      await query(
        url,
        'select right(person_id::text, 1) as person, right(resident_id::text, 1) as resident, right(household_id::text, 1) as household from resident_person',
      ),
    ).toEqual([{ person: '1', resident: '3', household: '4' }]);
  });

  it('refuses a database that is newer than the program, and changes nothing', async () => {
    const url = await scratch('template');
    const newer = copyProgram();
    newer.addMigration('29990101000000_later', 'create table later (id int primary key);');
    newer.addFunctions('zz_later.sql', 'create or replace function later_one() returns int return 1;');
    await migrate(url, newer);
    const before = await query(url, `select value from setting where key = 'functions'`);
    await expect(migrate(url)).rejects.toThrow(/29990101000000_later.*newer version/s);
    expect(await query(url, `select value from setting where key = 'functions'`)).toEqual(before);
  });

  it('applies the functions again when one changed, and after a migration', async () => {
    const url = await scratch('template');
    const program = copyProgram();
    program.addFunctions('zz_one.sql', 'create or replace function zz_one() returns int return 1;');
    expect((await migrate(url, program)).appliedFunctions).toBe(true);
    expect((await migrate(url, program)).appliedFunctions).toBe(false);
    program.addFunctions('zz_one.sql', 'create or replace function zz_one() returns int return 2;');
    expect((await migrate(url, program)).appliedFunctions).toBe(true);
    expect(await query(url, 'select zz_one() as one')).toEqual([{ one: 2 }]);
    program.addMigration('29990101000000_later', 'drop function zz_one();');
    expect((await migrate(url, program)).appliedFunctions).toBe(true);
    expect(await query(url, 'select zz_one() as one')).toEqual([{ one: 2 }]);
  });

  it('applies all functions or none, and says where the wrong one is wrong', async () => {
    const url = await scratch('template');
    const program = copyProgram();
    program.addFunctions('zy_good.sql', 'create or replace function zy_good() returns int return 1;');
    program.addFunctions('zz_bad.sql', '-- a line\nselect no_such_column;');
    await expect(migrate(url, program)).rejects.toThrow(/zz_bad\.sql:2:8/);
    await expect(query(url, 'select zy_good()')).rejects.toThrow(/does not exist/);
  });

  it('sends function bodies whole, and undoes a failed migration so that the next start can go on', async () => {
    const url = await scratch('template');
    const program = copyProgram();
    const body =
      'create function twice(n int) returns int language plpgsql as $$ begin n := n * 2; return n; end $$;';
    program.addMigration('29990101000000_later', `${body} select no_such_thing;`);
    await expect(migrate(url, program)).rejects.toThrow(/no_such_thing/);
    await expect(query(url, 'select twice(2)')).rejects.toThrow(/does not exist/);
    program.addMigration('29990101000000_later', body);
    expect((await migrate(url, program)).applied).toEqual(['29990101000000_later']);
    expect((await migrate(url, program)).applied).toEqual([]);
    expect(await query(url, 'select twice(2)')).toEqual([{ twice: 4 }]);
  });

  it('refuses a migration that was edited after it was applied', async () => {
    const url = await scratch('template');
    const program = copyProgram();
    program.addMigration('29990101000000_later', 'create table later (id int);');
    await migrate(url, program);
    program.addMigration('29990101000000_later', 'create table later (id bigint);');
    await expect(migrate(url, program)).rejects.toThrow(/edited after it was applied/);
  });

  it('works for an owner who is no superuser, or says what an administrator must run', async () => {
    const { owner, url } = await testDb();
    const tag = Date.now().toString(36);
    for (const [name, right] of [
      [`plain_${tag}`, 'createrole'],
      [`weak_${tag}`, 'nocreaterole'],
    ]) {
      await owner.query(`create role "${name}" login password 'pw' ${right}`);
      await owner.query(`create database "${name}" owner "${name}"`);
      cleanups.push(async () => {
        await owner.query(`drop database "${name}" with (force)`);
        await owner.query(`drop role "${name}"`);
      });
    }
    const as = (name: string) => {
      const other = new URL(url);
      Object.assign(other, { username: name, password: 'pw', pathname: `/${name}` });
      return other.toString();
    };
    await expect(migrate(as(`weak_${tag}`))).rejects.toThrow(/create role cunfen_app nologin|administrator/);
    // A role that exists already can be granted by its maker only; the administrator's order is run here.
    await owner.query(`grant cunfen_app to "plain_${tag}"`);
    expect((await migrate(as(`plain_${tag}`))).applied.length).toBeGreaterThan(0);
  });

  it('says where an unreachable database was looked for, without its password', async () => {
    const failure = await migrate('postgresql://someone:secret-word@127.0.0.1:1/nowhere').catch(
      (error) => error,
    );
    expect(failure.message).toMatch(/127\.0\.0\.1:1\/nowhere.*cannot be reached/s);
    expect(failure.message).not.toContain('secret-word');
  });
});
