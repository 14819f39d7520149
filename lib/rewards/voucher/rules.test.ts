import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { VoucherState } from '@/lib/platform/generated/enums';
import { drawVoucherCode } from './code';
import { checkDigit, groupVoucherCode, isVoucherCode, stateOn, VOUCHER_STEPS } from './rules';

describe('the check digit', () => {
  test('is that of ISO 7064, MOD 11,10', () => {
    // the standard's own example, 0794 5; and a Croatian OIB, which uses it: 6943515153 0
    expect(checkDigit('0794')).toBe('5');
    expect(checkDigit('6943515153')).toBe('0');
  });

  test('notices every wrong digit', () => {
    for (let n = 0; n < 50; n++) {
      const code = drawVoucherCode();
      expect(isVoucherCode(code)).toBe(true);
      for (let at = 0; at < code.length; at++) {
        for (let digit = 0; digit < 10; digit++) {
          if (String(digit) === code[at]) continue;
          expect(isVoucherCode(code.slice(0, at) + digit + code.slice(at + 1))).toBe(false);
        }
      }
    }
  });

  test('notices nearly every swap of two neighbours', () => {
    let swaps = 0;
    let missed = 0;
    for (let n = 0; n < 400; n++) {
      const code = drawVoucherCode();
      for (let at = 0; at < 11; at++) {
        if (code[at] === code[at + 1]) continue;
        swaps++;
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
        if (isVoucherCode(swapped)) missed++;
      }
    }
    expect(missed / swaps).toBeLessThan(0.04);
  });

  test('refuses what is no code', () => {
    for (const wrong of ['', '12345678901', '1234567890123', '１２３４５６７８９０１２', 'abcdefghijkl']) {
      expect(isVoucherCode(wrong), wrong).toBe(false);
    }
  });
});

test('codes are twelve random digits, shown in fours', () => {
  const codes = Array.from({ length: 500 }, drawVoucherCode);
  expect(new Set(codes).size).toBe(500);
  expect(codes.every((code) => /^\d{12}$/.test(code))).toBe(true);
  expect(groupVoucherCode('407188265530')).toBe('4071 8826 5530');
});

describe('states', () => {
  test('a voucher ends once', () => {
    expect(Object.keys(VOUCHER_STEPS).sort()).toEqual(Object.values(VoucherState).sort());
    for (const [from, steps] of Object.entries(VOUCHER_STEPS)) {
      expect(steps.length, from).toBe(from === 'ISSUED' ? 3 : 0);
    }
  });

  test('is good to the end of its last day, whether or not the job has come', () => {
    const last = '2026-12-31' as Day;
    expect(stateOn('ISSUED', last, '2026-12-30' as Day)).toBe('ISSUED');
    expect(stateOn('ISSUED', last, '2026-12-31' as Day)).toBe('ISSUED');
    expect(stateOn('ISSUED', last, '2027-01-01' as Day)).toBe('EXPIRED');
    expect(stateOn('CANCELLED', last, '2027-01-01' as Day)).toBe('CANCELLED');
    expect(stateOn('REDEEMED', last, '2027-01-01' as Day)).toBe('REDEEMED');
  });
});
