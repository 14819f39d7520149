import { expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import { code, market, scan, undo } from '../testing/counter';
import { agree, make, pay, step } from '../testing/settlement';
import { findAllianceSolvency, listPoolEntries } from './reads';
import { isPoolShort, poolFree, poolHolds, poolOwed, takenLately } from './rules';

// Every figure of the public page, against the ledger summed another way.

const { prisma, owner } = await testDb();
const on = (text: string) => new Date(`${text}T09:00+08:00`);

async function aHistory() {
  const { v, at } = await market(owner, 500, 2);
  const second = await aShop(v);
  const sell = async (shop: typeof at, points: number, day: string) => {
    const id = newId();
    const digits = await code(v, 0, on(day));
    await scan(v, { id, digits, at: shop, points, now: on(day) });
    return id;
  };
  await step(
    'pool_record',
    v.id,
    newId(),
    'GRANT',
    300_00,
    '2026-11-01',
    '县里拨的',
    v.secretary.id,
    on('2026-11-24'),
  );
  await sell(at, 50, '2026-11-24');
  await undo(v, await sell(at, 9, '2026-11-25'), at.staff.id, on('2026-11-25'));
  await sell(second, 20, '2026-11-26');
  const november = (await make(v, at, '2026-11', on('2026-12-01'))) ?? '';
  const late = (await make(v, second, '2026-11', on('2026-12-01'))) ?? '';
  await agree(v, at, november, on('2026-12-02'));
  await agree(v, second, late, on('2026-12-02'));
  await pay(v, at, [november], on('2026-12-03'), { fen: 5000 });
  await sell(at, 31, '2026-12-15');
  return { v, at, second };
}

it('equals the sums of the rows, in one query', async () => {
  const { v } = await aHistory();
  const at = on('2026-12-20');
  const figures = await findAllianceSolvency(prisma, v.id, at);
  const { rows } = await owner.query<Record<string, number>>(
    `select
       (select sum(fen) from pool_entry where village_id = $1)::int as entries,
       (select sum(case when a.kind = 'MERCHANT' then case when p.credit_id = a.id then p.points else -p.points end end)
        from posting p join account a on a.village_id = p.village_id and a.kind = 'MERCHANT' and a.id in (p.credit_id, p.debit_id)
        where p.village_id = $1)::int as taken,
       (select sum(l.points) from statement_line l where l.village_id = $1)::int as stated,
       (select sum(p.fen) from payment p where p.village_id = $1)::int as paid,
       (select sum(points * reference_fen) from redemption where village_id = $1 and state = 'POSTED')::int as fen`,
    [v.id],
  );
  const sums = rows[0];
  expect(sums).toMatchObject({ entries: 30000, taken: 101, stated: 70, paid: 5000, fen: 10100 });
  expect(figures).toMatchObject({
    isMember: true,
    entries: 30000,
    paid: 5000,
    statedPoints: 20,
    statedFen: 2000,
  });
  expect(figures.unstatedPoints).toBe((sums?.taken ?? 0) - (sums?.stated ?? 0));
  expect(poolHolds(figures)).toBe(25000);
  expect(poolOwed(figures) + figures.paid).toBe(sums?.fen);
  expect(poolFree(figures)).toBe(19900);
  expect(figures.months.slice(-2)).toEqual([
    { month: '2026-11', points: 70, fen: 7000, taken: 2 },
    { month: '2026-12', points: 31, fen: 3100, taken: 1 },
  ]);
  expect(figures.months).toHaveLength(12);
  expect(takenLately(figures.months)).toBe(7000);
  // agreed and not paid by the tenth
  expect(figures).toMatchObject({ overdue: 1, oldestDue: '2026-12-10' });
  expect(await countQueries((db) => findAllianceSolvency(db, v.id, at))).toBe(1);
});

it('says the same of the brake as SQL does', async () => {
  const { v } = await aHistory();
  for (const least of [19900, 19901, 0, null]) {
    await step('alliance_set_least', v.id, least, v.secretary.id, on('2026-12-20'));
    const figures = await findAllianceSolvency(prisma, v.id, on('2026-12-20'));
    const [row] = await prisma.$queryRaw<
      { short: boolean }[]
    >`select alliance_pool_short(${v.id}::uuid) as short`;
    expect(isPoolShort(figures)).toBe(row?.short);
    expect(row?.short).toBe(least === 19901);
  }
});

it('is nothing in a village without an alliance, and shows the book of its own village alone', async () => {
  const { v } = await aHistory();
  const other = await market(owner, 0);
  expect(await listPoolEntries(prisma, other.v.id, 0)).toEqual([]);
  expect(await listPoolEntries(prisma, v.id, 0)).toMatchObject([
    { source: 'GRANT', fen: 30000, onDay: '2026-11-01', note: '县里拨的', isCorrected: false },
  ]);
  const figures = await findAllianceSolvency(prisma, newId(), on('2026-12-20'));
  expect(figures).toMatchObject({
    isMember: false,
    entries: 0,
    statedFen: 0,
    unstatedFen: 0,
    overdue: 0,
    stoppedAt: null,
  });
});
