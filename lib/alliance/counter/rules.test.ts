import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { newDeviceId } from '@/lib/platform/device-id';
import { isId } from '@/lib/platform/ids';
import {
  amountError,
  canDo,
  groupDigits,
  orderReasons,
  plainDigits,
  readScanned,
  sayPoints,
  sayReason,
  sayWrongCode,
  speakPaid,
  speakTaken,
  typedAmount,
  wholeAmount,
} from './rules';

describe('digits', () => {
  test('are read however they were typed', () => {
    expect(plainDigits('１２３４ 5678', 8)).toBe('12345678');
    expect(plainDigits(' 1234-5678、', 8)).toBe('12345678');
    expect(plainDigits('123456789', 8)).toBe('12345678');
    expect(plainDigits('付款码', 8)).toBe('');
  });

  test('stand in fours', () => {
    expect(groupDigits('12345678')).toBe('1234 5678');
    expect(groupDigits('12345')).toBe('1234 5');
    expect(groupDigits('')).toBe('');
  });

  test('grouped and read again they are the same', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,12}$/), (digits) => {
        expect(plainDigits(groupDigits(digits), 12)).toBe(digits);
      }),
    );
  });
});

describe('a scanned code', () => {
  test('is a pay code at its address, whatever the host', () => {
    for (const host of ['http://localhost:3000', 'https://cun.example.cn', 'HTTP://10.0.0.2:3700']) {
      expect(readScanned(`${host}/shop/take?code=12345678`)).toEqual({ kind: 'pay', code: '12345678' });
    }
    expect(readScanned('04215678')).toEqual({ kind: 'pay', code: '04215678' });
  });

  test('is a voucher, also an older one that is bare digits', () => {
    const voucher = { kind: 'voucher', code: '407188265530' };
    expect(readScanned('https://cun.example.cn/shop/voucher?code=407188265530')).toEqual(voucher);
    expect(readScanned('407188265530')).toEqual(voucher);
  });

  test('is something else, and is told so', () => {
    expect(readScanned('https://cun.example.cn/v/qingzhu/shops/0190-1').kind).toBe('shop');
    for (const other of [
      'https://cun.example.cn/shop/take?code=1234',
      'https://cun.example.cn/shop/take?code=１２３４５６７８',
      'https://cun.example.cn/shop/take?code=123456789',
      'https://cun.example.cn/evil?code=12345678',
      'https://evil.example/shop/take/../../x?code=12345678',
      'javascript:alert(1)',
      'weixin://wxpay/bizpayurl?pr=1',
      '6901234567892',
      '',
    ]) {
      expect(readScanned(other).kind, other).toBe('other');
      expect(sayWrongCode(readScanned(other), 'pay')).toContain('不是');
    }
  });

  test('never throws, and never answers anything but digits', () => {
    fc.assert(
      fc.property(fc.uint16Array({ maxLength: 60 }), fc.boolean(), (units, isAddress) => {
        const text = `${isAddress ? 'http://x/shop/take?code=' : ''}${String.fromCharCode(...units)}`;
        const found = readScanned(text);
        if ('code' in found) expect(found.code).toMatch(/^([0-9]{8}|[0-9]{12})$/);
      }),
    );
  });
});

describe('taking back', () => {
  const today = '2026-11-27' as Day;
  const posted = { state: 'POSTED', flow: 'COUNTER', refundSide: null } as const;

  test('is the shop’s alone on the day, and later both sides’', () => {
    expect(canDo(posted, today, today, 'SHOP')).toMatchObject({ undo: true, askRefund: false });
    expect(canDo(posted, today, today, 'HOUSEHOLD')).toMatchObject({ undo: false, askRefund: true });
    const yesterday = '2026-11-26' as Day;
    expect(canDo(posted, yesterday, today, 'SHOP')).toMatchObject({ undo: false, askRefund: true });
  });

  test('waits for the other side', () => {
    const asked = { ...posted, refundSide: 'HOUSEHOLD' } as const;
    expect(canDo(asked, today, today, 'SHOP')).toMatchObject({ answerRefund: true, askRefund: false });
    expect(canDo(asked, today, today, 'HOUSEHOLD')).toMatchObject({
      answerRefund: false,
      waitsForRefund: true,
    });
  });

  test('there is none of a voucher, nor of what was never taken', () => {
    const nothing = { undo: false, askRefund: false, answerRefund: false, waitsForRefund: false };
    expect(canDo({ ...posted, flow: 'VOUCHER' }, today, today, 'SHOP')).toEqual(nothing);
    for (const state of ['ASKED', 'HELD', 'LAPSED', 'VOIDED', 'EXPIRED', 'UNDONE', 'REFUNDED'] as const)
      expect(canDo({ ...posted, state }, null, today, 'SHOP')).toEqual(nothing);
  });

  test('says its reason in words', () => {
    expect(sayReason('WRONG_AMOUNT')).toBe('分数收错了');
    expect(sayReason('拿错了')).toBe('拿错了');
  });
});

test('a voice reads a receipt digit by digit', () => {
  expect(speakTaken(30, '4821')).toBe('收到30分，尾号四 八 二 一');
  expect(speakPaid('惠民百货', 5, '0007')).toBe('付给惠民百货5分，尾号零 零 零 七');
});

test('points of one offer in several villages', () => {
  expect(sayPoints(20, 20)).toBe('20 分');
  expect(sayPoints(20, 25)).toBe('20～25 分');
});

test('an id made on a device is a UUID of version 7, in order of time', () => {
  const ids = Array.from({ length: 50 }, newDeviceId);
  for (const id of ids) expect([isId(id), id[14]]).toEqual([true, '7']);
  expect(new Set(ids).size).toBe(50);
});

describe('a typed amount', () => {
  test('is digits, however they are written, and never ten times what was meant', () => {
    expect(typedAmount('０12', 6)).toBe('12');
    expect(typedAmount('1,200', 6)).toBe('1200');
    for (const [typed, kept] of [
      ['2.5', '2.5'],
      ['２．５', '2.5'],
      ['2。5', '2.5'],
      ['2点5', '2点5'],
    ] as const) {
      expect(typedAmount(typed, 6)).toBe(kept);
      expect(wholeAmount(kept), kept).toBe(0);
      expect(amountError(kept), kept).toMatch(/只有整数/);
    }
    expect([wholeAmount(''), wholeAmount('25')]).toEqual([0, 25]);
    expect([amountError(''), amountError('25')]).toEqual([undefined, undefined]);
  });

  test('and a reason for calling an order off is said as it was picked', () => {
    for (const { value, label } of orderReasons()) expect(sayReason(value)).toBe(label);
  });
});
