import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chooseDesk } from '@/lib/auth/commands';
import { findActor } from '@/lib/auth/reads';
import type { Actor } from '@/lib/auth/types';
import { command, runCommand } from '@/lib/platform/command';
import { answerCommand } from '@/lib/platform/command-http';
import { readFormReturn } from '@/lib/platform/form-return';
import { newId } from '@/lib/platform/ids';
import {
  actorFor,
  anAppointment,
  aPerson,
  aVillage,
  TEST_NOW,
  type VillageBuilt,
} from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';

// Somebody of two villages' desks, who opens one in a tab and goes on to the other in another tab: what the first tab
// still sends is done for neither.

const { prisma } = await testDb();
let first: VillageBuilt;
let second: VillageBuilt;
let moved: Actor;
const doneIn: string[] = [];
const act = command({
  name: 'act-at-desk',
  title: '办一件事',
  seat: 'desk',
  input: z.object({}),
  keep: () => ({}),
  may: () => true,
  async run({ villageId }) {
    doneIn.push(villageId);
    return {};
  },
});
const commands = new Map([act, chooseDesk].map((one) => [one.name, one]));

beforeAll(async () => {
  [first, second] = [await aVillage(), await aVillage()];
  const person = await aPerson('两个村的书记');
  for (const { id } of [first, second]) await anAppointment(person.id, 'SECRETARY', { villageId: id });
  const opened = await actorFor(person);
  expect(opened.desk?.villageId).toBe(first.id);
  const input = { villageId: second.id };
  await runCommand(chooseDesk, { actor: opened, id: newId(), input, now: TEST_NOW });
  moved = (await findActor(prisma, opened.sessionId, TEST_NOW)) as Actor;
  expect(moved.desk?.villageId).toBe(second.id);
});

function send(name: string, body: string, type: string, actor: Actor): Promise<Response> {
  const request = new Request(`http://village.test/api/commands/${name}`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': type },
    body,
  });
  return answerCommand(request, name, { commands, actor, address: '', now: TEST_NOW });
}
async function json(
  desk?: string,
  { actor = moved, name = 'act-at-desk', input = {} } = {},
): Promise<string> {
  const answer = await send(name, JSON.stringify({ id: newId(), input, desk }), 'application/json', actor);
  const body = (await answer.json()) as { refusal?: { code: string } };
  return body.refusal?.code ?? 'done';
}
async function form(fields: Record<string, string>): Promise<URL> {
  const body = String(new URLSearchParams({ _id: newId(), _back: '/desk/periods', ...fields }));
  const answer = await send('act-at-desk', body, 'application/x-www-form-urlencoded', moved);
  return new URL(answer.headers.get('location') ?? '', 'http://village.test');
}

describe('of two desks', () => {
  it('nothing is done where the page is of the other village, or doesn’t say of which', async () => {
    doneIn.length = 0;
    expect([await json(first.id), await json(), await json(newId())]).toEqual([
      'DESK_ELSEWHERE',
      'DESK_UNSAID',
      'DESK_ELSEWHERE',
    ]);
    expect(doneIn).toEqual([]);
    expect(await json(second.id)).toBe('done');
    expect(doneIn).toEqual([second.id]);
    expect(await json(undefined, { name: 'choose-desk', input: { villageId: second.id } })).toBe('done');
  });

  it('what was done at the first is told of to who asks again, and done once', async () => {
    doneIn.length = 0;
    const id = newId();
    const ask = async (actor: Actor) => {
      const body = JSON.stringify({ id, input: {}, desk: first.id });
      return (await (await send('act-at-desk', body, 'application/json', actor)).json()) as object;
    };
    const opened = await actorFor(moved.personId);
    expect(opened.desk?.villageId).toBe(first.id);
    expect(await ask(opened)).toMatchObject({ ok: true, repeated: false });
    expect(await ask(moved)).toMatchObject({ ok: true, repeated: true });
    expect(doneIn).toEqual([first.id]);
  });

  it('going there again from an old page goes there again', async () => {
    const id = newId();
    const go = async (villageId: string, by = newId()) => {
      const at = (await findActor(prisma, moved.sessionId, TEST_NOW)) as Actor;
      await runCommand(chooseDesk, { actor: at, id: by, input: { villageId }, now: TEST_NOW });
      return (await findActor(prisma, moved.sessionId, TEST_NOW))?.desk?.villageId;
    };
    expect(await go(first.id, id)).toBe(first.id);
    expect(await go(second.id)).toBe(second.id);
    expect(await go(first.id, id)).toBe(first.id);
    expect(await go(second.id)).toBe(second.id);
  });

  it('a form of the first leads to the desk that one is at now, which says so', async () => {
    doneIn.length = 0;
    for (const [fields, code] of [
      [{ _desk: first.id, note: '给第一个村' }, 'DESK_ELSEWHERE'],
      [{}, 'DESK_UNSAID'],
    ] as const) {
      const to = await form(fields);
      expect(to.pathname).toBe('/desk');
      const shown = await readFormReturn(moved.sessionId, to.searchParams.get('r') ?? undefined, TEST_NOW);
      expect([shown?.refusal.code, shown?.entered]).toEqual([code, {}]);
    }
    expect(doneIn).toEqual([]);
    expect((await form({ _desk: second.id })).pathname).toBe('/desk/periods');
    expect(doneIn).toEqual([second.id]);
  });
});

it('of one desk, a page need not say it; the page of a desk that has ended does nothing at another', async () => {
  const person = await aPerson('一个村的书记');
  await anAppointment(person.id, 'SECRETARY', { villageId: second.id });
  const actor = await actorFor(person);
  expect(await json(undefined, { actor })).toBe('done');
  expect(await json(first.id, { actor })).toBe('DESK_ELSEWHERE');
});
