import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { env } from './env';

// Files by the sha-256 of their content. The same content is kept once, a file never changes under its name, and a
// name that is known can be checked. Whether anything still refers to a file is for the caller to know.

/** sha-256 of the content, 64 hex digits. */
export type ContentAddress = string;

export interface StoredFile {
  bytes: number;
  stream: ReadableStream<Uint8Array>;
}

export interface FileStore {
  /** Keeps the bytes and answers their address; when it returns, they survive a power cut. */
  put(bytes: Uint8Array): Promise<ContentAddress>;
  /** The file as a stream, or null when there is none. The caller reads it to the end or cancels it. */
  get(address: ContentAddress): Promise<StoredFile | null>;
  has(address: ContentAddress): Promise<boolean>;
  /** Removes the file; nothing happens when there is none. */
  remove(address: ContentAddress): Promise<void>;
  /** Addresses of files written before a moment, in groups, for finding what nothing refers to any more. */
  listOlder(before: Date): AsyncGenerator<ContentAddress[]>;
  /** What was written beside the files about whose they are (store-mark.ts); null when nothing was. */
  readMark(): Promise<string | null>;
  writeMark(text: string): Promise<void>;
}

const ADDRESS = /^[0-9a-f]{64}$/;
const MARK = 'installation.json';

/** Whether `text` has the form of an address. */
export function isContentAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** The address of a content. */
export function contentAddressOf(bytes: Uint8Array): ContentAddress {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Files on this machine's disk: `folder/ab/cd/<address><extension>`, readable by this user alone. A file is written
 * beside its place, flushed, and renamed, so that a name never stands for half a file.
 */
export function openDiskStore(folder: string, extension: string): FileStore {
  const pathOf = (address: ContentAddress) => {
    if (!ADDRESS.test(address)) throw new Error('not a content address');
    return join(
      /* turbopackIgnore: true */ folder,
      address.slice(0, 2),
      address.slice(2, 4),
      `${address}${extension}`,
    );
  };
  const has = async (address: ContentAddress) => {
    try {
      return (await stat(pathOf(address))).isFile();
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  };

  return {
    has,

    async put(bytes) {
      const address = contentAddressOf(bytes);
      if (await has(address)) return address;
      const path = pathOf(address);
      await writeWhole(path, bytes);
      return address;
    },

    async get(address) {
      try {
        const file = await open(pathOf(address), 'r');
        const { size } = await file.stat();
        const stream = Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
        return { bytes: size, stream };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },

    async remove(address) {
      await rm(pathOf(address), { force: true });
    },

    async readMark() {
      try {
        return await readFile(join(/* turbopackIgnore: true */ folder, MARK), 'utf8');
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },

    writeMark: (text) => writeWhole(join(/* turbopackIgnore: true */ folder, MARK), text),

    async *listOlder(before) {
      for (const first of await foldersIn(folder)) {
        for (const second of await foldersIn(join(folder, first))) {
          const directory = join(folder, first, second);
          const found: ContentAddress[] = [];
          for (const name of await readdir(directory)) {
            const path = join(directory, name);
            const isOld = await stat(path).then(
              (it) => it.mtimeMs < before.getTime(),
              () => false,
            );
            if (!isOld) continue;
            // What a crash left half-written has no name anyone could ask for.
            if (name.endsWith('.tmp')) await rm(path, { force: true });
            else if (name.endsWith(extension)) found.push(name.slice(0, -extension.length));
          }
          if (found.length > 0) yield found.filter(isContentAddress);
        }
      }
    },
  };
}

/** A file is there whole or not at all, and survives a power cut. */
async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const temporary = join(
    /* turbopackIgnore: true */ directory,
    `.${basename(path).slice(0, 8)}-${randomBytes(8).toString('hex')}.tmp`,
  );
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(directory);
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Makes the rename itself survive a power cut. Not every file system lets a folder be flushed. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

const kept = globalThis as unknown as { cunfenPhotos?: FileStore; cunfenDocuments?: FileStore };

/** Where photos are kept: `$DATA_DIR/photos`. */
export function photoStore(): FileStore {
  kept.cunfenPhotos ??= openDiskStore(resolve(env().DATA_DIR, 'photos'), '.jpg');
  return kept.cunfenPhotos;
}

/** Lets a test point the process at its own folder. */
export function usePhotoStore(store: FileStore): void {
  kept.cunfenPhotos = store;
}

/** Where published documents are kept: `$DATA_DIR/documents`. What each is, its row says. */
export function documentStore(): FileStore {
  kept.cunfenDocuments ??= openDiskStore(resolve(env().DATA_DIR, 'documents'), '.doc');
  return kept.cunfenDocuments;
}

/** Lets a test point the process at its own folder. */
export function useDocumentStore(store: FileStore): void {
  kept.cunfenDocuments = store;
}
