import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { ensureBuilt } from '../../build';
import { type Embedded, findFreePort, startEmbedded } from '../../db/embedded';
import { printFailure } from '../../db/failure';
import { connectOwner, migrate } from '../../db/migrate';
import { type Server, serve } from '../../serve';
import { Clients } from './clients';
import { type Finding, prove, proveThatProofFails } from './proof';
import { makeKillVillage } from './village';

// npm test -- --kill
//
// The web server and the database are killed (SIGKILL) at random moments while people report and verify deeds and
// repeat, with the same ids, whatever was not answered. Afterwards every acknowledged command must be there exactly
// once, and every sum true.

/** A bounded number, so that it takes as long on a slow machine as its restarts do. */
const KILLS = ['web', 'web', 'web', 'web', 'database', 'database', 'database'] as const;
/** Answers between two kills: the load must be under way again. */
const ANSWERS_BETWEEN = 25;
const PATIENCE_MS = 90_000;
const RESULT = resolve('.test', 'kill.json');

class Installation {
  private database: Embedded | null = null;
  private web: Server | null = null;
  private readonly base = mkdtempSync(join(tmpdir(), 'cunfen-kill-'));
  private readonly password = randomBytes(18).toString('base64url');
  private readonly secret = randomBytes(32).toString('base64url');
  private databasePort = 0;
  private webPort = 0;
  private isStopped = false;

  constructor(private readonly folder: string) {
    // PostgreSQL may run as another user, who has to pass through.
    chmodSync(this.base, 0o711);
  }

  get url(): string {
    return `http://localhost:${this.webPort}`;
  }

  databaseUrl(name = 'cunfen'): string {
    if (!this.database) throw new Error('the database is not running');
    return this.database.url(name);
  }

  async startDatabase(): Promise<void> {
    const started = await startEmbedded({
      folder: join(this.base, 'data'),
      password: this.password,
      port: this.databasePort,
      throwaway: this.base,
      // Not waiting for the disk loses nothing when only processes die; answering before the commit is written would.
      settings: { synchronous_commit: 'on' },
    });
    this.database = started;
    if (this.isStopped) return this.stop();
    if (this.databasePort && started.port !== this.databasePort)
      throw new Error('the port was taken meanwhile');
    this.databasePort = started.port;
  }

  async startWeb(): Promise<void> {
    this.webPort ||= await findFreePort();
    const log = openSync(resolve('.test', 'kill.log'), 'a');
    const env = {
      DATABASE_URL: this.databaseUrl(),
      AUTH_SECRET: this.secret,
      NEXTAUTH_SECRET: this.secret,
      BASE_URL: this.url,
      NEXTAUTH_URL: this.url,
      DATA_DIR: join(this.base, 'files'),
      DEMO: '1',
      WORKER: 'off',
      LOG_LEVEL: 'warn',
      TRUST_PROXY: '0',
    };
    const { folder } = this;
    this.web = await serve({
      folder,
      port: this.webPort,
      host: '127.0.0.1',
      env,
      stdio: ['ignore', log, log],
    });
    if (this.isStopped) await this.stop();
  }

  async kill(what: (typeof KILLS)[number]): Promise<void> {
    if (what === 'web') {
      await this.web?.kill();
      await this.startWeb();
    } else {
      await this.database?.kill();
      await this.startDatabase();
    }
  }

  /** Throws when the web server has ended without being killed: losing the database must not end it. */
  async mustServe(): Promise<void> {
    const hasEnded = await Promise.race([this.web?.ended.then(() => true), pause(0, false)]);
    if (hasEnded) throw new Error('the web server ended by itself; see .test/kill.log');
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.web?.stop();
    await this.database?.stop();
    rmSync(this.base, { recursive: true, force: true });
  }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const late = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > late) throw new Error(`${what} did not happen within ${PATIENCE_MS / 1000} s`);
    await pause(20);
  }
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

/** Requests are counted by person and minute, which is not what is tried here. */
function forgetRates(url: () => string): () => void {
  const timer = setInterval(async () => {
    const client = new pg.Client({ connectionString: url(), connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    await client
      .connect()
      .then(() => client.query('delete from rate_count'))
      .catch(() => undefined);
    await client.end().catch(() => undefined);
  }, 700);
  return () => clearInterval(timer);
}

async function run(installation: Installation): Promise<Finding[]> {
  await installation.startDatabase();
  const owner = await connectOwner(installation.databaseUrl('postgres'));
  await owner.query('create database cunfen').finally(() => owner.end());
  await migrate(installation.databaseUrl());
  const village = await makeKillVillage(installation.databaseUrl());
  await installation.startWeb();
  const clients = new Clients(installation.url, village);
  await clients.enter();
  const { told } = clients;
  const remember = forgetRates(() => installation.databaseUrl());
  try {
    clients.begin();
    for (const what of shuffled(KILLS)) {
      const answers = told.acknowledged.length + ANSWERS_BETWEEN;
      await until(() => told.acknowledged.length >= answers, `work before killing the ${what}`);
      await pause(Math.random() * 400);
      await installation.mustServe();
      const before = told.acknowledged.length;
      await installation.kill(what);
      console.log(`· killed the ${what} after ${before} answers`);
    }
    const answers = told.acknowledged.length + ANSWERS_BETWEEN;
    await until(() => told.acknowledged.length >= answers, 'work after the last kill');
    await clients.end();
  } finally {
    remember();
  }
  await installation.mustServe();
  console.log(
    `· ${told.acknowledged.length} commands acknowledged, ${told.refused.size} refused, ${told.unanswered} requests without an answer`,
  );
  const client = await connectOwner(installation.databaseUrl());
  try {
    // Sealed as every minute does, so that verifying has a chain to walk.
    await client.query('select ledger_seal_village($1::uuid)', [village.id]);
    return [
      { what: 'nobody was told anything wrong', wrong: told.wrong },
      { what: 'the kills cost answers', wrong: told.unanswered > 0 ? [] : ['no request went unanswered'] },
      ...(await prove(client, village.id, told)),
      ...(await proveThatProofFails(client, village.id, told)),
    ];
  } finally {
    await client.end();
  }
}

async function main(): Promise<void> {
  mkdirSync('.test', { recursive: true });
  const folder = await ensureBuilt(() => console.log('· building …'));
  const installation = new Installation(folder);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void installation.stop().finally(() => process.exit(130)));
  }
  try {
    const findings = await run(installation);
    for (const { what, wrong } of findings) {
      console.log(`${wrong.length === 0 ? '✓' : '✗'} ${what}`);
      for (const line of wrong.slice(0, 10)) console.log(`    ${line}`);
      if (wrong.length > 10) console.log(`    and ${wrong.length - 10} more`);
    }
    const failed = findings.filter((finding) => finding.wrong.length > 0).length;
    writeFileSync(RESULT, JSON.stringify({ passed: findings.length - failed, failed }));
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    await installation.stop();
  }
}

main().catch((error) => {
  printFailure(error);
  process.exit(1);
});
