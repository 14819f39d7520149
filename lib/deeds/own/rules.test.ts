import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { quickDays, sayLogged, sayMeta } from './rules';

const today = '2026-11-24' as Day;

describe('who logged it', () => {
  const say = (residentName: string, reporterName: string, channel: 'SELF' | 'STEWARD' | 'EVENT' | null) =>
    sayLogged({ residentName, reporterName, channel }, '陈建国');
  test('to the one who looks', () => {
    expect(say('陈建国', '陈建国', 'SELF')).toBe('我记的');
    expect(say('何秀英', '何秀英', 'SELF')).toBe('何秀英记的');
    expect(say('陈小满', '陈建国', 'SELF')).toBe('陈小满，我记的');
    expect(say('陈建国', '何秀英', 'SELF')).toBe('我做的，何秀英记的');
    expect(say('陈建国', '帮办甲', 'STEWARD')).toBe('帮办员代记');
    expect(say('何秀英', '帮办甲', 'EVENT')).toBe('何秀英，活动登记');
    expect(say('何秀英', '', null)).toBe('何秀英');
  });
});

describe('the second line', () => {
  const line = {
    deedOn: '2026-11-23',
    reason: '照片看不清，请补一张',
    residentName: '陈建国',
    reporterName: '陈建国',
    channel: 'SELF' as const,
    photos: 2,
  };
  test('says why a deed came back, else who and how many photos', () => {
    expect(sayMeta({ ...line, state: 'RETURNED' }, '陈建国', today)).toBe('昨天 · 照片看不清，请补一张');
    expect(sayMeta({ ...line, reason: '', state: 'SUBMITTED' }, '陈建国', today)).toBe(
      '昨天 · 我记的 · 照片 2 张',
    );
    expect(sayMeta({ ...line, photos: 0, reason: '', state: 'APPROVED' }, '陈建国', today)).toBe(
      '昨天 · 我记的',
    );
  });
});

describe('days one tap away', () => {
  test('end where the village takes no more', () => {
    expect(quickDays(today, 30).map((one) => one.label)).toEqual(['今天', '昨天', '前天']);
    expect(quickDays(today, 1)).toEqual([
      { day: '2026-11-24', label: '今天' },
      { day: '2026-11-23', label: '昨天' },
    ]);
    expect(quickDays(today, 0)).toHaveLength(1);
  });
});
