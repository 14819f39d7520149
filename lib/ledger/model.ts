import { type Day, quarterOf, yearOf } from '@/lib/platform/clock';

/**
 * The ledger as it ought to be, in a few lines of memory: what the SQL functions are held against in
 * model.db.test.ts. It knows nothing of rows and locks, only of the rules.
 */
export interface ModelPosting {
  kind: 'AWARD' | 'SPEND' | 'DEDUCTION' | 'REVERSAL' | 'YEAR_CLOSE' | 'YEAR_CARRY';
  household: number;
  /** -1: the village's issue; else the budget of that quarter */
  points: number;
  honour: number;
  day: Day;
  fromBudget: boolean;
  reversed: boolean;
  /** of a reversal: what it takes back was given */
  takesAward?: boolean;
}

export type ModelAnswer = { ok: true; points: number; honour: number } | { ok: false; code: ModelRefusal };

export type ModelRefusal =
  | 'NOT_ENOUGH_POINTS'
  | 'BUDGET_SPENT'
  | 'ALREADY_REVERSED'
  | 'NOT_REVERSIBLE'
  | 'PERIOD_IN_PUBLICITY'
  | 'PERIOD_LOCKED'
  | 'PERIOD_OPENED'
  | 'PERIOD_EMPTY'
  | 'PERIOD_EARLIER_OPEN'
  | 'PERIOD_NOT_OPENED'
  | 'PERIOD_LOCKED_ALREADY'
  | 'YEAR_END_DONE';

export class LedgerModel {
  readonly balances: number[];
  readonly honour: number[];
  readonly budgets = new Map<string, number>();
  readonly granted = new Map<string, number>();
  readonly standings = new Map<string, number>();
  readonly postings: ModelPosting[] = [];
  readonly quarters = new Map<string, 'PUBLICITY' | 'LOCKED'>();
  readonly years = new Set<number>();

  constructor(households: number) {
    this.balances = Array.from({ length: households }, () => 0);
    this.honour = Array.from({ length: households }, () => 0);
  }

  grant(day: Day, amount: number): void {
    const quarter = quarterOf(day);
    const more = Math.max(0, amount - (this.granted.get(quarter) ?? 0));
    this.granted.set(quarter, (this.granted.get(quarter) ?? 0) + more);
    this.budgets.set(quarter, (this.budgets.get(quarter) ?? 0) + more);
  }

  award(household: number, points: number, day: Day, fromBudget: boolean): ModelAnswer {
    const quarter = quarterOf(day);
    if (fromBudget && (this.budgets.get(quarter) ?? 0) < points) return { ok: false, code: 'BUDGET_SPENT' };
    const closed = this.refuseClosed(day);
    if (closed) return closed;
    if (fromBudget) {
      this.budgets.set(quarter, (this.budgets.get(quarter) ?? 0) - points);
    }
    return this.record({ kind: 'AWARD', household, points, honour: points, day, fromBudget }, points);
  }

  spend(household: number, points: number, day: Day): ModelAnswer {
    if ((this.balances[household] ?? 0) < points) return { ok: false, code: 'NOT_ENOUGH_POINTS' };
    const closed = this.refuseClosed(day);
    if (closed) return closed;
    return this.record({ kind: 'SPEND', household, points, honour: 0, day, fromBudget: false }, -points);
  }

  deduct(household: number, points: number, day: Day): ModelAnswer {
    const closed = this.refuseClosed(day);
    if (closed) return closed;
    const moved = Math.min(points, this.balances[household] ?? 0);
    return this.record(
      { kind: 'DEDUCTION', household, points: moved, honour: -points, day, fromBudget: false },
      -moved,
    );
  }

  reverse(index: number): ModelAnswer {
    const old = this.postings[index];
    if (!old) throw new Error('no such posting in the model');
    if (old.kind === 'REVERSAL' || old.kind === 'YEAR_CLOSE' || old.kind === 'YEAR_CARRY')
      return { ok: false, code: 'NOT_REVERSIBLE' };
    if (old.reversed) return { ok: false, code: 'ALREADY_REVERSED' };
    // nothing here has an objection that was upheld
    if (this.quarters.get(quarterOf(old.day)) === 'LOCKED') return { ok: false, code: 'PERIOD_LOCKED' };
    old.reversed = true;
    const isAward = old.kind === 'AWARD';
    const moved = isAward ? Math.min(old.points, this.balances[old.household] ?? 0) : old.points;
    if (isAward && old.fromBudget) {
      const quarter = quarterOf(old.day);
      this.budgets.set(quarter, (this.budgets.get(quarter) ?? 0) + moved);
    }
    const { household, day } = old;
    return this.record(
      {
        kind: 'REVERSAL',
        household,
        points: moved,
        honour: 0 - old.honour,
        day,
        fromBudget: false,
        takesAward: isAward,
      },
      isAward ? -moved : moved,
    );
  }

  /** Publicity of a quarter that is over: in order, and only when something stands in it. */
  open(quarter: string): ModelAnswer {
    const used = this.postings.filter((one) => ['AWARD', 'SPEND', 'DEDUCTION'].includes(one.kind));
    const quarters = [...new Set(used.map((one) => quarterOf(one.day) as string))].sort();
    if (!quarters.includes(quarter)) return { ok: false, code: 'PERIOD_EMPTY' };
    if (quarters.some((one) => one < quarter && !this.quarters.has(one)))
      return { ok: false, code: 'PERIOD_EARLIER_OPEN' };
    if (this.quarters.has(quarter)) return { ok: false, code: 'PERIOD_OPENED' };
    this.quarters.set(quarter, 'PUBLICITY');
    return { ok: true, points: 0, honour: 0 };
  }

  lock(quarter: string): ModelAnswer {
    const state = this.quarters.get(quarter);
    if (state === 'LOCKED') return { ok: false, code: 'PERIOD_LOCKED_ALREADY' };
    if (!state) return { ok: false, code: 'PERIOD_NOT_OPENED' };
    this.quarters.set(quarter, 'LOCKED');
    return { ok: true, points: 0, honour: 0 };
  }

  /** Closes what is left of a year and carries at most `most` a household; answers what was closed and carried. */
  closeYear(year: number, most: number): ModelAnswer {
    if (this.years.has(year)) return { ok: false, code: 'YEAR_END_DONE' };
    this.years.add(year);
    const day = `${year}-12-31` as Day;
    let closed = 0;
    let carried = 0;
    this.balances.forEach((balance, household) => {
      const since = this.postings.filter((one) => one.household === household && one.day > day);
      const came = since.filter((one) => one.kind === 'AWARD').reduce((sum, one) => sum + one.points, 0);
      const back = since.filter((one) => one.takesAward).reduce((sum, one) => sum + one.points, 0);
      const left = Math.max(0, balance - (came - back));
      if (left === 0) return;
      const kept = Math.min(left, most);
      const base = { household, honour: 0, day, fromBudget: false };
      this.record({ ...base, kind: 'YEAR_CLOSE', points: left }, -left);
      if (kept > 0) this.record({ ...base, kind: 'YEAR_CARRY', points: kept }, kept);
      closed += left;
      carried += kept;
    });
    return { ok: true, points: closed, honour: carried };
  }

  private refuseClosed(day: Day): ModelAnswer | null {
    const state = this.quarters.get(quarterOf(day));
    if (!state) return null;
    return { ok: false, code: state === 'LOCKED' ? 'PERIOD_LOCKED' : 'PERIOD_IN_PUBLICITY' };
  }

  private record(posting: Omit<ModelPosting, 'reversed'>, delta: number): ModelAnswer {
    const { household, honour, day } = posting;
    this.balances[household] = (this.balances[household] ?? 0) + delta;
    this.honour[household] = (this.honour[household] ?? 0) + honour;
    if (honour !== 0) {
      for (const period of [quarterOf(day), yearOf(day), 'ALL']) {
        const key = `${period}/${household}`;
        this.standings.set(key, (this.standings.get(key) ?? 0) + honour);
      }
    }
    this.postings.push({ ...posting, reversed: false });
    return { ok: true, points: posting.points, honour };
  }
}
