import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { actorFor, aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { type CommandOutcome, command, runCommand } from './command';
import { text, whole } from './form-shape';
import { idFromWords, isFreshId, NIL_ID, newId, newIdAt } from './ids';
import { refuse } from './refusal';

const { prisma } = await testDb();

const input = z.object({ note: text(1, 20), count: whole(0, 9).optional().default(1) });

function aCommand(
  run: (call: { note: string; count: number }) => Promise<CommandOutcome> = async () => ({}),
  perMinute = 60,
) {
  return command({
    name: 'try-something',
    title: '试一试',
    seat: 'resident',
    input,
    perMinute,
    keep: ({ count }) => ({ count }),
    may: (actor) => (actor.resident.isHead ? true : 'NOT_ALLOWED'),
    run: ({ input: parsed }) => run(parsed),
  });
}

async function aHead() {
  const v = await aVillage({ households: 1 });
  return { v, actor: await actorFor(v.household(0).head.personId) };
}

describe('a command', () => {
  test('of somebody has an id made for it, never one that can be reckoned', async () => {
    const { actor } = await aHead();
    const ask = (id: string, limited: boolean) =>
      runCommand(aCommand(), { actor, id, input: { note: '好' }, now: TEST_NOW, limited });
    for (const id of [idFromWords('statement', 'a', 'b', '2026-12'), crypto.randomUUID(), NIL_ID]) {
      expect(await ask(id, true)).toMatchObject({ ok: false, refusal: { code: 'BAD_INPUT' } });
      expect(isFreshId(id)).toBe(false);
    }
    expect(await ask(newIdAt(TEST_NOW), true)).toMatchObject({ ok: true });
    // a job's or the seed's
    expect(await ask(idFromWords('demo', actor.personId), false)).toMatchObject({ ok: true });
  });

  test('is logged in its own transaction, without what is private', async () => {
    const { v, actor } = await aHead();
    const id = newId();
    const subject = newId();
    const result = await runCommand(
      aCommand(async () => ({ subject, points: 3 })),
      {
        actor,
        id,
        input: { note: '隔壁老王的事', count: '２' },
        now: TEST_NOW,
        address: '10.0.0.1',
      },
    );
    expect(result).toEqual({ ok: true, outcome: { subject, points: 3 }, repeated: false });
    const row = await prisma.commandLog.findFirstOrThrow({ where: { villageId: v.id, id } });
    expect(row).toMatchObject({
      name: 'try-something',
      personId: actor.personId,
      seat: 'RESIDENT',
      subject,
      input: { count: 2 },
    });
    expect(JSON.stringify(row)).not.toContain('老王');
  });

  test('runs once for its id, however often and however the same input is written', async () => {
    const { actor } = await aHead();
    const id = newId();
    let runs = 0;
    const once = aCommand(async () => ({ runs: ++runs }));
    const send = (raw: unknown) => runCommand(once, { actor, id, input: raw, now: TEST_NOW });
    expect(await send({ note: '好', count: 1 })).toMatchObject({ outcome: { runs: 1 }, repeated: false });
    expect(await send({ count: 1, note: '好' })).toMatchObject({ outcome: { runs: 1 }, repeated: true });
    expect(await send({ note: '坏', count: 1 })).toMatchObject({
      refusal: { code: 'SAME_ID_OTHER_CONTENT', status: 409 },
    });
    expect(runs).toBe(1);
  });

  test('sent thirty times at once runs once', async () => {
    const { actor } = await aHead();
    const id = newId();
    let runs = 0;
    const once = aCommand(async () => ({ runs: ++runs }));
    const all = await Promise.all(
      Array.from({ length: 30 }, () => runCommand(once, { actor, id, input: { note: '好' }, now: TEST_NOW })),
    );
    expect(runs).toBe(1);
    expect(all.filter((one) => one.ok && one.repeated)).toHaveLength(29);
  });

  test('that refuses half way leaves nothing', async () => {
    const { v, actor } = await aHead();
    const half = command({
      name: 'half-way',
      title: '半途',
      seat: 'resident',
      input,
      keep: () => ({}),
      may: () => true,
      async run({ tx, now }) {
        await tx.message.create({
          data: { villageId: v.id, id: newId(), personId: actor.personId, title: '半途', createdAt: now },
        });
        throw refuse('NOT_ENOUGH_POINTS', { short: 3 });
      },
    });
    const result = await runCommand(half, { actor, id: newId(), input: { note: '好' }, now: TEST_NOW });
    expect(result).toMatchObject({ ok: false, refusal: { sentence: '积分不够，还差 3 分。' } });
    expect(await prisma.message.count({ where: { villageId: v.id } })).toBe(0);
    expect(await prisma.commandLog.count({ where: { villageId: v.id } })).toBe(0);
  });

  test('that breaks throws, and its message goes nowhere', async () => {
    const { v, actor } = await aHead();
    const broken = aCommand(async () => {
      throw new Error('秘密 13800000000');
    });
    await expect(
      runCommand(broken, { actor, id: newId(), input: { note: '好' }, now: TEST_NOW }),
    ).rejects.toThrow();
    expect(await prisma.commandLog.count({ where: { villageId: v.id } })).toBe(0);
  });

  test('asks who it is, for the seat, and by its policy', async () => {
    const { v, actor } = await aHead();
    const run = (by: typeof actor | null) =>
      runCommand(aCommand(), { actor: by, id: newId(), input: { note: '好' }, now: TEST_NOW });
    expect(await run(null)).toMatchObject({ refusal: { code: 'SIGN_IN_FIRST', status: 401 } });
    expect(await run(await actorFor(v.verifier))).toMatchObject({
      refusal: { code: 'NOT_ALLOWED', status: 403 },
    });
    const wife = await actorFor(v.household(0).residents[1]?.personId ?? '');
    expect(await run(wife)).toMatchObject({ refusal: { code: 'NOT_ALLOWED' } });
    expect(await run(actor)).toMatchObject({ ok: true });
  });

  test('says beside which field the input is wrong', async () => {
    const { actor } = await aHead();
    const result = await runCommand(aCommand(), {
      actor,
      id: newId(),
      input: { note: '', count: 'x' },
      now: TEST_NOW,
    });
    expect(result).toMatchObject({
      refusal: { code: 'BAD_INPUT', field: 'note', fields: { note: '请填写', count: '请填整数' } },
    });
    expect(await runCommand(aCommand(), { actor, id: 'not-an-id', input: {}, now: TEST_NOW })).toMatchObject({
      refusal: { field: 'id' },
    });
  });

  test('is held to its rate, by person, and the window ends', async () => {
    const { actor } = await aHead();
    const slow = aCommand(async () => ({}), 3);
    const send = (now: Date) =>
      runCommand(slow, { actor, id: newId(), input: { note: '好' }, now, limited: true });
    for (let n = 0; n < 3; n++) expect((await send(TEST_NOW)).ok).toBe(true);
    expect(await send(TEST_NOW)).toMatchObject({ refusal: { code: 'TOO_MANY_REQUESTS', status: 429 } });
    expect((await send(new Date(TEST_NOW.getTime() + 60_000))).ok).toBe(true);
    const neighbour = (await aHead()).actor;
    expect(
      (
        await runCommand(slow, {
          actor: neighbour,
          id: newId(),
          input: { note: '好' },
          now: TEST_NOW,
          limited: true,
        })
      ).ok,
    ).toBe(true);
  });

  test('outside villages is logged under the nil id', async () => {
    const open = command({
      name: 'try-openly',
      title: '试一试',
      seat: 'anyone',
      input: z.object({}),
      keep: () => ({}),
      may: () => true,
      run: async () => ({}),
    });
    const id = newId();
    await runCommand(open, { actor: null, id, input: {}, now: TEST_NOW });
    expect(await prisma.commandLog.findFirst({ where: { villageId: NIL_ID, id } })).toMatchObject({
      personId: null,
      seat: 'ANYONE',
    });
  });
});
