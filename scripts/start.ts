import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build';
import { type Embedded, findFreePort, startEmbedded } from './db/embedded';
import { diskFullFailure, isDiskFull, printFailure, StartFailure } from './db/failure';
import { connectOwner, migrate } from './db/migrate';
import { type FolderLock, takeLock } from './lock';
import { readSecrets } from './secrets';
import { emptyDatabase, loadDemo, readDemoState } from './seed';
import { type Server, serve } from './serve';

// npm start, npm run dev (--dev) and npm run reset (--reset). Each step does nothing when it was done before, so
// that a second start takes seconds; each thing started is put away in the opposite order at the end.

const FREE_BYTES_MIN = 300 * 1024 * 1024;
const USUAL_PORT = 3000;

const { values: flags } = parseArgs({
  options: {
    dev: { type: 'boolean', default: false },
    reset: { type: 'boolean', default: false },
    yes: { type: 'boolean', short: 'y', default: false },
  },
});

const say = (text: string) => process.stdout.write(`${text}\n`);

// What was started, in order.
const started: (() => Promise<void> | void)[] = [];
let isStopping = false;

async function stopAll(code: number): Promise<never> {
  if (!isStopping) {
    isStopping = true;
    for (const stop of started.splice(0).reverse()) {
      try {
        await stop();
      } catch (error) {
        printFailure(error);
      }
    }
  }
  process.exit(code);
}

function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      say('\n· 正在停止，数据已保存 / stopping; everything is saved …');
      stopAll(0);
    });
  }
  // The process that waits for this one was killed.
  process.on('disconnect', () => void stopAll(0));
}

function lockFolder(dataFolder: string): FolderLock {
  const lock = takeLock(join(dataFolder, 'start.lock'));
  if (!('heldBy' in lock)) return lock;
  const { pid, note } = lock.heldBy;
  throw new StartFailure(
    `这个文件夹里已经有一个村分在运行（进程 ${pid}${note ? `，${note}` : ''}）。请直接打开它，或先按 Ctrl-C 停掉它。`,
    `Cunfen is already running from this folder (process ${pid}${note ? ` at ${note}` : ''}). Open that one, or stop it with Ctrl-C first.`,
  );
}

function refuseFullDisk(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < FREE_BYTES_MIN) throw diskFullFailure(folder);
}

async function openDatabase(
  dataFolder: string,
  password: string,
): Promise<{ url: string; own: Embedded | null }> {
  const given = process.env.DATABASE_URL;
  if (given) {
    if (!URL.canParse(given)) {
      throw new StartFailure(
        'DATABASE_URL 写得不对，应像 postgresql://用户:密码@主机:5432/数据库。',
        'DATABASE_URL is not an address like postgresql://user:password@host:5432/database.',
      );
    }
    await (await connectOwner(given)).end();
    return { url: given, own: null };
  }
  say('· 启动内置数据库 / starting the embedded database …');
  const own = await startEmbedded({ folder: join(dataFolder, 'postgres'), password });
  started.push(() => own.stop());
  const client = await connectOwner(own.url('postgres'));
  const { rowCount } = await client.query(`select from pg_database where datname = 'cunfen'`);
  if (!rowCount) await client.query('create database cunfen');
  await client.end();
  return { url: own.url('cunfen'), own };
}

async function confirmReset(databaseUrl: string, isOwn: boolean): Promise<void> {
  if (flags.yes) return;
  const { hostname, pathname } = new URL(databaseUrl);
  const what = isOwn ? '.data' : `${hostname}${pathname}`;
  if (!process.stdin.isTTY) {
    throw new StartFailure(
      `重置会删除 ${what} 里的全部数据。确实要做请运行 npm run reset -- --yes`,
      `A reset deletes everything in ${what}. If you mean it: npm run reset -- --yes`,
    );
  }
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await reader.question(
    `\n将删除 ${what} 里的全部数据（户、积分、照片），恢复成演示数据，不能撤销。\nEverything in ${what} will be deleted and the demo loaded again; this cannot be undone.\n输入 yes 继续 / type yes to go on: `,
  );
  reader.close();
  if (answer.trim().toLowerCase() === 'yes') return;
  say('没有改动 / nothing was changed.');
  await stopAll(1);
}

/** Migrates and, for an empty database, loads the demo. Answers whether this is a demo. */
async function prepareDatabase(databaseUrl: string, env: Record<string, string>): Promise<boolean> {
  const report = async () => {
    const { applied } = await migrate(databaseUrl);
    if (applied.length > 0) say(`· 数据库结构已更新 / database brought up to date (${applied.length})`);
  };
  await report();
  let state = await readDemoState(databaseUrl);
  if (state === 'unfinished') {
    await emptyDatabase(databaseUrl);
    await report();
    state = 'empty';
  }
  if (state !== 'empty') return state === 'demo';
  if (process.env.DEMO === '0') return false;
  say('· 写入演示数据，约一分钟 / loading the demo district, about a minute …');
  await loadDemo(databaseUrl, env);
  return true;
}

function findLanAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find((one) => one.family === 'IPv4' && !one.internal)?.address;
}

function greet(url: string, port: number, host: string, isDemo: boolean): void {
  const lan = host === '0.0.0.0' ? findLanAddress() : undefined;
  const lines = ['', '✓ 村分已就绪 / Cunfen is ready', '', `  打开 / open        ${url}`];
  if (lan) lines.push(`  手机 / phone       http://${lan}:${port}  （同一网络 / same network）`);
  if (isDemo) {
    lines.push(
      `  公示栏 / notices   ${url}/v/qingzhu`,
      `  登录 / sign in     ${url}/sign-in`,
      '                     演示模式：点一下就能以村民、帮办员、核分员、村书记、监督员等身份进入；数据均为虚构。',
      '                     Demo: one tap enters as a villager, verifier, secretary and so on; all data are fictional.',
    );
  } else {
    lines.push(`  登录 / sign in     ${url}/sign-in`);
  }
  lines.push('', '  停止 / stop        Ctrl-C', '');
  say(lines.join('\n'));
}

async function choosePort(host: string): Promise<number> {
  const wanted = Number(process.env.PORT ?? USUAL_PORT);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) {
    throw new StartFailure(
      `PORT 不对：${process.env.PORT}`,
      `PORT is not a port number: ${process.env.PORT}`,
    );
  }
  for (let port = wanted; port < Math.min(wanted + 50, 65_536); port++) {
    if ((await findFreePort(port, host)) !== port) continue;
    if (port !== wanted)
      say(`· 端口 ${wanted} 已被占用，改用 ${port} / port ${wanted} is taken, using ${port}`);
    return port;
  }
  throw new StartFailure(
    `端口 ${wanted} 起的 50 个端口都被占用。请设 PORT 换一个。`,
    `The 50 ports from ${wanted} on are all taken. Set PORT to another.`,
  );
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  stopOnSignals();
  const dataFolder = resolve(process.env.DATA_DIR ?? '.data');
  mkdirSync(dataFolder, { recursive: true });
  const lock = lockFolder(dataFolder);
  started.push(() => lock.release());
  refuseFullDisk(dataFolder);
  const secrets = readSecrets(dataFolder);
  const { url: databaseUrl, own } = await openDatabase(dataFolder, secrets.postgresPassword);

  if (flags.reset) {
    await confirmReset(databaseUrl, own !== null);
    await emptyDatabase(databaseUrl);
    for (const files of ['photos', 'documents']) {
      rmSync(join(dataFolder, files), { recursive: true, force: true });
    }
  }

  const env = {
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: process.env.AUTH_SECRET ?? secrets.authSecret,
    DATA_DIR: dataFolder,
    WORKER: process.env.WORKER ?? 'inline',
    LOG_LEVEL: process.env.LOG_LEVEL ?? (flags.dev ? 'info' : 'warn'),
  };
  const isDemo = await prepareDatabase(databaseUrl, env);
  if (flags.reset) {
    say('✓ 已恢复成演示数据 / back to the demo. 运行 npm start / run npm start');
    await stopAll(0);
  }

  const folder = flags.dev
    ? null
    : await ensureBuilt(() => say('· 构建网页，约一分钟 / building the pages, about a minute …'));
  const host = process.env.HOST ?? '0.0.0.0';
  const port = await choosePort(host);
  const baseUrl = process.env.BASE_URL ?? `http://localhost:${port}`;
  const demo = process.env.DEMO ?? (isDemo ? '1' : '0');
  const server: Server = await serve({
    folder,
    port,
    host,
    env: { ...env, BASE_URL: baseUrl, NEXTAUTH_URL: baseUrl, NEXTAUTH_SECRET: env.AUTH_SECRET, DEMO: demo },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  started.push(() => server.stop());
  lock.note(baseUrl);
  greet(baseUrl, port, host, demo === '1');

  const failed = await Promise.race([
    server.ended.then((code) => `网页服务停了（${code}）/ the web server ended (${code})`),
    own
      ? own.ended.then(() => `数据库停了 / the database ended; ${dataFolder}/postgres.log`)
      : new Promise<never>(() => {}),
  ]);
  if (isStopping) return;
  const log = join(dataFolder, 'postgres.log');
  if (own && existsSync(log) && isDiskFull(readFileSync(log, 'utf8'))) {
    printFailure(diskFullFailure(dataFolder));
  } else {
    process.stderr.write(`\n✗ ${failed}\n`);
  }
  await stopAll(1);
}

main().catch(async (error) => {
  if (!isStopping) printFailure(error);
  await stopAll(1);
});
