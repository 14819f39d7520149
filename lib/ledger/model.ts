import { type Day, quarterOf, yearOf } from '@/lib/platform/clock';

/**
 * The ledger as it ought to be, in a few lines of memory: what the SQL functions are held against in
 * model.db.test.ts. It knows nothing of rows and locks, only of the rules.
 */
export interface ModelPosting {
  kind: 'AWARD' | 'SPEND' | 'DEDUCTION' | 'REVERSAL';
  household: number;
  /** -1: the village's issue; else the budget of that quarter */
  points: number;
  honour: number;
  day: Day;
  fromBudget: boolean;
  reversed: boolean;
}

export type ModelAnswer =
  | { ok: true; points: number; honour: number }
  | { ok: false; code: 'NOT_ENOUGH_POINTS' | 'BUDGET_SPENT' | 'ALREADY_REVERSED' | 'NOT_REVERSIBLE' };

export class LedgerModel {
  readonly balances: number[];
  readonly honour: number[];
  readonly budgets = new Map<string, number>();
  readonly granted = new Map<string, number>();
  readonly standings = new Map<string, number>();
  readonly postings: ModelPosting[] = [];

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
    if (fromBudget) {
      const left = this.budgets.get(quarter) ?? 0;
      if (left < points) return { ok: false, code: 'BUDGET_SPENT' };
      this.budgets.set(quarter, left - points);
    }
    return this.record({ kind: 'AWARD', household, points, honour: points, day, fromBudget }, points);
  }

  spend(household: number, points: number, day: Day): ModelAnswer {
    if ((this.balances[household] ?? 0) < points) return { ok: false, code: 'NOT_ENOUGH_POINTS' };
    return this.record({ kind: 'SPEND', household, points, honour: 0, day, fromBudget: false }, -points);
  }

  deduct(household: number, points: number, day: Day): ModelAnswer {
    const moved = Math.min(points, this.balances[household] ?? 0);
    return this.record(
      { kind: 'DEDUCTION', household, points: moved, honour: -points, day, fromBudget: false },
      -moved,
    );
  }

  reverse(index: number): ModelAnswer {
    const old = this.postings[index];
    if (!old) throw new Error('no such posting in the model');
    if (old.kind === 'REVERSAL') return { ok: false, code: 'NOT_REVERSIBLE' };
    if (old.reversed) return { ok: false, code: 'ALREADY_REVERSED' };
    old.reversed = true;
    const isAward = old.kind === 'AWARD';
    const moved = isAward ? Math.min(old.points, this.balances[old.household] ?? 0) : old.points;
    if (isAward && old.fromBudget) {
      const quarter = quarterOf(old.day);
      this.budgets.set(quarter, (this.budgets.get(quarter) ?? 0) + moved);
    }
    const { household, day } = old;
    return this.record(
      { kind: 'REVERSAL', household, points: moved, honour: 0 - old.honour, day, fromBudget: false },
      isAward ? -moved : moved,
    );
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
