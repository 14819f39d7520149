import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A small shell that holds the other end of a pipe from this process. When the pipe closes — however this process
 * ended, kill -9 included — it ends process `pid` with `signal`, waits for it (a minute at most), and removes
 * `folder` when one is given. Null on Windows, which has no such shell.
 */
export function guard(pid: number, signal: 'INT' | 'TERM', folder = ''): ChildProcess | null {
  if (process.platform === 'win32') return null;
  const script = `cat >/dev/null; kill -${signal} "$1" 2>/dev/null
n=0; while kill -0 "$1" 2>/dev/null && [ $n -lt 600 ]; do sleep 0.1; n=$((n+1)); done
[ -z "$2" ] || rm -rf -- "$2"`;
  const shell = spawn('sh', ['-c', script, 'cunfen-guard', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  shell.unref();
  (shell.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return shell;
}
