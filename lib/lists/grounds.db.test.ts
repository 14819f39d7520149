import { beforeEach, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { findDeskList } from './desk/reads';
import { findListFacts } from './facts/reads';
import { aListedVillage, BLACK, behindTheScenes, type ListedVillage } from './testing/listed-village';

// What a black row says it rests on is what it does rest on: a deduction that no longer counts is not printed, and
// documents that print it are retired.

const { prisma, owner } = await testDb();
const BURNING = '露天焚烧秸秆、垃圾（2026年10月20日）';

let v: ListedVillage;
let listId: string;
let second: string;
beforeEach(async () => {
  v = await aListedVillage(owner);
});

async function published(facts: { points?: number; residentId?: string | null }): Promise<void> {
  await v.deduct(1, { points: 5 });
  second = await v.deduct(1, { points: 3, code: 'PUBLIC_CLEAN-04', ...facts });
  listId = await v.published(BLACK);
}
const reasons = async () => (await findListFacts(prisma, v.id, listId, TEST_NOW))?.rows[0]?.reasons;
const deskReasons = async () => (await findDeskList(prisma, v.id, listId, TEST_NOW))?.rows[0]?.reasons;

async function aDocument(): Promise<() => Promise<boolean>> {
  const id = newId();
  await owner.query(
    `insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, made_at)
     values ($1, $2, $3, 'HTML', 1, $4, 10, 'text/html; charset=utf-8', '2026-11-24')`,
    [v.id, id, listId, 'a'.repeat(64)],
  );
  return async () => (await prisma.listDocument.findFirstOrThrow({ where: { id } })).retiredAt === null;
}

test('of someone whose birth year is put right to a minor’s it is neither counted nor printed', async () => {
  const child = v.household(1).residents[1]?.id ?? null;
  await published({ residentId: child });
  expect(await reasons()).toHaveLength(2);
  const isOut = await aDocument();
  await owner.query('update resident set birth_year = 2012 where id = $1', [child]);
  expect(await reasons()).toEqual([BURNING]);
  expect(await deskReasons()).toEqual([BURNING]);
  expect(await isOut()).toBe(false);
  expect(await prisma.listRow.findFirstOrThrow({ where: { listId } })).toMatchObject({ points: 5 });
});

test('so it is when that person lives elsewhere by now', async () => {
  const child = v.household(1).residents[1]?.id ?? null;
  await published({ residentId: child });
  await behindTheScenes(owner, 'update resident set household_id = $2 where id = $1', [
    child,
    v.household(4).id,
  ]);
  const isOut = await aDocument();
  await owner.query('update resident set birth_year = 2012 where id = $1', [child]);
  expect(await reasons()).toEqual([BURNING]);
  expect(await isOut()).toBe(false);
  expect(await prisma.listRow.findFirstOrThrow({ where: { listId } })).toMatchObject({ points: 5 });
});

test('that an objection was upheld against is not printed either', async () => {
  await published({});
  expect(await reasons()).toHaveLength(2);
  const isOut = await aDocument();
  const objection = newId();
  await behindTheScenes(
    owner,
    `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body, opened_at, due_on)
     values ($1, $2, '2026-900', 'DEDUCTION', $3, $4, $5, 'SELF', '不对', '2026-11-24T03:00:00Z', '2026-12-01')`,
    [v.id, objection, second, v.household(1).id, v.household(1).head.personId],
  );
  await owner.query(
    `select objection_decide($1, $2, p.person_id, true, '查过了', gen_random_uuid(), '2026-11-25T03:00:00Z')
     from (select * from objection_deciders($1, $2, '2026-11-25T03:00:00Z') limit 1) p`,
    [v.id, objection],
  );
  expect(await reasons()).toEqual([BURNING]);
  expect(await isOut()).toBe(false);
});
