import { beforeEach, describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { refusalOf } from '@/lib/testing/working-village';
import { advanceLists } from './advance';
import { findListInTheWay } from './desk/reads';
import { findListFacts, findShownList } from './facts/reads';
import { listPublished } from './reads';
import { aListedVillage, BLACK, behindTheScenes, type ListedVillage, RED } from './testing/listed-village';

// What happens to a row and a list once they are public: objection, repair, exemption, the end.

const { prisma, owner } = await testDb();
const onDay = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`);

let v: ListedVillage;
let deductionId: string;
let listId: string;

beforeEach(async () => {
  v = await aListedVillage(owner);
  deductionId = await v.deduct(0);
  await v.deduct(1);
  listId = await v.published(BLACK);
});

const rowOf = (household: number) =>
  prisma.listRow.findFirstOrThrow({ where: { listId, householdId: v.household(household).id } });
const shown = async (at = TEST_NOW) =>
  (await findListFacts(prisma, v.id, listId, at))?.rows.map((row) => row.where);

async function aDocument(list = listId): Promise<string> {
  const id = newId();
  await owner.query(
    `insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, made_at)
     values ($1, $2, $3, 'HTML', 1, $4, 10, 'text/html; charset=utf-8', '2026-11-24')`,
    [v.id, id, list, 'a'.repeat(64)],
  );
  return id;
}
const isOut = async (id: string) =>
  (await prisma.listDocument.findFirstOrThrow({ where: { id } })).retiredAt === null;

async function object(kind: string, subject: string, household = 0): Promise<string> {
  const id = newId();
  await owner.query(
    `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body, opened_at, due_on)
     values ($1, $2, '', $3::"ObjectionSubject", $4, $5, $6, 'SELF', '不对', '2026-11-24T03:00:00Z', '2026-12-01')`,
    [v.id, id, kind, subject, v.household(household).id, v.household(household).head.personId],
  );
  return id;
}
// with all that follows from it, by whoever may decide it
const decide = (id: string, state: 'UPHELD' | 'REJECTED') =>
  owner.query(
    `select objection_decide($1, $2, p.person_id, $3, '查过了', gen_random_uuid(), '2026-11-25T03:00:00Z')
     from (select * from objection_deciders($1, $2, '2026-11-25T03:00:00Z') limit 1) p`,
    [v.id, id, state === 'UPHELD'],
  );
const takeBack = (id: string, household = 0) =>
  owner.query(`select objection_withdraw($1, $2, $3, gen_random_uuid(), '2026-11-25T03:00:00Z')`, [
    v.id,
    id,
    v.household(household).head.personId,
  ]);

describe('an objection', () => {
  test('suspends that row alone; rejected it stands again; documents are made anew each time', async () => {
    const first = await aDocument();
    expect(await shown()).toEqual(['1组 01-001', '2组 02-001']);
    const id = await object('LIST_ROW', (await rowOf(0)).id);
    expect(await rowOf(0)).toMatchObject({ state: 'SUSPENDED' });
    expect(await rowOf(1)).toMatchObject({ state: 'STANDING' });
    expect(await shown()).toEqual(['2组 02-001']);
    expect(await isOut(first)).toBe(false);
    await decide(id, 'REJECTED');
    expect(await rowOf(0)).toMatchObject({ state: 'STANDING' });
    expect(await shown()).toHaveLength(2);
  });

  test('withdrawn it stands again; upheld it is gone for good', async () => {
    await takeBack(await object('LIST_ROW', (await rowOf(0)).id));
    expect(await rowOf(0)).toMatchObject({ state: 'STANDING' });
    await decide(await object('LIST_ROW', (await rowOf(0)).id), 'UPHELD');
    expect(await rowOf(0)).toMatchObject({ state: 'GONE', goneWhy: 'UPHELD' });
    await expect(
      owner.query("update list_row set state = 'STANDING', gone_why = null, gone_at = null where id = $1", [
        (await rowOf(0)).id,
      ]),
    ).rejects.toThrow();
    expect(await shown()).toEqual(['2组 02-001']);
  });

  test('against the deduction, or its line in the ledger, suspends the rows that rest on it', async () => {
    // whoever approved the deduction hears neither, and whoever rejects the one doesn't hear the other
    for (const name of ['监督乙', '监督丙'])
      await anAppointment((await aPerson(name)).id, 'SUPERVISOR', { villageId: v.id });
    const one = await object('DEDUCTION', deductionId);
    expect(await rowOf(0)).toMatchObject({ state: 'SUSPENDED' });
    const posting = await prisma.posting.findFirstOrThrow({ where: { source: deductionId } });
    // a line is objected to while its quarter is public
    await behindTheScenes(
      owner,
      `insert into period (village_id, id, code, state, as_of, opened_by_id, public_from, public_until)
       values ($1, $2, '2026Q4', 'PUBLICITY', '2026-11-24', $3, '2026-11-23', '2026-12-31')`,
      [v.id, newId(), v.secretary.id],
    );
    const two = await object('POSTING', posting.id);
    await decide(one, 'REJECTED');
    expect(await rowOf(0), 'one is still open').toMatchObject({ state: 'SUSPENDED' });
    await decide(two, 'UPHELD');
    expect(await rowOf(0)).toMatchObject({ state: 'GONE', goneWhy: 'REVERSED' });
  });

  test('a suspended row cannot be put back by hand', async () => {
    await object('LIST_ROW', (await rowOf(0)).id);
    await expect(
      owner.query("update list_row set state = 'STANDING' where id = $1", [(await rowOf(0)).id]),
    ).rejects.toThrow(/what the facts make it/);
  });

  test('does not hold up the list: it becomes final without the row, which may come back', async () => {
    const id = await object('LIST_ROW', (await rowOf(0)).id);
    expect(await advanceLists(prisma, onDay('2026-12-02'), v.id)).toEqual({ final: 1, expired: 0 });
    expect(await rowOf(0)).toMatchObject({ state: 'SUSPENDED' });
    expect(await shown(onDay('2026-12-02'))).toEqual(['2组 02-001']);
    await decide(id, 'REJECTED');
    expect(await shown(onDay('2026-12-02'))).toHaveLength(2);
  });
});

describe('repair', () => {
  const setState = (state: string, id = deductionId) =>
    behindTheScenes(
      owner,
      `update deduction set state = $2::"DeductionState", ended_at = '2026-11-25T03:00:00Z', end_reason = '查过了' where id = $1`,
      [id, state],
    );
  // the state is another part's to change: here only what follows from it
  const setStateAndSettle = async (state: string, id = deductionId) => {
    await setState(state, id);
    await owner.query("select list_settle($1, $2, '2026-11-25T03:00:00Z')", [v.id, listId]);
  };

  test.each([
    ['RESTORED', 'REPAIRED'],
    ['OVERTURNED', 'REVERSED'],
  ])('a deduction that is %s takes the row off', async (state, why) => {
    const document = await aDocument();
    await setStateAndSettle(state);
    expect(await rowOf(0)).toMatchObject({ state: 'GONE', goneWhy: why });
    expect(await shown()).toEqual(['2组 02-001']);
    expect(await isOut(document)).toBe(false);
  });

  test('of one of several leaves what is left: the row stands while it reaches the threshold, with fewer points', async () => {
    await v.withdraw(listId);
    const more = await v.deduct(1, { points: 3, code: 'PUBLIC_CLEAN-04' });
    listId = await v.published(BLACK);
    expect(await rowOf(1)).toMatchObject({ points: 8 });
    await setStateAndSettle('RESTORED', more);
    expect(await rowOf(1)).toMatchObject({ state: 'STANDING', points: 5 });
    expect((await findListFacts(prisma, v.id, listId, TEST_NOW))?.rows[1]?.reasons).toEqual([
      '露天焚烧秸秆、垃圾（2026年10月20日）',
    ]);
  });

  test('a posting that is taken back by whatever path takes the row off at the end of that transaction', async () => {
    const reverse = () =>
      owner.query(
        `select ledger_reverse($1, (select id from posting where source = $2), gen_random_uuid(), 0::smallint, '冲销', null,
           gen_random_uuid(), '2026-11-25')`,
        [v.id, deductionId],
      );
    await expect(reverse(), 'while it is posted').rejects.toThrow(/by its repair or an objection/);
    expect(await rowOf(0)).toMatchObject({ state: 'STANDING' });
    // where no trigger looks: the row hears of it by the ledger alone
    await setState('OVERTURNED');
    expect(await rowOf(0)).toMatchObject({ state: 'STANDING' });
    await reverse();
    expect(await rowOf(0)).toMatchObject({ state: 'GONE', goneWhy: 'REVERSED' });
  });
});

describe('a household', () => {
  test.each(['is_five_guarantee = true', 'is_disabled = true', 'is_absent = true', "left_on = '2026-11-24'"])(
    'with %s goes off the black list in that transaction',
    async (change) => {
      const document = await aDocument();
      await owner.query(`update household set ${change} where id = $1`, [v.household(0).id]);
      expect(await rowOf(0)).toMatchObject({ state: 'GONE', goneWhy: 'EXEMPT' });
      expect(await shown()).toEqual(['2组 02-001']);
      expect(await isOut(document)).toBe(false);
    },
  );

  test('whose named resident turns out to be a minor goes off', async () => {
    await v.withdraw(listId);
    const child = v.household(2).residents[1];
    await v.deduct(2, { residentId: child?.id ?? null });
    listId = await v.published(BLACK);
    await owner.query('update resident set birth_year = 2010 where id = $1', [child?.id]);
    expect(await rowOf(2)).toMatchObject({ state: 'GONE' });
  });

  test('renamed: documents that say the old name are retired', async () => {
    const document = await aDocument();
    await owner.query("update resident set name = '陈建华' where id = $1", [v.household(0).head.id]);
    expect(await isOut(document)).toBe(false);
  });
});

describe('the days', () => {
  test('of publicity: the day it is put up does not count, then seven whole days', async () => {
    const list = await prisma.villageList.findFirstOrThrow({ where: { id: listId } });
    expect(list.publicFrom?.toISOString().slice(0, 10)).toBe('2026-11-24');
    expect(list.publicUntil?.toISOString().slice(0, 10)).toBe('2026-12-01');
    expect(await advanceLists(prisma, onDay('2026-12-01', '23:59'), v.id)).toEqual({ final: 0, expired: 0 });
    expect(await advanceLists(prisma, onDay('2026-12-02', '00:00'), v.id)).toEqual({ final: 1, expired: 0 });
    expect(await prisma.villageList.findFirstOrThrow({ where: { id: listId } })).toMatchObject({
      state: 'FINAL',
      expiresOn: new Date('2027-03-01T00:00:00Z'),
    });
  });

  test('cannot be shortened or lengthened, by the owner either', async () => {
    await v.withdraw(listId);
    const second = await v.drafted({ ...BLACK, period: '2026Q4' });
    await v.check(second);
    const publish = (until: string) =>
      owner.query(
        `update village_list set state = 'PUBLICITY', published_by_id = $2, public_from = '2026-11-24', public_until = $3 where id = $1`,
        [second, v.secretary.id, until],
      );
    await expect(publish('2026-11-25')).rejects.toThrow(/publicity lasts/);
    await publish('2026-12-01');
    const final = (at: string, expires: string) =>
      owner.query("update village_list set state = 'FINAL', final_at = $2, expires_on = $3 where id = $1", [
        second,
        at,
        expires,
      ]);
    // one day less: the first list was put up for one
    await expect(final('2026-12-01T12:00:00Z', '2027-02-28')).rejects.toThrow(/after its publicity/);
    await expect(final('2026-12-02T12:00:00Z', '2028-03-01')).rejects.toThrow(/after its publicity/);
    await final('2026-12-02T12:00:00Z', '2027-02-28');
    await expect(
      owner.query("update village_list set expires_on = '2029-01-01' where id = $1", [second]),
    ).rejects.toThrow();
  });

  test('after the last one nothing is shown, though the job came late; then the documents go', async () => {
    await advanceLists(prisma, onDay('2026-12-02'), v.id);
    const document = await aDocument();
    expect(await shown(onDay('2027-03-01', '23:59'))).toHaveLength(2);
    expect(await shown(onDay('2027-03-02', '00:00'))).toBeUndefined();
    expect(await isOut(document)).toBe(true);
    expect(await advanceLists(prisma, onDay('2027-03-01', '23:59'), v.id)).toEqual({ final: 0, expired: 0 });
    expect(await advanceLists(prisma, onDay('2027-03-02', '00:00'), v.id)).toEqual({ final: 0, expired: 1 });
    expect(await isOut(document)).toBe(false);
    expect(await advanceLists(prisma, onDay('2027-03-02', '00:00'), v.id)).toEqual({ final: 0, expired: 0 });
  });

  test('even a list that nobody made final ends on its day', async () => {
    expect(await shown(onDay('2027-03-01'))).toHaveLength(2);
    expect(await shown(onDay('2027-03-02'))).toBeUndefined();
  });

  test('a leap day counts: publicity and expiry over the end of February 2028', async () => {
    const w = await aListedVillage(owner);
    await w.approve(await w.submitted(0, 'SAFETY-01'));
    const at = onDay('2028-02-25');
    const id = await w.published(RED, { now: at });
    const list = await prisma.villageList.findFirstOrThrow({ where: { id } });
    expect(list.publicUntil?.toISOString().slice(0, 10)).toBe('2028-03-03');
  });
});

describe('withdrawn', () => {
  test('it is shown nowhere from that transaction on, and its documents are retired', async () => {
    const document = await aDocument();
    expect(refusalOf(await v.withdraw(listId, '算错了一户'))).toBe(null);
    expect(await findShownList(prisma, v.id, listId, TEST_NOW)).toBe(null);
    expect(await isOut(document)).toBe(false);
    expect(refusalOf(await v.withdraw(listId, '再来一次'))).toBe('LIST_MOVED_ON');
    await expect(
      owner.query("update village_list set state = 'PUBLICITY' where id = $1", [listId]),
    ).rejects.toThrow(/does not go/);
  });

  test('it says why', async () => {
    expect(refusalOf(await v.withdraw(listId, ' '))).toBe('BAD_INPUT');
    await expect(
      owner.query(
        "update village_list set state = 'WITHDRAWN', ended_at = '2026-11-25', ended_by_id = $2, end_reason = ' ' where id = $1",
        [listId, v.secretary.id],
      ),
    ).rejects.toThrow();
  });

  test('then another list of the period can be drafted and be public, and not before', async () => {
    const today = '2026-11-24' as Day;
    const inTheWay = async () => (await findListInTheWay(prisma, v.id, BLACK as never, today))?.id ?? null;
    expect(refusalOf(await v.draft(BLACK))).toBe('LIST_PUBLIC_ALREADY');
    expect(await inTheWay()).toBe(listId);
    await v.withdraw(listId);
    expect(await inTheWay()).toBe(null);
    const second = await v.drafted(BLACK);
    expect(await inTheWay()).toBe(second);
    await v.check(second);
    // one that came before the public by another way
    await behindTheScenes(
      owner,
      `update village_list set state = 'FINAL', ended_at = null, end_reason = '', final_at = public_until, expires_on = '2027-03-01' where id = $1`,
      [listId],
    );
    expect(refusalOf(await v.publish(second))).toBe('LIST_PUBLIC_ALREADY');
    await v.withdraw(listId);
    expect(refusalOf(await v.publish(second))).toBe(null);
  });

  test('drafted while one is being published it waits, and is refused', async () => {
    await v.withdraw(listId);
    const second = await v.drafted(BLACK);
    await v.check(second);
    const [published, drafted] = await Promise.all([v.publish(second), v.draft(BLACK)]);
    expect(refusalOf(published)).toBe(null);
    expect(['LIST_EXISTS', 'LIST_PUBLIC_ALREADY']).toContain(refusalOf(drafted));
    expect(await prisma.villageList.count({ where: { villageId: v.id, state: 'DRAFT' } })).toBe(0);
  });
});

describe('what the public finds', () => {
  test('black lists are the village’s own people’s; what ended of them leaves no trace', async () => {
    const today = '2026-11-24' as Day;
    const of = (isOfVillage: boolean) => listPublished(prisma, v.id, { today, isOfVillage });
    expect((await of(true)).shown.map((line) => line.id)).toEqual([listId]);
    expect((await of(false)).shown).toEqual([]);
    await v.withdraw(listId);
    expect(await of(true)).toMatchObject({ shown: [], past: { lines: [] } });
  });

  test('a draft is not shown, and tells nobody', async () => {
    await v.withdraw(listId);
    const draft = await v.drafted(BLACK);
    expect(await findShownList(prisma, v.id, draft, TEST_NOW)).toBe(null);
    expect(await prisma.message.count({ where: { villageId: v.id } })).toBe(4);
  });

  test('a black row is masked whatever its household consented to', async () => {
    const rows = (await findListFacts(prisma, v.id, listId, TEST_NOW))?.rows;
    expect(rows?.map((row) => [row.name, row.isNamed])).toEqual([
      ['陈×国', false],
      ['李×国', false],
    ]);
    expect(rows?.[0]?.repair).toContain('到时自动撤下');
  });
});
