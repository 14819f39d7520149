import { expect, test } from 'vitest';
import { PAGE_LINES } from '@/lib/platform/paging';
import { aVillage, TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { pastAllRules } from '@/lib/testing/red-list';
import { listOverdue } from './office/reads';
import { listOutcomes } from './public/reads';
import { listObjections } from './reads';

// Objections of many years: none is out of reach of those who deal with them, nor of those who want to see how it ended.

const { prisma, owner } = await testDb();

/** So many objections written past all rules, one a day; each second one decided. */
async function many(count: number) {
  const v = await aVillage({ households: 1 });
  const { id: householdId, head } = v.household(0);
  await pastAllRules(
    owner,
    `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body,
       opened_at, due_on, state, decided_by_id, decided_at, reason)
     select $1, gen_random_uuid(), '2026-' || lpad(n::text, 3, '0'), 'DEED', gen_random_uuid(), $2, $3, 'SELF', '不对',
       $4::timestamptz - n * interval '1 day', ($4::timestamptz - n * interval '1 day')::date + 7,
       case when n % 2 = 0 then 'OPEN' else 'REJECTED' end::"ObjectionState",
       case when n % 2 = 1 then $3::uuid end, case when n % 2 = 1 then $4::timestamptz - n * interval '1 day' end,
       case when n % 2 = 1 then '看过了' else '' end
     from generate_series(1, $5::int) n`,
    [v.id, householdId, head.personId, TEST_NOW, count],
  );
  return v;
}

test('each of them is on a page: open, over, in public, and overdue at the township', async () => {
  const each = PAGE_LINES + 7;
  const v = await many(each * 2);
  const pages = async (
    read: (page: number) => Promise<{ lines: { number: string | null }[]; hasOlder: boolean }>,
  ) => {
    const found: string[] = [];
    for (let page = 1; ; page += 1) {
      const { lines, hasOlder } = await read(page);
      expect(lines.length).toBeLessThanOrEqual(PAGE_LINES);
      found.push(...lines.map((one) => one.number ?? ''));
      if (!hasOlder) return found;
    }
  };
  const open = await pages((page) => listObjections(prisma, v.id, 'OPEN', page));
  const over = await pages((page) => listObjections(prisma, v.id, 'OVER', page));
  expect([new Set(open).size, new Set(over).size]).toEqual([each, each]);
  // the one due first at the top; of those that are over the latest
  expect(open[0]).toBe(`2026-0${each * 2}`);
  expect(over[0]).toBe('2026-001');
  const outcomes = await pages((page) => listOutcomes(prisma, v.id, page));
  // what is being dealt with first, and then what became of the others
  expect(outcomes).toEqual([...open, ...over]);
  const office = { level: 'TOWNSHIP' as const, id: v.townshipId, name: '镇' };
  const late = await pages((page) => listOverdue(prisma, office, TEST_DAY, page));
  expect(late).toEqual(open.filter((number) => Number(number.slice(5)) > 7));
});
