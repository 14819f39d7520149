import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '@/lib/ledger/verify';
import { stopDecoders } from '@/lib/photos/decoder';
import { findExif } from '@/lib/photos/exif';
import { openDb, useDb } from '@/lib/platform/db';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { photoStore } from '@/lib/platform/storage';
import { scratchDb, testDb } from '@/lib/testing/database';
import { findDemoDay, loadDemo } from './load';

// The whole demo, loaded once into a database of its own: a minute, and the longest test of the project.

const NOW = new Date('2026-11-24T02:00:00Z');
const { prisma: ordinary } = await testDb();
const scratch = await scratchDb('template');
const files = mkdtempSync(join(tmpdir(), 'cunfen-demo-'));
let db: PrismaClient;

beforeAll(async () => {
  process.env.DATA_DIR = files;
  process.env.AUTH_SECRET ??= 'a secret for tests only, thirty-two characters';
  db = openDb(scratch.url, 12);
  useDb(db);
  await loadDemo(db, NOW);
}, 600_000);

afterAll(async () => {
  stopDecoders();
  useDb(ordinary);
  await db.$disconnect();
  await scratch.drop();
  rmSync(files, { recursive: true, force: true });
});

const count = async (sql: string): Promise<number> => {
  const rows = await db.$queryRawUnsafe<{ n: bigint }[]>(`select count(*) as n from ${sql}`);
  return Number(rows[0]?.n ?? 0);
};

it('has three villages of a fictional district', async () => {
  expect(await count('district where is_demo')).toBe(1);
  expect(await count('village')).toBe(3);
  expect(await count('household')).toBeGreaterThan(120);
  expect(await count('resident')).toBeGreaterThan(390);
});

it.each(['SUBMITTED', 'AWAITING_SECOND', 'APPROVED', 'RETURNED', 'WITHDRAWN'])(
  'has deeds that are %s in every village',
  async (state) => {
    const rows = await db.$queryRawUnsafe<{ n: bigint }[]>(
      `select count(distinct village_id) as n from deed where state = '${state}'`,
    );
    expect(Number(rows[0]?.n)).toBe(3);
  },
);

it('has what is rarer: reversals, caps that cut, events, the steward, two people, kin', async () => {
  expect(await count("posting where kind = 'REVERSAL'")).toBeGreaterThanOrEqual(3);
  expect(await count("deed where cap_note like '%ITEM_CAP%'")).toBeGreaterThanOrEqual(1);
  expect(await count("deed where cap_note like '%MONTH_CAP%'")).toBeGreaterThanOrEqual(1);
  expect(await count("deed where channel = 'EVENT'")).toBeGreaterThan(60);
  expect(await count("deed where channel = 'EVENT' and state = 'SUBMITTED'")).toBeGreaterThan(10);
  expect(await count("deed where channel = 'STEWARD'")).toBeGreaterThan(5);
  expect(await count("deed where state = 'APPROVED' and first_by_id is not null")).toBeGreaterThanOrEqual(3);
  expect(await count('kinship')).toBeGreaterThanOrEqual(9);
  expect(await count('favourite_item')).toBe(18);
  // the adopted ones, and one under way in each village
  expect(await count("rulebook_version where state in ('ADOPTED', 'SUPERSEDED')")).toBe(4);
  expect(await count("rulebook_version where state in ('DRAFT', 'HEARING')")).toBe(3);
  expect(await count('rulebook_version')).toBe(7);
  expect(await count("account where kind = 'BUDGET'")).toBeGreaterThanOrEqual(2);
});

it('has photos with the time they were taken, one shown again, one old', async () => {
  expect(await count('photo where taken_at is not null and not taken_claimed')).toBeGreaterThan(45);
  expect(await count("photo where created_at - taken_at > interval '200 days'")).toBe(3);
  const similar = await count(
    `photo a join photo b on b.village_id = a.village_id and b.id > a.id
     where bit_count((a.perceptual # b.perceptual)::bit(64)) <= 6 and a.perceptual <> 0`,
  );
  expect(similar).toBeGreaterThanOrEqual(3);
  expect(similar).toBeLessThanOrEqual(12);
  const one = await db.photo.findFirstOrThrow({ select: { largeHash: true } });
  const stored = await photoStore().get(one.largeHash);
  if (!stored) throw new Error('a row without its file');
  expect(findExif(new Uint8Array(await new Response(stored.stream).arrayBuffer()))).toBeNull();
});

it('went through the commands: every deed and posting has its row in the log', async () => {
  expect(
    await count(
      `deed d where d.event_id is null and not exists
       (select 1 from command_log c where c.village_id = d.village_id and c.id = d.id)`,
    ),
  ).toBe(0);
  expect(
    await count(
      `posting p where not exists
       -- a shop sits in no village
       (select 1 from command_log c where c.village_id in (p.village_id, '00000000-0000-0000-0000-000000000000')
          and c.id = p.command_id)`,
    ),
  ).toBe(0);
});

it('has trade in every village that its households could afford at each moment, and shops that were honoured', async () => {
  expect(await count("(select distinct village_id from redemption where state = 'POSTED') x")).toBe(3);
  expect(await count("redemption where state = 'POSTED'")).toBeGreaterThan(100);
  expect(await count("redemption where state = 'UNDONE'")).toBeGreaterThan(0);
  expect(
    await count(
      `(select p.kind, sum(case when p.credit_id = a.id then p.points else -p.points end)
          over (partition by a.village_id, a.id order by p.posted_at, p.id) as had
        from posting p join account a on a.village_id = p.village_id and a.kind = 'HOUSEHOLD' and a.id in (p.credit_id, p.debit_id)) x
       -- the demo's deductions are written before the awards that they follow
       where x.kind = 'REDEMPTION' and x.had < 0`,
    ),
  ).toBe(0);
  expect(await count('shop_day')).toBeGreaterThan(60);
  expect(await count("incentive where kind = 'HONOUR' and revoked_at is null")).toBeGreaterThanOrEqual(3);
  expect(await count('incentive where revoked_at is not null')).toBe(1);
});

it('has settled with every shop, month by month, but for what can be seen to be open', async () => {
  expect(
    await count(
      `(select distinct t.village_id, t.merchant_id from alliance_terms t where t.accepted_at is not null) t,
       lateral merchant_unstated(t.village_id, t.merchant_id, '2026-10-31 16:00Z') u`,
    ),
    'nothing before this month is in no statement',
  ).toBe(0);
  const open = "statement where state <> 'CONFIRMED'";
  expect(await count(open)).toBeLessThan((await count('statement')) / 2);
  for (const state of ['MADE', 'DISPUTED', 'AGREED', 'PAID', 'CONFIRMED'])
    expect(await count(`statement where state = '${state}'`), state).toBeGreaterThan(0);
  expect(
    await count("statement where state = 'AGREED' and month = '2026-09' and due_on < '2026-11-24'"),
  ).toBe(1);
  expect(await count("statement_line where disputed_why <> '' and answer <> ''")).toBeGreaterThan(0);
  expect(await count('village v, lateral pool_of(v.id) p where p.entries <= p.paid')).toBe(0);
});

it('has a consent that was signed on paper, and an inspection that was voided', async () => {
  expect(await count('consent where recorder_id is not null and withdrawn_at is null')).toBe(1);
  expect(await count("attached_photo where kind = 'CONSENT'")).toBe(1);
  expect(await count('place_check_void')).toBeGreaterThan(0);
});

it('leaves a ledger that verifies, sealed', async () => {
  const check = await verifyLedger(db);
  expect(check.faults).toEqual([]);
  expect(check.postings).toBeGreaterThan(400);
  expect(await count('ledger_seal')).toBeGreaterThanOrEqual(3);
});

it('changes nothing when it is asked for again', async () => {
  const before = [
    await count('deed'),
    await count('command_log'),
    await count('photo'),
    await count('posting'),
  ];
  expect(await loadDemo(db, NOW)).toBe(false);
  expect(await findDemoDay(db)).toBe('2026-11-24');
  expect([
    await count('deed'),
    await count('command_log'),
    await count('photo'),
    await count('posting'),
  ]).toEqual(before);
});

it('shows a quarter at each of its stages, and a year’s end that is announced', async () => {
  const rows = await db.$queryRawUnsafe<{ village: string; code: string; state: string; until: string }[]>(
    `select v.code as village, p.code, p.state::text as state, p.public_until::text as until
     from period p join village v on v.id = p.village_id order by 1`,
  );
  expect(rows).toEqual([
    { village: 'qingzhu', code: '2026Q3', state: 'LOCKED', until: '2026-10-15' },
    { village: 'xinghua', code: '2026Q3', state: 'PUBLICITY', until: '2026-11-28' },
  ]);
  expect(await count("year_end where policy = 'CARRY_UP_TO' and done_at is null")).toBe(1);
});
