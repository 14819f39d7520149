import { afterAll, describe, expect, test } from 'vitest';
import { testDb } from '@/lib/testing/database';
import { openPool } from './pool';

const { url } = await testDb();
const pool = openPool({ connectionString: url, max: 1 });
// what a server ends while nobody asks
pool.on('error', () => undefined);
afterAll(() => pool.end());

const process = async () => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid as number;

describe('a connection', () => {
  test('is kept when its statement is refused', async () => {
    const before = await process();
    await expect(pool.query("select refuse('CODE_USED')")).rejects.toThrow('CODE_USED');
    await expect(pool.query('select 1 / $1::int', [0])).rejects.toThrow('division by zero');
    await expect(pool.query('selec')).rejects.toThrow('syntax error');
    await expect(
      pool.query({ name: 'refused', text: 'select refuse($1)', values: ['CODE_USED'] }),
    ).rejects.toThrow('CODE_USED');
    expect(await process()).toBe(before);
  });

  test('is not asked again once the server has ended it', async () => {
    const before = await process();
    await expect(pool.query('select pg_terminate_backend(pg_backend_pid())')).rejects.toThrow(
      /terminating|terminated/,
    );
    expect(await process()).not.toBe(before);
  });

  test('that several wait for goes to each of them, refused or not', async () => {
    const asked = Array.from({ length: 20 }, (_, n) =>
      pool.query('select 10 / $1::int as answer', [n % 2]).then(
        ({ rows }) => rows[0].answer as number,
        () => 'refused',
      ),
    );
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 20 }, (_, n) => (n % 2 ? 10 : 'refused')));
    expect(pool.totalCount).toBe(1);
    expect(pool.idleCount).toBe(1);
  });
});
