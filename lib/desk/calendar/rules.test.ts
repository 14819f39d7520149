import { describe, expect, test } from 'vitest';
import type { QuarterView, YearView } from '@/lib/periods/types';
import type { Day, Quarter } from '@/lib/platform/clock';
import { dueLines, sayDue, splitDue, urgencyOf } from './rules';
import type { CalendarFacts, DeductionFact } from './types';

const day = (text: string) => text as Day;

const FIGURES = {
  at: new Date(0),
  postings: 0,
  outstanding: 0,
  holders: 0,
  referenceFen: 100,
  outstandingMost: null,
  quarter: '2026Q4',
  budget: null,
  budgetLeft: null,
  yearBudget: null,
  yearUsed: 0,
  months: [],
};
const NOTHING: CalendarFacts = {
  villageCode: 'qingzhu',
  quarters: [],
  years: [],
  solvency: FIGURES,
  lists: [],
  objections: [],
  deductions: [],
  rulebooks: [],
  vouchers: null,
  stars: [],
  settlements: [],
};

function quarter(code: string, stage: QuarterView['stage'], more: Partial<QuarterView> = {}): QuarterView {
  const period =
    stage === 'RUNNING' || stage === 'ENDED'
      ? null
      : {
          code: code as Quarter,
          state: stage === 'LOCKED' ? ('LOCKED' as const) : ('PUBLICITY' as const),
          asOf: new Date('2026-10-08T01:00:00Z'),
          publicFrom: '2026-10-08',
          publicUntil: '2026-10-15',
          lockedAt: stage === 'LOCKED' ? new Date('2026-10-16T16:00:00Z') : null,
          openedBy: '',
          openedById: '',
          lockedBy: '',
        };
  return {
    code: code as Quarter,
    stage,
    period,
    households: 3,
    honour: 9,
    waiting: 0,
    objections: 0,
    blockedBy: null,
    ...more,
  };
}

const lines = (facts: Partial<CalendarFacts>, today = '2026-11-24') =>
  dueLines({ ...NOTHING, ...facts }, day(today));
const brief = (facts: Partial<CalendarFacts>, today?: string) =>
  lines(facts, today).map((line) => [line.urgency, line.day, line.who, line.what]);

describe('quarters', () => {
  test('that ended are to be made public, with what still waits', () => {
    const [line] = lines({ quarters: [quarter('2026Q3', 'ENDED', { waiting: 2 })] });
    expect(line).toMatchObject({
      day: '2026-10-01',
      urgency: 'NOW',
      who: 'SECRETARY',
      what: '公示2026年第三季度的积分',
      note: expect.stringContaining('2 件'),
    });
    expect(lines({ quarters: [quarter('2026Q3', 'ENDED', { households: 0 })] })).toEqual([]);
    expect(lines({ quarters: [quarter('2026Q3', 'ENDED', { blockedBy: '2026Q2' as Quarter })] })).toEqual([]);
  });

  test('in publicity name its last day and the lock after it', () => {
    expect(brief({ quarters: [quarter('2026Q3', 'PUBLICITY')] }, '2026-10-10')).toEqual([
      ['LATER', '2026-10-15', null, '2026年第三季度公示的最后一天'],
      ['LATER', '2026-10-16', 'SUPERVISOR', '锁定2026年第三季度'],
    ]);
    expect(brief({ quarters: [quarter('2026Q3', 'READY')] }, '2026-10-16')).toEqual([
      ['NOW', '2026-10-16', 'SUPERVISOR', '锁定2026年第三季度'],
    ]);
  });

  test('that are locked want their red list, until there is one or it is long ago', () => {
    const quarters = [quarter('2026Q3', 'LOCKED')];
    expect(brief({ quarters })).toEqual([['NOW', '2026-10-17', 'SECRETARY', '拟2026年第三季度的红榜']]);
    const list = {
      id: 'x',
      state: 'EXPIRED' as const,
      period: '2026Q3',
      draftedOn: day('2026-10-20'),
      publicUntil: null,
      expiresOn: null,
    };
    expect(brief({ quarters, lists: [{ ...list, kind: 'RED' }] })).toEqual([]);
    expect(brief({ quarters, lists: [{ ...list, kind: 'BLACK' }] })).toHaveLength(1);
    expect(brief({ quarters }, '2027-04-02')).toHaveLength(1);
    expect(brief({ quarters }, '2027-04-03')).toEqual([]);
  });

  test('that run are named when their end is near', () => {
    const quarters = [quarter('2026Q4', 'RUNNING')];
    expect(brief({ quarters }, '2026-11-15')).toEqual([]);
    expect(brief({ quarters }, '2026-11-16')).toEqual([['LATER', '2026-12-31', null, '2026年第四季度结束']]);
  });
});

describe('the end of the year', () => {
  const rule = { year: 2026, policy: 'CARRY_UP_TO' as const, carryMost: 40 };
  const end = {
    ...rule,
    announcedAt: new Date(),
    announcedBy: '',
    announcedById: '',
    dueOn: '2027-01-01',
    doneAt: null,
    doneBy: '',
    households: null,
    pointsClosed: null,
    pointsCarried: null,
  };
  const year = (more: Partial<YearView>): Partial<CalendarFacts> => ({
    years: [{ year: 2026, rule, end: null, ...more }],
  });

  test('is to be announced from 1 November, by 1 December, and overdue after', () => {
    expect(brief(year({}), '2026-10-31')).toEqual([]);
    expect(brief(year({}), '2026-11-01')).toEqual([
      ['NOW', '2026-12-01', 'SECRETARY', '公告 2026 年末积分怎么办'],
    ]);
    expect(brief(year({}), '2026-12-01')[0]?.[0]).toBe('NOW');
    expect(brief(year({}), '2026-12-02')[0]?.[0]).toBe('OVERDUE');
    const [line] = lines(year({}));
    expect(line && sayDue(line, day('2026-11-24'))).toBe('最迟12月1日');
  });

  test('is to be done from its day on', () => {
    expect(brief(year({ end }), '2026-12-31')).toEqual([
      ['LATER', '2027-01-01', 'SUPERVISOR', '办理 2026 年末积分'],
    ]);
    expect(brief(year({ end }), '2027-01-01')[0]?.[0]).toBe('NOW');
    expect(brief(year({ end: { ...end, doneAt: new Date() } }), '2027-01-02')).toEqual([]);
  });

  test('is to be announced anew when the rulebook says something else now', () => {
    expect(brief(year({ end: { ...end, carryMost: 30 } }))).toEqual([
      ['NOW', '2027-01-01', 'SECRETARY', '重新公告 2026 年末积分怎么办'],
    ]);
  });
});

describe('budget and brake', () => {
  test('are named from four fifths on', () => {
    const budget = (left: number) => ({ solvency: { ...FIGURES, budget: 1000, budgetLeft: left } });
    expect(lines(budget(201))).toEqual([]);
    expect(lines(budget(200))[0]).toMatchObject({
      what: '本季度预算已用 80%',
      note: expect.stringContaining('200'),
    });
    expect(lines(budget(0))[0]?.note).toContain('用完了');
    const brake = (outstanding: number) => ({
      solvency: { ...FIGURES, outstanding, outstandingMost: 1000 },
    });
    expect(lines(brake(799))).toEqual([]);
    expect(lines(brake(800))[0]?.what).toContain('80%');
  });
});

describe('deductions', () => {
  const due = (task: DeductionFact['task'], on = '2026-11-20', more: Partial<DeductionFact> = {}) =>
    brief({ deductions: [{ task, day: day(on), count: 2, due: false, role: null, ...more }] })[0];

  test.each([
    ['WARN', 'VERIFIER', '给 2 户送提醒'],
    ['PROPOSE', 'VERIFIER', '提出 2 件扣分，或者不扣'],
    ['RECHECK', 'VERIFIER', '复查 2 户整改了没有'],
    ['APPROVE', 'SUPERVISOR', '审批 2 件扣分'],
    ['HEAR', 'SUPERVISOR', '听 2 户的申辩'],
    ['REPAIR', 'SUPERVISOR', '去看 2 户报了整改的'],
  ] as const)('that wait for %s are the %s’s', (task, who, what) => {
    expect(due(task)).toEqual(['NOW', '2026-11-20', who, what]);
  });

  test('are theirs who may hear or look, until the last day that was promised', () => {
    const verifiers = { due: true, role: 'VERIFIER' } as const;
    expect(due('REPAIR', '2026-11-26', verifiers)).toEqual([
      'NOW',
      '2026-11-26',
      'VERIFIER',
      '去看 2 户报了整改的',
    ]);
    expect(due('REPAIR', '2026-11-23', verifiers)?.[0]).toBe('OVERDUE');
    expect(due('HEAR', '2026-11-23', { due: true, role: 'SECRETARY' })).toEqual([
      'OVERDUE',
      '2026-11-23',
      'SECRETARY',
      '听 2 户的申辩',
    ]);
  });

  test('are nobody’s until the last day to answer is over', () => {
    expect(due('ANSWERING', '2026-11-24')).toEqual(['NOW', '2026-11-24', null, '2 户申辩期的最后一天']);
    expect(due('ANSWERING', '2026-11-23')).toEqual([
      'NOW',
      '2026-11-24',
      'VERIFIER',
      '2 件扣分过了申辩期，可以记了',
    ]);
  });
});

describe('a rulebook', () => {
  test.each([
    ['COMMENTS', 'SECRETARY', '答复 2 条对第 3 版草案的意见', '/desk/rulebook/draft/hearing'],
    ['HEARD', 'SECRETARY', '第 3 版草案听完意见了，发起表决或者开会', '/desk/rulebook/draft'],
    ['COUNTED', 'SECRETARY', '第 3 版草案表决完了，录入决议', '/desk/rulebook/draft/resolution'],
  ] as const)('that waits, %s, is the %s’s to do now', (what, who, said, href) => {
    const [line] = lines({ rulebooks: [{ number: 3, day: day('2026-11-20'), what, count: 2 }] });
    expect(line).toMatchObject({ urgency: 'NOW', dayMeans: 'FROM', who, what: said, href });
  });

  test.each([
    ['HEARING', '第 3 版草案征求意见的最后一天'],
    ['BALLOT', '第 3 版草案表决截止'],
    ['EFFECT', '第 3 版积分细则开始施行'],
  ] as const)('that only comes to its day, %s, is nobody’s', (what, said) => {
    expect(brief({ rulebooks: [{ number: 3, day: day('2026-11-26'), what, count: 0 }] })).toEqual([
      ['LATER', '2026-11-26', null, said],
    ]);
  });
});

describe('rewards', () => {
  test('vouchers wait for the supervisor', () => {
    expect(brief({ vouchers: { day: day('2026-11-20'), count: 2 } })).toEqual([
      ['NOW', '2026-11-20', 'SUPERVISOR', '复核 2 批代金券'],
    ]);
  });

  test('stars are due when their quarter is locked, to somebody, and not for ever', () => {
    const list = {
      id: 'x',
      kind: 'RED',
      state: 'FINAL',
      period: '2026Q3',
      draftedOn: day('2026-10-20'),
    } as const;
    const of = (stage: QuarterView['stage'], due: number, today?: string) =>
      brief(
        {
          quarters: [quarter('2026Q3', stage, { households: 0 })],
          lists: [{ ...list, publicUntil: null, expiresOn: null }],
          stars: [{ quarter: '2026Q3' as Quarter, due }],
        },
        today,
      ).filter(([, , , what]) => what?.includes('星级'));
    expect(of('LOCKED', 4)).toEqual([['NOW', '2026-10-17', 'SECRETARY', '评2026年第三季度的星级']]);
    expect(of('LOCKED', 0)).toEqual([]);
    expect(of('PUBLICITY', 4)).toEqual([]);
    expect(of('ENDED', 4)).toEqual([]);
    expect(of('LOCKED', 4, '2027-04-03')).toEqual([]);
  });
});

test('what is overdue comes first, then what can be done, then what comes; each by day', () => {
  const found = brief({
    objections: [
      { day: day('2026-11-23'), count: 1 },
      { day: day('2026-11-26'), count: 2 },
      { day: day('2026-11-20'), count: 3 },
    ],
    quarters: [quarter('2026Q3', 'ENDED')],
    deductions: [
      { task: 'RECHECK', day: day('2026-11-30'), count: 1, due: false, role: null },
      { task: 'ANSWERING', day: day('2026-11-28'), count: 2, due: false, role: null },
      { task: 'APPROVE', day: day('2026-11-22'), count: 1, due: false, role: null },
    ],
    rulebooks: [{ number: 3, day: day('2026-12-01'), what: 'EFFECT', count: 0 }],
    lists: [
      {
        id: 'l',
        kind: 'RED',
        state: 'FINAL',
        period: '2026Q2',
        draftedOn: day('2026-07-20'),
        publicUntil: day('2026-08-01'),
        expiresOn: day('2026-12-05'),
      },
    ],
  });
  expect(found.map(([urgency, on]) => `${urgency} ${on}`)).toEqual([
    'OVERDUE 2026-11-20',
    'OVERDUE 2026-11-23',
    'NOW 2026-10-01',
    'NOW 2026-11-22',
    'NOW 2026-11-26',
    'LATER 2026-11-28',
    'LATER 2026-11-30',
    'LATER 2026-12-01',
    'LATER 2026-12-05',
  ]);
});

test('a deadline is overdue the day after it, a day that only comes never', () => {
  expect(urgencyOf(day('2026-11-24'), 'BY', day('2026-11-24'))).toBe('NOW');
  expect(urgencyOf(day('2026-11-23'), 'BY', day('2026-11-24'))).toBe('OVERDUE');
  expect(urgencyOf(day('2026-11-23'), 'ON', day('2026-11-24'))).toBe('NOW');
  expect(urgencyOf(day('2026-11-25'), 'FROM', day('2026-11-24'))).toBe('LATER');
});

test('everyone’s own tasks come first, whatever is overdue with others; what only happens is nobody’s', () => {
  const today = day('2026-11-26');
  const lines = dueLines(
    {
      ...NOTHING,
      quarters: [quarter('2026Q3', 'READY'), quarter('2026Q4', 'RUNNING')],
      objections: [{ day: day('2026-11-20'), count: 1 }],
      lists: [
        {
          id: 'draft',
          kind: 'RED',
          state: 'DRAFT',
          period: '2026Q3',
          draftedOn: day('2026-11-20'),
          publicUntil: null,
          expiresOn: null,
        },
      ],
      deductions: [
        { task: 'APPROVE', day: day('2026-11-25'), count: 1, due: false, role: null },
        { task: 'RECHECK', day: day('2026-11-24'), count: 2, due: false, role: null },
      ],
      rulebooks: [{ number: 3, day: day('2026-11-25'), what: 'COMMENTS', count: 4 }],
    },
    today,
  );
  const whats = (roles: Parameters<typeof splitDue>[1]) => {
    const { own, others } = splitDue(lines, roles);
    return [own.map((line) => line.what), others.map((line) => line.what)];
  };
  const [supervising, rest] = whats(['SUPERVISOR']);
  expect(supervising).toEqual([
    '答复 1 件异议',
    '锁定2026年第三季度',
    '复核2026年第三季度红榜',
    '审批 1 件扣分',
  ]);
  expect(rest).toEqual(['复查 2 户整改了没有', '答复 4 条对第 3 版草案的意见']);
  expect(whats(['SECRETARY'])[0]).toEqual(['答复 4 条对第 3 版草案的意见']);
  expect(whats(['VERIFIER', 'SECRETARY'])[0]).toHaveLength(2);
  expect(whats([])[0]).toEqual([]);
  expect(whats(['SUPERVISOR']).flat()).not.toContain('2026年第四季度结束');
});
