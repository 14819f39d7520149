import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { code, market, refundBoth, scan } from '../testing/counter';
import { agree, make, sums } from '../testing/settlement';

// What is in no statement yet: a row comes with its posting and goes with its line, whatever clocks say and whoever writes.

const { prisma, owner } = await testDb();

const DAY = 86_400_000;
const on = (days: number) => new Date(TEST_NOW.getTime() + days * DAY);

async function aSale(points = 20) {
  const { v, at } = await market(owner, 200);
  const take = async (now: Date) => {
    const id = newId();
    await scan(v, { id, digits: await code(v, 0, now), at, points, now });
    return id;
  };
  return { v, at, take };
}

const faultsOf = (villageId: string) =>
  prisma.$queryRaw<{ detail: string }[]>`select * from ledger_unstated_faults(${villageId}::uuid)`;

describe('what is in no statement', () => {
  it('is stated though a clock was wrong: taken long before the last statement, and known after it', async () => {
    const { v, at, take } = await aSale();
    await take(on(70));
    await make(v, at, '2027-02', on(75));
    // the server's clock had stood two months behind on a market day
    await take(on(5));
    expect((await sums(v, at)).unstatedFen).toBe(2000);
    const next = await make(v, at, '2027-02', on(76));
    expect(next).not.toBeNull();
    expect(await agree(v, at, next ?? '', on(76))).toBe('');
    expect(await sums(v, at)).toMatchObject({ unstatedFen: 0, stated: 40, taken: 40 });
  });

  it('holds a sale and its refund of a later month, each until its own statement', async () => {
    const { v, at, take } = await aSale();
    const id = await take(on(0));
    expect((await sums(v, at)).unstatedFen).toBe(2000);
    await make(v, at, '2026-11', on(1));
    expect((await sums(v, at)).unstatedFen).toBe(0);
    await refundBoth(v, id, at, 0, on(20));
    expect((await sums(v, at)).unstatedFen).toBe(-2000);
    expect(await faultsOf(v.id)).toEqual([]);
  });

  it('is written by nobody: the program by its rights, the owner by the triggers', async () => {
    const { v, at, take } = await aSale();
    await take(on(0));
    const one = `village_id = '${v.id}'`;
    for (const sql of [
      `delete from unstated_posting where ${one}`,
      `update unstated_posting set merchant_id = gen_random_uuid() where ${one}`,
      `insert into unstated_posting values ('${v.id}', '${at.id}', gen_random_uuid())`,
      'truncate unstated_posting',
    ]) {
      await expect(owner.query(sql), sql).rejects.toThrow();
      await expect(prisma.$executeRawUnsafe(sql), sql).rejects.toThrow(/permission denied/);
    }
    await make(v, at, '2026-11', on(1));
    // a stated one does not come back
    await expect(
      owner.query(
        `insert into unstated_posting select l.village_id, '${at.id}', l.posting_id from statement_line l where l.${one}`,
      ),
    ).rejects.toThrow(/follows from postings/);
  });

  it('that went missing past all rules is found when the ledger is verified', async () => {
    const { v, take } = await aSale();
    await take(on(0));
    expect(await faultsOf(v.id)).toEqual([]);
    await owner.query(
      `begin; set local session_replication_role = 'replica'; delete from unstated_posting where village_id = '${v.id}'; commit`,
    );
    expect(await prisma.$queryRaw`select fault from ledger_verify(${v.id}::uuid)`).toEqual([
      { fault: 'UNSTATED_WRONG' },
    ]);
  });
});
