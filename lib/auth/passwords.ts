import 'server-only';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

// Passwords are kept as `scrypt$N$r$p$salt$hash` (salt and hash in base64url): each says how it was made, so the cost
// can rise without asking anyone for a new password.

const COST = { N: 32768, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
/** room for N = 2^17 at r = 8 */
const MEMORY_BYTES_MOST = 160 * 1024 * 1024;

/** The shortest password an official may choose, in characters. */
export const PASSWORD_CHARACTERS_LEAST = 10;
export const PASSWORD_CHARACTERS_MOST = 128;

/** What is kept of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Whether `password` is the one kept. With nothing kept the same work is done and the answer is no, so that the time
 * taken doesn't tell which numbers have a password.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const parts = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/.exec(kept ?? '');
  if (!parts) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const [, N, r, p, salt = '', hash = ''] = parts;
  const right = Buffer.from(hash, 'base64url');
  const key = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return key.length === right.length && timingSafeEqual(key, right);
}

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize('NFKC'),
      salt,
      KEY_BYTES,
      { ...cost, maxmem: MEMORY_BYTES_MOST },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}
