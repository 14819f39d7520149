import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '@/lib/platform/clock';
import { asApp } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { testDb } from './database';
import { at, deductionWay } from './deduction-way';
import { aWorkingVillage } from './working-village';

const { owner, url } = await testDb();

/** Tables whose times nobody's days are counted from. */
const NOTHING_WAITS = new Set([
  'appointment',
  'access_log',
  'command_log',
  'message',
  'photo',
  'event',
  'posting',
  'ledger_seal',
  'household',
  'resident',
  'favourite_item',
  'place',
  'merchant_photo',
  'merchant_step',
  'shop_day',
  'alliance_brake',
  // at a counter a later time only shortens: a code's minute, the minute to confirm, the day to undo
  'offer',
  'pay_code',
  'redemption',
  // a deed's own steps: a decision can be taken back for minutes, which a later time only shortens
  'deed',
  'deed_decision',
]);

/** Runs with the clock of an installation, and leaves nothing behind. */
async function withRealClock<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(
      `create or replace function latest_moment() returns timestamptz language sql volatile as
       $$ select clock_timestamp() + interval '5 minutes' $$`,
    );
    await client.query('set local role cunfen_app');
    return await work(client);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

describe('what time it is', () => {
  it('is kept from running ahead in every table whose days protect somebody', async () => {
    const { rows } = await owner.query<{
      table_name: string;
      column_name: string;
      definition: string | null;
    }>(
      `select c.table_name, c.column_name, (
         select pg_get_triggerdef(t.oid) from pg_trigger t
         where t.tgrelid = format('public.%I', c.table_name)::regclass and t.tgname like '%_not_of_the_future') as definition
       from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'timestamp with time zone'
         and exists (select from information_schema.columns v where v.table_schema = 'public'
                     and v.table_name = c.table_name and v.column_name = 'village_id')
         and c.column_name not in ('closes_at', 'hearing_until')
       order by 1, 2`,
    );
    const loose = rows
      .filter(
        (row) => !NOTHING_WAITS.has(row.table_name) && !row.definition?.includes(`'${row.column_name}'`),
      )
      .map((row) => `${row.table_name}.${row.column_name}`);
    expect(loose, 'give it a place in prisma/functions/clock.sql').toEqual([]);
  });

  it('does not let a deduction’s days be over by saying so', async () => {
    const village = await aWorkingVillage();
    const way = deductionWay(village);
    const seen = '2026-05-04' as Day;
    const id = await way.recorded(0, 'HOME-04', { seenOn: seen }, village.steward, at(seen));
    await way.warn(id, addDays(seen, 7), {}, village.steward, at(seen, 11));
    await way.propose(id, addDays(seen, 7));
    expect((await way.approve(id, addDays(seen, 7))).ok).toBe(true);
    const post = (client: pg.Client, moment: string) =>
      client.query(`select state from deduction_post($1, $2, null, $3, $4, ${moment})`, [
        village.id,
        id,
        newId(),
        newId(),
      ]);
    await withRealClock(async (client) => {
      await expect(post(client, `clock_timestamp() + interval '60 days'`)).rejects.toThrow(
        'lies in the future',
      );
    });
    await withRealClock(async (client) => {
      expect((await post(client, 'clock_timestamp()')).rows).toEqual([{ state: 'POSTED' }]);
    });
  });

  it('does not let the year after a kinship be over by saying that it was ended long ago', async () => {
    const village = await aWorkingVillage();
    const [one, other] = [village.household(0).head, village.household(1).head];
    const end = (client: pg.Client, moment: string) =>
      client.query(`select kinship_end($1, k.id, $2, ${moment}) from kinship k where k.village_id = $1`, [
        village.id,
        village.secretary.id,
      ]);
    const declare = (client: pg.Client) =>
      client.query(`select kinship_declare($1, $2, $3, $4, $5, '2020-01-01')`, [
        village.id,
        newId(),
        one.id,
        other.id,
        village.secretary.id,
      ]);
    for (const [moment, why] of [
      [`clock_timestamp() - interval '1 day'`, 'in the past'],
      [`clock_timestamp() + interval '1 day'`, 'lies in the future'],
    ] as const) {
      await withRealClock(async (client) => {
        await declare(client);
        await expect(end(client, moment)).rejects.toThrow(why);
      });
    }
    await withRealClock(async (client) => {
      await declare(client);
      await end(client, 'clock_timestamp()');
      const asked = await client.query(
        `select recusal($1, $2, null, $3, 'infinity') as late, recusal($1, $2, null, $3) as now`,
        [village.id, village.household(1).id, one.personId],
      );
      expect(asked.rows).toEqual([{ late: 'NEAR_KIN', now: 'NEAR_KIN' }]);
    });
  });

  it('is no business of the program’s role', async () => {
    const app = new pg.Client({ connectionString: asApp(url) });
    await app.connect();
    await expect(
      app.query(
        `create or replace function latest_moment() returns timestamptz language sql as $$ select 'infinity'::timestamptz $$`,
      ),
    ).rejects.toThrow();
    await app.end();
  });
});
