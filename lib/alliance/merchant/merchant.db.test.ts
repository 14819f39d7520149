import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findActor } from '@/lib/auth/reads';
import type { Actor } from '@/lib/auth/types';
import { stopDecoders, useDecoder } from '@/lib/photos/decoder';
import type { Command } from '@/lib/platform/command';
import { runCommand } from '@/lib/platform/command';
import { openDb, useDb } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { newId } from '@/lib/platform/ids';
import { openDiskStore, photoStore, usePhotoStore } from '@/lib/platform/storage';
import {
  actorFor,
  anAppointment,
  aPerson,
  aPhone,
  aVillage,
  TEST_DAY,
  TEST_NOW,
  type VillageBuilt,
} from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { AN_SVG, aBombPng, aJpeg } from '@/lib/testing/photo-corpus';
import { aShop } from '@/lib/testing/shop';
import { refusalOf } from '@/lib/testing/working-village';
import { code, give, scan } from '../testing/counter';
import {
  admitMerchant,
  changeMerchant,
  changeShop,
  leaveMerchant,
  merchantIdOf,
  nameShopOwner,
  reinstateMerchant,
  rejectMerchant,
  revealMerchantPhone,
  suspendMerchant,
} from './commands';
import { answerApplication } from './http';
import { isPhoneShown } from './reads';
import { MERCHANT_WAYS, mayBecome } from './rules';
import { addShopPerson, endShopPerson, handOverShop } from './staff';
import type { MerchantState } from './types';

const { prisma, owner, url } = await testDb();
vi.setConfig({ testTimeout: 120_000 });

const folder = await mkdtemp(join(tmpdir(), 'cunfen-merchants-'));
let v: VillageBuilt;
let township: Actor;
let otherTownship: Actor;
let district: Actor;

async function official(
  role: 'TOWNSHIP' | 'DISTRICT',
  scope: { townshipId: string } | { districtId: string },
) {
  const person = await aPerson('干部');
  await anAppointment(person.id, role, scope);
  return actorFor(person);
}

beforeAll(async () => {
  usePhotoStore(openDiskStore(folder, '.jpg'));
  v = await aVillage();
  township = await official('TOWNSHIP', { townshipId: v.townshipId });
  district = await official('DISTRICT', { districtId: v.districtId });
  otherTownship = await official('TOWNSHIP', { townshipId: (await aVillage()).townshipId });
});
afterAll(async () => {
  stopDecoders();
  await rm(folder, { recursive: true, force: true });
});

const later = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);
const run = async (command: Command, actor: Actor | null, input: unknown, now = TEST_NOW, id = newId()) => {
  const result = await runCommand(command, { actor, id, input, now });
  return result.ok ? result.outcome : refusalOf(result);
};

let addresses = 0;
async function apply(
  more: Record<string, string> = {},
  photo?: Uint8Array,
  address = `10.9.${Math.floor(addresses / 200)}.${++addresses % 200}`,
) {
  const form = new FormData();
  const sent = newId();
  const fields = {
    _id: sent,
    name: '顺发粮油店',
    kind: '粮油',
    address: '老街 3 号',
    openingHours: '8:00—18:00',
    townshipId: v.townshipId,
    contactName: '温顺发',
    contactPhone: aPhone(),
    ...more,
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (photo) form.append('photo', new File([new Uint8Array(photo)], 'front.jpg'));
  const request = new Request('http://village.test/api/shop-applications', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: form,
  });
  const response = await answerApplication(request, { actor: null, address, now: TEST_NOW });
  const { pathname, searchParams } = new URL(response.headers.get('location') ?? '/', 'http://village.test');
  const shown = await readFormReturn(null, searchParams.get('r') ?? undefined, TEST_NOW);
  const refused = shown?.refusal.code;
  const id = merchantIdOf(sent);
  return { sent, id, phone: fields.contactPhone, status: response.status, to: pathname, refused };
}
const stateOf = async (id: string) => (await prisma.merchant.findUniqueOrThrow({ where: { id } })).state;
const stepsOf = async (id: string) =>
  (await prisma.merchantStep.findMany({ where: { merchantId: id }, orderBy: { at: 'asc' } })).map(
    ({ state, why }) => [state, why],
  );

describe('an application', () => {
  it('comes without a sign-in, with a picture, once however often it is sent, and is APPLIED', async () => {
    const bytes = await aJpeg({ seed: 301 });
    const { sent, id, to, status } = await apply({}, bytes);
    expect([status, to]).toEqual([303, '/alliance/apply/sent']);
    const row = await prisma.merchant.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ name: '顺发粮油店', state: 'APPLIED', ownerId: null, isCharity: false });
    expect(row.spelling).toContain('shunfaliangyoudian sflyd');
    const photo = await prisma.merchantPhoto.findUniqueOrThrow({ where: { id: row.frontPhotoId ?? '' } });
    expect(photo).toMatchObject({ merchantId: id, purpose: 'FRONT', uploadedById: null });
    expect(await photoStore().has(photo.largeHash)).toBe(true);
    expect((await apply({ _id: sent }, bytes, '10.8.0.1')).refused).toBe('SAME_ID_OTHER_CONTENT');
    expect(await stepsOf(id)).toEqual([['APPLIED', '']]);
    const logged = await prisma.commandLog.findFirstOrThrow({ where: { id: sent } });
    expect(JSON.stringify(logged.input)).not.toMatch(/1\d{10}|温顺发/);
  });

  it.each([
    ['an SVG', () => AN_SVG, 'PHOTO_NOT_A_PHOTO'],
    ['a bomb', () => aBombPng(12_000), 'PHOTO_TOO_MANY_PIXELS'],
    ['a JPEG cut in half', async () => (await aJpeg()).subarray(0, 4000), 'PHOTO_UNREADABLE'],
    ['8 MB and one byte', () => new Uint8Array(8 * 1024 * 1024 + 1), 'PHOTO_TOO_LARGE'],
  ] as [string, () => Uint8Array | Promise<Uint8Array>, string][])(
    'with %s is refused and leaves nothing',
    async (_what, make, refused) => {
      const before = [await prisma.merchant.count(), await prisma.merchantPhoto.count()];
      expect(await apply({}, await make())).toMatchObject({ to: '/alliance/apply', refused });
      expect([await prisma.merchant.count(), await prisma.merchantPhoto.count()]).toEqual(before);
    },
  );

  it('is answered the same for a number that is known and one that isn’t, and is counted by address and number', async () => {
    const known = await aPerson('认识的人');
    expect((await apply({ contactPhone: known.phone ?? '' })).to).toBe('/alliance/apply/sent');
    expect((await apply({ contactPhone: known.phone ?? '' })).to).toBe('/alliance/apply/sent');
    expect((await apply({ contactPhone: known.phone ?? '' })).to).toBe('/alliance/apply/sent');
    expect((await apply({ contactPhone: known.phone ?? '' })).refused).toBe('APPLIED_TOO_OFTEN');
    const from = await Promise.all(Array.from({ length: 13 }, () => apply({}, undefined, '10.7.7.7')));
    expect(from.filter(({ to }) => to === '/alliance/apply/sent').length).toBeLessThanOrEqual(12);
    expect(from.some(({ refused }) => refused !== undefined)).toBe(true);
  });

  it('is not counted for a picture that can’t be decoded; pictures like that are, for themselves', async () => {
    const address = '10.7.7.8';
    const bytes = await aJpeg({ seed: 302 });
    useDecoder(async () => ({ ok: false, why: 'GAVE_UP' }));
    const refused: (string | undefined)[] = [];
    try {
      for (let n = 0; n < 5; n++) refused.push((await apply({}, bytes, address)).refused);
    } finally {
      useDecoder(null);
    }
    expect(refused).toEqual([...Array(4).fill('PHOTO_NOT_PROCESSED'), 'TOO_MANY_REQUESTS']);
    expect((await apply({}, undefined, address)).to).toBe('/alliance/apply/sent');
  });

  it('needs one connection, so that a dozen at once leave some for everybody else', async () => {
    const narrow = openDb(url, 1);
    useDb(narrow);
    try {
      const contactPhone = aPhone();
      const began = performance.now();
      const sent = await Promise.all(Array.from({ length: 5 }, () => apply({ contactPhone })));
      expect(performance.now() - began).toBeLessThan(9000);
      const refused = sent.map((one) => one.refused ?? 'sent').sort();
      expect(refused).toEqual(['APPLIED_TOO_OFTEN', 'APPLIED_TOO_OFTEN', 'sent', 'sent', 'sent']);
      expect((await apply({ contactPhone })).refused).toBe('APPLIED_TOO_OFTEN');
    } finally {
      useDb(prisma);
      await narrow.$disconnect();
    }
  });

  it('must be filled in, and for a township that is there', async () => {
    expect((await apply({ contactPhone: '12345' })).refused).toBe('BAD_INPUT');
    expect((await apply({ name: '' })).refused).toBe('BAD_INPUT');
    expect((await apply({ townshipId: newId() })).refused).toBe('NOT_FOUND');
  });
});

describe('the township', () => {
  it('admits: the contact owns it and signs in from today', async () => {
    const { id, phone } = await apply();
    expect(await run(admitMerchant, district, { merchantId: id })).toBe('NOT_ALLOWED');
    expect(await run(admitMerchant, otherTownship, { merchantId: id })).toBe('NOT_FOUND');
    expect(await run(admitMerchant, otherTownship, { merchantId: newId() })).toBe('NOT_FOUND');
    expect(await run(admitMerchant, township, { merchantId: id })).toMatchObject({ subject: id });
    const person = await prisma.person.findUniqueOrThrow({ where: { phone } });
    expect(await prisma.merchant.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'ADMITTED',
      ownerId: person.id,
    });
    expect((await actorFor(person.id)).shop).toEqual({ merchantId: id, name: '顺发粮油店' });
    expect(await run(admitMerchant, township, { merchantId: id })).toBe('MERCHANT_ELSEWHERE');
    expect(await run(rejectMerchant, township, { merchantId: id, reason: '材料不全' })).toBe(
      'MERCHANT_ELSEWHERE',
    );
  });

  it('admits once of two officials at once', async () => {
    const { id } = await apply();
    const second = await official('TOWNSHIP', { townshipId: v.townshipId });
    const both = await Promise.all(
      [township, second].map((actor) => run(admitMerchant, actor, { merchantId: id })),
    );
    expect(both.filter((one) => one === 'MERCHANT_ELSEWHERE')).toHaveLength(1);
    expect(await stepsOf(id)).toHaveLength(2);
  });

  it('does not admit its own official’s shop', async () => {
    const self = await aPerson('镇干部');
    await anAppointment(self.id, 'TOWNSHIP', { townshipId: v.townshipId });
    const { id } = await apply({ contactPhone: self.phone ?? '' });
    expect(await run(admitMerchant, await actorFor(self), { merchantId: id })).toBe('MERCHANT_OWN_SHOP');
  });

  it('rejects, suspends, reinstates, lets go, each with its reason, and along no other way', async () => {
    const rejected = await apply();
    expect(await run(rejectMerchant, township, { merchantId: rejected.id, reason: '' })).toBe('BAD_INPUT');
    await run(rejectMerchant, township, { merchantId: rejected.id, reason: '不在本镇' });
    expect(await run(admitMerchant, township, { merchantId: rejected.id })).toBe('MERCHANT_ELSEWHERE');
    expect(await stepsOf(rejected.id)).toEqual([
      ['APPLIED', ''],
      ['REJECTED', '不在本镇'],
    ]);

    const { id } = await apply();
    expect(await run(suspendMerchant, township, { merchantId: id, reason: '价格不实' })).toBe(
      'MERCHANT_ELSEWHERE',
    );
    await run(admitMerchant, township, { merchantId: id }, later(1));
    await run(suspendMerchant, township, { merchantId: id, reason: '价格不实' }, later(2));
    expect(await stateOf(id)).toBe('SUSPENDED');
    await run(reinstateMerchant, township, { merchantId: id }, later(3));
    expect(await stateOf(id)).toBe('ADMITTED');
    expect(await run(leaveMerchant, district, { merchantId: id, reason: '不做了' }, later(4))).toBe(
      'NOT_ALLOWED',
    );
    await run(leaveMerchant, township, { merchantId: id, reason: '不做了' }, later(5));
    expect(await run(reinstateMerchant, township, { merchantId: id }, later(6))).toBe('MERCHANT_ELSEWHERE');
    expect((await stepsOf(id)).map(([state]) => state)).toEqual([
      'APPLIED',
      'ADMITTED',
      'SUSPENDED',
      'ADMITTED',
      'LEFT',
    ]);
  });

  it('lets nobody go who is not settled with, in any village', async () => {
    const at = await aShop(v);
    await give(owner, v, 0, 50);
    expect(await scan(v, { digits: await code(v, 0), at, points: 20 })).toMatchObject({ state: 'POSTED' });
    const officer = await actorFor(at.official);
    const leave = () => run(leaveMerchant, officer, { merchantId: at.id, reason: '不做了' });
    expect(await leave()).toBe('MERCHANT_NOT_SETTLED');
    expect(await stateOf(at.id)).toBe('ADMITTED');
    expect(
      await prisma.allianceTerms.count({ where: { villageId: v.id, merchantId: at.id, endedAt: null } }),
    ).toBe(1);
    const statement = newId();
    const payment = newId();
    await prisma.$executeRaw`select statement_make(${v.id}::uuid, ${at.id}::uuid, '2026-11', ${statement}::uuid, ${later(1)})`;
    expect(await leave()).toBe('MERCHANT_NOT_SETTLED');
    await prisma.$executeRaw`select statement_agree(${v.id}::uuid, ${statement}::uuid, ${at.staff.id}::uuid, ${later(2)})`;
    await prisma.$executeRaw`select payment_make(${v.id}::uuid, ${payment}::uuid, ${at.id}::uuid, ${[statement]}::uuid[], 2000, shanghai_day(${later(3)}), 'BANK', '1', null, ${v.secretary.id}::uuid, ${later(3)})`;
    expect(await leave()).toBe('MERCHANT_NOT_SETTLED');
    await prisma.$executeRaw`select payment_confirm(${v.id}::uuid, ${payment}::uuid, ${at.staff.id}::uuid, ${later(4)})`;
    const offer = await prisma.offer.count({ where: { villageId: v.id, merchantId: at.id } });
    expect(offer).toBe(0);
    expect(await leave()).toMatchObject({ subject: at.id });
    expect(await stateOf(at.id)).toBe('LEFT');
    expect(
      await prisma.allianceTerms.findFirstOrThrow({ where: { villageId: v.id, merchantId: at.id } }),
    ).toMatchObject({
      endReason: '商户退出联盟',
      endedById: at.official.id,
    });
  });

  it('lets nobody go with something waiting for a resident', async () => {
    const at = await aShop(v, { freeMost: 5 });
    await give(owner, v, 1, 50);
    expect(await scan(v, { digits: await code(v, 1), at, points: 20 })).toMatchObject({ state: 'ASKED' });
    expect(
      await run(leaveMerchant, await actorFor(at.official), { merchantId: at.id, reason: '不做了' }),
    ).toBe('MERCHANT_NOT_SETTLED');
  });

  it('corrects the facts; a number only before admission; and names another owner', async () => {
    const { id } = await apply();
    const facts = { merchantId: id, name: '顺发粮油', kind: '粮油', address: '新街 1 号', openingHours: '' };
    expect(await run(changeMerchant, otherTownship, facts)).toBe('NOT_FOUND');
    const phone = aPhone();
    await run(changeMerchant, township, { ...facts, contactPhone: phone });
    expect(await prisma.merchant.findUniqueOrThrow({ where: { id } })).toMatchObject({
      name: '顺发粮油',
      contactPhone: phone,
    });
    await run(admitMerchant, township, { merchantId: id });
    expect(await run(changeMerchant, township, { ...facts, contactPhone: aPhone() })).toBe(
      'MERCHANT_ELSEWHERE',
    );
    expect(await run(changeMerchant, township, { ...facts, contactPhone: '' })).toMatchObject({
      subject: id,
    });
    const heir = { merchantId: id, name: '温小顺', phone: aPhone() };
    expect(await run(nameShopOwner, otherTownship, heir)).toBe('NOT_FOUND');
    await run(nameShopOwner, township, heir);
    const person = await prisma.person.findUniqueOrThrow({ where: { phone: heir.phone } });
    expect((await prisma.merchant.findUniqueOrThrow({ where: { id } })).ownerId).toBe(person.id);
  });

  it('reads a number in full for some minutes, and that is written down', async () => {
    const { id } = await apply();
    expect(await isPhoneShown(prisma, id, township.personId, TEST_NOW)).toBe(false);
    expect(await run(revealMerchantPhone, district, { merchantId: id })).toBe('NOT_ALLOWED');
    expect(await run(revealMerchantPhone, otherTownship, { merchantId: id })).toBe('NOT_FOUND');
    await run(revealMerchantPhone, township, { merchantId: id });
    expect(await isPhoneShown(prisma, id, township.personId, later(4))).toBe(true);
    expect(await isPhoneShown(prisma, id, township.personId, later(6))).toBe(false);
    expect(
      await prisma.accessLog.count({
        where: { subject: id, what: 'merchant-phone', personId: township.personId },
      }),
    ).toBe(1);
  });
});

describe('by raw SQL', () => {
  const refused = (sql: string, params: unknown[] = []) => expect(owner.query(sql, params)).rejects.toThrow();

  it('no state comes without its step, no step along another way or by somebody else, and none goes', async () => {
    const { id } = await apply();
    await refused(`update merchant set state = 'ADMITTED', owner_id = $2 where id = $1`, [
      id,
      township.personId,
    ]);
    await refused(
      `insert into merchant (id, township_id, name, kind, address, state) values (gen_random_uuid(), $1, '店', '店', '街', 'ADMITTED')`,
      [v.townshipId],
    );
    await refused(
      `insert into merchant (id, township_id, name, kind, address) values (gen_random_uuid(), $1, '店', '店', '街')`,
      [v.townshipId],
    );
    const step = (state: string, by: string | null, why = '原因') =>
      owner.query(
        `insert into merchant_step (id, merchant_id, state, why, by_id, at) values (gen_random_uuid(), $1, $2::"MerchantState", $3, $4, $5)`,
        [id, state, why, by, later(1)],
      );
    await expect(step('LEFT', township.personId)).rejects.toThrow(/does not become/);
    await expect(step('APPLIED', null)).rejects.toThrow(/does not become/);
    await expect(step('REJECTED', otherTownship.personId)).rejects.toThrow(/NOT_ALLOWED/);
    await expect(step('REJECTED', district.personId)).rejects.toThrow(/NOT_ALLOWED/);
    await expect(step('REJECTED', township.personId, ' ')).rejects.toThrow();
    await expect(step('ADMITTED', township.personId)).rejects.toThrow(/owner/);
    await refused('update merchant_step set why = $2 where merchant_id = $1', [id, 'x']);
    await refused('delete from merchant_step where merchant_id = $1', [id]);
    await refused('truncate merchant_step');
    await refused('delete from merchant where id = $1', [id]);
    await refused('update merchant set township_id = $2 where id = $1', [id, (await aVillage()).townshipId]);
    await run(admitMerchant, township, { merchantId: id });
    await refused('update merchant set is_charity = true where id = $1', [id]);
    await refused('update merchant set owner_id = null where id = $1', [id]);
    expect(await stepsOf(id)).toHaveLength(2);
  });

  it('the program’s own role changes neither state nor owner', async () => {
    const { id } = await apply();
    await expect(prisma.merchant.update({ where: { id }, data: { state: 'ADMITTED' } })).rejects.toThrow(
      /denied|permission/i,
    );
    await expect(
      prisma.merchant.update({ where: { id }, data: { ownerId: township.personId } }),
    ).rejects.toThrow(/denied|permission/i);
    await expect(
      prisma.merchantStep.create({
        data: { id: newId(), merchantId: id, state: 'ADMITTED', byId: township.personId, at: TEST_NOW },
      }),
    ).rejects.toThrow(/denied|permission/i);
    for (const sql of ['merchant_of_owner', 'merchant_of_office'])
      await expect(
        prisma.$queryRawUnsafe(`select ${sql}('${id}'::uuid, '${id}'::uuid, now())`),
      ).rejects.toThrow(/denied|permission/i);
  });

  it('the states go as lib/alliance/merchant/rules.ts says', async () => {
    const states = Object.keys(MERCHANT_WAYS) as MerchantState[];
    for (const from of states)
      for (const to of states) {
        const { rows } = await owner.query(
          'select merchant_may_become($1::"MerchantState", $2::"MerchantState") as may',
          [from, to],
        );
        expect([from, to, rows[0]]).toEqual([from, to, { may: mayBecome(from, to) }]);
      }
  });

  it('an owner’s appointment cannot be ended from outside', async () => {
    const at = await aShop(v);
    await expect(
      owner.query(
        `update appointment set until_day = '2026-11-20' where merchant_id = $1 and person_id = $2`,
        [at.id, at.staff.id],
      ),
    ).rejects.toThrow(/SHOP_OWNER_STAYS/);
  });
});

describe('a shop’s people', () => {
  it('are added by the owner, by name and number; numbers tell nobody’s name', async () => {
    const at = await aShop(v);
    const keeper = await actorFor(at.staff);
    const phone = aPhone();
    expect(await run(addShopPerson, keeper, { name: '温小满', phone })).toMatchObject({});
    const clerk = await prisma.person.findUniqueOrThrow({ where: { phone } });
    expect((await actorFor(clerk.id)).shop?.merchantId).toBe(at.id);
    expect(await run(addShopPerson, keeper, { name: '温小满', phone })).toBe('SHOP_PERSON_HERE');
    expect(await run(addShopPerson, await actorFor(clerk.id), { name: '温大满', phone: aPhone() })).toBe(
      'SHOP_OWNER_ONLY',
    );
    const { phone: known } = await aPerson('陈桂芳');
    expect(await run(addShopPerson, keeper, { name: '猜一个', phone: known })).toBe('SHOP_PERSON_NAME');
    expect(await prisma.appointment.count({ where: { merchantId: at.id } })).toBe(2);
  });

  it('end at once: the next request and the next sale find the seat gone', async () => {
    const at = await aShop(v);
    const keeper = await actorFor(at.staff);
    await give(owner, v, 2, 50);
    for (const from of [TEST_DAY, '2025-11-24']) {
      const clerk = await aPerson('店员');
      await anAppointment(clerk.id, 'MERCHANT', { merchantId: at.id }, { from: from as typeof TEST_DAY });
      const { sessionId } = await actorFor(clerk);
      expect((await findActor(prisma, sessionId, later(1)))?.shop?.merchantId).toBe(at.id);
      expect(await scan(v, { digits: await code(v, 2), at, points: 1, person: clerk.id })).toMatchObject({
        state: 'POSTED',
      });
      expect(await run(endShopPerson, keeper, { personId: clerk.id }, later(2))).toMatchObject({
        subject: clerk.id,
      });
      expect((await findActor(prisma, sessionId, later(3)))?.shop).toBeNull();
      expect(await scan(v, { digits: await code(v, 2), at, points: 1, person: clerk.id })).toMatchObject({
        refused: expect.any(String),
      });
      expect(await run(endShopPerson, keeper, { personId: clerk.id }, later(4))).toBe('NOT_FOUND');
      expect(await run(endShopPerson, keeper, { personId: newId() }, later(4))).toBe('NOT_FOUND');
      // and may come back
      expect(await run(addShopPerson, keeper, { name: '店员', phone: clerk.phone }, later(5))).toMatchObject({
        subject: clerk.id,
      });
    }
  });

  it('never are nobody: the owner stays until the shop is handed over', async () => {
    const at = await aShop(v);
    const keeper = await actorFor(at.staff);
    expect(await run(endShopPerson, keeper, { personId: at.staff.id })).toBe('SHOP_OWNER_STAYS');
    const clerk = await aPerson('店员');
    expect(await run(handOverShop, keeper, { personId: clerk.id })).toBe('NOT_FOUND');
    await anAppointment(clerk.id, 'MERCHANT', { merchantId: at.id });
    expect(await run(handOverShop, keeper, { personId: clerk.id })).toMatchObject({ subject: clerk.id });
    expect(await run(endShopPerson, keeper, { personId: clerk.id })).toBe('SHOP_OWNER_ONLY');
    expect(await run(endShopPerson, await actorFor(clerk), { personId: at.staff.id })).toMatchObject({
      subject: at.staff.id,
    });
  });

  it('hand over and end at the same moment without leaving the shop to nobody', async () => {
    const at = await aShop(v);
    const keeper = await actorFor(at.staff);
    const clerk = await aPerson('店员');
    await anAppointment(clerk.id, 'MERCHANT', { merchantId: at.id });
    await Promise.all([
      run(handOverShop, keeper, { personId: clerk.id }),
      run(endShopPerson, keeper, { personId: clerk.id }),
    ]);
    const { ownerId } = await prisma.merchant.findUniqueOrThrow({ where: { id: at.id } });
    expect((await actorFor(ownerId ?? '')).shop?.merchantId).toBe(at.id);
  });

  it('change the hours of their own shop alone', async () => {
    const at = await aShop(v);
    expect(await run(changeShop, await actorFor(at.staff), { openingHours: '全天' })).toMatchObject({
      subject: at.id,
    });
    expect((await prisma.merchant.findUniqueOrThrow({ where: { id: at.id } })).openingHours).toBe('全天');
    expect(await run(changeShop, township, { openingHours: '' })).toBe('NOT_ALLOWED');
  });
});
