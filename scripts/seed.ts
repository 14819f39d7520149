import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connectOwner } from './db/migrate';

type DemoState = 'empty' | 'unfinished' | 'demo' | 'real';

/**
 * What a migrated database holds: nothing, a demo whose loading was interrupted, the demo, or a real installation.
 */
export async function readDemoState(databaseUrl: string): Promise<DemoState> {
  const client = await connectOwner(databaseUrl);
  try {
    const { rows } = await client.query(
      `select value->>'state' as state from setting where key = 'demo_load'`,
    );
    if (rows[0]?.state === 'loaded') return 'demo';
    if (rows[0]?.state === 'loading') return 'unfinished';
    const { rows: any } = await client.query('select exists (select from district) as is');
    return any[0]?.is ? 'real' : 'empty';
  } finally {
    await client.end();
  }
}

async function recordDemoState(databaseUrl: string, state: 'loading' | 'loaded'): Promise<void> {
  const client = await connectOwner(databaseUrl);
  await client
    .query(
      `insert into setting (key, value) values ('demo_load', $1) on conflict (key) do update set value = excluded.value`,
      [{ state }],
    )
    .finally(() => client.end());
}

/** Empties a database of everything the program made in it. */
export async function emptyDatabase(databaseUrl: string): Promise<void> {
  const client = await connectOwner(databaseUrl);
  await client
    .query(
      `begin;
       drop schema if exists graphile_worker cascade;
       drop schema public cascade;
       create schema public;
       commit;`,
    )
    .finally(() => client.end());
}

/** Loads the demo district through the program's own commands, and records when it is whole. */
export async function loadDemo(databaseUrl: string, env: Record<string, string>): Promise<void> {
  const script = 'prisma/seed/run.ts';
  if (!existsSync(script)) return;
  await recordDemoState(databaseUrl, 'loading');
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, DATABASE_URL: databaseUrl, DEMO: '1', LOG_LEVEL: 'warn' },
  });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  const code = await new Promise((done) => child.once('exit', done).once('error', done));
  process.off('exit', stop);
  if (code !== 0) throw new Error(`Loading the demo failed (${String(code)}); see above.`);
  await recordDemoState(databaseUrl, 'loaded');
}
