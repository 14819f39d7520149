import 'server-only';
import { z } from 'zod';
import { db } from './db';
import { newId } from './ids';
import { log } from './log';
import { type ContentAddress, documentStore, type FileStore, photoStore } from './storage';

// Which database the files of a folder belong to. "Named by nobody" means something only then: to an empty database, or
// to a dump that was put back somewhere to try it, every file looks left behind. So database and folder carry the same
// mark, an id and a number that each sweep raises, in the database first. A folder whose number is ahead has been swept
// by a later database than this one.

export type MarkedFiles = 'photos' | 'documents';

interface Mark {
  id: string;
  sweeps: number;
}

const markShape = z.object({ id: z.string(), sweeps: z.int() });
const UNREADABLE: Mark = { id: '', sweeps: 0 };

/** Where files of a kind are kept. */
export function storeOf(kind: MarkedFiles): FileStore {
  return kind === 'photos' ? photoStore() : documentStore();
}

/**
 * Whether a sweep may remove the files of a kind that nothing names; if so, raises the mark. A folder without one becomes
 * this database's when it is empty or `listNamed` finds one of its files named. Otherwise an error is logged.
 */
export async function claimFiles(
  kind: MarkedFiles,
  listNamed: (addresses: ContentAddress[]) => Promise<Set<ContentAddress>>,
): Promise<boolean> {
  const store = storeOf(kind);
  const [own, seen] = [await ownMark(kind), await markOf(store)];
  const isOurs = seen ? isMarkOf(own, seen) : await isNamedOrEmpty(store, listNamed);
  if (!isOurs) {
    log.error(
      { files: kind },
      'these files are not of this database: none is removed, see docs/operations.md',
    );
    return false;
  }
  const value = { id: own?.id ?? newId(), sweeps: (own?.sweeps ?? 0) + 1 };
  const key = keyOf(kind);
  await db().setting.upsert({
    where: { key },
    create: { key, value },
    update: { value },
    select: { key: true },
  });
  await store.writeMark(JSON.stringify(value));
  return true;
}

/** Whether the files of a kind carry the mark of another database, or of a later state of this one. */
export async function areFilesForeign(kind: MarkedFiles): Promise<boolean> {
  const seen = await markOf(storeOf(kind));
  return seen !== null && !isMarkOf(await ownMark(kind), seen);
}

function isMarkOf(own: Mark | null, seen: Mark): boolean {
  return own !== null && own.id === seen.id && seen.sweeps <= own.sweeps;
}

const keyOf = (kind: MarkedFiles) => `files-${kind}`;

async function ownMark(kind: MarkedFiles): Promise<Mark | null> {
  const row = await db().setting.findUnique({ where: { key: keyOf(kind) }, select: { value: true } });
  return row ? markShape.parse(row.value) : null;
}

async function markOf(store: FileStore): Promise<Mark | null> {
  const text = await store.readMark();
  if (text === null) return null;
  try {
    return markShape.parse(JSON.parse(text));
  } catch {
    // nobody's: whoever has damaged it decides what it was
    return UNREADABLE;
  }
}

async function isNamedOrEmpty(
  store: FileStore,
  listNamed: (addresses: ContentAddress[]) => Promise<Set<ContentAddress>>,
): Promise<boolean> {
  let isEmpty = true;
  for await (const addresses of store.listOlder(new Date(8.64e15))) {
    isEmpty = false;
    if ((await listNamed(addresses)).size > 0) return true;
  }
  return isEmpty;
}
