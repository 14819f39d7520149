import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { REFUSALS } from '@/lib/platform/refusal-catalogue';
import { anAppointment, aPerson, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aSecondRole } from '@/lib/testing/red-list';
import { refusalOf } from '@/lib/testing/working-village';
import { withdrawList } from './commands';
import { findListFacts } from './facts/reads';
import { aListedVillage, BLACK, behindTheScenes, type ListedVillage } from './testing/listed-village';

// What a black row rests on. Each protection is tried at the draft, at the check and at the publication, by command
// and by the tables' owner.

const { prisma, owner } = await testDb();

const listed = async (listId: string) =>
  (await prisma.listRow.findMany({ where: { listId }, orderBy: { rank: 'asc' } })).map(
    (row) => row.householdId,
  );

const publishByHand = (v: ListedVillage, listId: string) =>
  owner.query(
    `update village_list set state = 'PUBLICITY', published_by_id = $2, public_from = '2026-11-24', public_until = '2026-12-01'
     where id = $1`,
    [listId, v.secretary.id],
  );
const checkByHand = (v: ListedVillage, listId: string) =>
  owner.query(
    `update village_list set state = 'CHECKED', checked_by_id = $2, checked_at = '2026-11-24T02:00:00Z' where id = $1`,
    [listId, v.supervisor.id],
  );

describe('a black list', () => {
  test('is off until the village adopts it, then and now', async () => {
    const v = await aListedVillage(owner, { settings: { blackListOn: false } });
    await v.deduct(0);
    expect(refusalOf(await v.draft(BLACK))).toBe('BLACK_LIST_OFF');
    expect(refusalOf(await v.draft({ ...BLACK, subject: 'PLACE' }))).toBe('BLACK_LIST_OFF');
  });

  test('names households from the threshold on: below, on and above it', async () => {
    const v = await aListedVillage(owner, { settings: { blackThreshold: 5 } });
    await v.deduct(0, { points: 4 });
    await v.deduct(1, { points: 5 });
    await v.deduct(2, { points: 3 });
    await v.deduct(2, { points: 3, code: 'PUBLIC_CLEAN-04' });
    const listId = await v.drafted(BLACK);
    const rows = await prisma.listRow.findMany({
      where: { listId },
      orderBy: { rank: 'asc' },
      include: { grounds: true },
    });
    expect(rows.map((row) => [row.householdId, row.points, row.grounds.length])).toEqual([
      [v.household(2).id, 6, 2],
      [v.household(1).id, 5, 1],
    ]);
  });

  test('never persons', async () => {
    const v = await aListedVillage(owner);
    await v.deduct(0);
    expect(refusalOf(await v.draft({ ...BLACK, subject: 'RESIDENT' }))).toBe('LIST_PEOPLE_ONLY_PRAISED');
    await expect(
      owner.query(
        `insert into village_list (village_id, id, kind, subject, period, version_id, as_of, threshold, audience, drafted_by_id, drafted_at)
         select $1, $2, 'BLACK', 'RESIDENT', '2026Q4', r.id, '2026-11-24T02:00:00Z', 5, 'VILLAGE', $3, '2026-11-24T02:00:00Z'
         from rulebook_version r where r.village_id = $1`,
        [v.id, newId(), v.secretary.id],
      ),
    ).rejects.toThrow(/people_only_praised/);
  });

  test('of the quarter in which it was deducted', async () => {
    const v = await aListedVillage(owner);
    await v.deduct(0, { seenOn: '2026-09-30' });
    expect(refusalOf(await v.draft(BLACK))).toBe('LIST_EMPTY');
    expect(refusalOf(await v.draft({ ...BLACK, period: '2026Q3' }))).toBe(null);
  });

  test('is for the village alone unless its rulebook shows it to everyone', async () => {
    const village = await aListedVillage(owner);
    await village.deduct(0);
    const everyone = await aListedVillage(owner, { settings: { blackAudience: 'EVERYONE' } });
    await everyone.deduct(0);
    const audienceOf = async (id: string) =>
      (await prisma.villageList.findFirstOrThrow({ where: { id } })).audience;
    expect(await audienceOf(await village.drafted(BLACK))).toBe('VILLAGE');
    expect(await audienceOf(await everyone.drafted(BLACK))).toBe('EVERYONE');
  });
});

interface Case {
  what: string;
  code: string;
  /** the deduction as it is when the list is drafted */
  wrong: (v: ListedVillage) => Promise<unknown>;
  /** what spoils a sound deduction of household 1 once the list is drafted, where no trigger looks */
  spoil: [sql: string, params: (v: ListedVillage, deductionId: string) => unknown[]];
}

const openObjection = `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body, opened_at, due_on)
  values ($1, $2, $3, 'DEDUCTION', $4, $5, $6, 'SELF', '不对', '2026-11-20', '2026-11-27')`;

const CASES: Case[] = [
  {
    // one without any cannot be: see below
    what: 'without a notice yet',
    code: 'LIST_NO_NOTICE',
    wrong: (v) => v.deduct(0, { noticedAt: '2027-01-05T02:00:00Z' }),
    spoil: ["update deduction set noticed_at = '2027-01-05T02:00:00Z' where id = $1", (_, id) => [id]],
  },
  {
    what: 'before the answer period ends',
    code: 'LIST_ANSWER_RUNNING',
    wrong: (v) => v.deduct(0, { state: 'NOTICED', answerUntil: '2026-11-24', posted: false }),
    spoil: [
      "update deduction set answer_until = '2026-11-24', posted_at = '2026-11-24T16:00:00Z' where id = $1",
      (_, id) => [id],
    ],
  },
  {
    what: 'that was not approved and posted',
    code: 'LIST_NOT_POSTED',
    wrong: (v) => v.deduct(0, { state: 'PROPOSED', posted: false }),
    spoil: [
      "update deduction set state = 'DROPPED', posted_at = null, ended_at = '2026-11-23', end_reason = '不扣了' where id = $1",
      (_, id) => [id],
    ],
  },
  {
    what: 'that the ledger does not bear',
    code: 'LIST_NOT_POSTED',
    wrong: (v) => v.deduct(0, { posted: false }),
    spoil: [
      `select ledger_reverse($1, (select id from posting where source = $2), gen_random_uuid(), 0::smallint, '冲销', null,
         gen_random_uuid(), '2026-11-23')`,
      (v, id) => [v.id, id],
    ],
  },
  {
    what: 'of an exempt household',
    code: 'LIST_EXEMPT',
    wrong: async (v) => {
      await v.deduct(0);
      await owner.query('update household set is_five_guarantee = true where id = $1', [v.household(0).id]);
    },
    spoil: ['update household set is_disabled = true where id = $1', (v) => [v.household(1).id]],
  },
  {
    what: 'of a household that has left',
    code: 'LIST_EXEMPT',
    wrong: async (v) => {
      await v.deduct(0);
      await owner.query("update household set left_on = '2026-11-20' where id = $1", [v.household(0).id]);
    },
    spoil: ["update household set left_on = '2026-11-20' where id = $1", (v) => [v.household(1).id]],
  },
  {
    what: 'of a minor',
    code: 'LIST_MINOR',
    wrong: (v) => v.deduct(0, { residentId: v.household(0).residents[2]?.id ?? null }),
    spoil: [
      'update deduction set resident_id = $2 where id = $1',
      (v, id) => [id, v.household(1).residents[2]?.id],
    ],
  },
  {
    what: 'with an open objection',
    code: 'LIST_OBJECTION_OPEN',
    wrong: async (v) => {
      const id = await v.deduct(0);
      await owner.query(openObjection, [
        v.id,
        newId(),
        '2026-001',
        id,
        v.household(0).id,
        v.household(0).head.personId,
      ]);
    },
    spoil: [
      openObjection,
      (v, id) => [v.id, newId(), '2026-002', id, v.household(1).id, v.household(1).head.personId],
    ],
  },
  {
    what: 'with an open objection against its line in the ledger',
    code: 'LIST_OBJECTION_OPEN',
    wrong: async (v) => {
      const id = await v.deduct(0);
      // before its quarter is public, which no program does
      await behindTheScenes(
        owner,
        openObjection.replace("'DEDUCTION', $4", "'POSTING', (select id from posting where source = $4)"),
        [v.id, newId(), '2026-001', id, v.household(0).id, v.household(0).head.personId],
      );
    },
    spoil: [
      openObjection.replace("'DEDUCTION', $4", "'POSTING', (select id from posting where source = $4)"),
      (v, id) => [v.id, newId(), '2026-002', id, v.household(1).id, v.household(1).head.personId],
    ],
  },
];

describe.each(CASES)('a black row $what', ({ code, wrong, spoil: [sql, params] }) => {
  test('is not drafted, checked or published', async () => {
    const v = await aListedVillage(owner);
    await wrong(v);
    const deductionId = await v.deduct(1);
    const listId = await v.drafted(BLACK);
    expect(await listed(listId), 'drafted').toEqual([v.household(1).id]);

    await behindTheScenes(owner, sql, params(v, deductionId));
    // the program brings the row up to the facts and finds nothing left to check
    expect(['LIST_EMPTY', code], 'checked').toContain(refusalOf(await v.check(listId)));
    await expect(checkByHand(v, listId), 'checked by hand').rejects.toThrow(new RegExp(`${code}|lag behind`));
  });

  test('is refused when it went wrong after the check', async () => {
    const v = await aListedVillage(owner);
    const deductionId = await v.deduct(1);
    const listId = await v.drafted(BLACK);
    expect(refusalOf(await v.check(listId))).toBe(null);
    await behindTheScenes(owner, sql, params(v, deductionId));
    await expect(publishByHand(v, listId), 'by hand').rejects.toThrow(new RegExp(`${code}|lag behind`));
    expect(['LIST_EMPTY', code], 'published').toContain(refusalOf(await v.publish(listId)));
    const list = await prisma.villageList.findFirstOrThrow({ where: { id: listId } });
    expect(list.state).toBe('CHECKED');
  });
});

describe('a posted deduction', () => {
  test.each([
    ['without a notice', 'noticed_at = null', /deduction_notice_whole|deduction_noticed_first/],
    ['without the approval', 'approved_by_id = null', /deduction_notice_whole/],
    ['without an answer period', 'answer_until = null', /deduction_notice_whole/],
    ['before its answer period is over', "answer_until = '2026-11-24'", /deduction_days_passed/],
    ['that was not posted', 'posted_at = null', /deduction_posted_or_not/],
  ])('%s cannot be, even where no trigger looks', async (_, change, why) => {
    const v = await aListedVillage(owner);
    const id = await v.deduct(0);
    await expect(
      behindTheScenes(owner, `update deduction set ${change} where id = $1`, [id]),
    ).rejects.toThrow(why);
  });
});

describe('the days of an answer', () => {
  test('must be over: the last day still counts, in Shanghai', async () => {
    const v = await aListedVillage(owner);
    const lastMinute = new Date('2026-11-24T15:59:59Z');
    const midnight = new Date('2026-11-24T16:00:00Z');
    const id = await v.deduct(0, { answerUntil: '2026-11-24', postedAt: midnight.toISOString() });
    const faultAt = async (at: Date) =>
      (await owner.query('select list_ground_fault($1, $2, $3) as fault', [v.id, id, at])).rows[0].fault;
    expect(await faultAt(lastMinute)).toBe('LIST_ANSWER_RUNNING');
    expect(await faultAt(midnight)).toBe(null);
    expect(refusalOf(await v.draft(BLACK, { now: lastMinute }))).toBe('LIST_EMPTY');
    expect(refusalOf(await v.draft(BLACK, { now: midnight }))).toBe(null);
  });
});

describe('the item', () => {
  test('must still be in the rulebook', async () => {
    const v = await aListedVillage(owner);
    const id = await v.deduct(0);
    await v.deduct(1);
    await behindTheScenes(owner, `update deduction set item_id = $2 where id = $1`, [id, newId()]);
    const listId = await v.drafted(BLACK);
    expect(await listed(listId)).toEqual([v.household(1).id]);
  });
});

describe('grounds', () => {
  test('cannot be added, moved or removed, and a row cannot do without', async () => {
    const v = await aListedVillage(owner);
    await v.deduct(0);
    const other = await v.deduct(1, { points: 3 });
    const listId = await v.drafted(BLACK);
    const row = await prisma.listRow.findFirstOrThrow({ where: { listId } });
    await expect(
      owner.query('insert into list_ground (village_id, id, row_id, deduction_id) values ($1, $2, $3, $4)', [
        v.id,
        newId(),
        row.id,
        other,
      ]),
    ).rejects.toThrow();
    await expect(
      owner.query('update list_ground set deduction_id = $2 where row_id = $1', [row.id, other]),
    ).rejects.toThrow();
    await expect(owner.query('delete from list_ground where row_id = $1', [row.id])).rejects.toThrow();
    await behindTheScenes(owner, 'delete from list_ground where row_id = $1', [row.id]);
    expect(refusalOf(await v.check(listId))).toBe('LIST_EMPTY');
    await expect(checkByHand(v, listId)).rejects.toThrow();
  });
});

describe('recusal', () => {
  test('whoever’s household or near kin is on a black list neither checks nor withdraws it', async () => {
    const v = await aListedVillage(owner);
    await v.deduct(0);
    const own = v.household(0).head;
    const kin = v.household(1).head;
    await anAppointment(own.personId, 'SUPERVISOR', { villageId: v.id });
    await anAppointment(kin.personId, 'SECRETARY', { villageId: v.id });
    await aSecondRole(owner, kin.personId, 'SUPERVISOR', v.id);
    const [a = '', b = ''] = [v.household(0).residents[1]?.id ?? '', kin.id].sort();
    await prisma.kinship.create({ data: { villageId: v.id, id: newId(), residentAId: a, residentBId: b } });
    const listId = await v.drafted(BLACK);
    expect(refusalOf(await v.check(listId, { id: own.personId }))).toBe('LIST_OWN_HOUSEHOLD');
    expect(refusalOf(await v.check(listId, { id: kin.personId }))).toBe('LIST_NEAR_KIN');
    await expect(
      owner.query(
        "update village_list set state = 'CHECKED', checked_by_id = $2, checked_at = '2026-11-24T03:00:00Z' where id = $1",
        [listId, own.personId],
      ),
    ).rejects.toThrow(/LIST_OWN_HOUSEHOLD/);
    expect(
      refusalOf(await v.run(withdrawList, await v.actorOf(kin.personId), { listId, reason: '不要了吧' })),
    ).toBe('LIST_NEAR_KIN');
    expect(refusalOf(await v.check(listId))).toBe(null);
    expect(refusalOf(await v.publish(listId))).toBe(null);
    expect(refusalOf(await v.withdraw(listId, '不要了吧', { id: own.personId }))).toBe('LIST_OWN_HOUSEHOLD');
    expect(refusalOf(await v.withdraw(listId))).toBe(null);
  });

  test('a red list may be checked by someone on it', async () => {
    const v = await aListedVillage(owner);
    const own = v.household(0).head;
    await anAppointment(own.personId, 'SUPERVISOR', { villageId: v.id });
    await v.approve(await v.submitted(0, 'SAFETY-01'));
    expect(refusalOf(await v.check(await v.drafted(), { id: own.personId }))).toBe(null);
  });
});

describe('whoever is put on one', () => {
  const told = async (v: ListedVillage, personId: string) =>
    (
      await prisma.message.findMany({
        where: { villageId: v.id, personId, title: { contains: '黑榜的公示里' } },
        select: { body: true },
        orderBy: { createdAt: 'asc' },
      })
    ).map((one) => one.body);

  test('is told in the words of the list what takes it down: mending where the item says so, else its end', async () => {
    const v = await aListedVillage(owner);
    await v.deduct(0);
    await v.deduct(1, { code: 'HOME-04' });
    const { restoredWhenRepaired } = await prisma.item.findFirstOrThrow({ where: { id: v.item('HOME-04') } });
    expect(restoredWhenRepaired).toBe(true);
    const listId = await v.published(BLACK);
    const rows = (await findListFacts(prisma, v.id, listId, TEST_NOW))?.rows ?? [];
    const said = new Map(rows.map((row) => [row.where.slice(-6), row.repair]));
    for (const household of [0, 1]) {
      const { code, head } = v.household(household);
      const repair = said.get(code) ?? 'no such row';
      expect(await told(v, head.personId)).toEqual([expect.stringContaining(`怎样撤下：${repair}。`)]);
    }
    const [lasting, mended] = await Promise.all([
      told(v, v.household(0).head.personId),
      told(v, v.household(1).head.personId),
    ]);
    expect(lasting[0]).not.toContain('整改');
    expect(lasting[0]).toContain('到时自动撤下');
    expect(mended[0]).toContain('整改好，告诉村里');
  });

  test('is not promised more than mending does, and reads the same last day as on the page', async () => {
    const v = await aListedVillage(owner, { settings: { blackDays: 30 } });
    await v.deduct(0, { code: 'HOME-04', points: 3 });
    await v.deduct(0, { points: 6 });
    const first = await v.published(BLACK);
    expect(
      refusalOf(await v.withdraw(first, '名单有误', v.secretary, { now: new Date('2026-12-04T02:00:00Z') })),
    ).toBe(null);
    const now = new Date('2026-12-05T02:00:00Z');
    const listId = await v.published(BLACK, { now });
    const [row] = (await findListFacts(prisma, v.id, listId, now))?.rows ?? [];
    expect(row?.repair).toMatch(/减 3 分；剩下 6 分还在榜上，公布到2027年1月1日/);
    const said = await told(v, v.household(0).head.personId);
    expect(said.at(-1)).toContain(`怎样撤下：${row?.repair}。`);
  });

  test('is told as a grown-up: children with a phone read nothing of it', async () => {
    const v = await aListedVillage(owner);
    await v.deduct(0);
    const child = await aPerson('家里的孩子');
    await prisma.resident.update({
      where: { villageId_id: { villageId: v.id, id: v.household(0).residents[2]?.id ?? '' } },
      data: { personId: child.id, birthYear: 2011 },
    });
    await v.published(BLACK);
    expect(await told(v, child.id)).toEqual([]);
    expect(await told(v, v.household(0).head.personId)).toHaveLength(1);
  });

  test('of a minor’s deduction is off it by the step that the refusal names', async () => {
    const v = await aListedVillage(owner);
    const wrong = await v.deduct(1);
    await v.deduct(2);
    const listId = await v.drafted(BLACK);
    await behindTheScenes(owner, 'update deduction set resident_id = $2 where id = $1', [
      wrong,
      v.household(1).residents[2]?.id,
    ]);
    expect(REFUSALS.LIST_MINOR.next).toBe('请把这张榜作废，重新起草：记的是未成年人的扣分不算进去。');
    expect(refusalOf(await v.withdraw(listId))).toBe(null);
    expect(await listed(await v.drafted(BLACK))).toEqual([v.household(2).id]);
  });
});
