import { expect, test } from 'vitest';
import { addQuarters } from '@/lib/periods/rules';
import type { Quarter } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { PAGE_LINES } from '@/lib/platform/paging';
import { aVillage, TEST_DAY } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aList, pastAllRules } from '@/lib/testing/red-list';
import { listDeskLists } from './desk/reads';
import { listPlaceRows } from './place/reads';
import { listPublished } from './reads';
import { aListedVillage } from './testing/listed-village';

// Lists of many years: none is out of reach, and what is up is not pushed out by what is over.

const { prisma, owner } = await testDb();

const OVER = PAGE_LINES * 2 + 5;

test('all of them are there, thirty a page: at the desk, and of the red ones that once were in public', async () => {
  const v = await aListedVillage(owner);
  const period = (index: number) => addQuarters('2026Q3' as Quarter, -index);
  for (let index = 0; index < OVER; index += 1) {
    await aList(owner, v, [v.household(0)], { state: 'EXPIRED', period: period(index + 1) });
  }
  await aList(owner, v, [v.household(0)], { kind: 'BLACK', state: 'EXPIRED', period: period(1) });
  // older than everything else, and up
  const up = await aList(owner, v, [v.household(0)], { period: period(OVER + 1) });
  const draft = await aList(owner, v, [v.household(0)], { state: 'DRAFT', period: period(OVER + 2) });

  const desk = await Promise.all([1, 2, 3, 4].map((page) => listDeskLists(prisma, v.id, TEST_DAY, page)));
  expect(desk.map((one) => [one.over.lines.length, one.over.hasOlder])).toEqual([
    [PAGE_LINES, true],
    [PAGE_LINES, true],
    [6, false],
    [0, false],
  ]);
  for (const one of desk) {
    expect(one.up.map((line) => line.id)).toEqual([up.id]);
    expect(one.waiting.map((line) => line.id)).toEqual([draft.id]);
  }
  const seen = new Set(desk.flatMap((one) => one.over.lines.map((line) => line.id)));
  expect(seen.size).toBe(OVER + 1);
  expect(await countQueries((db) => listDeskLists(db, v.id, TEST_DAY, 2))).toBe(3);

  const facts = { today: TEST_DAY, isOfVillage: true };
  const open = await Promise.all([1, 2, 3].map((page) => listPublished(prisma, v.id, { ...facts, page })));
  expect(open.map((one) => one.past.lines.length)).toEqual([PAGE_LINES, PAGE_LINES, 5]);
  expect(open.at(-1)?.past.hasOlder).toBe(false);
  for (const one of open) {
    expect(one.shown.map((line) => line.id)).toEqual([up.id]);
    // a black list that has ended leaves no trace
    expect(one.past.lines.every((line) => line.kind === 'RED')).toBe(true);
  }
});

test('places of lists that are up are there to be objected to, all of them and those alone', async () => {
  const v = await aListedVillage(owner);
  const places = await Promise.all(
    Array.from({ length: PAGE_LINES + 3 }, (_, index) =>
      prisma.place.create({
        data: {
          villageId: v.id,
          id: newId(),
          kind: 'ROAD',
          name: `路段 ${index + 1}`,
          keeper: '一组',
          createdAt: new Date('2026-01-01T00:00:00Z'),
        },
      }),
    ),
  );
  const of = async (state: string, on: { id: string }[]) => {
    const { id: listId } = await aList(owner, v, [], { subject: 'PLACE', state });
    const rows = on.map(() => newId());
    for (const [index, place] of on.entries()) {
      await pastAllRules(
        owner,
        'insert into list_row (village_id, id, list_id, rank, place_id, points) values ($1, $2, $3, $4, $5, 90)',
        [v.id, rows[index], listId, index + 1, place.id],
      );
    }
    return rows;
  };
  const up = await of('FINAL', places);
  await of('EXPIRED', places.slice(0, 1));
  await of('DRAFT', places.slice(0, 1));
  await pastAllRules(owner, "update list_row set state = 'SUSPENDED' where id = $1", [up[1]]);
  await pastAllRules(
    owner,
    "update list_row set state = 'GONE', gone_why = 'UPHELD', gone_at = now() where id = $1",
    [up[2]],
  );
  const [first, second] = await Promise.all(
    [1, 2].map((page) => listPlaceRows(prisma, v.id, TEST_DAY, page)),
  );
  expect([first?.lines.length, first?.hasOlder]).toEqual([PAGE_LINES, true]);
  expect([second?.lines.length, second?.hasOlder]).toEqual([2, false]);
  const all = [...(first?.lines ?? []), ...(second?.lines ?? [])];
  expect(all.map((row) => row.id)).toEqual(up.filter((_, index) => index !== 2));
  expect(all.filter((row) => row.isSuspended).map((row) => row.id)).toEqual([up[1]]);
  expect(all[0]).toMatchObject({ name: '路段 1', kind: 'RED', rank: 1 });
  expect(await listPlaceRows(prisma, (await aVillage({ households: 1 })).id, TEST_DAY)).toMatchObject({
    lines: [],
  });
});
