import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { diskFullFailure, isDiskFull } from './db/failure';
import { takeLock } from './lock';

// A build is kept in dist/app-<hash of its sources>, whole or not at all. `npm start` and the e2e tests share it,
// and a running server is not disturbed by the next build.

const SOURCES = [
  'app/**/*',
  'components/**/*',
  'lib/**/*',
  'public/**/*',
  'assets/**/*',
  'prisma/schema/*',
  'instrumentation*.ts',
  'middleware.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'scripts/postcss-*.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const KEPT_BUILDS = 2;

/** sha-256 over names and contents of all that goes into a build. */
export function hashSources(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((pattern) => globSync(pattern))
    .filter((file) => !/\.test\.tsx?$|^lib\/testing\/|\/\.made-from$/.test(file.replaceAll('\\', '/')))
    .filter((file) => statSync(file).isFile())
    .sort();
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

async function runNextBuild(logFile: string): Promise<void> {
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // Types are checked by `npm test`.
      CUNFEN_SKIP_TYPES: '1',
    },
  });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  const code = await new Promise((done) => child.once('exit', done).once('error', done));
  process.off('exit', stop);
  closeSync(log);
  if (code === 0) return;
  const said = readFileSync(logFile, 'utf8');
  if (isDiskFull(said)) throw diskFullFailure(resolve('.next'));
  throw new Error(`next build failed; ${logFile} ends:\n${said.trim().split('\n').slice(-40).join('\n')}`);
}

function removeOldBuilds(current: string): void {
  const builds = readdirSync('dist')
    .filter((name) => /^app-[0-9a-f]{16}/.test(name) && name !== current)
    .map((name) => ({ name, at: statSync(join('dist', name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { name } of builds.slice(KEPT_BUILDS - 1)) {
    rmSync(join('dist', name), { recursive: true, force: true });
  }
}

/**
 * The folder of a runnable build of the sources as they are now (`server.js` in it), building it when there is none.
 * `onBuild` is called when building takes place, since that takes a while.
 */
export async function ensureBuilt(onBuild: () => void = () => undefined): Promise<string> {
  mkdirSync('dist', { recursive: true });
  const name = `app-${hashSources()}`;
  const folder = resolve('dist', name);
  if (existsSync(folder)) return folder;
  onBuild();
  let lock = takeLock('dist/build.lock');
  while ('heldBy' in lock) {
    await pause(500);
    lock = takeLock('dist/build.lock');
  }
  try {
    if (existsSync(folder)) return folder;
    await runNextBuild(resolve('dist/build.log'));
    const making = `${folder}.making`;
    rmSync(making, { recursive: true, force: true });
    renameSync('.next/standalone', making);
    cpSync('.next/static', join(making, '.next/static'), { recursive: true });
    if (existsSync('public')) cpSync('public', join(making, 'public'), { recursive: true });
    renameSync(making, folder);
    removeOldBuilds(name);
    return folder;
  } finally {
    lock.release();
  }
}
