import { beforeEach, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { testDb } from '@/lib/testing/database';
import { refusalOf } from '@/lib/testing/working-village';
import { aListedVillage, BLACK, type ListedVillage } from './testing/listed-village';

// A row that waits for the answer to an objection when its list is to come out: it would come back later, on a list that
// is out, without a message and without its days of publicity.

const { prisma, owner } = await testDb();

let v: ListedVillage;
let deductionId: string;
let listId: string;
beforeEach(async () => {
  v = await aListedVillage(owner);
  deductionId = await v.deduct(0);
  await v.deduct(1);
  listId = await v.drafted(BLACK);
});

const object = () =>
  owner.query(
    `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body, opened_at, due_on)
     values ($1, $2, '', 'DEDUCTION', $3, $4, $5, 'SELF', '不对', '2026-11-24T03:00:00Z', '2026-12-01')`,
    [v.id, newId(), deductionId, v.household(0).id, v.household(0).head.personId],
  );
const rowOf = (household: number) =>
  prisma.listRow.findFirstOrThrow({ where: { listId, householdId: v.household(household).id } });

test('a black list with such a row is not checked', async () => {
  await object();
  expect(await rowOf(0)).toMatchObject({ state: 'SUSPENDED' });
  const refused = await v.check(listId);
  expect(refusalOf(refused)).toBe('LIST_OBJECTION_OPEN');
  expect(JSON.stringify(refused)).toContain(v.household(0).code);
});

test('nor published, by hand either; drafted again it leaves that household out', async () => {
  expect(refusalOf(await v.check(listId))).toBe(null);
  await object();
  expect(await rowOf(0)).toMatchObject({ state: 'SUSPENDED' });
  expect(refusalOf(await v.publish(listId))).toBe('LIST_OBJECTION_OPEN');
  await expect(
    owner.query(
      `update village_list set state = 'PUBLICITY', published_by_id = $2, public_from = '2026-11-24', public_until = '2026-12-01'
       where id = $1`,
      [listId, v.secretary.id],
    ),
  ).rejects.toThrow(/LIST_OBJECTION_OPEN/);
  expect(refusalOf(await v.withdraw(listId))).toBe(null);
  const again = await v.published(BLACK, { now: new Date('2026-11-24T04:00:00Z') });
  expect(await prisma.listRow.findMany({ where: { listId: again }, select: { householdId: true } })).toEqual([
    { householdId: v.household(1).id },
  ]);
});
