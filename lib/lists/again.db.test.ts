import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { refusalOf } from '@/lib/testing/working-village';
import { advanceLists } from './advance';
import { findDeskList } from './desk/reads';
import { addPlace, recordPlaceCheck } from './place/commands';
import { aListedVillage, BLACK, type ListedVillage, RED } from './testing/listed-village';

// A list that is drafted again: it brings back nothing that an objection held up or took off, nothing that has had its
// days, no household of minors, and no praise whose points were taken back.

const { prisma, owner } = await testDb();
const onDay = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`);
const at = (day: string) => ({ now: onDay(day) });

let v: ListedVillage;

const rowOf = (listId: string, household: number) =>
  prisma.listRow.findFirstOrThrow({ where: { listId, householdId: v.household(household).id } });
const listed = async (listId: string) =>
  (await prisma.listRow.findMany({ where: { listId }, orderBy: { rank: 'asc' } })).map(
    (row) => row.householdId,
  );

async function object(row: string, household = 0): Promise<string> {
  const id = newId();
  await owner.query(
    `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body, opened_at, due_on)
     values ($1, $2, '', 'LIST_ROW', $3, $4, $5, 'SELF', '不对', '2026-11-24T03:00:00Z', '2026-12-01')`,
    [v.id, id, row, v.household(household).id, v.household(household).head.personId],
  );
  return id;
}
const decide = (id: string, upheld: boolean) =>
  owner.query(
    `select objection_decide($1, $2, p.person_id, $3, '查过了', gen_random_uuid(), '2026-11-25T03:00:00Z')
     from (select * from objection_deciders($1, $2, '2026-11-25T03:00:00Z') limit 1) p`,
    [v.id, id, upheld],
  );
const faults = async (period = '2026Q4', when = onDay('2026-11-26')) =>
  (
    await prisma.$queryRaw<{ fault: string | null }[]>`
      select fault from list_grounds(${v.id}::uuid, ${period}, ${when}) order by household_id, deduction_id`
  ).map(({ fault }) => fault);

describe('an objection to a row', () => {
  let first: string;
  beforeEach(async () => {
    v = await aListedVillage(owner);
    await v.deduct(0);
    first = await v.published(BLACK);
  });

  test('that is open holds up its household on the list drafted after it, by hand too', async () => {
    await object((await rowOf(first, 0)).id);
    expect(refusalOf(await v.withdraw(first))).toBe(null);
    expect(await faults()).toEqual(['LIST_OBJECTION_OPEN']);
    expect(refusalOf(await v.draft(BLACK, at('2026-11-26')))).toBe('LIST_EMPTY');
    await v.deduct(1);
    const second = await v.published(BLACK, at('2026-11-26'));
    expect(await listed(second)).toEqual([v.household(1).id]);
    const seen = async (id: string) => (await findDeskList(prisma, v.id, id, onDay('2026-11-26')))?.replaces;
    expect([await seen(first), (await seen(second))?.id], 'the office is told which one it replaces').toEqual(
      [null, first],
    );
    await expect(
      owner.query(
        `insert into list_row (village_id, id, list_id, rank, household_id, points) values ($1, gen_random_uuid(), $2, 1, $3, 5)`,
        [v.id, second, v.household(0).id],
      ),
    ).rejects.toThrow();
  });

  test('that was rejected holds up nothing, that was upheld holds for ever', async () => {
    // whoever rejects one doesn't hear the household on it again
    await anAppointment((await aPerson('监督乙')).id, 'SUPERVISOR', { villageId: v.id });
    const id = await object((await rowOf(first, 0)).id);
    expect(refusalOf(await v.withdraw(first))).toBe(null);
    await decide(id, false);
    const second = await v.published(BLACK, at('2026-11-26'));
    expect(await listed(second)).toEqual([v.household(0).id]);
    await decide(await object((await rowOf(second, 0)).id), true);
    expect(await rowOf(second, 0)).toMatchObject({ state: 'GONE', goneWhy: 'UPHELD' });
    expect(refusalOf(await v.withdraw(second, '重新核', v.secretary, at('2026-11-27')))).toBe(null);
    expect(await faults('2026Q4', onDay('2026-11-27'))).toEqual(['LIST_ROW_UPHELD']);
    expect(refusalOf(await v.draft(BLACK, at('2026-11-27')))).toBe('LIST_EMPTY');
  });
});

describe('the days of a black list', () => {
  beforeEach(async () => {
    v = await aListedVillage(owner, { settings: { blackDays: 30 } });
    await v.deduct(0);
  });
  const end = async (listId: string) =>
    (await prisma.villageList.findFirstOrThrow({ where: { id: listId } })).expiresOn
      ?.toISOString()
      .slice(0, 10);

  test('are had once: what stood on it until its end bears no row again, something new does', async () => {
    const first = await v.published(BLACK);
    await advanceLists(prisma, onDay('2026-12-02'), v.id);
    expect(await end(first)).toBe('2026-12-31');
    expect(await advanceLists(prisma, onDay('2027-01-01'), v.id)).toMatchObject({ expired: 1 });
    expect(await faults('2026Q4', onDay('2027-01-02'))).toEqual(['LIST_HAD_ITS_DAYS']);
    expect(refusalOf(await v.draft(BLACK, at('2027-01-02')))).toBe('LIST_EMPTY');
    await v.deduct(0, { code: 'PUBLIC_CLEAN-04' });
    const second = await v.drafted(BLACK, at('2027-01-02'));
    expect(await prisma.listGround.count({ where: { row: { listId: second } } })).toBe(1);
  });

  test('that a withdrawn list showed come off those of the next one', async () => {
    const first = await v.published(BLACK);
    expect(refusalOf(await v.withdraw(first, '名单有误', v.secretary, at('2026-12-14')))).toBe(null);
    const second = await v.published(BLACK, at('2026-12-15'));
    await advanceLists(prisma, onDay('2026-12-23'), v.id);
    // thirty, less the twenty that were shown
    expect(await end(second)).toBe('2027-01-01');
    await expect(
      owner.query(`update village_list set expires_on = '2027-01-21' where id = $1`, [second]),
    ).rejects.toThrow();
    expect(refusalOf(await v.withdraw(second, '名单有误', v.secretary, at('2026-12-26')))).toBe(null);
    expect(await faults('2026Q4', onDay('2026-12-27'))).toEqual(['LIST_HAD_ITS_DAYS']);
  });

  test('are one at least for each time it was put up, or a day could be had for ever', async () => {
    for (let turn = 0; turn < 3; turn++) {
      const listId = await v.published(BLACK);
      expect(refusalOf(await v.withdraw(listId))).toBe(null);
    }
    const daysUp = async (listId: string) =>
      (await owner.query('select list_days_up($1, $2) as days', [v.id, listId])).rows[0].days;
    expect(await daysUp(await v.drafted(BLACK))).toBe(27);
  });
});

describe('a household of minors', () => {
  const makeHeadYoung = () =>
    owner.query(`update resident set birth_year = 2010 where village_id = $1 and id = $2`, [
      v.id,
      v.household(0).head.id,
    ]);
  beforeEach(async () => {
    v = await aListedVillage(owner);
    await v.deduct(0);
    await v.deduct(1);
  });

  test('is on no black list that is drafted', async () => {
    await makeHeadYoung();
    expect(await faults()).toContain('LIST_MINOR');
    expect(await listed(await v.drafted(BLACK))).toEqual([v.household(1).id]);
  });

  test('comes off one that is public, whichever way it came to be one', async () => {
    const listId = await v.published(BLACK);
    await makeHeadYoung();
    expect(await rowOf(listId, 0)).toMatchObject({ state: 'GONE', goneWhy: 'EXEMPT' });
    await owner.query(`update resident set left_on = '2026-11-24' where id = $1`, [v.household(1).head.id]);
    expect(await rowOf(listId, 1)).toMatchObject({ state: 'STANDING' });
    await owner.query(
      `insert into resident (village_id, id, household_id, name, relation, birth_year)
       values ($1, gen_random_uuid(), $2, '小当家', 'HEAD', 2011)`,
      [v.id, v.household(1).id],
    );
    expect(await rowOf(listId, 1)).toMatchObject({ state: 'GONE', goneWhy: 'EXEMPT' });
  });
});

describe('points of a red list that are taken back', () => {
  /** Household i gets `points[i]` honour, by deeds that were verified. */
  async function award(points: number[]): Promise<void> {
    for (const [index, wanted] of points.entries())
      for (let left = wanted; left > 0; left -= 5) {
        const deedId = await v.submitted(index, left >= 5 ? 'SAFETY-01' : 'CIVIC-03', {
          residentId: v.household(index).residents[left > 10 ? 1 : 0]?.id,
        });
        const result = await v.approve(deedId);
        if (!result.ok) throw new Error(result.refusal.code);
      }
  }
  const takeBack = (household: number, most: number) =>
    owner.query(
      `select ledger_reverse($1, p.id, gen_random_uuid(), 0::smallint, '查实是记错的', null, gen_random_uuid(), '2026-11-26')
       from (select id from posting where village_id = $1 and household_id = $2 and kind = 'AWARD' order by id limit $3) p`,
      [v.id, v.household(household).id, most],
    );

  test('lower the row; with less than anyone on it, it is gone', async () => {
    v = await aListedVillage(owner, { settings: { redTop: 2 } });
    await award([15, 10, 5]);
    const listId = await v.published(RED);
    expect(await listed(listId)).toEqual([v.household(0).id, v.household(1).id]);
    await takeBack(0, 1);
    expect(await rowOf(listId, 0)).toMatchObject({ state: 'STANDING', points: 10 });
    await takeBack(1, 1);
    expect(await rowOf(listId, 1)).toMatchObject({ state: 'GONE', goneWhy: 'REVERSED' });
    await expect(
      owner.query(
        "update list_row set state = 'STANDING', gone_why = null, gone_at = null where list_id = $1",
        [listId],
      ),
    ).rejects.toThrow();
  });

  test('of a list that is not public yet make it one to draft again', async () => {
    v = await aListedVillage(owner, { settings: { redTop: 2 } });
    await award([15, 10, 5]);
    const listId = await v.drafted(RED);
    await takeBack(0, 1);
    expect(refusalOf(await v.check(listId, v.supervisor, at('2026-11-26')))).toBe('LIST_STALE');
  });

  describe('and an objection to an own row', () => {
    let first: string;
    beforeEach(async () => {
      v = await aListedVillage(owner, { settings: { redTop: 2 } });
      await award([15, 10]);
      first = await v.published(RED);
    });

    test('that was upheld leaves its household out for the quarter, until the award is taken back', async () => {
      await decide(await object((await rowOf(first, 0)).id), true);
      expect(await rowOf(first, 0)).toMatchObject({ state: 'GONE', goneWhy: 'UPHELD' });
      expect(refusalOf(await v.withdraw(first))).toBe(null);
      const second = await v.drafted(RED, at('2026-11-26'));
      expect(await listed(second)).toEqual([v.household(1).id]);
      await expect(
        owner.query(
          `insert into list_row (village_id, id, list_id, rank, household_id, points) values ($1, gen_random_uuid(), $2, 1, $3, 15)`,
          [v.id, second, v.household(0).id],
        ),
      ).rejects.toThrow();
      expect(refusalOf(await v.withdraw(second))).toBe(null);
      await takeBack(0, 1);
      const third = await v.published(RED, at('2026-11-27'));
      expect(await listed(third)).toEqual([v.household(0).id, v.household(1).id]);
      expect(await rowOf(third, 0)).toMatchObject({ state: 'STANDING', points: 10 });
    });

    test('that is open goes with it: the row waits on the next list too, and its household is told', async () => {
      const id = await object((await rowOf(first, 0)).id);
      expect(refusalOf(await v.withdraw(first))).toBe(null);
      const second = await v.drafted(RED, at('2026-11-24'));
      expect(await rowOf(second, 0)).toMatchObject({ state: 'SUSPENDED' });
      expect(refusalOf(await v.check(second, v.supervisor, at('2026-11-24')))).toBe(null);
      expect(refusalOf(await v.publish(second, at('2026-11-24')))).toBe(null);
      expect(await rowOf(second, 0)).toMatchObject({ state: 'SUSPENDED' });
      const told = await prisma.message.findMany({
        where: {
          villageId: v.id,
          personId: v.household(0).head.personId,
          body: { contains: '先不公布您家这一行' },
        },
      });
      expect(told).toHaveLength(1);
      await decide(id, false);
      expect(await rowOf(second, 0)).toMatchObject({ state: 'STANDING' });
    });

    test('that is upheld after the next list was drafted takes the row off that one', async () => {
      const id = await object((await rowOf(first, 0)).id);
      expect(refusalOf(await v.withdraw(first))).toBe(null);
      const second = await v.published(RED);
      await decide(id, true);
      expect(await rowOf(second, 0)).toMatchObject({ state: 'GONE', goneWhy: 'UPHELD' });
      expect(await rowOf(second, 1)).toMatchObject({ state: 'STANDING' });
    });
  });
});

describe('an objection to the row of a place', () => {
  const PLACES = { ...BLACK, subject: 'PLACE' };
  let first: string;
  beforeEach(async () => {
    v = await aListedVillage(owner);
    for (const [name, scores] of [
      ['桥头路', [1, 2]],
      ['老井路', [3, 4]],
    ] as const) {
      const placeId = newId();
      await v.run(
        addPlace,
        await v.actorOf(v.secretary),
        { kind: 'ROAD', name, keeper: '一组' },
        { id: placeId },
      );
      for (const [turn, score] of scores.entries()) {
        const by = await v.actorOf(turn ? v.steward : v.verifier);
        await v.run(recordPlaceCheck, by, { placeId, score, checkedOn: '2026-11-24' });
      }
    }
    first = await v.published(PLACES);
  });
  const worst = async (listId: string) =>
    prisma.listRow.findFirst({
      where: { listId, place: { name: '桥头路' } },
      select: { id: true, state: true },
    });

  test.each([
    ['open', null],
    ['upheld', true],
  ])('that is %s leaves the place out of the next black list', async (_, outcome) => {
    const id = await object((await worst(first))?.id ?? '');
    if (outcome !== null) await decide(id, outcome);
    expect(refusalOf(await v.withdraw(first))).toBe(null);
    const second = await v.published(PLACES, at('2026-11-26'));
    expect(await worst(second)).toBe(null);
    expect(await prisma.listRow.count({ where: { listId: second } })).toBe(1);
  });

  test('that was rejected leaves it on', async () => {
    await decide(await object((await worst(first))?.id ?? ''), false);
    expect(refusalOf(await v.withdraw(first))).toBe(null);
    expect(await worst(await v.published(PLACES, at('2026-11-26')))).toMatchObject({ state: 'STANDING' });
  });
});
