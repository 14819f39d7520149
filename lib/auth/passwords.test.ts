import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './passwords';

describe('passwords', () => {
  it('are told apart, and say how they were made', async () => {
    const kept = await hashPassword('青竹村的水真甜');
    expect(kept).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await isPassword('青竹村的水真甜', kept)).toBe(true);
    expect(await isPassword('青竹村的水真咸', kept)).toBe(false);
    expect(await isPassword('', kept)).toBe(false);
  });

  it('are salted: the same one is kept differently each time', async () => {
    expect(await hashPassword('same-password')).not.toBe(await hashPassword('same-password'));
  });

  it('match however an input method composed them', async () => {
    const kept = await hashPassword('cafe\u0301 123456');
    expect(await isPassword('caf\u00e9 １２３４５６', kept)).toBe(true);
  });

  it('say no when nothing or nonsense is kept', async () => {
    for (const kept of [null, '', 'plain', 'scrypt$0$0$0$$', 'bcrypt$1$2$3$a$b']) {
      expect(await isPassword('x', kept)).toBe(false);
    }
  });
});
