import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';

// What stands behind the running product: its database, as the owner sees it, and its log. Only specs that run alone
// (see playwright.config.ts) may say that nothing changed.

/** What may change while nobody did anything: jobs seal, and refusals are counted and kept for showing again. */
const RESTLESS = new Set(['rate_count', 'form_return', 'ledger_seal', 'setting', '_prisma_migrations']);

/** The database under a test. */
export class Behind {
  private constructor(private readonly client: pg.Client) {}

  static async open(): Promise<Behind> {
    const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
    await client.connect();
    return new Behind(client);
  }

  async ask<Row extends pg.QueryResultRow>(sql: string, params: unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(sql, params)).rows;
  }

  /** Rows and content of every table: two equal answers mean that not one value changed between them. */
  async fingerprint(): Promise<Record<string, string>> {
    const tables = await this.ask<{ name: string }>(
      `select c.relname as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
    );
    const parts = tables
      .filter(({ name }) => !RESTLESS.has(name))
      .map(
        ({ name }) => `select '${name}' as name, count(*) || ' rows, ' ||
          coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as print from "${name}" t`,
      );
    const rows = await this.ask<{ name: string; print: string }>(parts.join(' union all '));
    return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
  }

  /** The fingerprint once jobs have swept away what they would have swept away soon. */
  async settledFingerprint(): Promise<Record<string, string>> {
    await this.client.query(`select pay_codes_sweep(now() + interval '10 minutes', 100000)`);
    return this.fingerprint();
  }

  /** Lets everybody ask again at once: a refusal must be for what is wrong, never for being the sixty-first. */
  async forgetRates(): Promise<void> {
    await this.client.query('delete from rate_count');
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** Everything the server has written to its log so far; throws when there is no log to look into. */
export function readServerLog(): string {
  const file = process.env.E2E_LOG_FILE ?? '';
  if (!existsSync(file)) throw new Error('E2E_LOG_FILE names no file: run by npm test -- --e2e');
  return readFileSync(file, 'utf8');
}

/** The lines of a log in which the server says that something went wrong. */
export function faultsIn(log: string): string[] {
  return log.split('\n').filter((line) => /"level":[56]0|⨯|Unhandled|Error:/.test(line));
}
