import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartFailure } from './failure';

/** Whom PostgreSQL runs as. It refuses to be root, so root lends it another user. */
export interface SystemUser {
  uid: number;
  gid: number;
}

const isRoot = () => process.getuid?.() === 0;

function findUser(name: string): SystemUser | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/**
 * The user for a data folder, or null when the caller may run PostgreSQL itself. An existing folder's owner goes
 * on owning it; else `postgres`, created when missing; else `nobody`.
 */
export function userFor(dataFolder: string): SystemUser | null {
  if (!isRoot()) return null;
  if (existsSync(dataFolder)) {
    const { uid, gid } = statSync(dataFolder);
    if (uid !== 0) return { uid, gid };
  }
  const known = findUser('postgres');
  if (known) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres']);
  const made = findUser('postgres') ?? findUser('nobody');
  if (made) return made;
  throw new StartFailure(
    '数据库不能以 root 身份运行，也无法新建 postgres 用户。请换普通用户运行 npm start。',
    'PostgreSQL cannot run as root and no other user could be made. Run npm start as an ordinary user.',
  );
}

/** Whether `user` may enter every folder above `path`: a clone under /root can be entered by root only. */
function canReach(user: SystemUser, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const may = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (!may) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The command that runs `program` as `user`. Where the folders above it are closed to that user, it keeps the one
 * right to pass through them (Linux, setpriv).
 */
export function commandAs(
  user: SystemUser | null,
  program: string,
  args: string[],
  paths: string[],
): { command: string; args: string[]; ids: { uid?: number; gid?: number } } {
  if (!user) return { command: program, args, ids: {} };
  if ([program, ...paths].every((path) => canReach(user, path))) {
    return { command: program, args, ids: { uid: user.uid, gid: user.gid } };
  }
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
  if (!setpriv) {
    throw new StartFailure(
      `数据库用户进不了 ${dirname(program)} 的上级目录。请把程序放到别处（如 /opt/cunfen），或换普通用户运行。`,
      `PostgreSQL's user may not enter the folders above ${dirname(program)}. Move the program (e.g. to /opt/cunfen) or run it as an ordinary user.`,
    );
  }
  const rights = '+dac_override';
  const keep = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  return {
    command: setpriv,
    // no_setuid_fixup: without it the right does not count when a program asks what it may open.
    args: [
      ...keep,
      '--securebits=+no_setuid_fixup',
      `--inh-caps=${rights}`,
      `--ambient-caps=${rights}`,
      '--',
      program,
      ...args,
    ],
    ids: {},
  };
}

/** Throws when an ordinary user cannot write in `folder`, e.g. because root made it. */
export function refuseForeignFolder(folder: string): void {
  if (isRoot() || !existsSync(folder)) return;
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartFailure(
      `${folder} 属于另一个用户（可能上次是用 root 运行的）。请用同一用户运行，或改回目录的所有者。`,
      `${folder} belongs to another user (perhaps it was started as root before). Run as that user, or chown it.`,
      { cause },
    );
  }
}
