import { beforeEach, describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { sampleCatalogue } from '@/lib/rulebook/adopt';
import { actorFor, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { whileStuck } from '@/lib/testing/stuck-row';
import { refusalOf } from '@/lib/testing/working-village';
import { advanceLists } from './advance';
import { findDeskList } from './desk/reads';
import { answerDocument } from './documents/http';
import { findShownList } from './facts/reads';
import { listOfHousehold, listPublished } from './reads';
import { adoptNext } from './testing/adopt-next';
import { aListedVillage, BLACK, type ListedVillage, RED } from './testing/listed-village';

// A public black list rests on the rulebook in force, every day: the village that gives black lists up, or drops an
// item that one rests on, takes them down with it.

const { prisma, owner } = await testDb();
const onDay = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`);

/** The last day of the first version, and the first of the second. */
const BEFORE = onDay('2026-11-27', '23:59');
const AFTER = onDay('2026-11-28', '00:00');

let v: ListedVillage;
let listId: string;

beforeEach(async () => {
  v = await aListedVillage(owner);
  await v.deduct(0);
  await v.deduct(1, { points: 6, code: 'PUBLIC_CLEAN-04' });
});

const next = (settings: Record<string, unknown>, without: readonly string[] = [], from = '2026-11-28') => {
  const { categories, ...rest } = sampleCatalogue();
  const kept = categories.map((one) => ({
    ...one,
    items: one.items.filter((item) => !without.includes(item.code)),
  }));
  return adoptNext(
    v,
    from as Day,
    { blackListOn: true, blackThreshold: 5, redTop: 3, ...settings },
    { ...rest, categories: kept },
  );
};
const isShownAt = async (at: Date) => (await findShownList(prisma, v.id, listId, at)) !== null;
const linesAt = async (at: string, isOfVillage = true) =>
  (await listPublished(prisma, v.id, { today: at as Day, isOfVillage })).shown.map((line) => line.id);
async function serve(at: Date, personId: string | null = v.household(0).head.personId): Promise<number> {
  const actor = personId ? await actorFor(personId) : null;
  const request = new Request(`http://localhost:3000/v/${v.code}/lists/${listId}/page.html`);
  const answer = await answerDocument(request, {
    village: v.code,
    list: listId,
    file: 'page.html',
    actor: async () => actor,
    now: at,
  });
  return answer.status;
}
async function aDocument(): Promise<string> {
  const id = newId();
  await owner.query(
    `insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, made_at)
     values ($1, $2, $3, 'HTML', 1, $4, 10, 'text/html; charset=utf-8', '2026-11-24')`,
    [v.id, id, listId, 'a'.repeat(64)],
  );
  return id;
}
// its bytes lie in no store here: whoever may have it is told 410 for that, with a tag he has it 304
const isOut = async (id: string) =>
  (await prisma.listDocument.findFirstOrThrow({ where: { id } })).retiredAt === null;
async function tagged(at: Date): Promise<number> {
  const actor = await actorFor(v.household(0).head.personId);
  const request = new Request(`http://localhost:3000/v/${v.code}/lists/${listId}/page.html`, {
    headers: { 'if-none-match': `"${'a'.repeat(64)}"` },
  });
  const http = { village: v.code, list: listId, file: 'page.html', actor: async () => actor, now: at };
  return (await answerDocument(request, http)).status;
}

describe.each([
  ['gave black lists up', { blackListOn: false }, []],
  ['dropped an item that a row rests on', {}, ['AGRI_ECO-03']],
] as const)('when the village %s', (_, settings, without) => {
  test('a public list is shown and served until the version comes into force, and not a minute longer', async () => {
    listId = await v.published(BLACK);
    const document = await aDocument();
    await next(settings, without);
    expect([await isShownAt(BEFORE), await linesAt('2026-11-27'), await tagged(BEFORE)]).toEqual([
      true,
      [listId],
      304,
    ]);
    expect([await isShownAt(AFTER), await linesAt('2026-11-28'), await tagged(AFTER)]).toEqual([
      false,
      [],
      410,
    ]);
    expect(await serve(AFTER, null)).toBe(404);
    const own = (at: string) => listOfHousehold(prisma, v.id, v.household(0).id, at as Day);
    expect([(await own('2026-11-27')).length, (await own('2026-11-28')).length]).toEqual([1, 0]);
    expect(await isOut(document), 'before the job').toBe(true);
  });

  test('one list that can’t be moved on holds up no other, and is said', async () => {
    await v.approve(await v.submitted(2, 'SAFETY-01'));
    const lists = [await v.published(RED), await v.published(BLACK)].sort();
    const [stuck, other] = [lists[0] ?? '', lists[1] ?? ''];
    const at = onDay('2026-12-02');
    await whileStuck(owner, 'village_list', 'id', stuck, async () => {
      await expect(advanceLists(prisma, at, v.id)).rejects.toThrow('stuck');
    });
    const stateOf = async (id: string) =>
      (await prisma.villageList.findFirstOrThrow({ where: { id } })).state;
    expect([await stateOf(stuck), await stateOf(other)]).toEqual(['PUBLICITY', 'FINAL']);
    expect(await advanceLists(prisma, at, v.id)).toEqual({ final: 1, expired: 0 });
  });

  test('time ends it, says why, and retires its documents', async () => {
    listId = await v.published(BLACK);
    const document = await aDocument();
    await next(settings, without);
    expect(await advanceLists(prisma, BEFORE, v.id)).toEqual({ final: 0, expired: 0 });
    expect(await advanceLists(prisma, AFTER, v.id)).toEqual({ final: 0, expired: 1 });
    expect(await advanceLists(prisma, AFTER, v.id)).toEqual({ final: 0, expired: 0 });
    const list = await prisma.villageList.findFirstOrThrow({ where: { id: listId } });
    expect(list).toMatchObject({ state: 'WITHDRAWN', endedById: null });
    expect(list.endReason).toContain('细则');
    expect(await isOut(document)).toBe(false);
    const desk = await findDeskList(prisma, v.id, listId, AFTER);
    expect(desk?.steps.at(-1)).toMatchObject({ what: '撤回', who: '' });
  });

  test('one that is final, and one that is only checked, end too; a red list stays', async () => {
    await v.approve(await v.submitted(2, 'SAFETY-01'));
    const red = await v.published(RED);
    listId = await v.published(BLACK);
    expect(await advanceLists(prisma, onDay('2026-12-02'), v.id)).toEqual({ final: 2, expired: 0 });
    await v.deduct(4, { seenOn: '2026-08-20' });
    const checked = await v.drafted({ ...BLACK, period: '2026Q3' });
    await v.check(checked);
    await next(settings, without, '2026-12-05');
    expect(await advanceLists(prisma, onDay('2026-12-05'), v.id)).toEqual({ final: 0, expired: 2 });
    const states = await prisma.villageList.findMany({ where: { villageId: v.id } });
    expect(Object.fromEntries(states.map((one) => [one.id, one.state]))).toEqual({
      [red]: 'FINAL',
      [listId]: 'WITHDRAWN',
      [checked]: 'WITHDRAWN',
    });
  });

  test('nobody puts a document in any more, the owner neither', async () => {
    listId = await v.published(BLACK);
    await next(settings, without);
    const put = (at: Date) =>
      owner.query(
        `insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, made_at)
         values ($1, gen_random_uuid(), $2, 'PNG', 1, $3, 10, 'image/png', $4)`,
        [v.id, listId, 'b'.repeat(64), at],
      );
    await expect(put(AFTER)).rejects.toThrow(/shows nothing/);
    await put(BEFORE);
  });
});

test('a list ends without a person by its rulebook alone', async () => {
  listId = await v.published(BLACK);
  const end = (id = listId) =>
    owner.query(
      `update village_list set state = 'WITHDRAWN', ended_at = $2, end_reason = '不要了' where id = $1`,
      [id, AFTER],
    );
  await expect(end()).rejects.toThrow(/NOT_ALLOWED/);
  await next({ blackListOn: false });
  await v.approve(await v.submitted(2, 'SAFETY-01'));
  const red = await v.published(RED);
  await expect(end(red), 'a red one').rejects.toThrow(/NOT_ALLOWED/);
  await end();
});

test('a village that shows black lists to itself alone again hides those that are up for everyone', async () => {
  v = await aListedVillage(owner, { settings: { blackAudience: 'EVERYONE' } });
  await v.deduct(0);
  listId = await v.published(BLACK);
  await next({ blackAudience: 'VILLAGE' });
  expect([await linesAt('2026-11-27', false), await linesAt('2026-11-28', false)]).toEqual([[listId], []]);
  expect(await linesAt('2026-11-28')).toEqual([listId]);
  const audienceAt = async (at: Date) => (await findShownList(prisma, v.id, listId, at))?.list.audience;
  expect([await audienceAt(BEFORE), await audienceAt(AFTER)]).toEqual(['EVERYONE', 'VILLAGE']);
  await aDocument();
  expect(await serve(BEFORE, null), 'for everyone, though its bytes are lost').toBe(410);
  expect(await serve(AFTER, null), 'not there for strangers').toBe(404);
  expect(await tagged(AFTER)).toBe(304);
});

describe('at the office a black list that is over', () => {
  const deskAt = async (at: Date) => JSON.stringify(await findDeskList(prisma, v.id, listId, at));
  const NAMES = ['陈建国', '李建国'];

  test('is counts alone: withdrawn, expired, past its last day, or fallen with its rulebook', async () => {
    listId = await v.published(BLACK);
    for (const name of NAMES) expect(await deskAt(TEST_NOW)).toContain(name);
    const silent = async (at: Date) => {
      const said = await deskAt(at);
      for (const word of [...NAMES, v.household(0).code, v.household(1).code, '露天焚烧'])
        expect(said, word).not.toContain(word);
      expect((await findDeskList(prisma, v.id, listId, at))?.counts).toEqual({ rows: 2, gone: [] });
    };
    await silent(onDay('2027-03-02'));
    await advanceLists(prisma, onDay('2026-12-02'), v.id);
    await advanceLists(prisma, onDay('2027-03-02'), v.id);
    await silent(onDay('2027-03-02'));
    // what stood on it until its end does so never again; something else may
    for (const household of [0, 1]) await v.deduct(household, { code: 'PUBLIC_CLEAN-04' });
    listId = await v.published({ ...BLACK });
    await next({ blackListOn: false });
    await silent(AFTER);
    expect(refusalOf(await v.withdraw(listId, '算错了'))).toBe(null);
    await silent(TEST_NOW);
  });

  test('and of one that is up, a row that is gone', async () => {
    listId = await v.published(BLACK);
    await owner.query('update household set is_absent = true where id = $1', [v.household(0).id]);
    const said = await deskAt(TEST_NOW);
    expect(said).not.toContain('陈建国');
    expect(said).not.toContain(v.household(0).code);
    expect(said).toContain('李建国');
    expect((await findDeskList(prisma, v.id, listId, TEST_NOW))?.counts).toEqual({
      rows: 1,
      gone: [{ why: 'EXEMPT', count: 1 }],
    });
  });
});
