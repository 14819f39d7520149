import { describe, expect, it } from 'vitest';
import { sayReference, termsFacts, termsState } from './rules';
import { signTermsInput } from './schema';

const AT = new Date('2026-11-24T02:00:00Z');

describe('terms', () => {
  it('are offered, in force, ended, or never were', () => {
    expect(termsState({ acceptedAt: null, endedAt: null })).toBe('OFFERED');
    expect(termsState({ acceptedAt: AT, endedAt: null })).toBe('IN_FORCE');
    expect(termsState({ acceptedAt: AT, endedAt: AT })).toBe('ENDED');
    expect(termsState({ acceptedAt: null, endedAt: AT })).toBe('DECLINED');
  });

  it('say everything in words, and of a charity no money', () => {
    const terms = {
      isCharity: false,
      referenceFen: 85,
      settlementDay: 10,
      onceMost: null,
      householdMonthMost: 200,
      freeMost: 0,
      nearGroupName: '',
    };
    const said = termsFacts(terms).map(([, value]) => value);
    expect(said).toContain('店里每收 1 分，村里付 0.85 元');
    expect(said).toContain('不限');
    expect(said).toContain('每一笔都要村民在手机上确认');
    expect(
      termsFacts({ ...terms, isCharity: true, referenceFen: 0 })
        .flat()
        .join(),
    ).not.toMatch(/元/);
    expect(sayReference(100, false)).toBe('1 分付 1 元');
  });

  it.each([
    ['1', 100],
    ['0.85', 85],
    ['０．８', 80],
    ['10', 1000],
    ['0.01', 1],
  ])('read %s yuan as %s 分', (yuan, fen) => {
    const input = { merchantId: crypto.randomUUID(), yuan, settlementDay: 10, freeMost: 5 };
    expect(signTermsInput.parse(input).yuan).toBe(fen);
  });
});
