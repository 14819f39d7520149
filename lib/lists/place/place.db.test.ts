import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { decide, object } from '@/lib/testing/objecting';
import { refusalOf } from '@/lib/testing/working-village';
import { advanceLists } from '../advance';
import { findListFacts } from '../facts/reads';
import { aListedVillage, BLACK, behindTheScenes, type ListedVillage, RED } from '../testing/listed-village';
import { addPlace, closePlace, recordPlaceCheck } from './commands';
import { listPlaces } from './reads';

const { prisma, owner } = await testDb();

async function aPlace(v: ListedVillage, name: string): Promise<string> {
  const result = await v.run(addPlace, await v.actorOf(v.secretary), { kind: 'ROAD', name, keeper: '一组' });
  if (!result.ok) throw new Error(result.refusal.code);
  return String(result.outcome.subject);
}
const inspect = async (
  v: ListedVillage,
  placeId: string,
  score: number,
  checkedOn: string = TEST_DAY,
  by = v.verifier,
) => v.run(recordPlaceCheck, await v.actorOf(by), { placeId, score, checkedOn });

async function addNamed(v: ListedVillage, name: string, keeper = '一组') {
  return refusalOf(await v.run(addPlace, await v.actorOf(v.secretary), { kind: 'OTHER', name, keeper }));
}

async function rowsOf(v: ListedVillage, listId: string) {
  return (await findListFacts(prisma, v.id, listId, new Date('2026-11-24T02:00:00Z')))?.rows.map((row) => [
    row.rank,
    row.name,
    row.points,
  ]);
}

describe('a list of places', () => {
  test('names the best from 8.0 on, of two inspections at least; under 6.0 those that two people found bad', async () => {
    const v = await aListedVillage(owner);
    const scores: [string, number[]][] = [
      ['桥头路', [9, 10]],
      ['老井路', [8, 8]],
      ['学校路', [8, 7]],
      ['河边路', [6, 6]],
      ['后山路', [5, 5, 7]],
      ['一个人看的', [1, 1]],
      ['只看过一次', [10]],
      ['没看过', []],
    ];
    for (const [name, each] of scores) {
      const id = await aPlace(v, name);
      const alone = name === '一个人看的';
      for (const [turn, score] of each.entries())
        await inspect(v, id, score, TEST_DAY, turn % 2 && !alone ? v.steward : v.verifier);
    }
    const red = await v.drafted({ ...RED, subject: 'PLACE' });
    await v.check(red);
    expect(await rowsOf(v, red)).toEqual([
      [1, '桥头路', 9.5],
      [2, '老井路', 8],
    ]);
    const black = await v.drafted({ ...BLACK, subject: 'PLACE' });
    await v.check(black);
    expect(await rowsOf(v, black)).toEqual([[1, '后山路', 5.7]]);
  });

  test('needs two people and publicity like the others', async () => {
    const v = await aListedVillage(owner);
    const id = await aPlace(v, '桥头路');
    await inspect(v, id, 9);
    await inspect(v, id, 9);
    const listId = await v.drafted({ ...RED, subject: 'PLACE' });
    expect(refusalOf(await v.publish(listId))).toBe('LIST_MOVED_ON');
    expect(refusalOf(await v.check(listId))).toBe(null);
    expect(refusalOf(await v.publish(listId))).toBe(null);
  });
});

describe('an inspection', () => {
  test('has a score of 0 to 10, on a day that has come, of a place that is open, by the office', async () => {
    const v = await aListedVillage(owner);
    const id = await aPlace(v, '桥头路');
    expect(refusalOf(await inspect(v, id, 11))).toBe('BAD_INPUT');
    expect(refusalOf(await inspect(v, id, 9, '2026-11-25'))).toBe('DAY_IN_FUTURE');
    expect(refusalOf(await inspect(v, id, 9, TEST_DAY, v.supervisor))).toBe('NOT_ALLOWED');
    expect(refusalOf(await inspect(v, newId(), 9))).toBe('NOT_FOUND');
    for (const by of [v.verifier, v.steward, v.secretary])
      expect(refusalOf(await inspect(v, id, 9, TEST_DAY, by))).toBe(null);
    expect(refusalOf(await v.run(closePlace, await v.actorOf(v.secretary), { placeId: id }))).toBe(null);
    expect(refusalOf(await inspect(v, id, 9))).toBe('PLACE_CLOSED');
    expect(refusalOf(await v.run(closePlace, await v.actorOf(v.secretary), { placeId: id }))).toBe(
      'PLACE_CLOSED',
    );
    const [place] = await listPlaces(prisma, v.id, TEST_DAY);
    expect(place).toMatchObject({ name: '桥头路', checks: 3, average: 90, closedOn: TEST_DAY });
  });

  test('stays as it was recorded', async () => {
    const v = await aListedVillage(owner);
    const id = await aPlace(v, '桥头路');
    await inspect(v, id, 3);
    await expect(owner.query('update place_check set score = 10 where place_id = $1', [id])).rejects.toThrow(
      /append-only/,
    );
    await expect(owner.query('delete from place_check where place_id = $1', [id])).rejects.toThrow(
      /append-only/,
    );
    await expect(
      prisma.$executeRaw`update place_check set score = 10 where place_id = ${id}::uuid`,
    ).rejects.toThrow(/permission denied/);
    await expect(
      owner.query(
        `insert into place_check (village_id, id, place_id, checked_on, score, checked_by_id, recorded_at) values ($1, $2, $3, '2026-11-24', 10, $4, '2026-11-24T02:00:00Z')`,
        [v.id, newId(), id, v.supervisor.id],
      ),
    ).rejects.toThrow(/NOT_ALLOWED/);
  });

  test('a name is used once in a village, and another village’s place is not there', async () => {
    const [v, other] = [await aListedVillage(owner), await aListedVillage(owner)];
    const id = await aPlace(v, '桥头路');
    expect(
      refusalOf(await v.run(addPlace, await v.actorOf(v.secretary), { kind: 'RIVER', name: '桥头路' })),
    ).toBe('PLACE_EXISTS');
    expect(refusalOf(await inspect(other, id, 9))).toBe('NOT_FOUND');
    expect(
      refusalOf(await other.run(closePlace, await other.actorOf(other.secretary), { placeId: id })),
    ).toBe('NOT_FOUND');
  });
});

describe('a place is no household', () => {
  test.each([
    ['王家湾到老井', '一组'],
    ['老井路', '党员责任区'],
    ['村委会门前', '公益性岗位'],
    ['3号桥', '3号网格'],
    ['二组晒坝', ''],
    ['12号路口', '河长制小组'],
  ])('%s, looked after by %s, is registered', async (name, keeper) => {
    expect(await addNamed(await aListedVillage(owner), name, keeper)).toBe(null);
  });

  test.each([
    ['陈建国家旁边', '一组'],
    ['后山路', '陈 建国'],
    ['后山路', '党员陈建国'],
    ['王家门口', '一组'],
    ['老李家的门前', '一组'],
    ['01-001 旁边', '一组'],
    ['后山路', '０１－００１'],
    ['一组1号', '一组'],
    ['1号院坝', '一组'],
    ['门牌1号前面', '一组'],
  ])('%s, looked after by %s, is refused, by hand too', async (name, keeper) => {
    const v = await aListedVillage(owner);
    expect(await addNamed(v, name, keeper)).toBe('PLACE_OF_HOUSEHOLD');
    const id = await aPlace(v, '桥头路');
    await expect(
      owner.query('update place set name = $2, keeper = $3 where id = $1', [id, name, keeper]),
    ).rejects.toThrow(/PLACE_OF_HOUSEHOLD/);
  });

  test('one of before that is one is not checked onto a black list', async () => {
    const v = await aListedVillage(owner);
    const id = await aPlace(v, '桥头路');
    await inspect(v, id, 1, TEST_DAY, v.steward);
    await inspect(v, id, 1);
    await behindTheScenes(owner, "update place set name = '陈建国家' where id = $1", [id]);
    const listId = await v.drafted({ ...BLACK, subject: 'PLACE' });
    expect(refusalOf(await v.check(listId))).toBe('LIST_PLACE_OF_HOUSEHOLD');
  });
});

describe('a black list of places', () => {
  test('is not what its drafter alone has seen', async () => {
    const v = await aListedVillage(owner);
    const id = await aPlace(v, '桥头路');
    const what = { ...BLACK, subject: 'PLACE' };
    for (const score of [0, 1]) await inspect(v, id, score, TEST_DAY, v.secretary);
    expect(refusalOf(await v.draft(what))).toBe('LIST_EMPTY');
    await inspect(v, id, 6);
    expect(refusalOf(await v.draft(what)), 'another one found it in order').toBe('LIST_EMPTY');
    await inspect(v, id, 5, TEST_DAY, v.steward);
    expect(refusalOf(await v.draft(what))).toBe(null);
  });

  async function listed(v: ListedVillage): Promise<{ listId: string; placeId: string; rowId: string }> {
    const placeId = await aPlace(v, '桥头路');
    await inspect(v, placeId, 1, TEST_DAY, v.steward);
    await inspect(v, placeId, 1);
    await inspect(v, placeId, 7, TEST_DAY, v.secondVerifier);
    const listId = await v.published({ ...BLACK, subject: 'PLACE' });
    const { id: rowId } = await prisma.listRow.findFirstOrThrow({ where: { listId } });
    return { listId, placeId, rowId };
  }

  test('is heard of for each household by who found it in order, and rejected before only for another', async () => {
    const v = await aListedVillage(owner);
    const { rowId } = await listed(v);
    for (const household of [0, 1]) {
      const objection = await object(v, household, 'LIST_ROW', rowId, TEST_NOW);
      expect(await decide(v, objection, v.verifier, TEST_NOW), 'found it bad').toBe('TOOK_PART');
      expect(await decide(v, objection, v.secondVerifier, TEST_NOW)).toBe(null);
    }
  });

  test('that is public loses the row that names a household, as soon as the job looks', async () => {
    const v = await aListedVillage(owner);
    const { listId, placeId } = await listed(v);
    const stateOf = async () => {
      const row = await prisma.listRow.findFirstOrThrow({ where: { listId } });
      return [row.state, row.goneWhy];
    };
    await advanceLists(prisma, TEST_NOW);
    expect(await stateOf()).toEqual(['STANDING', null]);
    await behindTheScenes(owner, "update place set name = '陈建国家' where id = $1", [placeId]);
    await advanceLists(prisma, TEST_NOW);
    expect(await stateOf()).toEqual(['GONE', 'EXEMPT']);
  });
});
