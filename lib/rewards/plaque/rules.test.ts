import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { drawCertificateCode } from './code';
import { CERTIFICATE_ALPHABET, groupCertificateCode, parseCertificateCode, sayDayFormally } from './rules';

describe('codes of certificates', () => {
  test('hold 100 bits of an alphabet without I, L, O, U, and differ', () => {
    const codes = Array.from({ length: 500 }, drawCertificateCode);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
      expect(parseCertificateCode(groupCertificateCode(code).toLowerCase())).toBe(code);
    }
    const seen = new Set(codes.join(''));
    expect(seen.size).toBe(CERTIFICATE_ALPHABET.length);
  });

  test('are understood as people type them', () => {
    expect(parseCertificateCode('ol1i 0000 0000 0000 0000')).toBe('01110000000000000000');
    for (const wrong of ['', '0000', 'U0000000000000000000', '0'.repeat(21), "'; drop table plaque;--"]) {
      expect(parseCertificateCode(wrong), wrong).toBeNull();
    }
  });
});

test('a day as certificates write it', () => {
  expect(sayDayFormally('2026-10-16' as Day)).toBe('二〇二六年十月十六日');
  expect(sayDayFormally('2027-01-01' as Day)).toBe('二〇二七年一月一日');
  expect(sayDayFormally('2030-12-20' as Day)).toBe('二〇三〇年十二月二十日');
  expect(sayDayFormally('2028-02-29' as Day)).toBe('二〇二八年二月二十九日');
  expect(sayDayFormally('2026-03-31' as Day)).toBe('二〇二六年三月三十一日');
  expect(sayDayFormally('2026-11-10' as Day)).toBe('二〇二六年十一月十日');
});
