import { beforeAll, describe, expect, it } from 'vitest';
import { chooseShop } from '@/lib/auth/commands';
import { findActor } from '@/lib/auth/reads';
import type { Actor } from '@/lib/auth/types';
import { commands } from '@/lib/commands';
import { runCommand } from '@/lib/platform/command';
import { answerCommand } from '@/lib/platform/command-http';
import { newId } from '@/lib/platform/ids';
import {
  actorFor,
  anAppointment,
  aPerson,
  aPhone,
  aVillage,
  TEST_NOW,
  type VillageBuilt,
} from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aJpeg } from '@/lib/testing/photo-corpus';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { answerShopPhotoUpload } from '../photo/http';

// Somebody of two shops, who opens one in a tab and goes on to the other in another tab: what the first tab still sends
// is done for neither.

const { prisma } = await testDb();
let v: VillageBuilt;
let first: ShopBuilt;
let second: ShopBuilt;
/** as the first tab was opened, and as the same session stands now */
let moved: Actor;

beforeAll(async () => {
  v = await aVillage();
  [first, second] = [await aShop(v), await aShop(v)];
  const person = await aPerson('两家店的店主');
  for (const shop of [first, second]) {
    await anAppointment(person.id, 'MERCHANT', { merchantId: shop.id });
    await prisma.$executeRaw`select shop_hand_over(${shop.id}::uuid, ${person.id}::uuid, ${shop.staff.id}::uuid, ${TEST_NOW})`;
  }
  const opened = await actorFor(person);
  expect(opened.shop?.merchantId).toBe(first.id);
  await runCommand(chooseShop, {
    actor: opened,
    id: newId(),
    input: { merchantId: second.id },
    now: TEST_NOW,
  });
  moved = (await findActor(prisma, opened.sessionId, TEST_NOW)) as Actor;
  expect(moved.shop?.merchantId).toBe(second.id);
});

function send(name: string, body: string, type: string): Promise<Response> {
  const request = new Request(`http://village.test/api/commands/${name}`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': type },
    body,
  });
  return answerCommand(request, name, { commands, actor: moved, address: '', now: TEST_NOW });
}
const json = (name: string, input: unknown, shop?: string) =>
  send(name, JSON.stringify({ id: newId(), input, shop }), 'application/json');
const form = (name: string, fields: Record<string, string>) =>
  send(name, String(new URLSearchParams(fields)), 'application/x-www-form-urlencoded');
const codeOf = async (answer: Promise<Response>) => {
  const body = (await (await answer).json()) as { refusal?: { code: string } };
  return body.refusal?.code ?? 'done';
};
const people = (shop: ShopBuilt) => prisma.appointment.count({ where: { merchantId: shop.id } });

/** Enough that each command of a shop gets as far as asking which one is meant. */
const inputOf = (name: string): Record<string, unknown> => {
  const ids = {
    villageId: v.id,
    redemptionId: newId(),
    statementId: newId(),
    lineId: newId(),
    paymentId: newId(),
  };
  const words = { reason: 'WRONG_PERSON', note: '', body: '没有收到钱', answer: '是的' };
  const more: Record<string, Record<string, unknown>> = {
    'take-points': { code: '12345678', points: 1 },
    'redeem-voucher': { code: '100000000009' },
    'add-shop-person': { name: '新来的', phone: aPhone() },
    'end-shop-person': { personId: newId() },
    'hand-over-shop': { personId: newId() },
    'change-shop': { openingHours: '8:00', photos: [] },
  };
  return more[name] ?? { ...ids, ...words };
};

describe('of two shops', () => {
  it('every command of a shop is refused where the page is of the other shop, or doesn’t say of which', async () => {
    const names = [...commands.values()].filter((one) => one.seat === 'shop' && !one.ofAnyPlace);
    expect(names.length).toBeGreaterThan(20);
    const asked: string[] = [];
    for (const { name } of names) {
      const input = inputOf(name);
      const said = await codeOf(json(name, input, first.id));
      if (said === 'BAD_INPUT') continue;
      asked.push(name);
      expect([name, said]).toEqual([name, 'SHOP_ELSEWHERE']);
      expect([name, await codeOf(json(name, input))]).toEqual([name, 'SHOP_UNSAID']);
      expect([name, await codeOf(json(name, input, newId()))]).toEqual([name, 'SHOP_ELSEWHERE']);
    }
    expect(asked).toEqual(
      expect.arrayContaining(['take-points', 'redeem-voucher', 'add-shop-person', 'change-shop']),
    );
    expect(asked.length).toBeGreaterThan(12);
    expect(await codeOf(json('choose-shop', { merchantId: second.id }))).toBe('done');
  });

  it('a form of the first shop gives nobody a seat in the second, and says so where one stands now', async () => {
    const before = [await people(first), await people(second)];
    const fields = {
      name: '新店员',
      phone: aPhone(),
      _id: newId(),
      _back: '/shop/staff',
      _next: '/shop/staff',
    };
    const answer = await form('add-shop-person', { ...fields, _shop: first.id });
    const to = new URL(answer.headers.get('location') ?? '', 'http://village.test');
    expect([answer.status, to.pathname]).toEqual([303, '/shop']);
    const kept = await prisma.formReturn.findUniqueOrThrow({ where: { id: to.searchParams.get('r') ?? '' } });
    expect(kept).toMatchObject({
      entered: {},
      refusal: { code: 'SHOP_ELSEWHERE', params: { shop: '小卖部' } },
    });
    expect((await form('add-shop-person', fields)).headers.get('location')).toMatch(/^\/shop\?r=/);
    expect([await people(first), await people(second)]).toEqual(before);
    expect((await form('add-shop-person', { ...fields, _shop: second.id })).headers.get('location')).toBe(
      '/shop/staff?ok=add-shop-person',
    );
    expect([await people(first), await people(second)]).toEqual([before[0], (before[1] ?? 0) + 1]);
  });

  it('a picture is of the shop whose page it was chosen on, or of none', async () => {
    const upload = async (merchant: string | null, purpose = 'FRONT') => {
      const query = new URLSearchParams({ purpose, ...(merchant ? { merchant } : {}) });
      const request = new Request(`http://village.test/api/shop-photos?${query}`, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'image/jpeg', 'x-photo-id': newId() },
        body: new Uint8Array(await aJpeg({ seed: 511 })),
      });
      return codeOf(answerShopPhotoUpload(request, { actor: moved, address: '', now: TEST_NOW }));
    };
    expect(await upload(first.id)).toBe('SHOP_ELSEWHERE');
    expect(await upload(first.id, 'OFFER')).toBe('SHOP_ELSEWHERE');
    expect(await upload(null)).toBe('SHOP_UNSAID');
    expect(await upload((await aShop(v)).id)).toBe('NOT_ALLOWED');
    expect(await prisma.merchantPhoto.count({ where: { uploadedById: moved.personId } })).toBe(0);
  });
});

describe('which one is the first', () => {
  it('a shop that takes points comes before one that is suspended, and that before one that has left', async () => {
    const shops = [await aShop(v), await aShop(v), await aShop(v)];
    const person = await aPerson('跑得勤的');
    for (const shop of shops) await anAppointment(person.id, 'MERCHANT', { merchantId: shop.id });
    const order = async () => (await actorFor(person)).shops.map((shop) => shop.merchantId);
    const [a, b, c] = shops.map((shop) => shop.id);
    expect(await order()).toEqual([a, b, c]);
    await shops[0]?.become('SUSPENDED');
    expect(await order()).toEqual([b, c, a]);
  });
});
