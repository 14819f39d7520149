/**
 * The counter as it ought to be, in a few lines of memory: what the SQL functions are held against in
 * model.db.test.ts. It knows nothing of rows and locks, only of the rules.
 */
export type Step =
  | { do: 'take'; household: number; points: number; partial: boolean }
  | { do: 'shelf' | 'order'; household: number }
  | { do: 'voucher' | 'jobs' | 'close-year' }
  | { do: 'answer'; of: number; yes: boolean }
  | { do: 'hand-over'; of: number }
  | { do: 'undo'; of: number }
  | { do: 'repeat'; of: number }
  | { do: 'call-off'; of: number; side: Side }
  | { do: 'refund'; of: number; side: Side }
  | { do: 'suspend' | 'stop'; on: boolean }
  | { do: 'wait'; days: number };

type Side = 'SHOP' | 'HOUSEHOLD';
type State = 'ASKED' | 'HELD' | 'POSTED' | 'LAPSED' | 'VOIDED' | 'EXPIRED' | 'UNDONE' | 'REFUNDED';

interface Made {
  flow: 'COUNTER' | 'SHELF' | 'ORDER' | 'VOUCHER';
  household: number;
  points: number;
  hasPiece: boolean;
  state: State;
  at: Date;
  postedAt: Date | null;
  asked: Side | null;
}

interface Start {
  households: number;
  points: number;
  stock: number;
  freeMost: number;
  /** of the one offer */
  price: number;
  voucher: number;
}

const DAY = 86_400_000;
const dayOf = (at: Date) => Math.floor((at.getTime() + 8 * 3_600_000) / DAY);
const YEAR = new Date('2027-01-01T00:00+08:00');
const ORDERS_MOST = 5;

export class CounterModel {
  private readonly balances: number[];
  private stock: number;
  private readonly made: Made[] = [];
  private readonly repeatable: Made[] = [];
  private isSuspended = false;
  private isStopped = false;
  private isVoucherUsed = false;
  private isYearClosed = false;

  constructor(private readonly start: Start) {
    this.balances = Array.from({ length: start.households }, () => start.points);
    this.stock = start.stock;
  }

  state(): { balances: number[]; stock: number; states: State[] } {
    return { balances: [...this.balances], stock: this.stock, states: this.made.map((one) => one.state) };
  }

  /** Does a step; answers the state it leads to or the refusal, null where it is about no redemption. */
  step(one: Step, now: Date): string | null {
    switch (one.do) {
      case 'take':
        return this.take(one.household, one.points, one.partial, now);
      case 'shelf':
      case 'order':
        return this.offer(one.do, one.household, now);
      case 'voucher':
        return this.voucher(now);
      case 'suspend':
        this.isSuspended = one.on;
        return null;
      case 'stop':
        this.isStopped = one.on;
        return null;
      case 'jobs':
        for (const each of this.made) this.endByClock(each, now);
        return null;
      case 'close-year':
        if (now >= YEAR && !this.isYearClosed) {
          this.balances.fill(0);
          this.isYearClosed = true;
        }
        return null;
      case 'wait':
        return null;
      case 'repeat':
        return this.repeatable[one.of % Math.max(1, this.repeatable.length)]?.state ?? null;
      default: {
        const which = this.made[one.of % Math.max(1, this.made.length)];
        return which ? this.about(which, one, now) : null;
      }
    }
  }

  private refuses(): string | null {
    return this.isSuspended ? 'MERCHANT_TAKES_NOTHING' : this.isStopped ? 'VILLAGE_STOPPED' : null;
  }

  private has(household: number): number {
    return this.balances[household] ?? 0;
  }

  private move(household: number, points: number): void {
    this.balances[household] = this.has(household) + points;
  }

  private make(made: Omit<Made, 'asked'>): State {
    const whole = { ...made, asked: null };
    this.made.push(whole);
    this.repeatable.push(whole);
    return whole.state;
  }

  private take(household: number, asked: number, partial: boolean, now: Date): string {
    // a shop that takes nothing anywhere is told so when the code turns out to be good
    const no = this.refuses();
    if (no) return no;
    const has = this.has(household);
    const points = partial && has > 0 ? Math.min(has, asked) : asked;
    if (has < points) return 'NOT_ENOUGH_POINTS';
    const state = points > this.start.freeMost ? 'ASKED' : 'POSTED';
    if (state === 'POSTED') this.move(household, -points);
    const postedAt = state === 'POSTED' ? now : null;
    return this.make({ flow: 'COUNTER', household, points, hasPiece: false, state, at: now, postedAt });
  }

  private offer(kind: 'shelf' | 'order', household: number, now: Date): string {
    const no = this.refuses();
    if (no) return no;
    const points = this.start.price;
    if (this.has(household) < points) return 'NOT_ENOUGH_POINTS';
    const open = this.made.filter(
      (one) => one.household === household && one.state === 'HELD' && now < heldUntil(one),
    );
    if (kind === 'order' && open.length >= ORDERS_MOST) return 'ORDERS_MOST';
    if (this.stock === 0) return 'OFFER_SOLD_OUT';
    this.stock -= 1;
    this.move(household, -points);
    const common = { household, points, hasPiece: true, at: now };
    return kind === 'order'
      ? this.make({ ...common, flow: 'ORDER', state: 'HELD', postedAt: null })
      : this.make({ ...common, flow: 'SHELF', state: 'POSTED', postedAt: now });
  }

  private voucher(now: Date): string {
    const no = this.refuses();
    if (no) return no;
    if (this.isVoucherUsed) return 'VOUCHER_ENDED';
    this.isVoucherUsed = true;
    const points = this.start.voucher;
    return this.make({
      flow: 'VOUCHER',
      household: 0,
      points,
      hasPiece: false,
      state: 'POSTED',
      at: now,
      postedAt: now,
    });
  }

  private endByClock(one: Made, now: Date): void {
    if (one.state === 'ASKED' && now.getTime() >= one.at.getTime() + 60_000) one.state = 'LAPSED';
    if (one.state === 'HELD' && now >= heldUntil(one)) this.giveBack(one, 'EXPIRED');
  }

  private giveBack(one: Made, state: State): void {
    this.move(one.household, one.points);
    if (one.hasPiece) this.stock += 1;
    one.state = state;
  }

  private about(
    one: Made,
    step: Extract<Step, { do: 'answer' | 'hand-over' | 'undo' | 'call-off' | 'refund' }>,
    now: Date,
  ): string {
    switch (step.do) {
      case 'answer':
        return this.answer(one, step.yes, now);
      case 'hand-over':
        if (one.flow !== 'ORDER') return 'NOT_FOUND';
        if (one.state === 'HELD') this.endByClock(one, now);
        if (one.state === 'POSTED' || one.state === 'EXPIRED') return one.state;
        if (one.state !== 'HELD') return 'REDEMPTION_DECIDED';
        if (this.isSuspended) return 'MERCHANT_TAKES_NOTHING';
        one.postedAt = now;
        one.state = 'POSTED';
        return one.state;
      case 'call-off':
        if (one.flow !== 'ORDER') return 'NOT_FOUND';
        if (one.state === 'HELD') this.endByClock(one, now);
        if (one.state === 'VOIDED' || one.state === 'EXPIRED') return one.state;
        if (one.state !== 'HELD') return 'REDEMPTION_DECIDED';
        this.giveBack(one, 'VOIDED');
        return one.state;
      case 'undo':
        if (one.state === 'UNDONE') return one.state;
        if (one.state !== 'POSTED' || one.flow === 'VOUCHER') return 'REDEMPTION_NOT_POSTED';
        if (!one.postedAt || dayOf(one.postedAt) !== dayOf(now)) return 'UNDO_SAME_DAY';
        this.giveBack(one, 'UNDONE');
        return one.state;
      case 'refund':
        if (one.state === 'REFUNDED') return one.state;
        if (one.state !== 'POSTED' || one.flow === 'VOUCHER') return 'REDEMPTION_NOT_POSTED';
        if (one.asked !== null && one.asked !== step.side) this.giveBack(one, 'REFUNDED');
        else one.asked = step.side;
        return one.state;
    }
  }

  private answer(one: Made, yes: boolean, now: Date): string {
    if (one.state !== 'ASKED') {
      const same = one.flow === 'COUNTER' && one.state === (yes ? 'POSTED' : 'LAPSED');
      return same ? one.state : 'REDEMPTION_DECIDED';
    }
    if (!yes) {
      one.state = 'LAPSED';
      return one.state;
    }
    if (now.getTime() >= one.at.getTime() + 60_000) return 'REDEMPTION_LAPSED';
    const no = this.refuses();
    if (no) return no;
    if (this.has(one.household) < one.points) return 'NOT_ENOUGH_POINTS';
    this.move(one.household, -one.points);
    one.postedAt = now;
    one.state = 'POSTED';
    return one.state;
  }
}

/** The end of the third day after. */
function heldUntil(one: Made): Date {
  return new Date((dayOf(one.at) + 4) * DAY - 8 * 3_600_000);
}
