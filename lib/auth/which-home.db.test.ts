import { beforeAll, describe, expect, it } from 'vitest';
import { answerPayCode } from '@/lib/alliance/redemption/code-http';
import { answerKnown } from '@/lib/alliance/redemption/known-http';
import { chooseHome } from '@/lib/auth/commands';
import { findActor } from '@/lib/auth/reads';
import type { Actor } from '@/lib/auth/types';
import { commands } from '@/lib/commands';
import { markMessagesRead } from '@/lib/messages/commands';
import { countUnread, countUnreadByVillage, listMessages, ownMessages } from '@/lib/messages/reads';
import { answerPhotoUpload } from '@/lib/photos/http';
import { runCommand } from '@/lib/platform/command';
import { answerCommand } from '@/lib/platform/command-http';
import { newId } from '@/lib/platform/ids';
import { actorFor, aVillage, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aJpeg } from '@/lib/testing/photo-corpus';

// Somebody whom the rosters of two villages know: he moved, and the first never wrote it down. What either village says
// to his household he sees; what a page of the one sends is never done for the other.

const { prisma } = await testDb();
let first: VillageBuilt;
let second: VillageBuilt;
let personId: string;
/** as a tab was opened in the first village, and as the same session is at home now */
let opened: Actor;
let moved: Actor;

const again = async (actor: Actor) => (await findActor(prisma, actor.sessionId, TEST_NOW)) as Actor;
const choose = (actor: Actor, villageId: string) =>
  runCommand(chooseHome, { actor, id: newId(), input: { villageId }, now: TEST_NOW });

beforeAll(async () => {
  [first, second] = [await aVillage({ households: 2 }), await aVillage({ households: 2 })];
  personId = first.household(0).head.personId;
  await prisma.resident.updateMany({
    where: { villageId: second.id, id: second.household(1).head.id },
    data: { personId },
  });
  opened = await actorFor(personId);
  expect(opened.resident).toMatchObject({ villageId: first.id, householdId: first.household(0).id });
  expect((await choose(opened, second.id)).ok).toBe(true);
  moved = await again(opened);
});

function send(actor: Actor, name: string, body: string, type: string, now = TEST_NOW): Promise<Response> {
  const request = new Request(`http://village.test/api/commands/${name}`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': type },
    body,
  });
  return answerCommand(request, name, { commands, actor, address: '', now });
}
const json = (name: string, input: unknown, home?: string) =>
  send(moved, name, JSON.stringify({ id: newId(), input, home }), 'application/json');
const form = (name: string, fields: Record<string, string>) =>
  send(moved, name, String(new URLSearchParams(fields)), 'application/x-www-form-urlencoded');
const codeOf = async (answer: Response | Promise<Response>) => {
  const body = (await (await answer).json()) as { refusal?: { code: string } };
  return body.refusal?.code ?? 'done';
};

describe('who lives in two villages', () => {
  it('is at home in the one he chose while he lives there, else in the first', async () => {
    expect(moved.resident).toMatchObject({ villageId: second.id, householdId: second.household(1).id });
    expect(moved.residents.map((home) => home.villageId)).toEqual([first.id, second.id]);
    expect((await actorFor(personId)).resident?.villageId).toBe(first.id);
    const elsewhere = await choose(moved, (await aVillage({ households: 1 })).id);
    expect(elsewhere.ok ? null : elsewhere.refusal.code).toBe('NOT_FOUND');
    const there = { villageId: second.id, id: second.household(1).head.id };
    await prisma.resident.updateMany({ where: there, data: { leftOn: new Date('2026-11-24') } });
    expect((await again(moved)).resident?.villageId).toBe(first.id);
    // whoever has left has no number there any more
    await prisma.resident.updateMany({ where: there, data: { leftOn: null, personId } });
    expect((await again(moved)).resident?.villageId).toBe(second.id);
  });

  it('every command of a resident is refused where the page is of the other village, or doesn’t say of which', async () => {
    const names = [...commands.values()].filter((one) => one.seat === 'resident' && !one.ofAnyPlace);
    expect(names.length).toBeGreaterThan(20);
    // Enough that each gets as far as asking which home is meant.
    const id = newId();
    const ids = {
      deductionId: id,
      objectionId: id,
      redemptionId: id,
      deedId: id,
      photoId: id,
      versionId: id,
    };
    const input = {
      ...ids,
      ...{ merchantId: id, offerId: id, itemId: id, residentId: id, ballotId: id, seen: 1, points: 1 },
      ...{ yes: true, vote: 'FOR', choice: 'FOR', answer: '我家没有', body: '说得不对', text: '说得不对' },
      ...{ reason: '弄错了', subjectKind: 'DEDUCTION', subject: id, subjectId: id, deedOn: '2026-11-24' },
    };
    const asked: string[] = [];
    for (const { name } of names) {
      const amount = { merchantId: id, points: 1 };
      const sent = name === 'redeem-from-shelf' ? amount : input;
      const said = await codeOf(json(name, sent, first.id));
      if (said === 'BAD_INPUT' || said === 'FREE_LIMIT_BY_HEAD') continue;
      asked.push(name);
      expect([name, said]).toEqual([name, 'HOME_ELSEWHERE']);
      expect([name, await codeOf(json(name, sent))]).toEqual([name, 'HOME_UNSAID']);
      expect([name, await codeOf(json(name, sent, newId()))]).toEqual([name, 'HOME_ELSEWHERE']);
    }
    expect(asked).toEqual(
      expect.arrayContaining(['answer-deduction', 'claim-repair', 'redeem-from-shelf', 'withdraw-consent']),
    );
    expect(asked.length).toBeGreaterThan(12);
  });

  it('a form of the first village does nothing in the second, and says so where one is at home now', async () => {
    const fields = { _id: newId(), _back: '/me/consent', _next: '/me/consent' };
    const answer = await form('export-household', { ...fields, _home: first.id });
    const to = new URL(answer.headers.get('location') ?? '', 'http://village.test');
    expect([answer.status, to.pathname]).toEqual([303, '/me']);
    const kept = await prisma.formReturn.findUniqueOrThrow({ where: { id: to.searchParams.get('r') ?? '' } });
    expect(kept).toMatchObject({
      entered: {},
      refusal: { code: 'HOME_ELSEWHERE', params: { village: moved.resident?.villageName } },
    });
    expect((await form('export-household', fields)).headers.get('location')).toMatch(/^\/me\?r=/);
    expect((await form('export-household', { ...fields, _home: second.id })).headers.get('location')).toBe(
      '/me/consent?ok=export-household',
    );
  });

  it('what was done for the first is told of to who asks again, wherever he has gone since', async () => {
    const id = newId();
    const at = await actorFor(personId);
    const ask = (actor: Actor) =>
      send(
        actor,
        'export-household',
        JSON.stringify({ id, input: {}, home: first.id }),
        'application/json',
        new Date(TEST_NOW.getTime() + 10 * 60_000),
      );
    expect(await codeOf(ask(at))).toBe('done');
    await choose(at, second.id);
    const later = await ask(await again(at));
    expect(await later.json()).toMatchObject({ ok: true, repeated: true });
    const logged = await prisma.commandLog.findMany({ where: { id }, select: { villageId: true } });
    expect(logged).toEqual([{ villageId: first.id }]);
  });

  it('opening a message again from an old page goes home there again', async () => {
    const at = await actorFor(personId);
    const messageId = newId();
    const head = {
      id: messageId,
      villageId: second.id,
      personId,
      title: '请来一趟',
      body: '',
      href: '/me/deductions',
    };
    await prisma.message.create({ data: { ...head, createdAt: TEST_NOW } });
    const id = newId();
    const open = async () => {
      const actor = await again(at);
      const input = { messageId, which: 'open' };
      expect((await runCommand(markMessagesRead, { actor, id, input, now: TEST_NOW })).ok).toBe(true);
      return (await again(at)).resident?.villageId;
    };
    expect(await open()).toBe(second.id);
    await choose(await again(at), first.id);
    expect(await open()).toBe(second.id);
  });

  it('a photo and a paying code are of the village whose page asks, or there is none', async () => {
    const upload = async (home?: string) => {
      const request = new Request('http://village.test/api/photos?seat=resident', {
        method: 'POST',
        headers: {
          'sec-fetch-site': 'same-origin',
          'content-type': 'image/jpeg',
          'x-photo-id': newId(),
          ...(home ? { 'x-page-home': home } : {}),
        },
        body: new Uint8Array(await aJpeg({ seed: 613 })),
      });
      return codeOf(answerPhotoUpload(request, { actor: moved, address: '', now: TEST_NOW }));
    };
    expect([await upload(first.id), await upload()]).toEqual(['HOME_ELSEWHERE', 'HOME_UNSAID']);
    expect(await prisma.photo.count({ where: { uploadedById: personId } })).toBe(0);
    const payCode = (home?: string) => {
      const request = new Request('http://localhost:3000/api/pay-code', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ home }),
      });
      return codeOf(answerPayCode(request, moved, TEST_NOW));
    };
    expect([await payCode(first.id), await payCode()]).toEqual(['HOME_ELSEWHERE', 'HOME_UNSAID']);
    expect(await payCode(second.id)).toBe('done');
    // what a phone has sent for the first household it may still ask for
    const known = new Request(`http://village.test/api/redemptions/x?owner=${first.household(0).id}`);
    expect(await (await answerKnown(known, newId(), moved, TEST_NOW)).json()).toMatchObject({ found: false });
  });

  it('reads what both villages say, and by opening it is at home where it was said', async () => {
    const told = async (villageId: string, title: string) => {
      const id = newId();
      await prisma.message.create({
        data: { villageId, id, personId, title, href: '/me/deductions', createdAt: TEST_NOW },
      });
      return id;
    };
    await told(first.id, '好事通过了');
    const notice = await told(second.id, '一份扣分通知');
    const at = await actorFor(personId);
    expect(at.resident?.villageId).toBe(first.id);
    const scope = ownMessages(at);
    expect(await countUnread(prisma, scope)).toBe(2);
    expect(await countUnreadByVillage(prisma, scope)).toEqual(
      new Map([
        [first.id, 1],
        [second.id, 1],
      ]),
    );
    const { messages } = await listMessages(prisma, scope);
    expect(messages.map((one) => [one.title, one.villageId])).toEqual(
      expect.arrayContaining([['一份扣分通知', second.id]]),
    );
    const mark = (which: string) =>
      runCommand(markMessagesRead, {
        actor: at,
        id: newId(),
        input: { messageId: notice, which },
        now: TEST_NOW,
      });
    expect(await mark('one')).toMatchObject({ ok: true, outcome: { read: 1 } });
    expect((await again(at)).resident?.villageId).toBe(first.id);
    expect(await mark('open')).toMatchObject({ ok: true, outcome: { read: 0 } });
    expect((await again(at)).resident?.villageId).toBe(second.id);
    expect(await mark('all')).toMatchObject({ ok: true, outcome: { read: 1 } });
  });
});
