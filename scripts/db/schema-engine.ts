import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type {
  MigrationList,
  SchemaContainer,
  SchemaEngine,
} from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';

// Prisma's schema engine, the WebAssembly build of the one the Prisma CLI downloads: what it applies and records
// is what `prisma migrate deploy` would, and it needs no download.

export const NO_FILTERS = { externalTables: [], externalEnums: [] };

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

const CATALOGUE_CHAR = 18;
const TEXT = 25;

/**
 * Two things in which the adapter falls short of the engine's needs. It splits a script at each `;`, which cuts
 * function bodies in two: here a script is sent whole. And it refuses the catalogue's one-byte "char", which the
 * engine reads when it looks at a database: here it passes for text on the way in and for a character on the way out.
 */
function fitForEngine(adapter: Adapter, faults: unknown[]): Adapter {
  const pool = adapter.underlyingDriver();
  const send = pool.query.bind(pool) as (query: unknown) => Promise<pg.QueryResult>;
  const charColumns = new WeakMap<unknown[], number[]>();
  const sendAndRetype = async (query: unknown) => {
    const result = await send(query);
    const chars = (result.fields ?? []).flatMap((field, at) =>
      field.dataTypeID === CATALOGUE_CHAR ? [at] : [],
    );
    for (const at of chars) Object.assign(result.fields[at] ?? {}, { dataTypeID: TEXT });
    if (chars.length > 0) charColumns.set(result.rows, chars);
    return result;
  };
  Object.assign(pool, { query: sendAndRetype });
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const set = await queryRaw(query);
    for (const at of charColumns.get(set.rows) ?? []) set.columnTypes[at] = ColumnTypeEnum.Character;
    return set;
  };
  adapter.executeScript = async (script) => {
    await send(script).catch((error: unknown) => {
      faults.push(error);
      throw error;
    });
  };
  return adapter;
}

class MigrationAdapter extends PrismaPg {
  /** what PostgreSQL said of a script: the engine reports only that there was something */
  readonly faults: unknown[] = [];
  private readonly opened: Adapter[] = [];

  override async connect() {
    return this.keep(await super.connect());
  }

  override async connectToShadowDb() {
    return this.keep(await super.connectToShadowDb());
  }

  /** Ends the connections, and with them the engine's advisory lock. */
  async close() {
    for (const adapter of this.opened) await adapter.dispose();
  }

  private keep(adapter: Adapter): Adapter {
    this.opened.push(adapter);
    return fitForEngine(adapter, this.faults);
  }
}

// Where the engine leaves the message of a panic before it traps.
const registry = globalThis as { PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void } };
registry.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    throw new Error(`The schema engine panicked: ${message}`);
  },
};

let isInstantiated = false;

async function instantiate(): Promise<void> {
  if (isInstantiated) return;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = new WebAssembly.Module(readFileSync(join(dirname(entry), 'schema_engine_bg.wasm')));
  const instance = await WebAssembly.instantiate(module, {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as (() => void) | undefined)?.();
  isInstantiated = true;
}

/** Runs `work` with an engine on `databaseUrl`, and lets go of it. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: SchemaContainer[],
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await instantiate();
  const adapter = new MigrationAdapter({ connectionString: databaseUrl });
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  const datamodels = schema.map((file): [string, string] => [file.path, file.content]);
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, bound);
  try {
    return await work(engine);
  } catch (error) {
    const fault = adapter.faults.at(-1);
    if (!(fault instanceof Error) || !(error instanceof Error)) throw error;
    throw new Error(`${fault.message}\n${error.message}`, { cause: fault });
  } finally {
    engine.free();
    await adapter.close();
  }
}

/** The files of prisma/schema, in name order. */
export function readSchema(root: string): SchemaContainer[] {
  const folder = resolve(root, 'prisma/schema');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), 'utf8') }));
}

/** prisma/migrations as the engine takes it. */
export function readMigrations(folder: string): MigrationList {
  const lockfile = join(folder, 'migration_lock.toml');
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, 'migration.sql')))
        .sort()
    : [];
  return {
    baseDir: folder,
    lockfile: {
      path: relative(folder, lockfile),
      content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}
