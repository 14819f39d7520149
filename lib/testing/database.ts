import pg from 'pg';
import { inject } from 'vitest';
import { openDb, useDb } from '@/lib/platform/db';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { openPool } from '@/lib/platform/pool';

export interface TestDb {
  /** works as cunfen_app, as the program does */
  prisma: PrismaClient;
  /** works as the owner of the tables, for looking behind the scenes and for trying what must be refused */
  owner: pg.Pool;
  /** the owner's connection string */
  url: string;
}

const CONNECTIONS = 60;

async function ensureDatabase(server: string, prefix: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database "${name}" template "${prefix}_template"`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

let opened: Promise<TestDb> | undefined;

async function open(): Promise<TestDb> {
  const prefix = inject('databasePrefix');
  const name = `${prefix}_${process.env.VITEST_POOL_ID ?? '1'}`;
  const url = await ensureDatabase(inject('databaseServer'), prefix, name);
  process.env.DATABASE_URL = url;
  const prisma = openDb(url, CONNECTIONS);
  useDb(prisma);
  const owner = openPool({ connectionString: url, max: 10 });
  owner.on('error', () => undefined);
  return { prisma, owner, url };
}

/**
 * This worker's own database. It is kept from one test file to the next and cannot be emptied (the ledger refuses),
 * so each test makes its own village. The program's `db()` is pointed at it too. Call it at the top of a file:
 *
 *     const { prisma, owner } = await testDb();
 */
export async function testDb(): Promise<TestDb> {
  opened ??= open();
  const mine = await opened;
  // The file before may have pointed the program elsewhere.
  useDb(mine.prisma);
  return mine;
}

/** A fresh database beside the worker's: empty, or a copy of the template. Dropped by `drop`. */
export async function scratchDb(from: 'empty' | 'template'): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('databaseServer');
  const prefix = inject('databasePrefix');
  const name = `${prefix}_scratch_${process.env.VITEST_POOL_ID ?? '1'}_${Date.now().toString(36)}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database "${name}"${from === 'template' ? ` template "${prefix}_template"` : ''}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => run(`drop database if exists "${name}" with (force)`) };
}
