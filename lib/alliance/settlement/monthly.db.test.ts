import { expect, it } from 'vitest';
import { makeStatements } from '@/lib/jobs/make-statements';
import { newId } from '@/lib/platform/ids';
import { testDb } from '@/lib/testing/database';
import { code, market, scan } from '../testing/counter';
import { make, step } from '../testing/settlement';
import { makeMonthlyStatements, monthlyStatementId } from './monthly';
import { listUnstated } from './reads';

// The month's statements come by themselves, each once.

const { prisma, owner } = await testDb();
const on = (text: string) => new Date(`${text}+08:00`);

async function shops(count: number) {
  const all = [];
  for (let index = 0; index < count; index++) {
    const place = await market(owner, 100);
    await scan(place.v, { digits: await code(place.v, 0), at: place.at, points: 10 + index });
    all.push(place);
  }
  return all;
}

it('makes those of the month before on its first day, whatever else is there, and nothing the second time', async () => {
  const all = await shops(3);
  const idle = await market(owner, 100);
  // the first minutes of December by Shanghai’s clock are November’s in UTC
  expect((await makeStatements.run(null, on('2026-12-01T00:30'))).statements).toBeGreaterThanOrEqual(3);
  expect(await makeStatements.run(null, on('2026-12-01T00:31'))).toEqual({ statements: 0 });
  expect(await makeStatements.run(null, on('2026-12-20T00:30'))).toEqual({ statements: 0 });
  for (const [index, { v, at }] of all.entries()) {
    const rows = await prisma.statement.findMany({ where: { villageId: v.id } });
    expect(rows).toMatchObject([
      {
        id: monthlyStatementId(v.id, at.id, '2026-11'),
        month: '2026-11',
        points: 10 + index,
        madeById: null,
        cutOff: on('2026-12-01T00:00'),
        dueOn: new Date('2026-12-10T00:00:00Z'),
      },
    ]);
  }
  expect(await prisma.statement.count({ where: { villageId: idle.v.id } })).toBe(0);
});

it('goes on in batches, and by several at once', async () => {
  const all = await shops(5);
  const month = '2026-11';
  const now = on('2026-12-02T00:30');
  const walk = async () => {
    let made = 0;
    let after: Parameters<typeof makeMonthlyStatements>[1] = null;
    do {
      const batch = await makeMonthlyStatements(month, after, 2, now);
      expect(batch.fault).toBe(null);
      made += batch.made;
      after = batch.next;
    } while (after);
    return made;
  };
  await Promise.all([walk(), walk(), walk()]);
  for (const { v } of all) expect(await prisma.statement.count({ where: { villageId: v.id } })).toBe(1);
});

it('finds what came late in the next, and leaves alone a merchant that has a later one', async () => {
  const [place] = await shops(1);
  if (!place) throw new Error('no shop');
  const { v, at } = place;
  const sell = async (points: number, when: string) =>
    scan(v, { digits: await code(v, 0, on(when)), at, points, now: on(when) });
  // by hand at the beginning of December, before the job came to it: November has its own, due when it always is
  await sell(3, '2026-12-01T00:05');
  expect(await make(v, at, '2026-12', on('2026-12-01T00:10'), newId(), at.staff.id)).not.toBe(null);
  // posted in November, its transaction ends later
  await sell(7, '2026-11-30T23:59');
  await makeStatements.run(null, on('2026-12-01T00:30'));
  expect(await prisma.statement.count({ where: { villageId: v.id } })).toBe(2);
  await makeStatements.run(null, on('2027-01-01T00:30'));
  const rows = await prisma.statement.findMany({
    where: { villageId: v.id },
    orderBy: [{ month: 'asc' }, { number: 'asc' }],
  });
  expect(rows.map(({ month, number, points }) => [month, number, points])).toEqual([
    ['2026-11', 1, 10],
    ['2026-12', 1, 3],
    ['2026-12', 2, 7],
  ]);
  expect(rows.map(({ dueOn }) => dueOn.toISOString().slice(0, 10))).toEqual([
    '2026-12-10',
    '2027-01-10',
    '2027-01-10',
  ]);
});

it('by hand on the first of a month puts off nothing of the month before', async () => {
  const [place] = await shops(1);
  if (!place) throw new Error('no shop');
  const { v, at } = place;
  const id = newId();
  const now = on('2026-12-01T00:10');
  const made = await make(v, at, '2026-12', now, id, v.secretary.id);
  expect(made).toBe(id);
  expect(await make(v, at, '2026-12', now, id, v.secretary.id)).toBe(id);
  const rows = await prisma.statement.findMany({ where: { villageId: v.id } });
  expect(rows).toMatchObject([{ id: made, month: '2026-11', points: 10, cutOff: on('2026-12-01T00:00') }]);
  // nothing came since, for whoever asks next
  expect(await make(v, at, '2026-12', now, newId(), at.staff.id)).toBe(null);
  await Promise.all([
    makeStatements.run(null, on('2026-12-01T00:30')),
    make(v, at, '2026-12', on('2026-12-01T00:30'), newId(), at.staff.id),
  ]);
  expect(await prisma.statement.count({ where: { villageId: v.id } })).toBe(1);
});

it('is made by hand by either side and nobody else, so that a merchant can leave with everything settled', async () => {
  const [place] = await shops(1);
  const [other] = await shops(1);
  if (!place || !other) throw new Error('no shops');
  const { v, at } = place;
  const now = on('2026-11-25T09:00');
  const by = (person: string) => step('statement_make', v.id, at.id, '2026-11', newId(), now, person);
  for (const person of [
    other.at.staff.id,
    other.v.secretary.id,
    v.supervisor.id,
    v.household(0).head.personId,
  ])
    expect(await by(person)).toBe('NOT_FOUND');
  const scope = { villageIds: [v.id], merchantId: at.id };
  expect(await listUnstated(prisma, scope)).toMatchObject([{ points: 10, fen: 1000, lines: 1 }]);
  expect(await by(at.staff.id)).toBe('');
  expect(await listUnstated(prisma, scope)).toEqual([]);
  await scan(v, { digits: await code(v, 0), at, points: 5 });
  expect(await by(v.secretary.id)).toBe('');
  expect(
    await prisma.statement.findMany({ where: { villageId: v.id }, orderBy: { number: 'asc' } }),
  ).toMatchObject([
    { number: 1, points: 10, madeById: at.staff.id },
    { number: 2, points: 5, madeById: v.secretary.id },
  ]);
  expect(
    await prisma.$queryRaw`select * from merchant_unstated(${v.id}::uuid, ${at.id}::uuid, 'infinity')`,
  ).toEqual([]);
});
