import { describe, expect, it } from 'vitest';
import { chooseShop } from '@/lib/auth/commands';
import { findActor } from '@/lib/auth/reads';
import { sessionCookie } from '@/lib/auth/testing/session-cookie';
import type { Actor } from '@/lib/auth/types';
import { type CommandResult, runCommand } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { actorFor, anAppointment, aPerson, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import { refusalOf } from '@/lib/testing/working-village';
import { balanceOf, code, expectWhole, market, vouchers } from '../testing/counter';
import { answerPayCode } from './code-http';
import { redeemVoucher, takePoints, undoRedemption } from './counter-commands';
import { answerRedemption, orderOffer, redeemFromShelf, setFreeLimit, voidOrder } from './household-commands';
import { answerKnown } from './known-http';
import { findRedemption } from './reads';
import { answerTakePoints, TAKES_A_MINUTE } from './taking';

// The doors: two for a shop's taking, which are one; and who may see what became of it.

const { prisma, owner } = await testDb();

interface Sent {
  cookie?: string;
  body?: unknown;
  headers?: Record<string, string>;
  now?: Date;
}

async function send({ cookie = '', body, headers = {}, now = TEST_NOW }: Sent) {
  const request = new Request('http://localhost:3000/api/take-points', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = await answerTakePoints(request, '10.0.0.1', now);
  return { status: answer.status, result: (await answer.json()) as CommandResult };
}

const run = (
  command: Parameters<typeof runCommand>[0],
  actor: Actor | null,
  input: unknown,
  id = newId(),
  now = TEST_NOW,
) => runCommand(command, { actor, id, input, now, address: '10.0.0.1' });

async function counter(points = 50, terms: Parameters<typeof market>[3] = {}) {
  const { v, at } = await market(owner, points, 2, terms);
  const shop = await actorFor(at.staff);
  return {
    v,
    at,
    shop,
    cookie: await sessionCookie(shop),
    head: await actorFor(v.household(0).head.personId),
  };
}

describe('the counter’s own door', () => {
  it('answers what the command answers, to the same id the same, whichever door it comes by', async () => {
    const { v, shop, cookie } = await counter();
    const [id, digits] = [newId(), await code(v, 0)];
    const body = { id, input: { code: digits, points: 10 } };
    const first = await send({ cookie, body });
    expect(first).toMatchObject({
      status: 200,
      result: {
        ok: true,
        repeated: false,
        outcome: { subject: id, villageId: v.id, state: 'POSTED', points: 10, askedPoints: 10, title: '' },
      },
    });
    const outcome = first.result.ok ? first.result.outcome : null;
    expect(outcome?.receipt).toMatch(/^\d{4}$/);
    expect(await send({ cookie, body })).toMatchObject({ result: { repeated: true, outcome } });
    // as a form without JavaScript sends it: strings, full-width digits
    const wide = [...digits].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    expect(await run(takePoints, shop, { code: wide, points: '10', offerId: '' }, id)).toEqual({
      ok: true,
      repeated: true,
      outcome,
    });
    expect(await send({ cookie, body: { id, input: { code: digits, points: 11 } } })).toMatchObject({
      status: 409,
      result: { refusal: { code: 'SAME_ID_OTHER_CONTENT' } },
    });
    expect(refusalOf(await run(takePoints, shop, { code: digits, points: 11 }, id))).toBe(
      'SAME_ID_OTHER_CONTENT',
    );
    expect(await balanceOf(v, 0)).toBe(40);

    const other = newId();
    const form = await run(takePoints, shop, { code: await code(v, 0), points: '5', partial: 'on' }, other);
    expect(form).toMatchObject({ ok: true, repeated: false });
    await expectWhole(v);
  });

  it('answers the first outcome when the first answer was lost, by either door, also long after', async () => {
    const { v, shop, cookie } = await counter();
    const [id, digits] = [newId(), await code(v, 0)];
    const formFirst = await run(takePoints, shop, { code: digits, points: 10 }, id);
    const muchLater = new Date(TEST_NOW.getTime() + 3_600_000);
    const again = await send({ cookie, body: { id, input: { code: digits, points: 10 } }, now: muchLater });
    expect(again.result).toEqual({ ...formFirst, repeated: true });
    expect(await balanceOf(v, 0)).toBe(40);
  });

  it('takes for the shop that the session stands in, and for none that its page doesn’t show, by either door', async () => {
    const { v, at } = await counter(50);
    const other = await aShop(v);
    const helper = await aPerson('两头跑的店员');
    await anAppointment(helper.id, 'MERCHANT', { merchantId: at.id });
    await anAppointment(helper.id, 'MERCHANT', { merchantId: other.id });
    const actor = await actorFor(helper);
    expect(actor.shops.map((shop) => shop.merchantId)).toEqual([at.id, other.id]);
    expect(actor.shop?.merchantId).toBe(at.id);
    const cookie = await sessionCookie(actor);
    const input = async () => ({ code: await code(v, 0), points: 3 });
    const taken = async (id: string) =>
      (await prisma.redemption.findFirst({ where: { villageId: v.id, id } }))?.merchantId ?? null;
    const both = async (shop: string | null, id = newId()) => {
      const now = await findActor(prisma, actor.sessionId, TEST_NOW);
      const asked = { id, input: await input(), ...(shop ? { shop } : {}) };
      const fast = (await send({ cookie, body: asked })).result;
      const slow = await runCommand(takePoints, {
        actor: now,
        id: newId(),
        input: await input(),
        shop,
        now: TEST_NOW,
      });
      return [fast.ok ? await taken(id) : fast.refusal, slow.ok ? 'taken' : slow.refusal];
    };
    expect(await both(at.id)).toEqual([at.id, 'taken']);
    const before = await balanceOf(v, 0);
    const unsaid = await both(null);
    expect(unsaid).toMatchObject([
      { code: 'SHOP_UNSAID', params: { shop: '小卖部' } },
      { code: 'SHOP_UNSAID' },
    ]);
    expect(unsaid[0]).toEqual(unsaid[1]);

    // in another tab he goes on to the other shop
    expect(refusalOf(await run(chooseShop, actor, { merchantId: (await aShop(v)).id }))).toBe('NOT_FOUND');
    expect(refusalOf(await run(chooseShop, actor, { merchantId: other.id }))).toBe(null);
    const elsewhere = await both(at.id);
    expect(elsewhere).toMatchObject([{ code: 'SHOP_ELSEWHERE', status: 409 }, { code: 'SHOP_ELSEWHERE' }]);
    expect(elsewhere[0]).toEqual(elsewhere[1]);
    expect(await balanceOf(v, 0)).toBe(before);
    // the page of the other shop takes for the other
    expect(await both(other.id)).toEqual([other.id, 'taken']);
    expect((await send({ cookie, body: { id: newId(), input: await input(), shop: 'x' } })).status).toBe(422);

    // nor does the end of a job lead him into another shop under a page that is still open
    await prisma.appointment.updateMany({
      where: { personId: helper.id, merchantId: other.id },
      data: { until: new Date('2026-01-01') },
    });
    expect(await both(other.id)).toMatchObject([{ code: 'SHOP_ELSEWHERE' }, { code: 'SHOP_ELSEWHERE' }]);
    // of one shop alone nothing need be said
    expect(await both(null)).toEqual([at.id, 'taken']);
    await expectWhole(v);
  });

  it('tells a tab of the first shop what it had taken, wherever its owner stands by now', async () => {
    const { v, at } = await counter(50);
    const other = await aShop(v);
    const helper = await aPerson('两头跑的店员');
    await anAppointment(helper.id, 'MERCHANT', { merchantId: at.id });
    await anAppointment(helper.id, 'MERCHANT', { merchantId: other.id });
    const actor = await actorFor(helper);
    const cookie = await sessionCookie(actor);
    const body = { id: newId(), input: { code: await code(v, 0), points: 3 }, shop: at.id };
    const first = await send({ cookie, body });
    await run(chooseShop, actor, { merchantId: other.id });
    expect(await send({ cookie, body })).toMatchObject({
      result: { repeated: true, outcome: first.result.ok ? first.result.outcome : null },
    });
    const moved = await findActor(prisma, actor.sessionId, TEST_NOW);
    expect(moved?.shop?.merchantId).toBe(other.id);
    const slow = { actor: moved, id: body.id, input: body.input, shop: at.id, now: TEST_NOW };
    expect(await runCommand(takePoints, slow)).toMatchObject({ ok: true, repeated: true });
    for (const village of [null, v.id])
      expect(await findRedemption(db(), moved as Actor, body.id, village, TEST_NOW)).toMatchObject({
        state: 'POSTED',
        points: 3,
      });
    expect(await balanceOf(v, 0)).toBe(47);
  });

  it('takes once though both doors are knocked at many times at once', async () => {
    const { v, shop, cookie } = await counter();
    const [id, digits] = [newId(), await code(v, 0)];
    const body = { id, input: { code: digits, points: 10 } };
    const all = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        n % 2 ? send({ cookie, body }).then((one) => one.result) : run(takePoints, shop, body.input, id),
      ),
    );
    expect(all.filter((one) => one.ok && !one.repeated)).toHaveLength(1);
    expect(new Set(all.map((one) => JSON.stringify(one.ok && one.outcome))).size).toBe(1);
    expect(await balanceOf(v, 0)).toBe(40);
    await expectWhole(v);
  });

  it('is open to the shop’s own people alone, from our own pages', async () => {
    const { v, at, head, cookie } = await counter();
    const digits = await code(v, 0);
    const body = { id: newId(), input: { code: digits, points: 10 } };
    const refused = async (sent: Sent) => {
      const { status, result } = await send({ body, ...sent });
      return [status, result.ok ? 'taken' : result.refusal.code];
    };
    expect(await refused({})).toEqual([401, 'SIGN_IN_FIRST']);
    expect(await refused({ cookie: 'cunfen-session=nonsense' })).toEqual([401, 'SIGN_IN_FIRST']);
    expect(await refused({ cookie: await sessionCookie(head) })).toEqual([403, 'NOT_ALLOWED']);
    expect(await refused({ cookie, headers: { 'sec-fetch-site': 'cross-site' } })).toEqual([
      403,
      'CROSS_SITE',
    ]);
    expect(await refused({ cookie, headers: { origin: 'http://elsewhere.example' } })).toEqual([
      403,
      'CROSS_SITE',
    ]);
    expect(await refused({ cookie, headers: { 'content-type': 'text/plain' } })).toEqual([
      400,
      'BODY_UNREADABLE',
    ]);
    for (const input of [
      { code: '1234567', points: 1 },
      { code: digits },
      { code: digits, points: 0 },
      { code: digits, points: 1, offerId: newId() },
      { code: digits, offerId: newId() },
      { code: digits, points: 1, seen: 1 },
      { code: digits, offerId: newId(), points: 1, seen: 1 },
      { code: digits, offerId: newId(), seen: 0 },
      { code: digits, offerId: newId(), shown: ['x 1'] },
      { code: digits, points: '１e3' },
      null,
    ]) {
      expect((await refused({ cookie, body: { id: newId(), input } }))[1], JSON.stringify(input)).toBe(
        'BAD_INPUT',
      );
    }
    expect((await refused({ cookie, body: { id: 'x', input: body.input } }))[1]).toBe('BAD_INPUT');
    expect((await refused({ cookie, body: '{' }))[1]).toBe('BODY_UNREADABLE');
    const gone = await actorFor(at.staff);
    await prisma.session.update({ where: { id: gone.sessionId }, data: { endedAt: TEST_NOW } });
    expect(await refused({ cookie: await sessionCookie(gone) })).toEqual([401, 'SIGN_IN_FIRST']);
    // another of the shop's people may not repeat what the first one asked
    expect(await refused({ cookie })).toEqual([200, 'taken']);
    const clerk = await aShop(v);
    await anAppointment(clerk.staff.id, 'MERCHANT', { merchantId: at.id }, { from: '2025-01-01' as never });
    expect(await refused({ cookie: await sessionCookie(await actorFor(clerk.staff)) })).toEqual([
      409,
      'SAME_ID_OTHER_CONTENT',
    ]);
    expect(await balanceOf(v, 0)).toBe(40);
  });

  it('lets nobody try out digits: refusals count, and past the limit nothing is looked at', async () => {
    const { v, cookie } = await counter();
    const digits = await code(v, 0);
    for (let n = 0; n < TAKES_A_MINUTE; n++) {
      const { result } = await send({
        cookie,
        body: { id: newId(), input: { code: '00000000', points: 1 } },
      });
      expect(result.ok ? '' : result.refusal.code).toBe('CODE_UNKNOWN');
    }
    const past = await send({ cookie, body: { id: newId(), input: { code: digits, points: 1 } } });
    expect(past).toMatchObject({ status: 429, result: { refusal: { code: 'TOO_MANY_REQUESTS' } } });
    expect(await balanceOf(v, 0)).toBe(50);
  });

  it('believes no clock but the server’s', async () => {
    const { v, cookie } = await counter();
    const hourAhead = new Date(TEST_NOW.getTime() + 3_600_000).toISOString();
    const input = { code: await code(v, 0), points: 10, now: hourAhead, at: hourAhead, madeAt: hourAhead };
    const id = newId();
    expect((await send({ cookie, body: { id, input, now: hourAhead } })).status).toBe(200);
    const row = await prisma.redemption.findFirstOrThrow({ where: { id } });
    expect(row.madeAt).toEqual(TEST_NOW);
    const late = { code: await code(v, 0), points: 10, now: TEST_NOW.toISOString() };
    const answer = await send({
      cookie,
      body: { id: newId(), input: late },
      now: new Date(TEST_NOW.getTime() + 60_000),
    });
    expect(answer.result).toMatchObject({ refusal: { code: 'CODE_EXPIRED' } });
  });
});

describe('of an offer', () => {
  it('nothing is taken but the points that were on the button, by whichever door', async () => {
    const { v, at, shop, head, cookie } = await counter();
    const offerId = await at.offer('洗衣液', { points: 20 });
    await owner.query('update offer set points = 25 where id = $1', [offerId]);
    const changed = { code: 'OFFER_PRICE_CHANGED', params: { points: 25 } };
    const code0 = await code(v, 0);
    const old = { code: code0, offerId, seen: 20 };
    expect(await send({ cookie, body: { id: newId(), input: old } })).toMatchObject({
      status: 409,
      result: { refusal: changed },
    });
    const shelf = { merchantId: at.id, offerId, seen: 20 };
    // a plain form says of each offer what it showed
    const plain = { code: code0, offerId, points: '', shown: [`${newId()} 25`, `${offerId} 20`] };
    for (const [command, actor, input] of [
      [takePoints, shop, old],
      [takePoints, shop, plain],
      [redeemFromShelf, head, shelf],
      [orderOffer, head, shelf],
    ] as const)
      expect(await run(command, actor, input), command.name).toMatchObject({ ok: false, refusal: changed });
    for (const [command, actor, input] of [
      [takePoints, shop, { code: code0, offerId }],
      [redeemFromShelf, head, { merchantId: at.id, offerId }],
      [redeemFromShelf, head, { merchantId: at.id, points: 3, seen: 3 }],
      [orderOffer, head, { merchantId: at.id, offerId }],
    ] as const)
      expect(refusalOf(await run(command, actor, input)), command.name).toBe('BAD_INPUT');
    expect(await balanceOf(v, 0)).toBe(50);
    // the code is still good, and what was shown in the form is what JSON calls seen: one command
    const id = newId();
    const now = { ...plain, shown: [`${offerId} 25`] };
    const first = await run(takePoints, shop, now, id);
    expect(first).toMatchObject({ ok: true, repeated: false, outcome: { points: 25, state: 'POSTED' } });
    const again = (seen: number) => send({ cookie, body: { id, input: { code: code0, offerId, seen } } });
    expect((await again(25)).result).toEqual({ ...first, repeated: true });
    expect((await again(24)).result).toMatchObject({ refusal: { code: 'SAME_ID_OTHER_CONTENT' } });
    expect(await run(redeemFromShelf, head, { ...shelf, seen: '25' })).toMatchObject({
      outcome: { points: 25 },
    });
    expect(await balanceOf(v, 0)).toBe(0);
    await expectWhole(v);
  });
});

describe('digits', () => {
  it('of codes and vouchers are in no log and no message', async () => {
    const { v, shop, cookie, head } = await counter();
    const made = await answerPayCode(
      new Request('http://localhost:3000/api/pay-code', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
      head,
      TEST_NOW,
    );
    const shown = (await made.json()) as { ok: true; code: string; expiresAt: string; seconds: number };
    expect(shown).toMatchObject({
      ok: true,
      expiresAt: new Date(TEST_NOW.getTime() + 60_000).toISOString(),
      seconds: 60,
    });
    expect(shown.code).toMatch(/^\d{8}$/);
    expect(
      (await send({ cookie, body: { id: newId(), input: { code: shown.code, points: 3 } } })).status,
    ).toBe(200);
    const formCode = await code(v, 0);
    await run(takePoints, shop, { code: formCode, points: 3 });
    const [voucher = ''] = await vouchers(owner, v);
    expect(await run(redeemVoucher, shop, { code: voucher })).toMatchObject({
      ok: true,
      outcome: { points: 25 },
    });
    const kept = JSON.stringify(
      [
        await prisma.commandLog.findMany({ where: { personId: at(shop) } }),
        await prisma.message.findMany({ where: { villageId: v.id } }),
        await prisma.posting.findMany({ where: { villageId: v.id } }),
      ],
      (_, value) => (typeof value === 'bigint' ? String(value) : value),
    );
    for (const digits of [shown.code, formCode, voucher]) expect(kept).not.toContain(digits);
    expect(await prisma.commandLog.count({ where: { personId: at(shop), name: 'take-points' } })).toBe(2);
  });
  const at = (actor: Actor) => actor.personId;

  it('are made for residents alone', async () => {
    const { shop } = await counter();
    const ask = async (actor: Actor | null, headers: Record<string, string> = {}) => {
      const answer = await answerPayCode(
        new Request('http://localhost:3000/api/pay-code', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: '{}',
        }),
        actor,
        TEST_NOW,
      );
      return answer.status;
    };
    expect(await ask(null)).toBe(401);
    expect(await ask(shop)).toBe(403);
    const { head } = await counter();
    expect(await ask(head, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    for (let n = 0; n < 20; n++) expect(await ask(head)).toBe(200);
    expect(await ask(head)).toBe(429);
  });
});

describe('what became of one', () => {
  it('is told to its shop and its household, and to nobody else; what is over by the clock reads as over', async () => {
    const { v, at, shop, head } = await counter(50, { freeMost: 5 });
    const id = newId();
    await run(takePoints, shop, { code: await code(v, 0), points: 9 }, id);
    const seen = (actor: Actor, village: string | null = null, now = TEST_NOW) =>
      findRedemption(db(), actor, id, village, now);
    expect(await seen(shop)).toMatchObject({
      state: 'ASKED',
      points: 9,
      merchantName: '小卖部',
      villageId: v.id,
    });
    expect(await seen(head, v.id)).toMatchObject({ state: 'ASKED' });
    expect((await seen(head, null, new Date(TEST_NOW.getTime() + 60_000)))?.state).toBe('LAPSED');
    const neighbour = await actorFor(v.household(1).head.personId);
    const others = [neighbour, await actorFor((await aShop(v)).staff), await actorFor(v.secretary)];
    for (const other of others) expect(await seen(other)).toBeNull();
    expect(await seen(shop, newId())).toBeNull();
    expect(await findRedemption(db(), shop, newId(), null, TEST_NOW)).toBeNull();
    const order = newId();
    const offerId = await at.offer('灯', { points: 5 });
    expect(await run(orderOffer, head, { merchantId: at.id, offerId, seen: 5 }, order)).toMatchObject({
      outcome: { state: 'HELD', heldUntil: '2026-11-27T16:00:00Z', title: '灯' },
    });
    expect(await findRedemption(db(), head, order, null, TEST_NOW)).toMatchObject({ state: 'HELD' });
    const over = new Date('2026-11-28T00:00+08:00');
    expect((await findRedemption(db(), shop, order, v.id, over))?.state).toBe('EXPIRED');
  });
});

describe('asked for by its id', () => {
  const ask = async (actor: Actor | null, id: string, query = '', now = TEST_NOW) => {
    const request = new Request(`http://localhost:3000/api/redemptions/${id}${query}`);
    const answer = await answerKnown(request, id, actor, now);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('says when it was made by the server’s clock, and creates nothing', async () => {
    const { v, at, shop, head } = await counter();
    const id = newId();
    expect(await ask(shop, id)).toEqual({ status: 200, body: { ok: true, found: false } });
    await run(takePoints, shop, { code: await code(v, 0), points: 9 }, id);
    const hourLater = new Date(TEST_NOW.getTime() + 3_600_000);
    for (const [actor, owner] of [
      [shop, at.id],
      [head, v.household(0).id],
    ] as const)
      expect((await ask(actor, id, `?owner=${owner}`, hourLater)).body).toMatchObject({
        found: true,
        state: 'POSTED',
        merchantName: '小卖部',
        secondsAgo: 3600,
        when: expect.stringMatching(/^今天 \d\d:\d\d$/),
      });
    const nextDay = new Date(TEST_NOW.getTime() + 86_400_000);
    expect((await ask(shop, id, '', nextDay)).body.when).toMatch(/^昨天 /);
  });

  it('is no “nothing there” to a phone on which nobody or another is signed in since', async () => {
    const { v, at, shop, head } = await counter();
    const id = newId();
    await run(takePoints, shop, { code: await code(v, 0), points: 9 }, id);
    const neighbour = await actorFor(v.household(1).head.personId);
    const elsewhere = await actorFor((await aShop(v)).staff);
    expect((await ask(null, id, `?owner=${at.id}`)).status).toBe(401);
    for (const actor of [neighbour, elsewhere, head])
      expect((await ask(actor, id, `?owner=${at.id}`)).status).toBe(403);
    for (const query of ['?owner=', '?owner=x', `?owner=${newId()}`])
      expect((await ask(shop, id, query)).status, query).toBe(403);
    // who says for nobody is told as before
    expect((await ask(neighbour, id)).body).toEqual({ ok: true, found: false });
  });
});

describe('a household’s own commands', () => {
  it('do what they say, for its own redemptions alone', async () => {
    const { v, at, shop, head } = await counter(50, { freeMost: 5 });
    const other = await actorFor(v.household(1).head.personId);
    const shelf = await run(redeemFromShelf, head, { merchantId: at.id, points: 7 });
    expect(shelf).toMatchObject({ ok: true, outcome: { state: 'POSTED', points: 7 } });
    const id = newId();
    await run(takePoints, shop, { code: await code(v, 0), points: 9 }, id);
    expect(refusalOf(await run(answerRedemption, other, { redemptionId: id, yes: true }))).toBe('NOT_FOUND');
    expect(await run(answerRedemption, head, { redemptionId: id, yes: true })).toMatchObject({
      outcome: { state: 'POSTED' },
    });
    const order = newId();
    const lamp = { merchantId: at.id, offerId: await at.offer('灯', { points: 5 }), seen: 5 };
    await run(orderOffer, head, lamp, order);
    expect(refusalOf(await run(voidOrder, other, { redemptionId: order }))).toBe('NOT_FOUND');
    expect(await run(voidOrder, head, { redemptionId: order })).toMatchObject({
      outcome: { state: 'VOIDED' },
    });
    expect(await balanceOf(v, 0)).toBe(34);
    const undone = { villageId: v.id, redemptionId: id, reason: 'WRONG_PERSON', note: '收成隔壁的了' };
    expect(await run(undoRedemption, shop, undone)).toMatchObject({ outcome: { state: 'UNDONE' } });
    expect(refusalOf(await run(undoRedemption, await actorFor((await aShop(v)).staff), undone))).toBe(
      'NOT_FOUND',
    );
    expect(refusalOf(await run(undoRedemption, shop, { ...undone, reason: '别的' }))).toBe('BAD_INPUT');
    await expectWhole(v);
  });

  it('the head alone says what needs no confirming', async () => {
    const { v, head } = await counter();
    const spouse = await actorFor(v.household(0).residents[1]?.personId ?? '');
    expect(refusalOf(await run(setFreeLimit, spouse, { points: 3 }))).toBe('FREE_LIMIT_BY_HEAD');
    const own = () => freeMostOf(v);
    expect(refusalOf(await run(setFreeLimit, head, { points: '3' }))).toBeNull();
    expect(await own()).toBe(3);
    expect(refusalOf(await run(setFreeLimit, head, { points: -1 }))).toBe('BAD_INPUT');
    expect(refusalOf(await run(setFreeLimit, head, { points: '' }))).toBeNull();
    expect(await own()).toBeNull();
  });
  const freeMostOf = async (v: VillageBuilt) =>
    (await prisma.household.findFirstOrThrow({ where: { villageId: v.id, id: v.household(0).id } })).freeMost;
});

describe('messages', () => {
  it('say what was taken, held and used, with the receipt and what to do', async () => {
    const { v, at, shop, head } = await counter(12);
    await run(takePoints, shop, { code: await code(v, 0), points: 5 });
    const offerId = await at.offer('香皂', { points: 2 });
    await run(redeemFromShelf, head, { merchantId: at.id, offerId, seen: 2 });
    await run(takePoints, shop, { code: await code(v, 0), points: 30, partial: true });
    const [voucher = ''] = await vouchers(owner, v);
    await run(redeemVoucher, shop, { code: voucher });
    const rows = await prisma.message.findMany({
      where: { villageId: v.id, personId: head.personId },
      orderBy: { id: 'asc' },
    });
    const receipt = /凭证号 \d{4}/g;
    expect(rows.map((one) => [one.title, one.body.replace(receipt, '凭证号 □')]).sort()).toEqual(
      [
        ['在“小卖部”用了 5 分', '凭证号 □。不是您家用的，请找店家，或者告诉村里。'],
        ['在“小卖部”用了 2 分', '兑了“香皂”。凭证号 □。不是您家用的，请找店家，或者告诉村里。'],
        [
          '在“小卖部”用了 5 分',
          '要 30 分，分不够，只收了 5 分。凭证号 □。不是您家用的，请找店家，或者告诉村里。',
        ],
        ['代金券“大米一袋”用掉了', '在“小卖部”，凭证号 □，不扣您家的分。不是您家用的，请告诉村里。'],
      ].sort(),
    );
  });
});
