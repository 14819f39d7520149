import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from './processes';

interface Holder {
  pid: number;
  note: string;
}

/** Whether a living process of this program has that number: numbers are used again after a restart. */
function isOurs(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('scripts/');
  } catch {
    return process.platform !== 'linux';
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

export interface FolderLock {
  /** tells those who are refused where the holder can be found */
  note(text: string): void;
  release(): void;
}

/** Takes the lock `file` for this process, or says who holds it. A dead holder's lock is taken over. */
export function takeLock(file: string): FolderLock | { heldBy: Holder } {
  mkdirSync(dirname(file), { recursive: true });
  const write = (note: string, flag: string) =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, note }), { flag, mode: 0o600 });
  for (;;) {
    try {
      write('', 'wx');
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = readHolder(file);
      if (holder && holder.pid !== process.pid && isOurs(holder.pid)) return { heldBy: holder };
      rmSync(file, { force: true });
    }
  }
  const release = () => {
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
  };
  process.once('exit', release);
  return { note: (text) => write(text, 'w'), release };
}
