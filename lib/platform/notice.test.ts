import { expect, it } from 'vitest';
import { noticeOf } from './notice';

it('is one of the page’s own, or none', () => {
  const notices = { appoint: '已经任命。' };
  expect(noticeOf(notices, 'appoint')).toBe('已经任命。');
  for (const ok of ['__proto__', 'constructor', 'toString', '', 'else', ['appoint'], undefined]) {
    expect(noticeOf(notices, ok)).toBe(undefined);
  }
});
