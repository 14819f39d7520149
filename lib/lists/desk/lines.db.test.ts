import { expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aListedVillage, BLACK, type ListedVillage, RED } from '../testing/listed-village';
import { findRowLines } from './lines';

// Where the points of a row come from, line by line: what the supervisor looks at before he checks a list.

const { prisma, owner } = await testDb();
const onDay = (day: string) => new Date(`${day}T10:00:00+08:00`);
const TODAY = onDay('2026-11-25');

const approved = async (v: ListedVillage, household: number, item = 'SAFETY-01') => {
  const result = await v.approve(await v.submitted(household, item));
  if (!result.ok) throw new Error(result.refusal.code);
};
async function linesOf(v: ListedVillage, listId: string, household: number, at = TODAY, page = 1) {
  const { id: rowId } = await prisma.listRow.findFirstOrThrow({
    where: { listId, householdId: v.household(household).id },
  });
  const found = await findRowLines(prisma, v.id, { listId, rowId }, page, at);
  return found && { ...found, honours: found.entries.lines.map((entry) => entry.honour) };
}

test('a red row: the ledger of the quarter at the list’s moment, and what was taken back since', async () => {
  const v = await aListedVillage(owner);
  await approved(v, 0);
  await approved(v, 0, 'CIVIC-03');
  await approved(v, 1);
  const listId = await v.published(RED);
  expect(await linesOf(v, listId, 0)).toMatchObject({
    count: 2,
    sum: 6,
    honours: [1, 5],
    row: { points: 6 },
  });
  expect(await linesOf(v, listId, 1)).toMatchObject({ count: 1, sum: 5 });
  // of another household, and later than the moment: neither belongs to it
  const later = { now: onDay('2026-11-26') };
  await v.approve(await v.submitted(0, 'SAFETY-01', later), v.verifier, later);
  expect(await linesOf(v, listId, 0, later.now)).toMatchObject({ count: 2, sum: 6 });
  await owner.query(
    `select ledger_reverse($1, p.id, gen_random_uuid(), 0::smallint, '查实是记错的', null, gen_random_uuid(), '2026-11-26T05:00:00Z')
     from (select p.id from posting p where p.village_id = $1 and p.household_id = $2 and p.item_code = 'CIVIC-03') p`,
    [v.id, v.household(0).id],
  );
  expect(await linesOf(v, listId, 0, onDay('2026-11-27'))).toMatchObject({
    count: 3,
    sum: 5,
    honours: [-1, 1, 5],
    row: { points: 5 },
  });
});

test('of a person only the own lines', async () => {
  const v = await aListedVillage(owner, { settings: { redTop: 50 } });
  await approved(v, 0);
  const other = v.household(0).residents[1]?.id;
  const result = await v.approve(await v.submitted(0, 'CIVIC-03', { residentId: other }));
  expect(result.ok).toBe(true);
  const listId = await v.drafted({ ...RED, subject: 'RESIDENT' });
  const row = await prisma.listRow.findFirstOrThrow({ where: { listId, residentId: other ?? '' } });
  const found = await findRowLines(prisma, v.id, { listId, rowId: row.id }, 1, TODAY);
  expect(found).toMatchObject({ count: 1, sum: row.points });
  expect(found?.entries.lines[0]).toMatchObject({ itemCode: 'CIVIC-03' });
});

test('a black row: the deductions it rests on; over with the list; and nothing of another village’s', async () => {
  const v = await aListedVillage(owner);
  await v.deduct(0);
  const listId = await v.published(BLACK);
  expect(await linesOf(v, listId, 0)).toMatchObject({ count: 1, sum: 5, honours: [-5], row: { points: 5 } });
  const { id: rowId } = await prisma.listRow.findFirstOrThrow({ where: { listId } });
  const other = await aListedVillage(owner);
  for (const [village, list, row] of [
    [other.id, listId, rowId],
    [v.id, listId, newId()],
    [v.id, newId(), rowId],
    [v.id, listId, 'no id'],
  ] as const)
    expect(await findRowLines(prisma, village, { listId: list, rowId: row }, 1, TODAY)).toBe(null);
  expect((await v.withdraw(listId)).ok).toBe(true);
  expect(await findRowLines(prisma, v.id, { listId, rowId }, 1, TODAY)).toBe(null);
});

test('costs as many questions for one line as for many', async () => {
  const v = await aListedVillage(owner);
  await approved(v, 0);
  await approved(v, 1);
  for (let n = 0; n < 3; n++) await approved(v, 1, 'CIVIC-03').catch(() => undefined);
  const listId = await v.drafted();
  const rows = await prisma.listRow.findMany({ where: { listId }, orderBy: { rank: 'desc' } });
  const counts: number[] = [];
  for (const row of rows)
    counts.push(await countQueries((db) => findRowLines(db, v.id, { listId, rowId: row.id }, 1, TODAY)));
  expect(new Set(counts).size).toBe(1);
});
