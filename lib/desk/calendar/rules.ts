import type { DeskRole } from '@/lib/auth/types';
import { announceBy, quarterBounds } from '@/lib/periods/rules';
import type { QuarterView, YearView } from '@/lib/periods/types';
import { addDays, type Day, dayOf, type Quarter, sayDay, sayQuarter } from '@/lib/platform/clock';
import type { ListKind } from '@/lib/platform/generated/enums';
import { NEAR_PERCENT, percentOf } from '@/lib/solvency/rules';
import type { Solvency } from '@/lib/solvency/types';
import { deductionLine } from './deduction-lines';
import { rulebookLine } from './rulebook-lines';
import { settlementLine } from './settlement-lines';
import type { CalendarFacts, DayMeans, DueDraft, DueLine, ListFact, Urgency } from './types';

// What is due at the office and when: computed from the facts of the day, so that nobody has to keep a list.

/** How far ahead a day is named that only happens. */
export const AHEAD_DAYS = 45;

const LIST_NAMES: Record<ListKind, string> = { RED: '红榜', BLACK: '黑榜' };

/** How pressing a line is on `today`. What only happens is never overdue. */
export function urgencyOf(day: Day, dayMeans: DayMeans, today: Day): Urgency {
  if (dayMeans === 'BY') return day < today ? 'OVERDUE' : 'NOW';
  return day <= today ? 'NOW' : 'LATER';
}

/** The day of a line in words: 最迟 12月1日, 已过期 3 天 is left to the mark; 10月1日起可以办. */
export function sayDue(line: Pick<DueLine, 'day' | 'dayMeans'>, today: Day): string {
  const day = sayDay(line.day, today);
  if (line.dayMeans === 'BY') return `最迟${day}`;
  return line.dayMeans === 'FROM' ? `${day}起可以办` : day;
}

const RANK: Record<Urgency, number> = { OVERDUE: 0, NOW: 1, LATER: 2 };

/** All lines of a day: what is overdue first, then what can be done, then what comes; each by its day. */
export function dueLines(facts: CalendarFacts, today: Day): DueLine[] {
  const drafts = [
    ...facts.quarters.flatMap((quarter) => ofQuarter(quarter, facts, today)),
    ...facts.years.flatMap((year) => ofYear(year, today)),
    ...facts.lists.flatMap(ofList),
    ...facts.objections.map(ofObjections),
    ...facts.deductions.map((fact) => deductionLine(fact, today)),
    ...facts.rulebooks.map(rulebookLine),
    ...voucherLines(facts.vouchers),
    ...facts.settlements.map((fact) => settlementLine(fact, today)),
    ...facts.stars.flatMap((fact) => ofStars(fact, facts.quarters, today)),
    ...ofPoints(facts.solvency, facts.villageCode, today),
  ];
  return drafts
    .map((draft) => ({
      note: '',
      ...draft,
      urgency: urgencyOf(draft.day, draft.dayMeans, today),
    }))
    .filter((line) => line.dayMeans === 'BY' || line.day <= addDays(today, AHEAD_DAYS))
    .sort(
      (a, b) =>
        RANK[a.urgency] - RANK[b.urgency] ||
        (a.day < b.day ? -1 : a.day > b.day ? 1 : a.key < b.key ? -1 : 1),
    );
}

/** The lines that are one's own to do, and those that others have to; what only happens is left out. */
export function splitDue(
  lines: readonly DueLine[],
  roles: readonly DeskRole[],
): { own: DueLine[]; others: DueLine[] } {
  const isOwn = ({ who }: DueLine) => who !== null && roles.includes(who);
  return {
    own: lines.filter(isOwn),
    others: lines.filter((line) => line.who !== null && !isOwn(line)),
  };
}

function ofQuarter(quarter: QuarterView, facts: CalendarFacts, today: Day): DueDraft[] {
  const { code, stage, period, blockedBy, waiting } = quarter;
  const said = sayQuarter(code);
  const { before } = quarterBounds(code);
  if (stage === 'RUNNING') {
    const day = addDays(before, -1);
    return [
      { key: `ends-${code}`, day, dayMeans: 'ON', what: `${said}结束`, who: null, href: '/desk/periods' },
    ];
  }
  if (stage === 'ENDED') {
    if (quarter.households === 0 || blockedBy) return [];
    const note = waiting > 0 ? `还有 ${waiting} 件那一季的好事没核实，先核实完，才记得进那一季` : '';
    return [
      {
        key: `open-${code}`,
        day: before,
        dayMeans: 'FROM',
        what: `公示${said}的积分`,
        who: 'SECRETARY',
        href: '/desk/periods',
        note,
      },
    ];
  }
  const until = (period?.publicUntil ?? before) as Day;
  if (stage === 'PUBLICITY') {
    const href = `/v/${facts.villageCode}/periods/${code}`;
    return [
      { key: `public-${code}`, day: until, dayMeans: 'ON', what: `${said}公示的最后一天`, who: null, href },
      {
        key: `lock-${code}`,
        day: addDays(until, 1),
        dayMeans: 'FROM',
        what: `锁定${said}`,
        who: 'SUPERVISOR',
        href: '/desk/periods',
      },
    ];
  }
  if (stage === 'READY') {
    const note = quarter.objections > 0 ? `${quarter.objections} 笔有异议没答复，锁定以后单独留着` : '';
    return [
      {
        key: `lock-${code}`,
        day: addDays(until, 1),
        dayMeans: 'FROM',
        what: `锁定${said}`,
        who: 'SUPERVISOR',
        href: '/desk/periods',
        note,
      },
    ];
  }
  const isListed = facts.lists.some((list) => list.kind === 'RED' && list.period === code);
  if (isListed || !isRecent(code, today) || !period?.lockedAt) return [];
  return [
    {
      key: `list-${code}`,
      day: dayOf(period.lockedAt),
      dayMeans: 'FROM',
      what: `拟${said}的红榜`,
      who: 'SECRETARY',
      href: '/desk/lists',
    },
  ];
}

/** A quarter that ended within the last half year still has its list to come. */
function isRecent(code: Quarter, today: Day): boolean {
  return addDays(quarterBounds(code).before, 184) > today;
}

/** The stars of a quarter that is locked, as long as its list would be drafted. */
function ofStars(
  { quarter, due }: CalendarFacts['stars'][number],
  quarters: QuarterView[],
  today: Day,
): DueDraft[] {
  const lockedAt = quarters.find((one) => one.code === quarter && one.stage === 'LOCKED')?.period?.lockedAt;
  if (!lockedAt || due === 0 || !isRecent(quarter, today)) return [];
  return [
    {
      key: `stars-${quarter}`,
      day: dayOf(lockedAt),
      dayMeans: 'FROM',
      what: `评${sayQuarter(quarter)}的星级`,
      who: 'SECRETARY',
      href: `/desk/rewards/stars/${quarter}`,
      note: `${due} 户待评`,
    },
  ];
}

function voucherLines(waiting: CalendarFacts['vouchers']): DueDraft[] {
  if (!waiting) return [];
  return [
    {
      key: 'vouchers',
      day: waiting.day,
      dayMeans: 'FROM',
      what: `复核 ${waiting.count} 批代金券`,
      who: 'SUPERVISOR',
      href: '/desk/rewards#waiting',
      note: '复核以前，券不能用',
    },
  ];
}

function ofYear({ year, rule, end }: YearView, today: Day): DueDraft[] {
  const href = '/desk/periods#year';
  if (end?.doneAt) return [];
  if (!end) {
    // From November on, or when the year is over and nobody has thought of it.
    if (!rule || today < `${year}-11-01`) return [];
    const what = `公告 ${year} 年末积分怎么办`;
    return [
      {
        key: `announce-${year}`,
        day: announceBy(year),
        dayMeans: 'BY',
        what,
        who: 'SECRETARY',
        href,
        note: '公告满 30 天才能办',
      },
    ];
  }
  if (rule && (rule.policy !== end.policy || rule.carryMost !== end.carryMost)) {
    const what = `重新公告 ${year} 年末积分怎么办`;
    const note = '公告以后细则改了，对不上';
    return [
      { key: `announce-${year}`, day: end.dueOn as Day, dayMeans: 'BY', what, who: 'SECRETARY', href, note },
    ];
  }
  return [
    {
      key: `close-${year}`,
      day: end.dueOn as Day,
      dayMeans: 'FROM',
      what: `办理 ${year} 年末积分`,
      who: 'SUPERVISOR',
      href,
    },
  ];
}

function ofList(list: ListFact): DueDraft[] {
  const name = `${sayQuarterOr(list.period)}${LIST_NAMES[list.kind]}`;
  const href = `/desk/lists/${list.id}`;
  const key = `list-${list.id}`;
  if (list.state === 'DRAFT')
    return [{ key, day: list.draftedOn, dayMeans: 'FROM', what: `复核${name}`, who: 'SUPERVISOR', href }];
  if (list.state === 'CHECKED')
    return [{ key, day: list.draftedOn, dayMeans: 'FROM', what: `发布${name}`, who: 'SECRETARY', href }];
  if (list.state === 'PUBLICITY' && list.publicUntil)
    return [{ key, day: list.publicUntil, dayMeans: 'ON', what: `${name}公示的最后一天`, who: null, href }];
  if (list.state === 'FINAL' && list.expiresOn)
    return [{ key, day: list.expiresOn, dayMeans: 'ON', what: `${name}到期，自动撤下`, who: null, href }];
  return [];
}

function sayQuarterOr(period: string): string {
  return /^\d{4}Q[1-4]$/.test(period) ? sayQuarter(period as Quarter) : period;
}

function ofObjections({ day, count }: { day: Day; count: number }): DueDraft {
  return {
    key: `objections-${day}`,
    day,
    dayMeans: 'BY',
    what: `答复 ${count} 件异议`,
    who: 'SUPERVISOR',
    href: '/desk/objections',
  };
}

/** What is nearly used up: the quarter's budget, and the room under the brake. */
function ofPoints(figures: Solvency, villageCode: string, today: Day): DueDraft[] {
  const href = `/v/${villageCode}/solvency`;
  const drafts: DueDraft[] = [];
  const { budget, budgetLeft, outstanding, outstandingMost } = figures;
  if (budget !== null && budgetLeft !== null) {
    const used = percentOf(budget - budgetLeft, budget);
    if (used >= NEAR_PERCENT) {
      const what = `本季度预算已用 ${used}%`;
      const note = budgetLeft > 0 ? `还剩 ${budgetLeft} 分，用完就不能再通过` : '用完了，要村里商量预算';
      drafts.push({ key: 'budget', day: today, dayMeans: 'ON', what, who: 'SECRETARY', href, note });
    }
  }
  if (outstandingMost !== null) {
    const used = percentOf(outstanding, outstandingMost);
    if (used >= NEAR_PERCENT) {
      const what = `各户手里的积分到了上限的 ${used}%`;
      const note = `上限 ${outstandingMost} 分，到了就不能再通过`;
      drafts.push({ key: 'brake', day: today, dayMeans: 'ON', what, who: 'SECRETARY', href, note });
    }
  }
  return drafts;
}
