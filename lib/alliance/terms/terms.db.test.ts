import { describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { type Command, runCommand } from '@/lib/platform/command';
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
import { aShop } from '@/lib/testing/shop';
import { refusalOf } from '@/lib/testing/working-village';
import { balanceOf, code, give, scan } from '../testing/counter';
import { acceptTerms, endTermsAsShop, endTermsAsVillage, signTerms } from './commands';
import { listTerms, listTermsOfShop, listVillageMerchants } from './reads';

const { prisma, owner } = await testDb();

const later = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);
const run = async (command: Command, actor: Actor, input: unknown, now = TEST_NOW, id = newId()) => {
  const result = await runCommand(command, { actor, id, input, now });
  return result.ok ? result.outcome : refusalOf(result);
};

async function market(more: Parameters<typeof aShop>[1] = {}) {
  const v = await aVillage();
  const at = await aShop(v, more);
  return { v, at, secretary: await actorFor(v.secretary), keeper: await actorFor(at.staff) };
}

const say = (merchantId: string, more: object = {}) => ({
  merchantId,
  yuan: '0.8',
  settlementDay: 15,
  onceMost: '',
  householdMonthMost: '200',
  freeMost: 20,
  ...more,
});

const inForce = (v: VillageBuilt, merchantId: string) =>
  prisma.allianceTerms.findMany({
    where: { villageId: v.id, merchantId, endedAt: null, acceptedAt: { not: null } },
    select: { referenceFen: true },
  });

describe('terms', () => {
  it('bind once the shop accepts; those before end in the same moment, and offers stay open', async () => {
    const { v, at, secretary, keeper } = await market();
    const soap = await at.offer('香皂');
    const signed = await run(signTerms, secretary, say(at.id, { nearGroupId: v.groups[0]?.id }));
    expect(signed).toMatchObject({ subject: at.id });
    const termsId = (signed as { termsId: string }).termsId;
    expect(await inForce(v, at.id)).toEqual([{ referenceFen: 100 }]);
    expect(await run(acceptTerms, keeper, { villageId: v.id, termsId }, later(1))).toMatchObject({
      subject: termsId,
    });
    expect(await run(acceptTerms, keeper, { villageId: v.id, termsId }, later(2))).toMatchObject({
      subject: termsId,
    });
    expect(await inForce(v, at.id)).toEqual([{ referenceFen: 80 }]);
    const [now, before] = await listTerms(prisma, v.id, at.id);
    expect(now).toMatchObject({
      id: termsId,
      householdMonthMost: 200,
      onceMost: null,
      nearGroupName: expect.any(String),
    });
    expect(before).toMatchObject({ endReason: '接受了新的协议', endedAt: later(1) });
    expect(
      await prisma.offer.findMany({ where: { villageId: v.id, id: soap }, select: { isOpen: true } }),
    ).toEqual([{ isOpen: true }]);
    expect(await listTermsOfShop(prisma, at.id)).toHaveLength(2);
  });

  it('signed again before the shop answered replace what it was offered', async () => {
    const { v, at, secretary, keeper } = await market();
    const first = (await run(signTerms, secretary, say(at.id))) as { termsId: string };
    const second = (await run(signTerms, secretary, say(at.id, { yuan: '1' }), later(1))) as {
      termsId: string;
    };
    expect(await run(acceptTerms, keeper, { villageId: v.id, termsId: first.termsId }, later(2))).toBe(
      'TERMS_ENDED',
    );
    await run(acceptTerms, keeper, { villageId: v.id, termsId: second.termsId }, later(2));
    expect(await inForce(v, at.id)).toEqual([{ referenceFen: 100 }]);
  });

  it('are signed by the secretary of a village of its township, with an admitted shop that isn’t the secretary’s', async () => {
    const { v, at, secretary } = await market();
    const elsewhere = await aVillage();
    for (const who of [v.supervisor, v.verifier, v.steward])
      expect(await run(signTerms, await actorFor(who), say(at.id))).toBe('NOT_ALLOWED');
    expect(await run(signTerms, await actorFor(elsewhere.secretary), say(at.id))).toBe('NOT_FOUND');
    expect(await run(signTerms, secretary, say(newId()))).toBe('NOT_FOUND');
    expect(await run(signTerms, secretary, say(at.id, { yuan: '' }))).toBe('BAD_INPUT');
    for (const yuan of ['0', '0.001', '11', '-1'])
      expect(await run(signTerms, secretary, say(at.id, { yuan }))).toBe('BAD_INPUT');
    for (const settlementDay of [0, 29])
      expect(await run(signTerms, secretary, say(at.id, { settlementDay }))).toBe('BAD_INPUT');
    expect(await run(signTerms, secretary, say(at.id, { nearGroupId: elsewhere.groups[0]?.id }))).toBe(
      'BAD_INPUT',
    );
    await anAppointment(v.secretary.id, 'MERCHANT', { merchantId: at.id });
    expect(await run(signTerms, secretary, say(at.id))).toBe('MERCHANT_OWN_SHOP');
    await at.become('SUSPENDED');
    expect(await run(signTerms, await actorFor(v.secretary), say(at.id))).toBe('MERCHANT_NOT_ADMITTED');
  });

  it('are accepted by the owner alone, of that shop', async () => {
    const { v, at, secretary } = await market();
    const { termsId } = (await run(signTerms, secretary, say(at.id))) as { termsId: string };
    const clerk = await aPerson('店员');
    await anAppointment(clerk.id, 'MERCHANT', { merchantId: at.id });
    const other = await aShop(v);
    const input = { villageId: v.id, termsId };
    expect(await run(acceptTerms, await actorFor(clerk), input)).toBe('SHOP_OWNER_ONLY');
    expect(await run(acceptTerms, await actorFor(other.staff), input)).toBe('NOT_FOUND');
    expect(await run(acceptTerms, await actorFor(at.staff), { ...input, villageId: newId() })).toBe(
      'NOT_FOUND',
    );
    expect(await run(endTermsAsShop, await actorFor(clerk), { ...input, reason: '不合适' })).toBe(
      'SHOP_OWNER_ONLY',
    );
    expect(await run(endTermsAsShop, await actorFor(other.staff), { ...input, reason: '不合适' })).toBe(
      'NOT_FOUND',
    );
  });

  it('end by either side with a reason; what was taken stays owed, offers close, nothing more is taken', async () => {
    for (const side of ['village', 'shop']) {
      const { v, at, secretary, keeper } = await market();
      const soap = await at.offer('香皂');
      await give(owner, v, 0, 50);
      await scan(v, { digits: await code(v, 0), at, points: 7 });
      const termsId = (await listTerms(prisma, v.id, at.id))[0]?.id ?? '';
      const end = (reason: string) =>
        side === 'shop'
          ? run(endTermsAsShop, keeper, { villageId: v.id, termsId, reason })
          : run(endTermsAsVillage, secretary, { termsId, reason });
      expect(
        await run(endTermsAsVillage, await actorFor((await aVillage()).secretary), {
          termsId,
          reason: '不做了',
        }),
      ).toBe('NOT_FOUND');
      expect(await end(' ')).toBe('BAD_INPUT');
      expect(await end('不做了')).toMatchObject({ subject: termsId });
      expect(await end('不做了')).toBe('TERMS_ENDED');
      expect(await prisma.offer.findFirstOrThrow({ where: { villageId: v.id, id: soap } })).toMatchObject({
        isOpen: false,
      });
      expect(await scan(v, { digits: await code(v, 0), at, points: 1 })).toEqual({
        refused: 'MERCHANT_TAKES_NOTHING',
      });
      expect(await balanceOf(v, 0)).toBe(43);
      const owed =
        await prisma.$queryRaw`select points, fen from merchant_unstated(${v.id}::uuid, ${at.id}::uuid, ${later(1)})`;
      expect(owed).toEqual([{ points: 7, fen: 700 }]);
    }
  });

  it('of a charity say no money, whatever is written', async () => {
    const { v, at, secretary, keeper } = await market({ isCharity: true });
    expect(await inForce(v, at.id)).toEqual([{ referenceFen: 0 }]);
    const { termsId } = (await run(signTerms, secretary, say(at.id))) as { termsId: string };
    await run(acceptTerms, keeper, { villageId: v.id, termsId });
    expect(await inForce(v, at.id)).toEqual([{ referenceFen: 0 }]);
  });

  it('are accepted once of two at once, and one pair is in force', async () => {
    const { v, at, secretary, keeper } = await market();
    const { termsId } = (await run(signTerms, secretary, say(at.id))) as { termsId: string };
    await Promise.all(
      Array.from({ length: 6 }, () => run(acceptTerms, keeper, { villageId: v.id, termsId })),
    );
    expect(await inForce(v, at.id)).toEqual([{ referenceFen: 80 }]);
  });

  it('are listed for the village with what waits first', async () => {
    const { v, at, secretary } = await market();
    const other = await aShop(v);
    await run(signTerms, secretary, say(other.id));
    const termsId = (await listTerms(prisma, v.id, at.id))[0]?.id ?? '';
    await run(endTermsAsVillage, secretary, { termsId, reason: '不做了' });
    const lines = await listVillageMerchants(prisma, v.id);
    expect(lines.map((line) => [line.id, line.terms])).toEqual([
      [other.id, 'IN_FORCE'],
      [at.id, null],
    ]);
    expect(await listVillageMerchants(prisma, v.id, 'xmb')).toHaveLength(2);
    expect(await listVillageMerchants(prisma, v.id, '没有')).toEqual([]);
  });
});

describe('by raw SQL', () => {
  it('terms are neither signed nor accepted nor ended by others, and what they say stays', async () => {
    const { v, at } = await market();
    const insert = (more: Record<string, unknown> = {}) => {
      const row: Record<string, unknown> = {
        village_id: v.id,
        id: newId(),
        merchant_id: at.id,
        reference_fen: 100,
        settlement_day: 10,
        free_most: 20,
        signed_by_id: v.secretary.id,
        signed_at: TEST_NOW,
        ...more,
      };
      const names = Object.keys(row);
      return owner.query(
        `insert into alliance_terms (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
        Object.values(row),
      );
    };
    const elsewhere = await aVillage();
    await expect(insert({ signed_by_id: v.supervisor.id })).rejects.toThrow(/NOT_ALLOWED/);
    await expect(insert({ village_id: elsewhere.id, signed_by_id: elsewhere.secretary.id })).rejects.toThrow(
      /MERCHANT_NOT_ADMITTED/,
    );
    await expect(insert({ settlement_day: 29 })).rejects.toThrow(/alliance_terms_day/);
    await expect(insert({ reference_fen: -1 })).rejects.toThrow(/alliance_terms_reference/);
    await expect(insert({ once_most: 0 })).rejects.toThrow(/alliance_terms_limits/);
    await expect(insert({ near_group_id: elsewhere.groups[0]?.id })).rejects.toThrow(/group/);
    await expect(insert({ accepted_at: TEST_NOW, accepted_by_id: v.supervisor.id })).rejects.toThrow(
      /NOT_ALLOWED/,
    );
    await expect(insert({ accepted_at: TEST_NOW, accepted_by_id: at.staff.id })).rejects.toThrow(
      /one_in_force/,
    );
    const id = newId();
    await insert({ id });
    await expect(insert()).rejects.toThrow(/one_offered/);
    const change = (set: string, params: unknown[] = []) =>
      owner.query(`update alliance_terms set ${set} where village_id = $1 and id = $2`, [
        v.id,
        id,
        ...params,
      ]);
    await expect(change('reference_fen = 1')).rejects.toThrow(/change only/);
    await expect(change('merchant_id = $3', [newId()])).rejects.toThrow(/change only/);
    await expect(change('accepted_at = signed_at, accepted_by_id = $3', [v.secretary.id])).rejects.toThrow();
    await expect(change('accepted_at = signed_at, accepted_by_id = $3', [v.supervisor.id])).rejects.toThrow(
      /NOT_ALLOWED/,
    );
    await expect(change('accepted_at = signed_at, accepted_by_id = $3', [at.staff.id])).rejects.toThrow(
      /one_in_force/,
    );
    await expect(
      change(`ended_at = signed_at, ended_by_id = $3, end_reason = 'x'`, [v.supervisor.id]),
    ).rejects.toThrow(/NOT_ALLOWED/);
    await expect(
      change(`ended_at = signed_at, ended_by_id = $3, end_reason = ' '`, [v.secretary.id]),
    ).rejects.toThrow(/alliance_terms_ended/);
    await change(`ended_at = signed_at, ended_by_id = $3, end_reason = '不做了'`, [v.secretary.id]);
    await expect(change(`end_reason = '另一个'`)).rejects.toThrow(/change only/);
    await expect(change('ended_at = null, ended_by_id = null, end_reason = $3', [''])).rejects.toThrow(
      /change only/,
    );
    await expect(
      owner.query('delete from alliance_terms where village_id = $1 and id = $2', [v.id, id]),
    ).rejects.toThrow(/kept/);
    await expect(owner.query('truncate alliance_terms')).rejects.toThrow();
  });
});
