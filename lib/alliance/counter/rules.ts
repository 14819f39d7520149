import type { Day } from '@/lib/platform/clock';
import type { State } from './state';
import type { RedemptionFlow, RedemptionLine, RedemptionState } from './types';

// What the two phones at a counter say and read. Pure, and small enough to be loaded by both.

/** A code that a resident shows: eight digits. */
export const PAY_DIGITS = 8;
/** A voucher's code: twelve. */
export const VOUCHER_DIGITS = 12;
/** A resident has so long to confirm what a shop asked for. */
export const ASKED_SECONDS = 60;
/** Most points in one go. */
export const POINTS_MOST = 100_000;

/** The digits of what somebody typed, at most `most`: full-width ones too; blanks, strokes and letters fall out. */
export function plainDigits(text: string, most: number): string {
  return text
    .replace(/[\uff10-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[^0-9]/g, '')
    .slice(0, most);
}

/**
 * An amount as it is typed: digits alone, without zeros before. What has a fraction is kept as it is, so that 2.5 never
 * becomes 25; it is no amount (`wholeAmount`).
 */
export function typedAmount(text: string, most: number): string {
  const plain = text.normalize('NFKC').replaceAll('。', '.');
  if (/[.点]/.test(plain)) return plain.slice(0, most + 2);
  return plainDigits(plain, most).replace(/^0+/, '');
}

/** The points of a typed amount; 0 where it is none. */
export function wholeAmount(typed: string): number {
  return /^\d+$/.test(typed) ? Number(typed) : 0;
}

/** What is wrong with a typed amount, in words; nothing where it is empty or whole. */
export function amountError(typed: string): string | undefined {
  return typed === '' || /^\d+$/.test(typed) ? undefined : '积分只有整数，没有小数。请重新写。';
}

/** Digits in fours, as they are read out: 1234 5678. */
export function groupDigits(digits: string): string {
  return digits.match(/.{1,4}/g)?.join(' ') ?? '';
}

const isCode = (text: string, digits: number) => text.length === digits && /^[0-9]+$/.test(text);

/** What a scanned code is. */
export type Scanned =
  | { kind: 'pay'; code: string }
  | { kind: 'voucher'; code: string }
  | { kind: 'shop' }
  | { kind: 'other' };

/**
 * Reads what a camera found: our addresses on whatever host this program is reached at, or the bare digits of older
 * vouchers. Nothing is taken from it but digits, so that a strange code leads nowhere.
 */
export function readScanned(text: string): Scanned {
  const bare = text.trim();
  if (isCode(bare, PAY_DIGITS)) return { kind: 'pay', code: bare };
  if (isCode(bare, VOUCHER_DIGITS)) return { kind: 'voucher', code: bare };
  const address = /^https?:\/\/[^/?#]+(\/[^?#]*)(?:\?([^#]*))?/i.exec(bare);
  if (!address) return { kind: 'other' };
  const path = (address[1] ?? '').toLowerCase().replace(/\/$/, '');
  const code = new URLSearchParams(address[2] ?? '').get('code') ?? '';
  if (path === '/shop/take' && isCode(code, PAY_DIGITS)) return { kind: 'pay', code };
  if (path === '/shop/voucher' && isCode(code, VOUCHER_DIGITS)) return { kind: 'voucher', code };
  return /^\/v\/[^/]+\/shops\/[^/]+$/.test(path) ? { kind: 'shop' } : { kind: 'other' };
}

/** Why a scanned code is not the one that is wanted here, in words; '' when it is. */
export function sayWrongCode(found: Scanned, wanted: 'pay' | 'voucher'): string {
  if (found.kind === wanted) return '';
  if (found.kind === 'shop') return '这是店门口的码，是给村民扫的。请扫他手机上的付款码。';
  if (found.kind === 'voucher') return '这是代金券，不是付款码。';
  if (found.kind === 'pay') return '这是付款码，不是代金券。';
  return wanted === 'pay' ? '这个码不是村分的付款码。' : '这个码不是村分的代金券。';
}

/** An offer or an amount, as it is called in a list. */
export function sayWhat(title: string): string {
  return title || '按分数收';
}

/** An offer's points at the counter: 20 分, or 20～25 分 where villages differ. */
export function sayPoints(least: number, most: number): string {
  return least === most ? `${least} 分` : `${least}～${most} 分`;
}

/** A state with its mark, as the lists say it. */
export const STATES: Record<RedemptionState, State> = {
  ASKED: { mark: 'wait', name: '等他确认' },
  HELD: { mark: 'wait', name: '等来取' },
  POSTED: { mark: 'ok', name: '收到了' },
  LAPSED: { mark: 'off', name: '没有成' },
  VOIDED: { mark: 'off', name: '取消了' },
  EXPIRED: { mark: 'off', name: '过期没取' },
  UNDONE: { mark: 'back', name: '撤销了' },
  REFUNDED: { mark: 'back', name: '退货了' },
};

/** The same on the household's side, where what was received is paid. */
export function sayOwnState(state: RedemptionState): State {
  if (state === 'POSTED') return { mark: 'ok', name: '付好了' };
  if (state === 'ASKED') return { mark: 'wait', name: '等您点头' };
  if (state === 'HELD') return { mark: 'wait', name: '等您去取' };
  return STATES[state];
}

/** How it came about. */
export const FLOWS: Record<RedemptionFlow, string> = {
  COUNTER: '柜台',
  SHELF: '自己扫码付',
  VOUCHER: '代金券',
  ORDER: '预留',
};

/** Whether points of it are with the shop now. */
export function isTaken(state: RedemptionState): boolean {
  return state === 'POSTED';
}

export type UndoReason =
  | 'WRONG_AMOUNT'
  | 'WRONG_OFFER'
  | 'WRONG_PERSON'
  | 'NO_STOCK'
  | 'CHANGED_MIND'
  | 'OTHER';

/** The fixed reasons for taking something back; `by` says who picks one. */
export function undoReasons(by: 'shop' | 'household'): { value: UndoReason; label: string }[] {
  return [
    { value: 'WRONG_AMOUNT', label: by === 'shop' ? '分数收错了' : '分数不对' },
    { value: 'WRONG_OFFER', label: by === 'shop' ? '东西选错了' : '东西不对' },
    { value: 'WRONG_PERSON', label: by === 'shop' ? '收错了人家' : '不是我家买的' },
    { value: 'CHANGED_MIND', label: by === 'shop' ? '顾客不要了' : '不要了' },
    { value: 'OTHER', label: '别的原因' },
  ];
}

/** A reason as it was kept, in words: the code of a fixed one, or the words themselves. */
export function sayReason(kept: string): string {
  const all = [...undoReasons('shop'), ...orderReasons()];
  return all.find((one) => one.value === kept)?.label ?? kept;
}

/** What a side may do about a redemption today. */
export interface CanDo {
  /** the shop alone, on the day it was taken */
  undo: boolean;
  askRefund: boolean;
  /** the other side has asked */
  answerRefund: boolean;
  /** this side has asked and waits */
  waitsForRefund: boolean;
}

/** What one side may do: never about a voucher, which is used up. */
export function canDo(
  line: Pick<RedemptionLine, 'state' | 'flow' | 'refundSide'>,
  postedOn: Day | null,
  today: Day,
  side: 'SHOP' | 'HOUSEHOLD',
): CanDo {
  const isOpen = line.state === 'POSTED' && line.flow !== 'VOUCHER';
  const isToday = postedOn === today;
  return {
    undo: isOpen && side === 'SHOP' && isToday && line.refundSide === null,
    askRefund: isOpen && line.refundSide === null && !(side === 'SHOP' && isToday),
    answerRefund: isOpen && line.refundSide !== null && line.refundSide !== side,
    waitsForRefund: isOpen && line.refundSide === side,
  };
}

const SPOKEN = '零一二三四五六七八九';

/** Digits one by one, so that a voice doesn't read them as thousands. */
export function speakDigits(digits: string): string {
  return [...digits].map((digit) => SPOKEN[Number(digit)] ?? digit).join(' ');
}

/** What the shop's phone says aloud. */
export function speakTaken(points: number, receipt: string): string {
  return `收到${points}分，尾号${speakDigits(receipt)}`;
}

/** What the resident's phone says aloud. */
export function speakPaid(merchantName: string, points: number, receipt: string): string {
  return `付给${merchantName}${points}分，尾号${speakDigits(receipt)}`;
}

/** Why a shop calls an order off: of the fixed reasons, those that fit. */
export function orderReasons(): { value: UndoReason; label: string }[] {
  return [
    { value: 'NO_STOCK', label: '没有货了' },
    { value: 'CHANGED_MIND', label: '顾客不要了' },
    { value: 'OTHER', label: '别的原因' },
  ];
}
