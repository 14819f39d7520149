import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { StartFailure } from './failure';
import { NO_FILTERS, readMigrations, withSchemaEngine } from './schema-engine';

// Brings a database to what this program expects. Four steps, each of which does nothing when it is done already,
// all under one lock so that two processes that start together take turns:
//
//   1. the role cunfen_app, as which the program works
//   2. prisma/migrations, by Prisma's own engine and recorded in its own table
//   3. graphile-worker's tables
//   4. prisma/functions/*.sql in name order, in one transaction: functions, triggers, views, rights

export const APP_ROLE = 'cunfen_app';
const LOCK_KEY = 72_704_410;
// Applying migrations needs no model, only the kind of database.
const DATASOURCE = [
  { path: 'datasource.prisma', content: 'datasource db {\n  provider = "postgresql"\n}\n' },
];

export interface MigrateResult {
  /** names of the migrations applied now */
  applied: string[];
  /** whether prisma/functions was applied now */
  appliedFunctions: boolean;
}

export interface MigrateOptions {
  /** the program's folder */
  root?: string;
  migrationsFolder?: string;
  functionsFolder?: string;
}

/** A connection that tells an unreachable database from any other fault. */
export async function connectOwner(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const url = new URL(databaseUrl);
    const where = `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`;
    const said = cause instanceof AggregateError ? cause.errors.map(String).join('; ') : String(cause);
    throw new StartFailure(
      `连不上数据库 ${where}：${said}。请检查 DATABASE_URL、网络和数据库是否启动。`,
      `The database at ${where} cannot be reached: ${said}. Check DATABASE_URL, the network, and that it runs.`,
      { cause },
    );
  }
}

async function ensureVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const version = rows[0]?.version ?? 0;
  if (version >= 150_000) return;
  throw new StartFailure(
    `数据库版本太旧（${Math.floor(version / 10_000)}），需要 PostgreSQL 15 或更新。`,
    `The database is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`,
  );
}

async function ensureAppRole(client: pg.Client): Promise<void> {
  // Roles belong to the whole server, so another database's migration may be making it at this moment.
  const script = `
    do $$ begin
      if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
        create role ${APP_ROLE} nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$;
    do $$ begin
      if not pg_has_role(current_user, '${APP_ROLE}', 'usage') or not exists (
        select from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
        where r.rolname = '${APP_ROLE}' and u.rolname = current_user
      ) then
        execute format('grant ${APP_ROLE} to %I', current_user);
      end if;
    end $$;`;
  try {
    await client.query(script);
  } catch (cause) {
    if ((cause as { code?: string }).code !== '42501') throw cause;
    const { rows } = await client.query<{ name: string }>('select current_user as name');
    const owner = rows[0]?.name ?? 'owner';
    const orders = `create role ${APP_ROLE} nologin; grant ${APP_ROLE} to "${owner}";`;
    throw new StartFailure(
      `数据库用户 ${owner} 无权新建角色。请数据库管理员执行一次：${orders}`,
      `The database user ${owner} may not create roles. Let an administrator run once: ${orders}`,
      { cause },
    );
  }
}

interface AppliedRow {
  name: string;
  isFinished: boolean;
}

async function listApplied(client: pg.Client): Promise<AppliedRow[]> {
  const { rows: found } = await client.query(`select to_regclass('_prisma_migrations') is not null as is`);
  if (!found[0]?.is) return [];
  const { rows } = await client.query<AppliedRow>(
    `select migration_name as name, finished_at is not null as "isFinished"
       from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return rows;
}

function refuseNewer(applied: AppliedRow[], known: string[]): void {
  const unknown = applied.map((row) => row.name).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new StartFailure(
    `数据库比本程序新：它已做过本程序没有的变更 ${unknown.join('、')}。请换用较新的程序版本，数据没有改动。`,
    `The database is newer than this program: it has had ${unknown.join(', ')}, which this program does not know. Use a newer version; nothing was changed.`,
  );
}

function hashFunctions(folder: string, migrations: string[]): { hash: string; files: [string, string][] } {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.sql'))
        .sort()
    : [];
  const files = names.map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);
  const hash = createHash('sha256')
    .update(JSON.stringify([files, migrations]))
    .digest('hex');
  return { hash, files };
}

/** Line and column of a script for PostgreSQL's character position. */
function locate(script: string, position: string | undefined): string {
  if (!position) return '';
  const before = script.slice(0, Number(position) - 1).split('\n');
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Applies the files in one transaction unless the same ones were applied after the same migrations. */
async function applyFunctions(client: pg.Client, folder: string, migrations: string[]): Promise<boolean> {
  const { hash, files } = hashFunctions(folder, migrations);
  if (files.length === 0) return false;
  await client.query('begin');
  try {
    const { rows } = await client.query(`select value from setting where key = 'functions'`);
    if (rows[0]?.value?.hash === hash) {
      await client.query('rollback');
      return false;
    }
    for (const [name, script] of files) {
      await client.query(script).catch((error: Error & { position?: string }) => {
        error.message = `prisma/functions/${name}${locate(script, error.position)}: ${error.message}`;
        throw error;
      });
    }
    await client.query(
      `insert into setting (key, value) values ('functions', $1)
       on conflict (key) do update set value = excluded.value`,
      [{ hash }],
    );
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** graphile-worker's tables. The program queues jobs through prisma/functions/jobs.sql and may not touch them. */
async function migrateWorker(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, maxPoolSize: 2, noHandleSignals: true });
}

/**
 * Brings `databaseUrl` (its owner's) up to this program. Repeating it changes nothing. Refuses by a StartFailure a
 * database that cannot be reached, is older than PostgreSQL 15, is newer than this program, or was migrated by a
 * file that has been edited since; in each case nothing is changed.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<MigrateResult> {
  const root = options.root ?? process.cwd();
  const migrations = readMigrations(options.migrationsFolder ?? resolve(root, 'prisma/migrations'));
  const known = migrations.migrationDirectories.map((directory) => directory.path);
  const client = await connectOwner(databaseUrl);
  try {
    await ensureVersion(client);
    await client.query(`select pg_advisory_lock(${LOCK_KEY})`);
    const before = await listApplied(client);
    refuseNewer(before, known);
    await ensureAppRole(client);

    const applied = await withSchemaEngine(databaseUrl, DATASOURCE, async (engine) => {
      const history = await engine.diagnoseMigrationHistory({
        migrationsList: migrations,
        optInToShadowDatabase: false,
        filters: NO_FILTERS,
      });
      const failed = history.failedMigrationNames;
      const edited = history.editedMigrationNames.filter((name) => !failed.includes(name));
      if (edited.length > 0) {
        const names = edited.join(', ');
        throw new StartFailure(
          `数据库变更 ${names} 在执行之后被改过，无法继续。开发时可运行 npm run reset 重来；正式数据请恢复原文件。`,
          `The migration ${names} was edited after it was applied. In development run npm run reset; for real data restore the file.`,
        );
      }
      // A migration is one script, sent in one implicit transaction: a failed one has left nothing behind.
      for (const migrationName of failed) {
        await engine.markMigrationRolledBack({ migrationName });
      }
      const result = await engine.applyMigrations({ migrationsList: migrations, filters: NO_FILTERS });
      return result.appliedMigrationNames;
    });

    await migrateWorker(databaseUrl);
    const functions = options.functionsFolder ?? resolve(root, 'prisma/functions');
    return { applied, appliedFunctions: await applyFunctions(client, functions, known) };
  } finally {
    await client.end();
  }
}
