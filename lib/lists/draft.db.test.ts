import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aSecondRole } from '@/lib/testing/red-list';
import { refusalOf } from '@/lib/testing/working-village';
import { checkList, draftList } from './commands';
import { findDeskList } from './desk/reads';
import { aListedVillage, behindTheScenes, type ListedVillage, RED } from './testing/listed-village';
import { sayState } from './types';

// What a list is made of, who makes it, and that nothing can be added to it.

const { prisma, owner } = await testDb();
const later = (days: number, hours = 0) =>
  new Date(TEST_NOW.getTime() + days * 86_400_000 + hours * 3_600_000);

/** Household i gets `points[i]` honour, by deeds that were verified. */
async function award(v: ListedVillage, points: number[]): Promise<void> {
  for (const [index, wanted] of points.entries()) {
    for (let left = wanted; left > 0; left -= 5) {
      const deedId = await v.submitted(index, left >= 5 ? 'SAFETY-01' : 'CIVIC-03', {
        residentId: v.household(index).residents[left > 10 ? 1 : 0]?.id,
      });
      const result = await v.approve(deedId);
      if (!result.ok) throw new Error(result.refusal.code);
    }
  }
}

const rowsOf = async (listId: string) =>
  (await prisma.listRow.findMany({ where: { listId }, orderBy: [{ rank: 'asc' }, { points: 'desc' }] })).map(
    ({ rank, points, householdId }) => ({ rank, points, householdId }),
  );

describe('a red list is what the ledger gives', () => {
  test('the first so many, ties included, and nobody with nothing', async () => {
    const v = await aListedVillage(owner);
    await award(v, [15, 10, 5, 5]);
    const listId = await v.drafted();
    expect((await rowsOf(listId)).map((row) => [row.rank, row.points])).toEqual([
      [1, 15],
      [2, 10],
      [3, 5],
      [3, 5],
    ]);
    const list = await prisma.villageList.findFirstOrThrow({ where: { id: listId } });
    expect(list).toMatchObject({
      state: 'DRAFT',
      top: 3,
      threshold: null,
      audience: 'EVERYONE',
      asOf: TEST_NOW,
    });
  });

  test('and whoever reached the threshold: on, below and above it', async () => {
    const v = await aListedVillage(owner, { settings: { redTop: null, redThreshold: 10 } });
    await award(v, [15, 10, 5]);
    expect((await rowsOf(await v.drafted())).map((row) => row.points)).toEqual([15, 10]);
  });

  test('as it stood at its moment: what was posted later is not in it', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const listId = await v.drafted(RED, { now: new Date(TEST_NOW.getTime() + 1000) });
    await v.approve(await v.submitted(1, 'SAFETY-01'), v.verifier, { now: later(0, 1) });
    expect(await rowsOf(listId)).toHaveLength(1);
    expect(refusalOf(await v.check(listId, v.supervisor, { now: later(0, 2) }))).toBe(null);
  });

  test('of persons leaves out who may be under 14', async () => {
    const v = await aListedVillage(owner, { settings: { redTop: 50 } });
    const child = v.household(0).residents[2];
    await v.approve(await v.submitted(0, 'CIVIC-03', { residentId: child?.id }));
    await v.approve(await v.submitted(1, 'CIVIC-03'));
    const listId = await v.drafted({ ...RED, subject: 'RESIDENT' });
    const rows = await prisma.listRow.findMany({ where: { listId } });
    expect(rows.map((row) => row.residentId)).toEqual([v.household(1).head.id]);
  });

  test('with nothing in the ledger there is no list', async () => {
    const v = await aListedVillage(owner);
    expect(refusalOf(await v.draft())).toBe('LIST_EMPTY');
    expect(await prisma.villageList.count({ where: { villageId: v.id } })).toBe(0);
  });

  test('not of a quarter that has not begun, nor of one without a rulebook', async () => {
    const v = await aListedVillage(owner);
    expect(refusalOf(await v.draft({ ...RED, period: '2027Q1' }))).toBe('LIST_PERIOD_AHEAD');
    expect(refusalOf(await v.draft({ ...RED, period: '2025Q4' }))).toBe('LIST_NO_RULEBOOK');
    expect(refusalOf(await v.draft({ ...RED, period: '2026Q5' }))).toBe('BAD_INPUT');
  });

  test('one in preparation for a kind and period; the same id twice is one', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const id = newId();
    const first = await v.draft(RED, { id });
    expect(await v.draft(RED, { id })).toEqual({ ...first, repeated: true });
    expect(refusalOf(await v.draft())).toBe('LIST_EXISTS');
    const both = await Promise.all([
      v.draft({ ...RED, subject: 'RESIDENT' }),
      v.draft({ ...RED, subject: 'RESIDENT' }),
    ]);
    expect(both.map(refusalOf).sort()).toEqual(['LIST_EXISTS', null]);
  });
});

describe('nothing is added by hand', () => {
  test('the program has no right to write rows, lists or grounds', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const listId = await v.drafted();
    const denied = /permission denied/;
    await expect(
      prisma.$executeRaw`insert into list_row (village_id, id, list_id, rank, household_id, points)
        values (${v.id}::uuid, ${newId()}::uuid, ${listId}::uuid, 2, ${v.household(3).id}::uuid, 9)`,
    ).rejects.toThrow(denied);
    await expect(
      prisma.$executeRaw`update list_row set points = 99 where list_id = ${listId}::uuid`,
    ).rejects.toThrow(denied);
    await expect(
      prisma.$executeRaw`update village_list set state = 'FINAL' where id = ${listId}::uuid`,
    ).rejects.toThrow(denied);
    await expect(prisma.$executeRaw`delete from village_list where id = ${listId}::uuid`).rejects.toThrow(
      denied,
    );
  });

  test('nor can the owner add a row, change one, or take one off', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const listId = await v.drafted();
    const row = `insert into list_row (village_id, id, list_id, rank, household_id, points) values ($1, $2, $3, $4, $5, $6)`;
    const kept = /the ledger gives/;
    await expect(owner.query(row, [v.id, newId(), listId, 2, v.household(3).id, 3])).rejects.toThrow(kept);
    await expect(
      owner.query('update list_row set points = 50 where list_id = $1', [listId]),
    ).rejects.toThrow();
    await expect(
      owner.query("update list_row set state = 'SUSPENDED' where list_id = $1", [listId]),
    ).rejects.toThrow(/what the facts make it/);
    await expect(
      owner.query(
        "update list_row set state = 'GONE', gone_why = 'UPHELD', gone_at = now() where list_id = $1",
        [listId],
      ),
    ).rejects.toThrow(/what the facts make it/);
    await expect(owner.query('delete from list_row where list_id = $1', [listId])).rejects.toThrow();
    await expect(owner.query('truncate list_row cascade')).rejects.toThrow();
    await expect(owner.query('delete from village_list where id = $1', [listId])).rejects.toThrow();
  });

  test('a list that was tampered with where no trigger looks is neither checked nor published', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const listId = await v.drafted();
    await behindTheScenes(
      owner,
      'insert into list_row (village_id, id, list_id, rank, household_id, points) values ($1, $2, $3, 2, $4, 3)',
      [v.id, newId(), listId, v.household(3).id],
    );
    expect(refusalOf(await v.check(listId))).toBe('LIST_STALE');
    const other = await v.drafted({ ...RED, subject: 'RESIDENT' });
    expect(refusalOf(await v.check(other))).toBe(null);
    await behindTheScenes(owner, 'update list_row set points = 99 where list_id = $1', [other]);
    expect(refusalOf(await v.publish(other))).toBe('LIST_STALE');
  });

  test('a list by another rule than the rulebook’s is refused, and so is one without rows', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5, 5]);
    const list = (top: number | null) => [v.id, newId(), v.secretary.id, top];
    const sql = `insert into village_list (village_id, id, kind, subject, period, version_id, as_of, top, threshold, audience, drafted_by_id, drafted_at)
      select $1, $2, 'RED', 'HOUSEHOLD', '2026Q4', v.id, '2026-11-24T02:00:00Z', $4::integer, null, 'EVERYONE', $3, '2026-11-24T02:00:00Z'
      from rulebook_version v where v.village_id = $1`;
    await expect(owner.query(sql, list(100))).rejects.toThrow(/by the rule of its rulebook/);
    await expect(owner.query(sql, list(3))).rejects.toThrow(/LIST_EMPTY/);
  });
});

describe('two people', () => {
  test('the drafter does not check, even when he is a supervisor too', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const listId = await v.drafted();
    await aSecondRole(owner, v.secretary.id, 'SUPERVISOR', v.id);
    const both = await (await import('@/lib/testing/builders')).actorFor(v.secretary.id);
    expect(refusalOf(await v.run(checkList, both, { listId }))).toBe('LIST_SAME_PERSON');
    await expect(
      owner.query(
        "update village_list set state = 'CHECKED', checked_by_id = $2, checked_at = '2026-11-24T03:00:00Z' where id = $1",
        [listId, v.secretary.id],
      ),
    ).rejects.toThrow(/LIST_SAME_PERSON/);
    expect(refusalOf(await v.check(listId))).toBe(null);
  });

  test('only a secretary drafts and publishes, only a supervisor checks', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    for (const other of [v.verifier, v.steward, v.supervisor]) {
      expect(refusalOf(await v.run(draftList, await v.actorOf(other), RED))).toBe('NOT_ALLOWED');
    }
    const listId = await v.drafted();
    for (const other of [v.verifier, v.steward, v.secretary]) {
      expect(refusalOf(await v.run(checkList, await v.actorOf(other), { listId }))).toBe('NOT_ALLOWED');
    }
    await expect(
      owner.query(
        "update village_list set state = 'CHECKED', checked_by_id = $2, checked_at = '2026-11-24T03:00:00Z' where id = $1",
        [listId, v.verifier.id],
      ),
    ).rejects.toThrow(/NOT_ALLOWED/);
    expect(refusalOf(await v.publish(listId))).toBe('LIST_MOVED_ON');
    await v.check(listId);
    expect(
      refusalOf(
        await v.run((await import('./commands')).publishList, await v.actorOf(v.supervisor), { listId }),
      ),
    ).toBe('NOT_ALLOWED');
    expect(refusalOf(await v.publish(listId))).toBe(null);
  });

  test('a role that ended yesterday no longer checks', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const listId = await v.drafted();
    const former = await aPerson('旧监督');
    await anAppointment(former.id, 'SUPERVISOR', { villageId: v.id }, { until: '2026-11-24' as never });
    expect(refusalOf(await v.run(checkList, await v.actorOf(former), { listId }, { now: later(1) }))).toBe(
      'NOT_ALLOWED',
    );
  });

  test('two at once: one checks, the other hears it', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const listId = await v.drafted();
    const second = await aPerson('监督乙');
    await anAppointment(second.id, 'SUPERVISOR', { villageId: v.id });
    const both = await Promise.all([v.check(listId), v.check(listId, second)]);
    expect(both.map(refusalOf).sort()).toEqual(['LIST_MOVED_ON', null]);
  });

  test('of another village it is not there', async () => {
    const [v, other] = [await aListedVillage(owner), await aListedVillage(owner)];
    await award(v, [5]);
    const listId = await v.drafted();
    const theirs = await other.check(listId);
    expect(refusalOf(theirs)).toBe('NOT_FOUND');
    expect(theirs).toEqual(await other.check(newId()));
    expect(refusalOf(await other.withdraw(listId))).toBe('NOT_FOUND');
  });

  test('ended before the public saw it, it was thrown away; after that, taken back', async () => {
    const v = await aListedVillage(owner);
    await award(v, [5]);
    const said = async (listId: string) => {
      const list = await findDeskList(prisma, v.id, listId, TEST_NOW);
      const step = list?.steps.at(-1);
      return [list ? sayState(list.line) : '', step?.what, step?.note];
    };
    const draft = await v.drafted();
    expect(refusalOf(await v.withdraw(draft, '算早了', v.supervisor))).toBe(null);
    expect(await said(draft)).toEqual(['已作废', '作废', '算早了']);
    const again = await v.check(draft);
    expect(again).toMatchObject({ refusal: { sentence: '这张榜已经作废，不能这样办了。' } });
    const listId = await v.published();
    await v.withdraw(listId, '名单错了');
    expect(await said(listId)).toEqual(['已撤回', '撤回', '名单错了']);
  });
});
