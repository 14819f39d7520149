import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/scripts/db/migrate';
import { startThrowaway } from '@/scripts/db/throwaway';
import { FOUND_AWARD } from './found-award';

declare module 'vitest' {
  export interface ProvidedContext {
    /** the server's maintenance database, as the owner */
    databaseServer: string;
    /** what the names of this run's databases begin with */
    databasePrefix: string;
  }
}

function on(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}

/** Tests live in days of their own, also in later ones (prisma/functions/clock.sql), and post awards by themselves. */
async function fitForTests(template: string): Promise<void> {
  const client = new pg.Client({ connectionString: template });
  await client.connect();
  await client.query(
    `create or replace function latest_moment() returns timestamptz language sql volatile as $$ select 'infinity'::timestamptz $$`,
  );
  await client.query(FOUND_AWARD);
  await client.end();
}

/**
 * Before the database tests: one throwaway PostgreSQL (or the server of TEST_DATABASE_URL, whose other databases
 * are left alone) with one migrated template, of which each worker takes a copy. Afterwards all of it is removed.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const embedded = given ? null : await startThrowaway();
  const server = given ?? embedded?.url('postgres') ?? '';
  const prefix = `cunfen_test_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template`;

  const dropAll = async () => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`);
    await client.end();
  };
  const teardown = async () => {
    if (embedded) await embedded.stop();
    else await dropAll();
  };
  // Ctrl-C ends the run without the teardown; an embedded server goes with its guard, a given one is cleaned here.
  if (given) {
    const script = `import pg from 'pg';
      const c = new pg.Client({ connectionString: process.argv[1] }); await c.connect();
      const { rows } = await c.query('select datname from pg_database where starts_with(datname, $1)', [process.argv[2]]);
      for (const r of rows) await c.query('drop database if exists "' + r.datname + '" with (force)');
      await c.end();`;
    process.once('exit', () => {
      spawnSync(process.execPath, ['--input-type=module', '-e', script, server, prefix], { timeout: 20_000 });
    });
  }

  try {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(`create database "${template}"`);
    await client.end();
    await migrate(on(server, template));
    await fitForTests(on(server, template));
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('databaseServer', server);
  project.provide('databasePrefix', prefix);
  return teardown;
}
