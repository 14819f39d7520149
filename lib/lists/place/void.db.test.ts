import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { refusalOf } from '@/lib/testing/working-village';
import { findListFacts } from '../facts/reads';
import { aListedVillage, BLACK, behindTheScenes, type ListedVillage, RED } from '../testing/listed-village';
import { addPlace, recordPlaceCheck, voidPlaceCheck } from './commands';
import { listPlaces } from './reads';

// An inspection that was recorded wrongly: voided by another officer, kept to be seen, bearing no list any more.

const { prisma, owner } = await testDb();
const REDS = { ...RED, subject: 'PLACE' } as const;
const BLACKS = { ...BLACK, subject: 'PLACE' } as const;

let v: ListedVillage;
let place: string;
let checks: string[];

async function inspect(placeId: string, scores: number[], by = v.verifier): Promise<string[]> {
  const ids: string[] = [];
  for (const score of scores) {
    const id = newId();
    const input = { placeId, score, checkedOn: TEST_DAY };
    const result = await v.run(recordPlaceCheck, await v.actorOf(by), input, { id });
    if (!result.ok) throw new Error(result.refusal.code);
    ids.push(id);
  }
  return ids;
}
async function aPlace(name: string, scores: number[]): Promise<string[]> {
  const result = await v.run(addPlace, await v.actorOf(v.secretary), { kind: 'ROAD', name, keeper: '一组' });
  if (!result.ok) throw new Error(result.refusal.code);
  place = String(result.outcome.subject);
  return inspect(place, scores);
}
const voids = async (checkId = checks[0], by: { id: string } = v.secretary, ask = {}) =>
  v.run(voidPlaceCheck, await v.actorOf(by), { checkId, reason: '记到别的路段上了' }, ask);
const rowOf = (listId: string) =>
  prisma.listRow.findFirstOrThrow({
    where: { listId, placeId: place },
    select: { state: true, goneWhy: true, points: true },
  });

beforeEach(async () => {
  v = await aListedVillage(owner);
  checks = await aPlace('桥头路', [10, 8, 9]);
});

describe('voiding an inspection', () => {
  test('is another officer’s, with a reason, once; it stays, struck through, and no longer counts', async () => {
    expect(refusalOf(await voids(checks[0], v.verifier))).toBe('PLACE_CHECK_OWN');
    expect(
      refusalOf(
        await v.run(voidPlaceCheck, await v.actorOf(v.secretary), { checkId: checks[0], reason: ' ' }),
      ),
    ).toBe('BAD_INPUT');
    const id = newId();
    const first = await voids(checks[0], v.supervisor, { id });
    expect(refusalOf(first)).toBe(null);
    expect(await voids(checks[0], v.supervisor, { id })).toEqual({ ...first, repeated: true });
    expect(refusalOf(await voids())).toBe('PLACE_CHECK_VOIDED');
    const [shown] = await listPlaces(prisma, v.id, TEST_DAY);
    expect(shown).toMatchObject({ checks: 2, average: 85 });
    expect(shown?.inspections.map((one) => [one.score, one.voided?.reason ?? null])).toEqual([
      [9, null],
      [8, null],
      [10, '记到别的路段上了'],
    ]);
    expect(shown?.inspections[2]?.voided).toMatchObject({ by: v.supervisor.name, on: TEST_DAY });
  });

  test('by two at once is one', async () => {
    const both = await Promise.all([voids(), voids(checks[0], v.supervisor)]);
    expect(both.map(refusalOf).sort()).toEqual(['PLACE_CHECK_VOIDED', null]);
  });

  test('of another village’s is answered as of nothing', async () => {
    const other = await aListedVillage(owner);
    const theirs = async (checkId: string | undefined) =>
      other.run(voidPlaceCheck, await other.actorOf(other.secretary), { checkId, reason: '别村的' });
    expect(refusalOf(await theirs(checks[0]))).toBe('NOT_FOUND');
    expect(await theirs(checks[0])).toEqual(await theirs(newId()));
  });

  test('is written once, by the office alone, whoever owns the tables', async () => {
    const insert = (by: string, checkId = checks[0], reason = '记错') =>
      owner.query(
        `insert into place_check_void (village_id, id, check_id, reason, voided_by_id, voided_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [v.id, newId(), checkId, reason, by, TEST_NOW],
      );
    await expect(insert(v.verifier.id)).rejects.toThrow(/PLACE_CHECK_OWN/);
    await expect(insert(v.household(0).head.personId)).rejects.toThrow(/NOT_ALLOWED/);
    await expect(insert(v.secretary.id, newId())).rejects.toThrow(/NOT_FOUND/);
    await expect(insert(v.secretary.id, checks[0], ' ')).rejects.toThrow(/place_check_void_why/);
    await voids();
    for (const sql of [`update place_check_void set reason = '好了'`, 'delete from place_check_void']) {
      await expect(owner.query(sql)).rejects.toThrow(/append-only/);
    }
    await expect(prisma.$executeRaw`delete from place_check_void`).rejects.toThrow(/permission denied/);
    await expect(prisma.$executeRaw`update place_check_void set reason = ''`).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('a list that rests on it', () => {
  test('in preparation follows it, and is not checked any more where another place comes before it', async () => {
    const good = place;
    await aPlace('老井路', [9, 8]);
    place = good;
    const draft = await v.drafted(REDS);
    await voids(checks[1]);
    expect(await rowOf(draft), 'its place is the same').toMatchObject({ points: 95 });
    expect(refusalOf(await v.check(draft))).toBe(null);
    const [third] = await inspect(place, [1], v.steward);
    await voids(checks[0], v.steward);
    expect(await rowOf(draft), 'one inspection of its moment is too few').toMatchObject({
      goneWhy: 'VOIDED',
    });
    expect(refusalOf(await v.publish(draft))).toBe('LIST_STALE');
    await v.withdraw(draft);
    await voids(third);
    const again = await v.drafted(REDS);
    expect(await prisma.listRow.count({ where: { listId: again } })).toBe(1);
    expect(refusalOf(await v.check(again))).toBe(null);
  });

  test('in public counts without it, and loses the place that is not good enough without it', async () => {
    const listId = await v.published(REDS);
    const document = newId();
    await owner.query(
      `insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, made_at)
       values ($1, $2, $3, 'PNG', 1, $4, 10, 'image/png', '2026-11-24')`,
      [v.id, document, listId, 'b'.repeat(64)],
    );
    await voids();
    expect(await rowOf(listId)).toEqual({ state: 'STANDING', goneWhy: null, points: 85 });
    expect(
      (await prisma.listDocument.findFirstOrThrow({ where: { id: document } })).retiredAt,
      'what was printed of it says something else',
    ).not.toBe(null);
    await voids(checks[2]);
    expect(await rowOf(listId)).toMatchObject({ state: 'GONE', goneWhy: 'VOIDED' });
    expect((await findListFacts(prisma, v.id, listId, TEST_NOW))?.rows).toEqual([]);
  });

  test('of places to be mended loses the one that is not bad enough without it', async () => {
    const bad = await aPlace('后山路', [2]);
    await inspect(place, [5, 8], v.steward);
    const listId = await v.published(BLACKS);
    expect(await rowOf(listId)).toMatchObject({ state: 'STANDING', points: 50 });
    await voids(bad[0]);
    expect(await rowOf(listId)).toMatchObject({ state: 'GONE', goneWhy: 'VOIDED' });
  });

  test('drawn from before it was recorded does not change with it, nor does one that has ended', async () => {
    const ended = await v.published(REDS);
    await v.withdraw(ended);
    const listId = await v.published(REDS);
    await behindTheScenes(owner, 'update place_check set recorded_at = $2 where id = $1', [
      checks[1],
      '2026-11-24T05:00:00Z',
    ]);
    await behindTheScenes(owner, 'update list_row set points = 95 where list_id = $1', [listId]);
    await voids(checks[1], v.secretary, { now: new Date('2026-11-24T06:00:00Z') });
    expect(await rowOf(listId)).toEqual({ state: 'STANDING', goneWhy: null, points: 95 });
    await voids(checks[0], v.secretary, { now: new Date('2026-11-24T06:00:00Z') });
    expect(await rowOf(listId)).toMatchObject({ state: 'GONE' });
    expect(await rowOf(ended)).toEqual({ state: 'STANDING', goneWhy: null, points: 90 });
  });
});
