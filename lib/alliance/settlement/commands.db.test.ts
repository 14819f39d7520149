import { expect, it } from 'vitest';
import { type CommandResult, runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { actorFor } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { recordPoolEntry, stopAlliance } from '../pool/commands';
import { code, market, scan } from '../testing/counter';
import { agreeStatement, disputeLine, makeStatement, makeStatementAsShop } from './commands';
import { confirmPayment, missPayment, recordPayment } from './payment/commands';

// The commands as people send them: once for an id, of their own things, and with nothing said in the log.

const { prisma, owner } = await testDb();
const NOW = new Date('2026-12-03T09:00+08:00');
const codeOf = (result: CommandResult) => (result.ok ? '' : result.refusal.code);

async function world() {
  const { v, at } = await market(owner, 100);
  await scan(v, { digits: await code(v, 0), at, points: 30 });
  const secretary = await actorFor(v.secretary.id);
  const shop = await actorFor(at.staff.id);
  return { v, at, secretary, shop };
}

it('a statement is made by hand once for an id, of twenty at once, by either side', async () => {
  const { v, at, secretary, shop } = await world();
  const id = newId();
  const input = { merchantId: at.id };
  const made = await Promise.all(
    Array.from({ length: 20 }, () => runCommand(makeStatement, { actor: secretary, id, input, now: NOW })),
  );
  expect(new Set(made.map(codeOf))).toEqual(new Set(['']));
  expect(await prisma.statement.count({ where: { villageId: v.id } })).toBe(1);
  const again = { actor: shop, id: newId(), input: { villageId: v.id }, now: NOW };
  expect(codeOf(await runCommand(makeStatementAsShop, again))).toBe('STATEMENT_EMPTY');
  const elsewhere = { ...again, id: newId(), input: { villageId: newId() } };
  expect(codeOf(await runCommand(makeStatementAsShop, elsewhere))).toBe('NOT_FOUND');
});

it('is disputed, agreed, paid and confirmed by commands, and what people wrote is in no log', async () => {
  const { v, at, secretary, shop } = await world();
  const made = await runCommand(makeStatement, {
    actor: secretary,
    id: newId(),
    input: { merchantId: at.id },
    now: NOW,
  });
  const statementId = made.ok ? (made.outcome.subject ?? '') : '';
  const statement = { villageId: v.id, statementId };
  const line = await prisma.statementLine.findFirstOrThrow({ where: { villageId: v.id, statementId } });
  const ask = (command: typeof makeStatement, actor: typeof shop, input: object, id = newId()) =>
    runCommand(command, { actor, id, input, now: NOW }).then(codeOf);
  const stranger = await world();
  const dispute = { ...statement, lineId: line.id, reason: '标记：不是我家的' };
  expect(await ask(disputeLine, stranger.shop, dispute)).toBe('NOT_FOUND');
  expect(await ask(agreeStatement, stranger.shop, statement)).toBe('NOT_FOUND');
  expect(await ask(agreeStatement, shop, statement)).toBe('');
  expect(await ask(disputeLine, shop, dispute)).toBe('STATEMENT_ELSEWHERE');
  const paid = {
    merchantId: at.id,
    statements: [statementId],
    fen: 3000,
    paidOn: '2026-12-03',
    channel: 'CASH',
    reference: '标记收条',
  };
  expect(await ask(recordPayment, secretary, { ...paid, channel: 'OFFSET' })).toBe('BAD_INPUT');
  expect(await ask(recordPayment, secretary, { ...paid, channel: undefined })).toBe('BAD_INPUT');
  expect(await ask(recordPayment, secretary, { ...paid, statements: [] })).toBe('BAD_INPUT');
  expect(await ask(recordPayment, secretary, { ...paid, photos: [newId()] })).toBe('PHOTO_NOT_YOURS');
  expect(await ask(recordPayment, stranger.secretary, paid)).toBe('NOT_FOUND');
  expect(await ask(recordPayment, shop, paid)).toBe('NOT_ALLOWED');
  const paymentId = newId();
  const twenty = await Promise.all(
    Array.from({ length: 20 }, () => ask(recordPayment, secretary, paid, paymentId)),
  );
  expect(new Set(twenty)).toEqual(new Set(['']));
  expect(await ask(recordPayment, secretary, { ...paid, fen: 1 }, paymentId)).toBe('SAME_ID_OTHER_CONTENT');
  const payment = { villageId: v.id, paymentId };
  expect(await ask(missPayment, shop, { ...payment, body: '标记：卡上没有' })).toBe('');
  expect(await ask(confirmPayment, stranger.shop, payment)).toBe('NOT_FOUND');
  const confirmed = await Promise.all(Array.from({ length: 20 }, () => ask(confirmPayment, shop, payment)));
  expect(new Set(confirmed)).toEqual(new Set(['']));
  expect(await prisma.statement.findMany({ where: { villageId: v.id } })).toMatchObject([
    { state: 'CONFIRMED', paymentId },
  ]);
  const logged = await prisma.commandLog.findMany({
    where: { personId: { in: [at.staff.id, v.secretary.id] } },
  });
  expect(logged.length).toBeGreaterThan(20);
  expect(JSON.stringify(logged)).not.toContain('标记');
});

it('money comes as people write it, and a stop is kept with its reason, which everyone reads', async () => {
  const { v, secretary } = await world();
  const input = { source: 'GRANT', yuan: '￥1,250.50', onDay: '2026-12-01', note: '县里拨的' };
  const ask = (more: object) =>
    runCommand(recordPoolEntry, { actor: secretary, id: newId(), input: { ...input, ...more }, now: NOW });
  for (const yuan of ['', '0', '-5', '1.234', 'x', '99999999999'])
    expect(codeOf(await ask({ yuan })), yuan).toBe('BAD_INPUT');
  expect(codeOf(await ask({}))).toBe('');
  expect(await prisma.poolEntry.findFirstOrThrow({ where: { villageId: v.id } })).toMatchObject({
    fen: 125050,
  });
  const stop = { actor: secretary, id: newId(), input: { reason: '资金断了' }, now: NOW };
  expect(codeOf(await runCommand(stopAlliance, stop))).toBe('');
  expect(
    await prisma.commandLog.findFirstOrThrow({ where: { villageId: v.id, name: 'stop-alliance' } }),
  ).toMatchObject({ input: { reason: '资金断了' } });
});
