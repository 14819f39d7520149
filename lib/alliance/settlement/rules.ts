import { addMonths, sayMonth } from '@/lib/ledger/rules';
import { type Day, dayOf, monthOf, sayDay, timeOf } from '@/lib/platform/clock';
import type {
  Hint,
  PayChannel,
  PostingView,
  SheetTable,
  StatementLineView,
  StatementPhase,
  StatementState,
  StatementView,
} from './types';

// What statements are called and how their figures are written. Pure; money in 分, integers.

/** 分 of money as yuan: 1,234.50, −30.00 with a true minus. */
export function sayYuan(fen: number): string {
  const yuan = Math.floor(Math.abs(fen) / 100).toLocaleString('zh-CN');
  return `${fen < 0 ? '−' : ''}${yuan}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
}

/** 2026年11月结算单, and from the second of a month on 2026年11月第 2 张结算单. */
export function sayStatement({ month, number }: { month: string; number: number }): string {
  return `${sayMonth(month)}${number > 1 ? `第 ${number} 张` : ''}结算单`;
}

/** The month before the one of a day: whose statements the job makes. */
export function monthToState(today: Day): string {
  return addMonths(monthOf(today), -1);
}

export const CHANNEL_NAMES: Record<PayChannel, string> = {
  BANK: '银行转账',
  CASH: '现金',
  WECHAT: '微信',
  ALIPAY: '支付宝',
  OTHER: '其他',
  OFFSET: '互相抵掉，不用付钱',
};

/** Lines of a statement on paper or in a file: more than a shop takes in a month. */
export const LINES_MOST = 20_000;

/** Ways in which money moves. */
export const MONEY_CHANNELS = ['BANK', 'CASH', 'WECHAT', 'ALIPAY', 'OTHER'] as const;

export const STATE_NAMES: Record<StatementState, string> = {
  MADE: '等商户核对',
  DISPUTED: '商户有疑问，等村里答复',
  AGREED: '商户同意了，等村里付款',
  PAID: '村里付了，等商户确认',
  CONFIRMED: '结清了',
};

type Standing = Pick<StatementLineView, 'state' | 'fen' | 'paidFen' | 'isMissed'>;

/** Every phase a statement goes through, in the order in which it may. */
export const PHASES = ['MADE', 'DISPUTED', 'AGREED', 'SET_OFF', 'PAID', 'BACK', 'CONFIRMED'] as const;

/** The state with what its money says; of one that is paid the payment's, which others may be covered by too. */
export function phaseOf({ state, fen, paidFen }: Omit<Standing, 'isMissed'>): StatementPhase {
  if (state === 'AGREED' && fen < 0) return 'SET_OFF';
  return state === 'PAID' && (paidFen ?? fen) <= 0 ? 'BACK' : state;
}

/** The state of a statement in words. */
export function sayState(one: Standing): string {
  switch (phaseOf(one)) {
    case 'SET_OFF':
      return '商户同意了，从下一张里扣';
    case 'PAID':
      return one.isMissed ? '有争议：商户说没收到' : STATE_NAMES.PAID;
    case 'BACK':
      if (one.isMissed) return '有争议：商户说不对';
      return one.paidFen === 0 ? '互相抵掉了，等商户确认' : '记了商户退钱，等商户确认';
    default:
      return STATE_NAMES[one.state];
  }
}

/** The same as the shop is told it. */
export function sayStateToShop(one: Standing): string {
  switch (phaseOf(one)) {
    case 'MADE':
      return '等您核对';
    case 'DISPUTED':
      return '等村里答复您';
    case 'AGREED':
      return '您同意了，等村里付款';
    case 'SET_OFF':
      return '从下一张里扣';
    case 'PAID':
      return one.isMissed ? '您说没收到，有争议' : '村里付了，等您确认';
    case 'BACK':
      if (one.isMissed) return '您说不对，有争议';
      return one.paidFen === 0 ? '互相抵掉了，等您确认' : '记了您退钱，等您确认';
    case 'CONFIRMED':
      return STATE_NAMES.CONFIRMED;
  }
}

/** A hint with its days: 过期 3 天没付. */
export function sayHint(hint: Hint, days: number): string {
  if (hint === 'OVERDUE') return `过期 ${days} 天没付`;
  if (hint === 'MISSED') return days === 0 ? '商户说没收到钱' : `商户说没收到钱，${days} 天没答复`;
  if (hint === 'DENIED') return days === 0 ? '商户说记的不对' : `商户说记的不对，${days} 天没答复`;
  return hint === 'DISPUTE_SLOW' ? `商户的疑问 ${days} 天没答复` : `等了商户 ${days} 天`;
}

/** Whose turn it is in a phase; null when it is over, or waits for a later statement. */
export function turnOfPhase(phase: StatementPhase): 'SHOP' | 'VILLAGE' | null {
  if (phase === 'CONFIRMED' || phase === 'SET_OFF') return null;
  return phase === 'DISPUTED' || phase === 'AGREED' ? 'VILLAGE' : 'SHOP';
}

/** Whose turn it is with a statement. */
export function turnOf(one: Omit<Standing, 'isMissed'>): 'SHOP' | 'VILLAGE' | null {
  return turnOfPhase(phaseOf(one));
}

/** Of how many statements it is one side's turn. */
export function countTurn(counts: Record<StatementPhase, number>, side: 'SHOP' | 'VILLAGE'): number {
  return PHASES.reduce((sum, phase) => sum + (turnOfPhase(phase) === side ? counts[phase] : 0), 0);
}

/**
 * Why it can't be recorded that a merchant handed back what it owes: something else between it and the village is open,
 * and may still be owed to it. Null where it can.
 */
export function whyNoHandBack({ unstated, open }: { unstated: number; open: number }): string | null {
  if (unstated === 0 && open === 0) return null;
  const parts = [
    unstated > 0 ? `${unstated} 笔没进结算单` : '',
    open > 0 ? `${open} 张结算单没办完` : '',
  ].filter(Boolean);
  return `这家店还有 ${parts.join('，')}，可能还要付钱给它。都办完、算上还欠着村里，才能记它退钱。`;
}

const sayMoment = (at: Date) => `${dayOf(at)} ${timeOf(at)}`;
const yuan = (fen: number) => fen / 100;
const sum = <T>(rows: readonly T[], of: (row: T) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

/** What was said first and again, in one cell. */
const bothRounds = (first: string | undefined, again: string) =>
  [first, again].filter(Boolean).join('；又：');

/** A statement's lines as a table to keep: one row a posting, and their sum. Money in yuan. */
export function tableOfStatement(statement: StatementView, lines: readonly PostingView[]): SheetTable {
  return {
    name: `${statement.merchantName}${sayStatement(statement)}`,
    columns: [
      { label: '日期', width: 12 },
      { label: '时间', width: 8 },
      { label: '户', width: 10 },
      { label: '换了什么', width: 28 },
      { label: '积分', width: 10 },
      { label: '金额（元）', width: 14, money: true },
      { label: '说明', width: 10 },
      { label: '商户的疑问', width: 24 },
      { label: '村里的答复', width: 24 },
    ],
    rows: lines.map((line) => [
      dayOf(line.postedAt),
      timeOf(line.postedAt),
      line.householdCode,
      line.title || '按分数收',
      line.points,
      yuan(line.fen),
      line.points < 0 ? '退回' : line.backAt ? '后来退回了' : '',
      bothRounds(line.first?.why, line.disputedWhy),
      bothRounds(line.first?.answer, line.answer),
    ]),
    total: [
      '合计',
      null,
      null,
      `${lines.length} 笔`,
      sum(lines, (line) => line.points),
      yuan(sum(lines, (line) => line.fen)),
      null,
      null,
      null,
    ],
  };
}

/** All statements of a month as a table: one row a statement, and their sum. */
export function tableOfMonth(
  month: string,
  statements: readonly StatementView[],
  isShops: boolean,
): SheetTable {
  return {
    name: `${sayMonth(month)}结算汇总`,
    columns: [
      { label: isShops ? '村、社区' : '商户', width: 20 },
      { label: '结算单', width: 24 },
      { label: '截止', width: 18 },
      { label: '笔数', width: 8 },
      { label: '积分', width: 10 },
      { label: '金额（元）', width: 14, money: true },
      { label: '最迟付款', width: 12 },
      { label: '现在', width: 22 },
      { label: '付款日期', width: 12 },
      { label: '付款方式', width: 12 },
      { label: '凭证号', width: 20 },
    ],
    rows: statements.map((one) => {
      const payment = one.payments[0];
      return [
        isShops ? one.villageName : one.merchantName,
        sayStatement(one),
        sayMoment(one.cutOff),
        one.lines,
        one.points,
        yuan(one.fen),
        one.dueOn,
        sayState(one),
        payment?.paidOn ?? null,
        payment ? `${payment.fen < 0 ? '商户退给村里，' : ''}${CHANNEL_NAMES[payment.channel]}` : null,
        payment?.reference ?? null,
      ];
    }),
    total: [
      '合计',
      `${statements.length} 张`,
      null,
      sum(statements, (one) => one.lines),
      sum(statements, (one) => one.points),
      yuan(sum(statements, (one) => one.fen)),
      ...Array(5).fill(null),
    ],
  };
}

/** The day in words, as a line says when it is due. */
export function sayDueDay(due: Day, today: Day): string {
  return `最迟${sayDay(due, today)}`;
}
