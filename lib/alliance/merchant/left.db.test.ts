import { beforeAll, describe, expect, it } from 'vitest';
import { findActor } from '@/lib/auth/reads';
import { sessionCookie } from '@/lib/auth/testing/session-cookie';
import type { Actor } from '@/lib/auth/types';
import { type Command, runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import {
  actorFor,
  anAppointment,
  aPerson,
  aVillage,
  type PersonBuilt,
  TEST_NOW,
  type VillageBuilt,
} from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { refusalOf } from '@/lib/testing/working-village';
import { answerTakePoints } from '../redemption/taking';
import { code, give, refund, scan } from '../testing/counter';
import { make, pay, paymentOf, step } from '../testing/settlement';
import { leaveMerchant } from './commands';
import { addShopPerson, endMerchantPerson, endShopPerson, handOverShop } from './staff';

// What becomes of the people of a shop that has left the alliance.

const { prisma, owner } = await testDb();
const later = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);
let v: VillageBuilt;
let stranger: Actor;
beforeAll(async () => {
  v = await aVillage();
  const official = await aPerson('别镇的');
  await anAppointment(official.id, 'TOWNSHIP', { townshipId: (await aVillage()).townshipId });
  stranger = await actorFor(official);
});

const run = async (command: Command, actor: Actor | null, input: unknown, now = later(10)) => {
  const result = await runCommand(command, { actor, id: newId(), input, now });
  return result.ok ? 'done' : refusalOf(result);
};
const shopsOf = async (sessionId: string) =>
  (await findActor(prisma, sessionId, later(20)))?.shops.map((shop) => shop.merchantId) ?? [];
async function clerkOf(at: ShopBuilt): Promise<{ clerk: PersonBuilt; sessionId: string }> {
  const clerk = await aPerson('店员');
  await anAppointment(clerk.id, 'MERCHANT', { merchantId: at.id });
  return { clerk, sessionId: (await actorFor(clerk)).sessionId };
}
const leave = async (at: ShopBuilt) =>
  run(leaveMerchant, await actorFor(at.official), { merchantId: at.id, reason: '不做了' }, later(5));

describe('when a shop leaves', () => {
  it('its clerks go with it; the owner stays, and can end nobody into a shop that lives', async () => {
    const at = await aShop(v);
    const { clerk, sessionId } = await clerkOf(at);
    const keeper = await actorFor(at.staff);
    expect(await shopsOf(sessionId)).toEqual([at.id]);
    expect(await leave(at)).toBe('done');
    expect(await shopsOf(sessionId)).toEqual([]);
    expect(await shopsOf(keeper.sessionId)).toEqual([at.id]);
    expect(await run(endShopPerson, keeper, { personId: clerk.id })).toBe('NOT_FOUND');
    // nobody comes to a shop that is over, and it goes to nobody else
    expect(await run(addShopPerson, keeper, { name: '新来的', phone: '13800001234' })).toBe(
      'MERCHANT_NOT_ADMITTED',
    );
    expect(await run(handOverShop, keeper, { personId: clerk.id })).toBe('MERCHANT_NOT_ADMITTED');
  });

  it('and leaving is refused, nobody goes', async () => {
    const at = await aShop(v);
    const { sessionId } = await clerkOf(at);
    await give(owner, v, 0, 20);
    await scan(v, { digits: await code(v, 0), at, points: 5 });
    expect(await leave(at)).toBe('MERCHANT_NOT_SETTLED');
    expect(await shopsOf(sessionId)).toEqual([at.id]);
  });

  it('seats that were left behind are ended by the owner, or by the township, the owner’s too', async () => {
    const at = await aShop(v);
    const officer = await actorFor(at.official);
    const early = { merchantId: at.id, personId: at.staff.id };
    expect(await run(endMerchantPerson, officer, early)).toBe('MERCHANT_ELSEWHERE');
    await leave(at);
    // as they stood before clerks went with their shop
    const [first, second] = [await clerkOf(at), await clerkOf(at)];
    const keeper = await actorFor(at.staff);
    const clerk = await actorFor(first.clerk);
    expect(await run(endShopPerson, clerk, { personId: second.clerk.id })).toBe('SHOP_OWNER_ONLY');
    expect(await run(endShopPerson, keeper, { personId: first.clerk.id })).toBe('done');
    expect(await shopsOf(first.sessionId)).toEqual([]);
    const one = { merchantId: at.id, personId: second.clerk.id };
    expect(await run(endMerchantPerson, stranger, one)).toBe('NOT_FOUND');
    expect(await run(endMerchantPerson, keeper, one)).toBe('NOT_ALLOWED');
    expect(await run(endMerchantPerson, officer, one)).toBe('done');
    expect(await run(endMerchantPerson, officer, one)).toBe('NOT_FOUND');
    expect(await shopsOf(second.sessionId)).toEqual([]);
    expect(await run(endMerchantPerson, officer, { ...one, personId: at.staff.id })).toBe('done');
    expect(await shopsOf(keeper.sessionId)).toEqual([]);
  });

  it('an owner may end the own seat, but not while something that came late is open', async () => {
    const at = await aShop(v);
    await give(owner, v, 1, 50);
    const sale = newId();
    await scan(v, { id: sale, digits: await code(v, 1), at, points: 20 });
    const id = (await make(v, at, '2026-11', later(1))) ?? '';
    await step('statement_agree', v.id, id, at.staff.id, later(1));
    await pay(v, at, [id], later(1), { fen: 2000 });
    await step('payment_confirm', v.id, await paymentOf(v, id), at.staff.id, later(1));
    expect(await leave(at)).toBe('done');
    const [keeper, officer] = [await actorFor(at.staff), await actorFor(at.official)];
    // the household brings it back, and only the owner is there to agree
    const head = v.household(1).head.personId ?? '';
    expect(await refund(v, sale, 'HOUSEHOLD', head, { now: later(6) })).toMatchObject({ state: 'POSTED' });
    expect(await run(endShopPerson, keeper, { personId: at.staff.id })).toBe('MERCHANT_NOT_SETTLED');
    const owners = { merchantId: at.id, personId: at.staff.id };
    expect(await run(endMerchantPerson, officer, owners)).toBe('MERCHANT_NOT_SETTLED');
    expect(await refund(v, sale, 'SHOP', at.staff.id, { now: later(7) })).toMatchObject({
      state: 'REFUNDED',
    });
    expect(await run(endShopPerson, keeper, { personId: at.staff.id })).toBe('MERCHANT_NOT_SETTLED');
    const late = (await make(v, at, '2026-11', later(8))) ?? '';
    await step('statement_agree', v.id, late, at.staff.id, later(8));
    expect(await pay(v, at, [late], later(8), { fen: -2000, channel: 'CASH' })).toBe('');
    await step('payment_confirm', v.id, await paymentOf(v, late), at.staff.id, later(8));
    expect(await run(endShopPerson, keeper, { personId: at.staff.id })).toBe('done');
    expect(await shopsOf(keeper.sessionId)).toEqual([]);
  });

  it('a shop that lives keeps its owner', async () => {
    const at = await aShop(v);
    expect(await run(endShopPerson, await actorFor(at.staff), { personId: at.staff.id })).toBe(
      'SHOP_OWNER_STAYS',
    );
  });

  it('somebody of others too stands in one that takes points, whichever door a sale comes by', async () => {
    const [gone, paused, open] = [await aShop(v), await aShop(v), await aShop(v)];
    await leave(gone);
    await paused.become('SUSPENDED', later(5));
    const person = await aPerson('跑得勤的');
    for (const at of [gone, paused, open]) await anAppointment(person.id, 'MERCHANT', { merchantId: at.id });
    const actor = await actorFor(person);
    expect(actor.shops.map((shop) => shop.merchantId)).toEqual([open.id, paused.id, gone.id]);
    expect(actor.shop?.merchantId).toBe(open.id);
    await give(owner, v, 2, 20);
    const id = newId();
    const request = new Request('http://village.test/api/take-points', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: await sessionCookie(actor) },
      body: JSON.stringify({ id, input: { code: await code(v, 2), points: 3 }, shop: open.id }),
    });
    expect((await answerTakePoints(request, '', TEST_NOW)).status).toBe(200);
    expect(await prisma.redemption.findFirst({ where: { id } })).toMatchObject({ merchantId: open.id });
  });
});
