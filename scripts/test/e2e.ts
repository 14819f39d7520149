import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { FOUND_AWARD } from '@/lib/testing/found-award';
import { ensureBuilt } from '../build';
import { findFreePort } from '../db/embedded';
import { connectOwner, migrate } from '../db/migrate';
import { startThrowaway } from '../db/throwaway';
import { loadDemo } from '../seed';
import { serve } from '../serve';

export interface Installation {
  url: string;
  /** the owner's connection string of its database */
  databaseUrl: string;
  /** where the web server writes its log */
  logFile: string;
  stop(): Promise<void>;
}

async function openDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (!given) {
    const server = await startThrowaway();
    const client = await connectOwner(server.url('postgres'));
    await client.query('create database cunfen').finally(() => client.end());
    return { url: server.url('cunfen'), close: () => server.stop() };
  }
  const name = `cunfen_e2e_${randomBytes(4).toString('hex')}`;
  const run = async (sql: string) => {
    const client = await connectOwner(given);
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database "${name}"`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  return { url: url.toString(), close: () => run(`drop database if exists "${name}" with (force)`) };
}

/**
 * The whole product as it is installed, on a throwaway database with the demo in it: the built app, its own data
 * folder, a free port. `TRUST_PROXY` lets each test come from its own address, so that rate limits do not meet. `worker`:
 * whether the web process runs the jobs beside.
 */
export async function startInstallation(
  name: string,
  worker: 'inline' | 'off' = 'inline',
): Promise<Installation> {
  const dataFolder = resolve('.test', name);
  rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(dataFolder, { recursive: true });
  const folder = await ensureBuilt(() => console.log('· building …'));
  const database = await openDatabase();
  try {
    await migrate(database.url);
    const client = await connectOwner(database.url);
    await client.query(FOUND_AWARD).finally(() => client.end());
    const port = await findFreePort();
    const baseUrl = `http://localhost:${port}`;
    const authSecret = randomBytes(32).toString('base64url');
    const env = {
      DATABASE_URL: database.url,
      AUTH_SECRET: authSecret,
      NEXTAUTH_SECRET: authSecret,
      BASE_URL: baseUrl,
      NEXTAUTH_URL: baseUrl,
      DATA_DIR: dataFolder,
      DEMO: '1',
      WORKER: worker,
      LOG_LEVEL: 'info',
      TRUST_PROXY: '1',
      // A test may look at a page for minutes before it asks over the same connection again.
      KEEP_ALIVE_TIMEOUT: '900000',
    };
    console.log('· loading the demo …');
    await loadDemo(database.url, env);
    const logFile = resolve('.test', `${name}.log`);
    const log = openSync(logFile, 'w');
    const server = await serve({ folder, port, host: '127.0.0.1', env, stdio: ['ignore', log, log] });
    const stop = async () => {
      await server.stop();
      await database.close();
      rmSync(dataFolder, { recursive: true, force: true });
    };
    return { url: baseUrl, databaseUrl: database.url, logFile, stop };
  } catch (error) {
    await database.close();
    throw error;
  }
}
