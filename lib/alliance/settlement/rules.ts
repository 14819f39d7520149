import { addMonths, sayMonth } from '@/lib/ledger/rules';
import { type Day, dayOf, monthOf, sayDay, timeOf } from '@/lib/platform/clock';
import type {
  Hint,
  PayChannel,
  PostingView,
  SheetTable,
  StatementLineView,
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

/** The state of a statement in words: one below zero is not paid but set off. */
export function sayState({
  state,
  fen,
  isMissed,
}: Pick<StatementLineView, 'state' | 'fen' | 'isMissed'>): string {
  if (state === 'AGREED' && fen < 0) return '商户同意了，从下一张里扣';
  if (state === 'PAID' && isMissed) return fen < 0 ? '有争议：商户说不对' : '有争议：商户说没收到';
  if (state === 'PAID' && fen < 0) return '村里记了账，等商户确认';
  return STATE_NAMES[state];
}

/** The same as the shop is told it. */
export function sayStateToShop(one: Pick<StatementLineView, 'state' | 'fen' | 'isMissed'>): string {
  const { state, fen, isMissed } = one;
  if (state === 'MADE') return '等您核对';
  if (state === 'DISPUTED') return '等村里答复您';
  if (state === 'AGREED') return fen < 0 ? '从下一张里扣' : '您同意了，等村里付款';
  if (state === 'PAID' && fen < 0) return isMissed ? '您说不对，有争议' : '村里记了账，等您确认';
  if (state === 'PAID') return isMissed ? '您说没收到，有争议' : '村里付了，等您确认';
  return sayState(one);
}

/** A hint with its days: 过期 3 天没付. */
export function sayHint(hint: Hint, days: number): string {
  if (hint === 'OVERDUE') return `过期 ${days} 天没付`;
  if (hint === 'MISSED') return days === 0 ? '商户说没收到钱' : `商户说没收到钱，${days} 天没答复`;
  return hint === 'DISPUTE_SLOW' ? `商户的疑问 ${days} 天没答复` : `等了商户 ${days} 天`;
}

/** Whose turn it is; null when it is over, or waits for a later statement. */
export function turnOf({ state, fen }: Pick<StatementLineView, 'state' | 'fen'>): 'SHOP' | 'VILLAGE' | null {
  if (state === 'CONFIRMED' || (state === 'AGREED' && fen < 0)) return null;
  return state === 'MADE' || state === 'PAID' ? 'SHOP' : 'VILLAGE';
}

const sayMoment = (at: Date) => `${dayOf(at)} ${timeOf(at)}`;
const yuan = (fen: number) => fen / 100;
const sum = <T>(rows: readonly T[], of: (row: T) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

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
      line.points < 0 ? '退回' : '',
      line.disputedWhy,
      line.answer,
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
        payment ? CHANNEL_NAMES[payment.channel] : null,
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
