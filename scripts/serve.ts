import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guard } from './guard';
import { killTree } from './processes';

export interface Server {
  url: string;
  /** Lets requests in flight end, then stops; gives up waiting after ten seconds. */
  stop(): Promise<void>;
  /** SIGKILL: requests in flight are never answered. For tests of what is left then. */
  kill(): Promise<void>;
  /** Resolves with the exit code when the server has ended, wanted or not. */
  ended: Promise<number>;
}

export interface ServeOptions {
  /** a build (see build.ts), or null for hot reload from the sources */
  folder: string | null;
  port: number;
  /** address to listen on */
  host: string;
  env: Record<string, string>;
  stdio: SpawnOptions['stdio'];
}

async function stopGently(child: ChildProcess, ended: Promise<number>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const isLate = await Promise.race([ended.then(() => false), pause(10_000, true, { ref: false })]);
  if (isLate) {
    child.kill('SIGKILL');
    await ended;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/health`, {
      signal: AbortSignal.timeout(30_000),
      redirect: 'manual',
    });
    await response.arrayBuffer();
    return response.ok || response.status === 404;
  } catch {
    return false;
  }
}

/** Starts the web server and resolves when it answers. Throws when it ends before that. */
export async function serve(options: ServeOptions): Promise<Server> {
  const { folder, port, host } = options;
  const args = folder
    ? [join(folder, 'server.js')]
    : ['node_modules/next/dist/bin/next', 'dev', '--port', String(port), '--hostname', host];
  const child = spawn(process.execPath, args, {
    // Its own process group: Ctrl-C reaches the starter alone, which stops things in order.
    detached: true,
    stdio: options.stdio,
    cwd: folder ?? process.cwd(),
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      // Longer than proxies and browsers hold an idle connection: who closes it first must not be the one who would
      // just then be sent the next request.
      KEEP_ALIVE_TIMEOUT: process.env.KEEP_ALIVE_TIMEOUT ?? '75000',
      NODE_ENV: folder ? 'production' : 'development',
      PORT: String(port),
      HOSTNAME: host,
      ...options.env,
    },
  });
  let hasEnded = false;
  const ended = new Promise<number>((done) => {
    child.once('exit', (code, signal) => done(code ?? (signal ? 1 : 0)));
    child.once('error', () => done(1));
  }).finally(() => {
    hasEnded = true;
  });
  const watcher = child.pid ? guard(child.pid, 'TERM') : null;
  const url = `http://localhost:${port}`;
  const stop = async () => {
    await stopGently(child, ended);
    watcher?.kill('SIGKILL');
  };
  const kill = async () => {
    if (child.pid) await killTree(child.pid);
    await ended;
    watcher?.kill('SIGKILL');
  };
  const until = Date.now() + 120_000;
  while (!hasEnded && Date.now() < until) {
    if (await answers(`http://127.0.0.1:${port}`)) return { url, stop, kill, ended };
    await pause(100);
  }
  await stop();
  throw new Error('The web server did not start; see what it said above.');
}
