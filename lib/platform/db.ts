import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { env } from './env';
import { Prisma, PrismaClient } from './generated/client';
import { openPool } from './pool';

/** A client or a transaction: what reads and SQL functions take. */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/** The connection string under which everything runs as the role that may not touch the ledger's rows. */
export function asApp(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', '-c role=cunfen_app -c statement_timeout=30000');
  return url.toString();
}

/**
 * Whoever has waited so long for a connection gets a fault. With the limit of a statement and of a transaction it sees to
 * it that a request is over before a phone says that nothing came of it (OVER_MS in components/alliance/counter/settle.ts).
 */
const CONNECTION_WAIT_MS = 20_000;

/** A client on `databaseUrl` that works as cunfen_app. */
export function openDb(databaseUrl: string, connections: number): PrismaClient {
  const pool = openPool({
    connectionString: asApp(databaseUrl),
    max: connections,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
  });
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  // What is written never gets into a message, and so into a log.
  const client = new PrismaClient({ adapter, errorFormat: 'minimal' });
  pools.set(client, pool);
  return client;
}

const pools = new WeakMap<object, pg.Pool>();

/**
 * The connections of the process's client, for the one statement that must cost no more than its round trip: prepared
 * once a connection under its name. Everything else asks through `db()`.
 */
export async function askPrepared<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
  const pool = pools.get(db());
  if (!pool) throw new Error('the process has no client of openDb');
  return (await pool.query<Row & pg.QueryResultRow>({ name, text, values })).rows;
}

// Kept on globalThis so that a hot reload in development does not open a second pool.
const kept = globalThis as unknown as { cunfenDb?: PrismaClient };

/** The process's client. */
export function db(): PrismaClient {
  kept.cunfenDb ??= openDb(env().DATABASE_URL, env().DATABASE_POOL_MAX);
  return kept.cunfenDb;
}

/** Lets a test point the process at its own database. */
export function useDb(client: PrismaClient): void {
  kept.cunfenDb = client;
}

/** The name of the violated constraint or the `code` a SQL function raised, when `error` came from PostgreSQL. */
export function databaseFault(error: unknown): { code: string; constraint?: string; message: string } | null {
  if (!error || typeof error !== 'object') return null;
  const seen = error as { code?: string; message?: string; cause?: unknown; meta?: unknown };
  const causes: unknown[] = [error];
  const meta = seen.meta as { driverAdapterError?: { cause?: unknown } } | undefined;
  if (meta?.driverAdapterError) causes.push(meta.driverAdapterError, meta.driverAdapterError.cause);
  if (seen.cause) causes.push(seen.cause);
  for (const cause of causes.reverse()) {
    const c = cause as {
      originalCode?: string;
      originalMessage?: string;
      code?: string;
      message?: string;
      constraint?: string | { index?: string; fields?: string[]; foreignKey?: unknown };
      kind?: string;
    } | null;
    if (!c || typeof c !== 'object') continue;
    const code =
      c.originalCode ??
      (/^[0-9A-Z]{5}$/.test(c.code ?? '') && !/^P\d/.test(c.code ?? '') ? c.code : undefined);
    if (!code) continue;
    const constraint = typeof c.constraint === 'string' ? c.constraint : c.constraint?.index;
    const message = c.originalMessage ?? c.message ?? '';
    const named = constraint ?? /constraint "([^"]+)"/.exec(message)?.[1];
    return { code, message, ...(named ? { constraint: named } : {}) };
  }
  return null;
}

export { Prisma };

/** Runs reads one after another on one snapshot, so that what they answer agrees. */
export async function readAtOnce<T>(read: (db: Db) => Promise<T>): Promise<T> {
  return db().$transaction(read, { isolationLevel: 'RepeatableRead', maxWait: 10_000 });
}
