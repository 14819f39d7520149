import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { openPress } from '@/lib/platform/print/press';
import { openDiskStore, useDocumentStore } from '@/lib/platform/storage';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { deductionWay, testDay } from '@/lib/testing/deduction-way';
import { refusalOf } from '@/lib/testing/working-village';
import { answerDocument } from './documents/http';
import { makeListDocuments } from './documents/make';
import { aListedVillage, BLACK, type ListedVillage } from './testing/listed-village';

// From the deduction to the black list and off it again, by the commands alone: what was repaired is not served from
// the transaction on in which the repair is confirmed.

const { prisma, owner } = await testDb();
const folder = await mkdtemp(join(tmpdir(), 'cunfen-repair-'));
const press = openPress();

let v: ListedVillage;
let reader: Actor;
let listId: string;

beforeAll(async () => {
  useDocumentStore(openDiskStore(folder, '.doc'));
  v = await aListedVillage(owner, { settings: { blackThreshold: 1 } });
  reader = await v.actorOf(v.household(3).head.personId);
});
afterAll(async () => {
  press.close();
  await rm(folder, { recursive: true, force: true });
});

const make = () => makeListDocuments(prisma, v.id, listId, TEST_NOW, { press, print: async () => null });
async function ask(file = 'page.html'): Promise<{ status: number; text: string }> {
  const request = new Request(`http://localhost:3000/v/${v.code}/lists/${listId}/${file}`);
  const http = { village: v.code, list: listId, file, actor: async () => reader, now: TEST_NOW };
  const answer = await answerDocument(request, http);
  return { status: answer.status, text: await answer.text() };
}
const rowOf = (household: number) =>
  prisma.listRow.findFirstOrThrow({ where: { listId, householdId: v.household(household).id } });

test('a repair that is confirmed takes the row off and its documents back at once', async () => {
  const way = deductionWay(v);
  const [mended] = [
    await way.postedFor(0, 'HOME-04', testDay(-20)),
    await way.postedFor(1, 'HOME-04', testDay(-20)),
  ];
  listId = await v.published(BLACK);
  await make();
  const code = v.household(0).code;
  expect((await ask()).text).toContain(code);

  expect(refusalOf(await way.claimRepair(mended, 0, testDay(0)))).toBe(null);
  expect(await rowOf(0), 'claimed only').toMatchObject({ state: 'STANDING' });
  expect((await ask()).status).toBe(200);

  expect(refusalOf(await way.confirmRepair(mended, testDay(0)))).toBe(null);
  expect(await rowOf(0)).toMatchObject({ state: 'GONE', goneWhy: 'REPAIRED' });
  for (const file of ['page.html', 'picture.png', 'a3.html', 'a4.html'])
    expect((await ask(file)).status, file).toBe(410);

  await make();
  const anew = await ask();
  expect([anew.status, anew.text.includes(code), anew.text.includes(v.household(1).code)]).toEqual([
    200,
    false,
    true,
  ]);
});
