import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether a process of that number lives, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process; '' when there is none. */
export function commandOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync(file)) return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? '';
}

function parentOf(pid: string): number {
  try {
    // The name in brackets may hold anything, brackets too.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  if (existsSync('/proc/self/stat')) {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return all.filter((name) => parentOf(name) === pid).map(Number);
  }
  const said = spawnSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).stdout ?? '';
  const rows = said.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child, parent]) => (child && parent === pid ? [child] : []));
}

/**
 * SIGKILL to a process and its children at once, as when their machine's memory runs out: nobody writes anything any
 * more. Resolves when all of them are gone.
 */
export async function killTree(pid: number): Promise<void> {
  const all = [pid, ...childrenOf(pid)];
  for (const one of all) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // ended by itself
    }
  }
  for (let tries = 0; tries < 500 && all.some(isRunning); tries++) await pause(20);
}

/** A dead child that its parent hasn't looked after yet (a zombie) has a number, and nothing else. */
function isRunning(pid: number): boolean {
  return isAlive(pid) && commandOf(pid).trim() !== '';
}
