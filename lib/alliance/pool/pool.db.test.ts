import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { code, market, scan } from '../testing/counter';
import { agree, make, pay, step } from '../testing/settlement';

// The money set aside, and the brakes.

const { prisma, owner } = await testDb();
const NOVEMBER = new Date('2026-12-03T09:00+08:00');

const record = (
  v: VillageBuilt,
  fen: number,
  person = v.secretary.id,
  source = 'GRANT',
  day = '2026-11-20',
) => step('pool_record', v.id, newId(), source, fen, day, '镇上拨的', person, TEST_NOW);
const isShort = async (v: VillageBuilt) =>
  (await prisma.$queryRaw<{ short: boolean }[]>`select alliance_pool_short(${v.id}::uuid) as short`)[0]
    ?.short;

describe('the pool', () => {
  it('is the secretary’s to record, in full days, and only grows by entries', async () => {
    const { v, at } = await market(owner, 0);
    expect(await record(v, 100_00)).toBe('');
    for (const person of [v.supervisor.id, at.staff.id, v.verifier.id])
      expect(await record(v, 100_00, person)).toBe('NOT_ALLOWED');
    expect(await record(v, 100_00, v.secretary.id, 'GRANT', '2027-11-20')).toBe('POOL_DAY_TO_COME');
    for (const [fen, source] of [
      [0, 'GRANT'],
      [-5, 'SPONSOR'],
      [-5, 'CORRECTION'],
    ] as const)
      await expect(record(v, fen, v.secretary.id, source)).rejects.toThrow(/pool_entry|whole/);
    for (const sql of [
      `update pool_entry set fen = 1 where village_id = '${v.id}'`,
      `delete from pool_entry where village_id = '${v.id}'`,
      'truncate pool_entry',
    ])
      await expect(owner.query(sql), sql).rejects.toThrow('append-only');
    await expect(prisma.poolEntry.deleteMany({ where: { villageId: v.id } })).rejects.toThrow(
      /permission denied/,
    );
  });

  it('takes a wrong entry back whole, once, also of twenty at once', async () => {
    const { v } = await market(owner, 0);
    expect(await record(v, 100_00)).toBe('');
    const entry = await prisma.poolEntry.findFirstOrThrow({ where: { villageId: v.id } });
    const take = (id = newId(), why = '多写了一个零') =>
      step('pool_correct', v.id, id, entry.id, why, v.secretary.id, TEST_NOW);
    expect(await take(newId(), ' ')).toBe('REASON_REQUIRED');
    const codes = await Promise.all(Array.from({ length: 20 }, () => take()));
    expect(codes.filter((one) => one === '')).toHaveLength(1);
    expect(codes.filter((one) => one === 'POOL_ENTRY_CORRECTED')).toHaveLength(19);
    const { _sum } = await prisma.poolEntry.aggregate({ where: { villageId: v.id }, _sum: { fen: true } });
    expect(_sum.fen).toBe(0);
    const correction = await prisma.poolEntry.findFirstOrThrow({
      where: { villageId: v.id, source: 'CORRECTION' },
    });
    expect(await step('pool_correct', v.id, newId(), correction.id, '错', v.secretary.id, TEST_NOW)).toBe(
      'NOT_FOUND',
    );
    const other = await market(owner, 0);
    expect(
      await step('pool_correct', other.v.id, newId(), entry.id, '错', other.v.secretary.id, TEST_NOW),
    ).toBe('NOT_FOUND');
  });

  it('is short below what the village says, by what is free: what is owed is gone already', async () => {
    const { v, at } = await market(owner, 100);
    expect(await isShort(v)).toBe(false);
    expect(await step('alliance_set_least', v.id, 2000, v.supervisor.id, TEST_NOW)).toBe('NOT_ALLOWED');
    expect(await step('alliance_set_least', v.id, 2000, v.secretary.id, TEST_NOW)).toBe('');
    expect(await isShort(v)).toBe(true);
    await record(v, 50_00);
    expect(await isShort(v)).toBe(false);
    await scan(v, { digits: await code(v, 0), at, points: 30 });
    expect(await isShort(v)).toBe(false); // 50 − 30 is the least
    await scan(v, { digits: await code(v, 0), at, points: 1 });
    expect(await isShort(v)).toBe(true);
    // stated, agreed, paid: free stays the same
    const id = (await make(v, at, '2026-11', NOVEMBER)) ?? '';
    expect(await isShort(v)).toBe(true);
    await agree(v, at, id, NOVEMBER);
    await pay(v, at, [id], NOVEMBER, { fen: 3100 });
    expect(await isShort(v)).toBe(true);
    await record(v, 1_00);
    expect(await isShort(v)).toBe(false);
    expect(await step('alliance_set_least', v.id, null, v.secretary.id, TEST_NOW)).toBe('');
    expect(await isShort(v)).toBe(false);
  });
});

describe('the stop', () => {
  it('is the secretary’s, with a reason, once, and is lifted', async () => {
    const { v, at } = await market(owner, 0);
    const stop = (why: string | null, person = v.secretary.id, now = TEST_NOW) =>
      step('alliance_stop', v.id, why, person, now);
    for (const person of [v.supervisor.id, at.staff.id])
      expect(await stop('没钱了', person)).toBe('NOT_ALLOWED');
    expect(await stop(' ')).toBe('REASON_REQUIRED');
    expect(await stop(null)).toBe('ALLIANCE_NOT_STOPPED');
    const codes = await Promise.all(Array.from({ length: 20 }, () => stop('资金池没钱了')));
    expect(codes.filter((one) => one === '')).toHaveLength(1);
    expect(codes.filter((one) => one === 'ALLIANCE_IS_STOPPED')).toHaveLength(19);
    expect(await step('alliance_set_least', v.id, 5, v.secretary.id, NOVEMBER)).toBe('');
    expect(await prisma.allianceBrake.findUniqueOrThrow({ where: { villageId: v.id } })).toMatchObject({
      poolLeastFen: 5,
      stoppedAt: TEST_NOW,
      stopWhy: '资金池没钱了',
    });
    for (const [sql, why] of [
      [`update alliance_brake set stop_why = '别的' where village_id = '${v.id}'`, 'until it is lifted'],
      [`update alliance_brake set stopped_at = now() where village_id = '${v.id}'`, 'begins when'],
      [
        `update alliance_brake set changed_by_id = '${v.supervisor.id}' where village_id = '${v.id}'`,
        'NOT_ALLOWED',
      ],
      [`delete from alliance_brake where village_id = '${v.id}'`, 'keeps its brake'],
      ['truncate alliance_brake', 'append-only'],
    ] as const)
      await expect(owner.query(sql), sql).rejects.toThrow(why);
    expect(await stop(null, v.secretary.id, NOVEMBER)).toBe('');
    expect(await prisma.allianceBrake.findUniqueOrThrow({ where: { villageId: v.id } })).toMatchObject({
      stoppedAt: null,
      stopWhy: '',
    });
    await expect(
      prisma.allianceBrake.updateMany({ where: { villageId: v.id }, data: { stopWhy: '' } }),
    ).rejects.toThrow(/permission denied/);
  });
});
