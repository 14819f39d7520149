import { expect, test } from 'vitest';
import { PAGE_LINES } from '@/lib/platform/paging';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { pastAllRules } from '@/lib/testing/red-list';
import { aWorkingVillage } from '@/lib/testing/working-village';
import { countTasks, listTask } from './reads';

const { prisma, owner } = await testDb();

test('of a task each deduction is on a page, thirty at a time, and no other task’s', async () => {
  const v = await aWorkingVillage();
  const each = 205;
  const write = (state: string, count: number) =>
    pastAllRules(
      owner,
      `insert into deduction (village_id, id, household_id, version_id, item_id, state, seen_on, seen_by, facts,
         recorded_by_id, recorded_at, points, ended_at, end_reason)
       select $1, gen_random_uuid(), $2, i.version_id, i.id, $3::"DeductionState", $4::date, '网格员', '看见了', $5,
         $6::timestamptz + n * interval '1 second', 2, case when $3 = 'DROPPED' then $6::timestamptz end,
         case when $3 = 'DROPPED' then '不扣了' else '' end
       from item i, generate_series(1, $8::int) n where i.village_id = $1 and i.id = $7`,
      [v.id, v.household(0).id, state, TEST_DAY, v.verifier.id, TEST_NOW, v.item('HOME-04'), count],
    );
  await write('RECORDED', 3);
  await write('DROPPED', each);
  const seen = new Set<string>();
  const sizes: number[] = [];
  for (let page = 1; ; page += 1) {
    const { lines, hasOlder } = await listTask(prisma, v.id, 'NONE', TEST_DAY, page);
    sizes.push(lines.length);
    for (const { id } of lines) seen.add(id);
    if (!hasOlder) break;
  }
  expect(seen.size).toBe(each);
  expect(sizes).toEqual([...Array.from({ length: 6 }, () => PAGE_LINES), each - 6 * PAGE_LINES]);
  expect((await countTasks(prisma, v.id, TEST_DAY)).NONE).toBe(each);
  expect(await listTask(prisma, v.id, 'WARN', TEST_DAY)).toMatchObject({ hasOlder: false });
  expect((await listTask(prisma, v.id, 'WARN', TEST_DAY)).lines).toHaveLength(3);
});
