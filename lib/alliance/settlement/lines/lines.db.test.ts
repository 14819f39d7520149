import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { code, market, refundBoth, scan } from '../../testing/counter';
import { agree, make, step } from '../../testing/settlement';
import { findStatement } from '../reads';
import { tableOfStatement } from '../rules';
import { listContested, listDisputed, listPostings } from './reads';

// What a merchant says of single lines, what the village answers, and who else reads it.

const { prisma, owner } = await testDb();
const NOW = new Date('2026-12-03T09:00+08:00');
const day = (text: string) => new Date(`${text}T09:00+08:00`);

async function stated() {
  const { v, at } = await market(owner, 100);
  await scan(v, { digits: await code(v, 0), at, points: 30 });
  const later = new Date(TEST_NOW.getTime() + 60_000);
  await scan(v, { digits: await code(v, 0, later), at, points: 12, now: later });
  const id = (await make(v, at, '2026-11', NOW)) ?? '';
  const lines = await listPostings(prisma, v.id, id, { from: 0, most: 10 });
  const [a = '', b = ''] = lines.map((line) => line.id);
  const dispute = (line: string, why: string, now = NOW) =>
    step('statement_dispute', v.id, id, line, why, at.staff.id, now);
  const withdraw = (line: string, by = at.staff.id, now = NOW) =>
    step('statement_withdraw', v.id, id, line, by, now);
  const answer = (line: string, said: string, now = NOW) =>
    step('statement_answer', v.id, id, line, said, v.secretary.id, now);
  const state = async () =>
    (await prisma.statement.findUniqueOrThrow({ where: { villageId_id: { villageId: v.id, id } } })).state;
  const line = async (which: string) =>
    (await listPostings(prisma, v.id, id, { from: 0, most: 10 })).find((one) => one.id === which);
  return { v, at, id, a, b, dispute, withdraw, answer, state, line };
}

it('a line that was given back after its statement was made says so, and what was given back is a line of the next', async () => {
  const { v, at, id, a, b, line } = await stated();
  expect([(await line(a))?.backAt, (await line(b))?.backAt]).toEqual([null, null]);
  const [first] = await prisma.redemption.findMany({
    where: { villageId: v.id },
    orderBy: { madeAt: 'asc' },
  });
  const back = new Date('2026-12-05T10:00+08:00');
  await refundBoth(v, first?.id ?? '', at, 0, back);
  expect([(await line(a))?.backAt, (await line(b))?.backAt]).toEqual([back, null]);
  expect(await line(a), 'and is owed as it was').toMatchObject({ points: 30 });
  const next = (await make(v, at, '2026-12', new Date('2026-12-31T10:00+08:00'))) ?? '';
  const lines = await listPostings(prisma, v.id, next, { from: 0, most: 10 });
  expect(lines).toMatchObject([{ points: -30, backAt: null }]);
  const statement = await findStatement(prisma, { villageIds: [v.id], merchantId: null }, id, NOW);
  if (!statement) throw new Error('no statement');
  const table = tableOfStatement(statement, await listPostings(prisma, v.id, id, { from: 0, most: 10 }));
  expect(table.rows.map((row) => row[6])).toEqual(['后来退回了', '']);
});

describe('a dispute', () => {
  it('can be taken back until it is answered, by the shop alone; then the statement can be agreed', async () => {
    const { v, at, id, a, b, dispute, withdraw, answer, state, line } = await stated();
    expect(await dispute(a, '点错了一行')).toBe('');
    expect(await dispute(b, '这笔退过了')).toBe('');
    expect(await withdraw(a, v.secretary.id)).toBe('NOT_FOUND');
    expect(await withdraw(newId())).toBe('NOT_FOUND');
    expect(await withdraw(a)).toBe('');
    expect(await withdraw(a), 'twice is once').toBe('');
    expect([await state(), (await line(a))?.disputedWhy]).toEqual(['DISPUTED', '']);
    expect(await prisma.statementLine.findFirstOrThrow({ where: { villageId: v.id, id: a } })).toMatchObject({
      disputedById: null,
      withdrawnById: at.staff.id,
    });
    expect(await answer(a, '没有')).toBe('NOT_FOUND');
    expect(await withdraw(b)).toBe('');
    expect(await state()).toBe('MADE');
    // what was taken back may be said again
    expect(await dispute(a, '还是不对')).toBe('');
    expect(await answer(a, '查过了')).toBe('');
    expect(await withdraw(a)).toBe('DISPUTE_ANSWERED');
    expect(await agree(v, at, id, NOW)).toBe('');
    expect(await withdraw(a)).toBe('STATEMENT_ELSEWHERE');
    expect(await dispute(a, '又来了')).toBe('STATEMENT_ELSEWHERE');
  });

  it('that was answered can be raised once more, and both times stay', async () => {
    const { v, at, id, a, dispute, withdraw, answer, state, line } = await stated();
    await dispute(a, '不是我家收的');
    await answer(a, '是您店里收的');
    expect(await dispute(a, ' ')).toBe('REASON_REQUIRED');
    expect(await dispute(a, '那天店没有开门')).toBe('');
    expect(await state()).toBe('DISPUTED');
    expect(await agree(v, at, id, NOW)).toBe('STATEMENT_ELSEWHERE');
    const first = { why: '不是我家收的', answer: '是您店里收的' };
    expect(await line(a)).toMatchObject({ disputedWhy: '那天店没有开门', answer: '', first });
    expect(await listDisputed(prisma, v.id, id)).toMatchObject([{ id: a, first }]);
    // the second may be taken back too; the first and its answer are kept
    expect(await withdraw(a)).toBe('');
    expect(await line(a)).toMatchObject({ disputedWhy: '', answer: '', first });
    expect(await state()).toBe('MADE');
    expect(await dispute(a, '那天店关着门')).toBe('');
    expect(await answer(a, '监控看过，开着')).toBe('');
    expect(await dispute(a, '第三次')).toBe('DISPUTED_TWICE');
    expect(await line(a)).toMatchObject({ disputedWhy: '那天店关着门', answer: '监控看过，开着', first });
    const statement = await findStatement(prisma, { villageIds: [v.id], merchantId: null }, id, NOW);
    if (!statement) throw new Error('no statement');
    const table = tableOfStatement(statement, await listPostings(prisma, v.id, id, { from: 0, most: 10 }));
    expect(table.rows[0]?.slice(-2)).toEqual([
      '不是我家收的；又：那天店关着门',
      '是您店里收的；又：监控看过，开着',
    ]);
    expect(await agree(v, at, id, NOW)).toBe('');
  });

  it('of twenty at once, raised, answered and taken back, leaves the statement with one side', async () => {
    const { a, b, dispute, withdraw, answer, state, line } = await stated();
    await dispute(a, '不对');
    const said = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        n % 3 === 0 ? withdraw(a) : n % 3 === 1 ? answer(a, '查过了') : dispute(b, '也不对'),
      ),
    );
    const now = await line(a);
    // either it was answered, and nobody took it back any more, or it was taken back, and nobody answered
    expect(said.filter((one, n) => n % 3 === 1 && one === '')).toHaveLength(now?.answer ? 1 : 0);
    expect(now?.disputedWhy === '' || now?.answer === '查过了').toBe(true);
    expect(await state()).toBe('DISPUTED');
    await withdraw(b);
    expect(await state()).toBe('MADE');
  });

  it('is not rewritten by raw SQL', async () => {
    const { v, at, a, dispute, answer } = await stated();
    await dispute(a, '不是我家收的');
    const set = (what: string) =>
      owner.query(`update statement_line set ${what} where village_id = '${v.id}' and id = '${a}'`);
    const moved = `first_why = disputed_why, first_by_id = disputed_by_id, first_at = disputed_at, first_answer = answer,
      first_answered_by_id = answered_by_id, first_answered_at = answered_at, answer = '', answered_by_id = null, answered_at = null`;
    for (const [what, why] of [
      [`disputed_why = '', disputed_by_id = null, disputed_at = null`, 'NOT_ALLOWED'],
      [
        `disputed_why = '', disputed_by_id = null, disputed_at = null, withdrawn_by_id = '${v.secretary.id}', withdrawn_at = now()`,
        'NOT_ALLOWED',
      ],
      [`withdrawn_by_id = '${at.staff.id}', withdrawn_at = now()`, 'stays'],
      [`first_why = '别的', first_by_id = '${at.staff.id}', first_at = now()`, 'stays'],
    ] as const)
      await expect(set(what), what).rejects.toThrow(why);
    await answer(a, '是您店里收的');
    for (const [what, why] of [
      [`answer = '', answered_by_id = null, answered_at = null`, 'stays'],
      [`${moved.replace('first_answer = answer', `first_answer = '没有答'`)}, disputed_why = '又'`, 'stays'],
      [
        `${moved}, disputed_why = '又', disputed_by_id = '${v.secretary.id}', disputed_at = '2026-12-03'`,
        'NOT_ALLOWED',
      ],
    ] as const)
      await expect(set(what), what).rejects.toThrow(why);
    const call = `select statement_reopen('${v.id}'::uuid, '${a}'::uuid)::text`;
    await expect(prisma.$queryRawUnsafe(call)).rejects.toThrow(/permission denied/);
  });

  it('answered or taken back begins the waiting for the merchant anew', async () => {
    const { v, id, a, dispute, withdraw } = await stated();
    const scope = { villageIds: [v.id], merchantId: null };
    const hint = async (text: string) => (await findStatement(prisma, scope, id, day(text)))?.hint ?? null;
    expect(await hint('2026-12-14')).toBe('MERCHANT_SLOW');
    await dispute(a, '不对', day('2026-12-14'));
    await withdraw(a, undefined, day('2026-12-15'));
    expect([await hint('2026-12-25'), await hint('2026-12-26')]).toEqual([null, 'MERCHANT_SLOW']);
  });
});

describe('the township', () => {
  it('reads what its villages and merchants can’t agree on, with household codes and no names', async () => {
    const { v, at, id, a, b, dispute, withdraw, answer } = await stated();
    const office = { id: v.townshipId };
    const read = (text = '2026-12-03', of = office) => listContested(prisma, of, day(text));
    expect(await read()).toEqual([]);
    await dispute(a, '不是我家收的');
    const [found, ...more] = await read();
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      id,
      villageName: '测试村',
      merchantName: '小卖部',
      state: 'DISPUTED',
      hint: null,
    });
    expect(found?.lines).toMatchObject([
      {
        id: a,
        points: 30,
        fen: 3000,
        disputedWhy: '不是我家收的',
        answer: '',
        householdCode: v.household(0).code,
      },
    ]);
    const said = JSON.stringify(found);
    for (const { name } of v.household(0).residents) expect(said).not.toContain(name);
    expect(await read('2026-12-03', { id: (await market(owner, 0)).v.townshipId })).toEqual([]);
    // a line of it that nobody disputes isn't shown; one that was taken back isn't either
    await dispute(b, '也不对');
    await withdraw(b);
    expect((await read())[0]?.lines.map((line) => line.id)).toEqual([a]);
    // answered, it is between the two, until it waits too long or was answered twice
    await answer(a, '是您店里收的');
    expect(await read()).toEqual([]);
    expect(await read('2026-12-14')).toMatchObject([{ id, hint: 'MERCHANT_SLOW', hintDays: 11 }]);
    await dispute(a, '那天没有开门');
    await answer(a, '开着门');
    expect(await read()).toMatchObject([
      { id, state: 'MADE', lines: [{ first: { answer: '是您店里收的' }, answer: '开着门' }] },
    ]);
    expect(await countQueries((db) => listContested(db, office, NOW))).toBe(1);
    await agree(v, at, id, NOW);
    expect(await read('2027-03-01')).toEqual([]);
  });
});
