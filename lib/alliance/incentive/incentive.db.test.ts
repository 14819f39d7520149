import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { addDays, type Day } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import {
  actorFor,
  anAppointment,
  aPerson,
  aVillage,
  TEST_DAY,
  TEST_NOW,
  type VillageBuilt,
} from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { refusalOf } from '@/lib/testing/working-village';
import { listShopHonours } from '../shops/reads';
import { giveIncentive, giveTownshipIncentive, revokeIncentive, revokeTownshipIncentive } from './commands';
import {
  findHonourCertificate,
  findIncentive,
  listMerchantIncentives,
  listOfficeIncentives,
  listOfficeRecipients,
  listVillageHonours,
  listVillageIncentives,
  listVillageRecipients,
  verifyHonour,
} from './reads';

const { prisma, owner } = await testDb();

let v: VillageBuilt;
let shop: ShopBuilt;
let secretary: Actor;
let official: Actor;

async function anOfficialOf(townshipId: string): Promise<Actor> {
  const person = await aPerson('镇干部');
  await anAppointment(person.id, 'TOWNSHIP', { townshipId });
  return actorFor(person);
}

beforeAll(async () => {
  v = await aVillage();
  shop = await aShop(v);
  secretary = await actorFor(v.secretary);
  official = await anOfficialOf(v.townshipId);
});

const HONOUR = { kind: 'HONOUR', title: '诚信商户', fromDay: TEST_DAY };
const run = (command: Command, actor: Actor, input: object, id = newId()) =>
  runCommand(command, { actor, id, input, now: TEST_NOW });
const give = (input: object = HONOUR, actor = secretary, at = shop) =>
  run(actor.office ? giveTownshipIncentive : giveIncentive, actor, { merchantId: at.id, ...input });
const revoke = (incentiveId: string, actor = secretary, reason = '查出短斤少两') =>
  run(actor.office ? revokeTownshipIncentive : revokeIncentive, actor, { incentiveId, reason });
async function given(input: object = HONOUR, actor = secretary, at = shop): Promise<string> {
  const result = await give(input, actor, at);
  if (!result.ok) throw new Error(result.refusal.code);
  return String(result.outcome.subject);
}
const codeOf = async (id: string) => (await prisma.incentive.findUniqueOrThrow({ where: { id } })).code ?? '';

/** A row as the owner of the tables would write it by hand. */
async function insert(over: Record<string, unknown> = {}) {
  const row: Record<string, unknown> = {
    id: newId(),
    merchant_id: shop.id,
    village_id: v.id,
    kind: 'RENT',
    title: '减租',
    from_day: TEST_DAY,
    recorded_by_id: v.secretary.id,
    recorded_at: TEST_NOW,
    ...over,
  };
  const names = Object.keys(row);
  return owner.query(
    `insert into incentive (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  );
}

describe('giving', () => {
  test('an honour has a certificate, the others none; amounts are kept in 分', async () => {
    const honour = await given();
    const rent = await given({
      kind: 'RENT',
      title: '',
      amount: '1200.50',
      fromDay: TEST_DAY,
      untilDay: '2027-05-31',
      note: '上半年',
    });
    const scope = { villageId: v.id };
    expect(await findIncentive(prisma, scope, honour)).toMatchObject({
      title: '诚信商户',
      amountFen: null,
      giver: '测试村',
      recordedBy: '书记甲',
      revokedOn: null,
    });
    expect(await codeOf(honour)).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
    expect(await findIncentive(prisma, scope, rent)).toMatchObject({
      title: '减租',
      amountFen: 120_050,
      untilDay: '2027-05-31',
      code: null,
      note: '上半年',
    });
    expect(await findHonourCertificate(prisma, scope, rent)).toBeNull();
  });

  test('is refused in words where something does not fit', async () => {
    const cases: [object, string][] = [
      [{ ...HONOUR, title: '' }, 'INCENTIVE_TITLE'],
      [{ ...HONOUR, amount: '5' }, 'INCENTIVE_AMOUNT'],
      [{ kind: 'PLACE', amount: '5', fromDay: TEST_DAY }, 'INCENTIVE_AMOUNT'],
      [{ kind: 'TAX', fromDay: TEST_DAY, untilDay: addDays(TEST_DAY, -1) }, 'UNTIL_BEFORE_FROM'],
      [{ kind: 'GIFT', fromDay: TEST_DAY }, 'BAD_INPUT'],
      [{ ...HONOUR, title: '字'.repeat(21) }, 'BAD_INPUT'],
      [{ ...HONOUR, merchantId: newId() }, 'NOT_FOUND'],
    ];
    for (const [input, code] of cases) expect(refusalOf(await give(input)), JSON.stringify(input)).toBe(code);
  });

  test('is the secretary’s, to merchants that have terms with the village; another’s is as none', async () => {
    for (const who of [v.supervisor, v.verifier, v.steward]) {
      expect(refusalOf(await give(HONOUR, await actorFor(who)))).toBe('NOT_ALLOWED');
    }
    const elsewhere = await aShop(await aVillage());
    expect(refusalOf(await give(HONOUR, secretary, elsewhere))).toBe('NOT_FOUND');
    // terms signed and not accepted are none yet
    const waiting = await aShop(await aVillage({ townshipId: v.townshipId }));
    await prisma.allianceTerms.create({
      data: {
        villageId: v.id,
        id: newId(),
        merchantId: waiting.id,
        referenceFen: 100,
        settlementDay: 5,
        freeMost: 10,
        signedById: v.secretary.id,
        signedAt: TEST_NOW,
      },
    });
    expect(refusalOf(await give(HONOUR, secretary, waiting))).toBe('NOT_FOUND');
    expect((await listVillageRecipients(prisma, v.id)).map((one) => one.id)).toEqual([shop.id]);
  });

  test('is the township’s to its own merchants, not another’s and not the district’s', async () => {
    expect(refusalOf(await give(HONOUR, official))).toBeNull();
    const other = await aShop(await aVillage());
    expect(refusalOf(await give(HONOUR, official, other))).toBe('NOT_FOUND');
    expect(refusalOf(await give({ ...HONOUR, merchantId: newId() }, official))).toBe('NOT_FOUND');
    const person = await aPerson('区干部');
    await anAppointment(person.id, 'DISTRICT', { districtId: v.districtId });
    expect(refusalOf(await give(HONOUR, await actorFor(person)))).toBe('NOT_ALLOWED');
    const names = (await listOfficeRecipients(prisma, { level: 'TOWNSHIP', id: v.townshipId })).map(
      (one) => one.id,
    );
    expect(names).toContain(shop.id);
    expect(names).not.toContain(other.id);
  });

  test('to one’s own shop is refused, for staff and owner, also when taking back', async () => {
    const mine = await aShop(v);
    await anAppointment(v.secretary.id, 'MERCHANT', { merchantId: mine.id });
    expect(refusalOf(await give(HONOUR, secretary, mine))).toBe('INCENTIVE_OWN_SHOP');
    const owned = await aShop(v);
    const id = await given(HONOUR, secretary, owned);
    await owner.query('update merchant set owner_id = $2 where id = $1', [owned.id, official.personId]);
    expect(refusalOf(await give(HONOUR, official, owned))).toBe('INCENTIVE_OWN_SHOP');
    await owner.query('update merchant set owner_id = $2 where id = $1', [owned.id, v.secretary.id]);
    expect(refusalOf(await revoke(id))).toBe('INCENTIVE_OWN_SHOP');
  });

  test('to a merchant that is suspended, or whose terms have ended, is refused; taking back is not', async () => {
    const village = await aVillage();
    const store = await aShop(village);
    const by = await actorFor(village.secretary);
    const id = await given(HONOUR, by, store);
    await store.become('SUSPENDED');
    expect(refusalOf(await give(HONOUR, by, store))).toBe('MERCHANT_NOT_ADMITTED');
    await store.become('ADMITTED');
    await owner.query(
      `update alliance_terms set ended_at = $2, ended_by_id = $3, end_reason = '到期' where merchant_id = $1`,
      [store.id, TEST_NOW, village.secretary.id],
    );
    expect(refusalOf(await give(HONOUR, by, store))).toBe('MERCHANT_NOT_ADMITTED');
    expect(refusalOf(await revoke(id, by))).toBeNull();
  });

  test('once: ten at once of the same id are one', async () => {
    const store = await aShop(v);
    const id = newId();
    const input = { merchantId: store.id, ...HONOUR };
    const results = await Promise.all(
      Array.from({ length: 10 }, () => run(giveIncentive, secretary, input, id)),
    );
    expect(results.every((one) => one.ok)).toBe(true);
    expect(await prisma.incentive.count({ where: { merchantId: store.id } })).toBe(1);
    expect(refusalOf(await run(giveIncentive, secretary, { ...input, title: '最美商户' }, id))).toBe(
      'SAME_ID_OTHER_CONTENT',
    );
    // neither the amount nor the code is in the log
    const { rows } = await owner.query(
      'select input::text || outcome::text as kept from command_log where id = $1',
      [id],
    );
    expect(rows[0].kept).not.toContain(
      (await prisma.incentive.findFirstOrThrow({ where: { merchantId: store.id } })).code,
    );
  });
});

describe('what is given', () => {
  test('does not change and is not deleted, whoever writes', async () => {
    const id = await given();
    for (const set of [
      `title = '别的'`,
      `code = '00000000000000000000'`,
      `from_day = '2020-01-01'`,
      `village_id = null`,
    ]) {
      await expect(owner.query(`update incentive set ${set} where id = $1`, [id]), set).rejects.toThrow(
        'does not change',
      );
    }
    await expect(owner.query('delete from incentive where id = $1', [id])).rejects.toThrow('not deleted');
    await expect(owner.query('truncate incentive')).rejects.toThrow('append-only');
    await expect(
      prisma.incentive.create({
        data: {
          id: newId(),
          merchantId: shop.id,
          kind: 'RENT',
          title: '减租',
          fromDay: TEST_NOW,
          recordedById: v.secretary.id,
          recordedAt: TEST_NOW,
        },
      }),
    ).rejects.toThrow(/permission denied/);
  });

  test('is refused to the owner of the tables where the rules say no', async () => {
    const cases: [string, Record<string, unknown>, RegExp][] = [
      ['by the supervisor', { recorded_by_id: v.supervisor.id }, /NOT_ALLOWED/],
      ['from the township by the secretary', { village_id: null }, /NOT_FOUND/],
      ['an amount with a place', { kind: 'PLACE', amount_fen: 5 }, /incentive_amount/],
      ['nothing as an amount', { amount_fen: 0 }, /incentive_amount/],
      ['an honour without a code', { kind: 'HONOUR' }, /incentive_code/],
      ['a rent with one', { code: '00000000000000000000' }, /incentive_code/],
      ['a code that can be guessed', { kind: 'HONOUR', code: '1' }, /incentive_code/],
      ['ending before it begins', { until_day: addDays(TEST_DAY, -1) }, /incentive_days/],
      ['without a title', { title: ' ' }, /incentive_title/],
      [
        'revoked from the start',
        { revoked_at: TEST_NOW, revoked_by_id: v.secretary.id, revoke_why: '不该' },
        /begin revoked/,
      ],
      ['with a document that is none', { photo_id: newId() }, /PHOTO_NOT_YOURS/],
    ];
    for (const [what, over, error] of cases) await expect(insert(over), what).rejects.toThrow(error);
    await insert();
  });

  test('shows a document of that merchant and giver alone, sent by who gives', async () => {
    const other = await aShop(v);
    const aPhoto = async (
      merchantId: string,
      purpose = 'DOCUMENT',
      by = v.secretary.id,
      village: string | null = v.id,
    ) => {
      const id = newId();
      const hash = id.replaceAll('-', '').repeat(2);
      await owner.query(
        `insert into merchant_photo (id, merchant_id, purpose, village_id, uploaded_by_id, source_hash, large_hash, small_hash,
           width, height, bytes, created_at)
         values ($1, $2, $3::"MerchantPhotoPurpose", $4, $5, $6, $6, $6, 10, 10, 10, $7)`,
        [id, merchantId, purpose, village, by, hash, TEST_NOW],
      );
      return id;
    };
    const own = await aPhoto(shop.id);
    const id = await given({ ...HONOUR, photos: [own] });
    expect(await findIncentive(prisma, { villageId: v.id }, id)).toMatchObject({ photoId: own });
    for (const photo of [
      newId(),
      await aPhoto(other.id),
      await aPhoto(shop.id, 'FRONT', v.secretary.id, null),
      await aPhoto(shop.id, 'DOCUMENT', official.personId, null),
    ]) {
      expect(refusalOf(await give({ ...HONOUR, photos: [photo] }))).toBe('PHOTO_NOT_YOURS');
    }
    await expect(insert({ photo_id: await aPhoto(other.id) })).rejects.toThrow('PHOTO_NOT_YOURS');
    await expect(
      insert({ photo_id: await aPhoto(shop.id, 'DOCUMENT', official.personId, null) }),
    ).rejects.toThrow('PHOTO_NOT_YOURS');
    expect(refusalOf(await give({ ...HONOUR, photos: [own, own] }))).toBe('BAD_INPUT');
  });
});

describe('taking back', () => {
  test('is the giver’s, once, with a reason that stays', async () => {
    const id = await given();
    const townships = await given(HONOUR, official);
    expect(refusalOf(await revoke(id, official))).toBe('NOT_FOUND');
    expect(refusalOf(await revoke(townships))).toBe('NOT_FOUND');
    expect(refusalOf(await revoke(id, await actorFor(v.supervisor)))).toBe('NOT_ALLOWED');
    expect(refusalOf(await revoke(id, await actorFor((await aVillage()).secretary)))).toBe('NOT_FOUND');
    expect(refusalOf(await revoke(id, await anOfficialOf((await aVillage()).townshipId)))).toBe('NOT_FOUND');
    expect(refusalOf(await revoke(newId()))).toBe('NOT_FOUND');
    expect(refusalOf(await revoke(id, secretary, ' '))).toBe('BAD_INPUT');
    const results = await Promise.all([revoke(id), revoke(id), revoke(id)]);
    expect(results.map(refusalOf).sort()).toEqual(['INCENTIVE_REVOKED', 'INCENTIVE_REVOKED', null]);
    expect(await findIncentive(prisma, { villageId: v.id }, id)).toMatchObject({
      revokeWhy: '查出短斤少两',
      revokedBy: '书记甲',
      revokedOn: TEST_DAY,
    });
    await expect(
      owner.query(
        `update incentive set revoked_at = null, revoked_by_id = null, revoke_why = '' where id = $1`,
        [id],
      ),
    ).rejects.toThrow('INCENTIVE_REVOKED');
    expect(refusalOf(await revoke(townships, official))).toBeNull();
  });
});

describe('everybody', () => {
  test('verifies a certificate while it holds, and is told at once that it was taken back', async () => {
    const id = await given({ ...HONOUR, untilDay: addDays(TEST_DAY, 30) });
    const code = await codeOf(id);
    expect(await verifyHonour(prisma, code, TEST_DAY)).toEqual({
      state: 'HOLDS',
      title: '诚信商户',
      merchantName: '小卖部',
      merchantAddress: '村口',
      isCharity: false,
      giver: '测试村',
      fromDay: TEST_DAY,
      untilDay: addDays(TEST_DAY, 30),
    });
    expect(await verifyHonour(prisma, code, addDays(TEST_DAY, 31))).toMatchObject({ state: 'OVER' });
    expect(await verifyHonour(prisma, code, addDays(TEST_DAY, -1))).toMatchObject({ state: 'AHEAD' });
    await revoke(id);
    expect(await verifyHonour(prisma, code, TEST_DAY)).toEqual({
      state: 'REVOKED',
      title: '诚信商户',
      giver: '测试村',
      revokedOn: TEST_DAY,
    });
    expect(await verifyHonour(prisma, '00000000000000000000', TEST_DAY)).toBeNull();
  });

  test('sees honours in force of merchants that take the village’s points, and never money', async () => {
    const village = await aVillage();
    const store = await aShop(village);
    const by = await actorFor(village.secretary);
    const town = await anOfficialOf(village.townshipId);
    const own = await given(HONOUR, by, store);
    await given({ kind: 'RENT', amount: '99', fromDay: TEST_DAY }, by, store);
    await given({ ...HONOUR, title: '去年的', fromDay: '2025-01-01', untilDay: '2025-12-31' }, by, store);
    await given({ ...HONOUR, title: '明年的', fromDay: '2027-01-01' }, by, store);
    await given({ ...HONOUR, title: '镇级诚信商户', fromDay: '2026-01-01' }, town, store);
    const shown = (await listVillageHonours(prisma, village.id, TEST_DAY)).map((one) => [
      one.title,
      one.giver,
    ]);
    expect(shown).toEqual([
      ['诚信商户', '测试村'],
      ['镇级诚信商户', '测试镇'],
    ]);
    expect(await listShopHonours(prisma, store.id, TEST_DAY)).toHaveLength(2);
    expect(JSON.stringify(await listShopHonours(prisma, store.id, TEST_DAY))).not.toContain('9900');
    expect(await listVillageHonours(prisma, v.id, '2020-01-01' as Day)).toEqual([]);
    await revoke(own, by);
    expect(await listShopHonours(prisma, store.id, TEST_DAY)).toHaveLength(1);
  });
});

describe('those concerned', () => {
  test('see theirs in one query each, and nobody else’s', async () => {
    const village = await aVillage();
    const store = await aShop(village);
    const by = await actorFor(village.secretary);
    const town = await anOfficialOf(village.townshipId);
    const mine = await given({ kind: 'SUBSIDY', amount: '300', fromDay: TEST_DAY }, by, store);
    const theirs = await given(HONOUR, town, store);
    const ids = (list: { id: string }[]) => list.map((one) => one.id).sort();
    const office = { level: 'TOWNSHIP' as const, id: village.townshipId };
    const district = { level: 'DISTRICT' as const, id: village.districtId };
    expect(ids(await listMerchantIncentives(prisma, store.id))).toEqual([mine, theirs].sort());
    expect(ids(await listVillageIncentives(prisma, village.id))).toEqual([mine]);
    expect(ids(await listOfficeIncentives(prisma, office))).toEqual([mine, theirs].sort());
    expect(ids(await listOfficeIncentives(prisma, district, store.id))).toEqual([mine, theirs].sort());
    expect(await listOfficeIncentives(prisma, office, shop.id)).toEqual([]);
    for (const scope of [
      { villageId: v.id },
      { merchantId: shop.id },
      { office: { level: 'TOWNSHIP' as const, id: v.townshipId } },
    ]) {
      expect(await findIncentive(prisma, scope, mine)).toBeNull();
      expect(await findHonourCertificate(prisma, scope, theirs)).toBeNull();
    }
    expect(await findHonourCertificate(prisma, { merchantId: store.id }, theirs)).toMatchObject({
      giver: '测试镇',
      address: '村口',
    });
    expect(await countQueries((db) => listOfficeIncentives(db, office))).toBe(1);
    expect(await countQueries((db) => listMerchantIncentives(db, store.id))).toBe(1);
  });
});
