import { spawn } from 'node:child_process';

const running = new Set<() => void>();

/** Ends every child that still runs. */
export function stopChildren(): void {
  for (const stop of running) stop();
}

/**
 * Runs a script under this Node with its output passed on, and answers its exit code. After `minutesMax` it is
 * ended and counts as failed.
 */
export async function runNode(
  args: string[],
  options: { env?: Record<string, string>; minutesMax: number },
): Promise<number> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...options.env },
  });
  const stop = () => child.kill('SIGTERM');
  running.add(stop);
  const timer = setTimeout(() => {
    console.log(`✗ ended after ${options.minutesMax} minutes`);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
  }, options.minutesMax * 60_000);
  const code = await new Promise<number>((done) => {
    child.once('exit', (exitCode) => done(exitCode ?? 1));
    child.once('error', () => done(1));
  });
  clearTimeout(timer);
  running.delete(stop);
  return code;
}
