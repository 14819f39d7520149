import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_DAY, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { sealLedger } from './seal';
import { post } from './testing/post';
import { verifyLedger } from './verify';

const { prisma, owner } = await testDb();

async function award(v: VillageBuilt, household: number, points: number): Promise<string> {
  const { id, head } = v.household(household);
  const { postingId } = await post(owner, {
    villageId: v.id,
    kind: 'AWARD',
    source: newId(),
    debit: v.id,
    credit: id,
    points,
    honour: points,
    household: { householdId: id, residentId: head.id },
    creditedOn: TEST_DAY,
    commandId: newId(),
    now: TEST_NOW,
  });
  return postingId;
}

/** A village with two seals of three postings each. */
async function aSealedVillage(): Promise<{ v: VillageBuilt; postings: string[] }> {
  const v = await aVillage();
  const postings: string[] = [];
  for (let n = 0; n < 6; n++) {
    postings.push(await award(v, n % 3, n + 1));
    if (n % 3 === 2) expect(await sealLedger(prisma, v.id)).toBe(3);
  }
  expect(await sealLedger(prisma, v.id)).toBe(0);
  return { v, postings };
}

/** What only a superuser can do: write with the triggers off. */
async function tamper(sql: string, params: unknown[]): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('set session_replication_role = replica');
    const { rowCount } = await client.query(sql, params);
    expect(rowCount, 'the tampering itself must have worked').toBeGreaterThan(0);
  } finally {
    await client.query('set session_replication_role = origin');
    client.release();
  }
}

const kindsOf = async (v: VillageBuilt) => (await verifyLedger(prisma, v.id)).faults.map((one) => one.fault);

async function faultOf(v: VillageBuilt) {
  const { faults } = await verifyLedger(prisma, v.id);
  return faults[0] ? { fault: faults[0].fault, seal: faults[0].seal, subject: faults[0].subject } : null;
}

describe('verifying', () => {
  test('finds nothing in an honest ledger, sealed or not yet', async () => {
    const { v } = await aSealedVillage();
    expect(await faultOf(v)).toBe(null);
    await award(v, 0, 9);
    expect(await faultOf(v)).toBe(null);
    await sealLedger(prisma, v.id);
    expect(await faultOf(v)).toBe(null);
  });

  for (const [what, sql] of [
    [
      'points',
      'update posting set points = points + 1, credit_after = credit_after + 1 where village_id = $1 and id = $2',
    ],
    ['the reason', `update posting set reason = '改过' where village_id = $1 and id = $2`],
    [
      'the household',
      'update posting set household_id = gen_random_uuid() where village_id = $1 and id = $2',
    ],
    ['the day', 'update posting set credited_on = credited_on - 1 where village_id = $1 and id = $2'],
    ['who decided', 'update posting set person_id = gen_random_uuid() where village_id = $1 and id = $2'],
  ] as const) {
    test(`finds and names a posting of which ${what} was changed`, async () => {
      const { v, postings } = await aSealedVillage();
      await tamper(sql, [v.id, postings[4]]);
      expect(await faultOf(v)).toEqual({ fault: 'POSTING_CHANGED', seal: 2, subject: postings[4] });
    });
  }

  test('finds a removed posting', async () => {
    const { v, postings } = await aSealedVillage();
    await tamper('delete from posting where village_id = $1 and id = $2', [v.id, postings[1]]);
    expect(await faultOf(v)).toEqual({ fault: 'POSTING_REMOVED', seal: 1, subject: postings[1] });
  });

  test('finds two postings whose contents were swapped', async () => {
    const { v, postings } = await aSealedVillage();
    await tamper(
      `update posting p set household_id = q.household_id, resident_id = q.resident_id, credit_id = q.credit_id
       from posting q where p.village_id = $1 and q.village_id = $1 and (p.id, q.id) in (($2, $3), ($3, $2))`,
      [v.id, postings[0], postings[1]],
    );
    expect(await faultOf(v)).toEqual({ fault: 'POSTING_CHANGED', seal: 1, subject: postings[0] });
  });

  test('finds a posting inserted behind the seals, also after sealing goes on', async () => {
    const { v, postings } = await aSealedVillage();
    const id = (await owner.query(`select uuid_of_time(now() - interval '1 day') as id`)).rows[0]
      ?.id as string;
    await tamper(
      `insert into posting select (jsonb_populate_record(p, jsonb_build_object('id', $3::text, 'source', gen_random_uuid()))).*
       from posting p where p.village_id = $1 and p.id = $2`,
      [v.id, postings[0], id],
    );
    expect(await faultOf(v)).toEqual({ fault: 'POSTING_INSERTED', seal: null, subject: id });
    await award(v, 0, 2);
    await sealLedger(prisma, v.id);
    expect(await faultOf(v)).toEqual({ fault: 'POSTING_INSERTED', seal: null, subject: id });
  });

  test('finds a posting slipped in before the next seal by the sums it breaks', async () => {
    const { v, postings } = await aSealedVillage();
    await tamper(
      `insert into posting select (jsonb_populate_record(p, jsonb_build_object('id', uuid_of_time(clock_timestamp()), 'source', gen_random_uuid()))).*
       from posting p where p.village_id = $1 and p.id = $2`,
      [v.id, postings[0]],
    );
    await sealLedger(prisma, v.id);
    expect((await faultOf(v))?.fault).toBe('BALANCE_WRONG');
  });

  test('finds an award that nobody approved, though all its sums were adjusted', async () => {
    const { v, postings } = await aSealedVillage();
    const { id: householdId } = v.household(0);
    const id = (await owner.query('select uuid_of_time(clock_timestamp()) as id')).rows[0]?.id as string;
    await tamper(
      `insert into posting select (jsonb_populate_record(p, jsonb_build_object('id', $3::text, 'source', gen_random_uuid()))).*
       from posting p where p.village_id = $1 and p.id = $2`,
      [v.id, postings[0], id],
    );
    const [one] = await prisma.posting.findMany({ where: { villageId: v.id, id } });
    await tamper('update account set balance = balance + $3 where village_id = $1 and id = $2', [
      v.id,
      householdId,
      one?.points,
    ]);
    await tamper('update standing set honour = honour + $3 where village_id = $1 and household_id = $2', [
      v.id,
      householdId,
      one?.honour,
    ]);
    expect(await faultOf(v)).toEqual({ fault: 'POSTING_UNFOUNDED', seal: null, subject: id });
    await sealLedger(prisma, v.id);
    expect(await kindsOf(v)).toEqual(['POSTING_UNFOUNDED']);
  });

  test('finds an award of which the points were changed before a seal, with its sums', async () => {
    const v = await aVillage();
    const id = await award(v, 0, 5);
    await tamper(
      'update posting set points = 7, credit_after = credit_after + 2 where village_id = $1 and id = $2',
      [v.id, id],
    );
    await tamper('update account set balance = balance + 2 where village_id = $1 and id = $2', [
      v.id,
      v.household(0).id,
    ]);
    expect(await faultOf(v)).toEqual({ fault: 'POSTING_UNFOUNDED', seal: null, subject: id });
  });

  test('finds a payment without a redemption, a grant to no budget and a reversal of something else', async () => {
    for (const [kind, reverses] of [
      ['REDEMPTION', false],
      ['HOLD', false],
      ['BUDGET_GRANT', false],
      ['DEDUCTION', false],
      ['YEAR_CARRY', false],
      ['REVERSAL', true],
    ] as const) {
      const v = await aVillage();
      const first = await award(v, 0, 5);
      const id = newId();
      await tamper(
        `insert into posting select (jsonb_populate_record(p, jsonb_build_object('id', $3::text, 'source', gen_random_uuid(),
           'kind', $4::text, 'points', 0, 'credit_after', p.credit_before, 'honour', 0, 'shortfall', 1, 'reverses', case when $5::boolean then p.id end))).*
         from posting p where p.village_id = $1 and p.id = $2`,
        [v.id, first, id, kind, reverses],
      );
      expect((await verifyLedger(prisma, v.id)).faults, kind).toMatchObject([
        { fault: 'POSTING_UNFOUNDED', subject: id },
      ]);
    }
  });

  test('of several faults none hides another', async () => {
    const { v, postings } = await aSealedVillage();
    await tamper(`update posting set reason = '改过' where village_id = $1 and id = $2`, [v.id, postings[1]]);
    await tamper('delete from posting where village_id = $1 and id = $2', [v.id, postings[5]]);
    const early = (await owner.query(`select uuid_of_time(now() - interval '1 day') as id`)).rows[0]?.id;
    await tamper(
      `insert into posting select (jsonb_populate_record(p, jsonb_build_object('id', $3::text, 'source', gen_random_uuid()))).*
       from posting p where p.village_id = $1 and p.id = $2`,
      [v.id, postings[0], early],
    );
    await tamper(`update standing set honour = honour + 1 where village_id = $1 and period = 'ALL'`, [v.id]);
    await tamper(`update ledger_seal set hash = previous where village_id = $1 and number = 2`, [v.id]);
    expect(await kindsOf(v)).toEqual([
      'POSTING_CHANGED',
      'POSTING_REMOVED',
      'SEAL_BROKEN',
      'POSTING_INSERTED',
      'BALANCE_WRONG',
      'STANDING_WRONG',
      'POSTING_UNFOUNDED',
    ]);
  });

  test('finds a seal that was changed, removed or replaced', async () => {
    const first = await aSealedVillage();
    await tamper('delete from ledger_seal where village_id = $1 and number = 1', [first.v.id]);
    expect((await faultOf(first.v))?.fault).toBe('SEAL_MISSING');

    const second = await aSealedVillage();
    // A row is changed and the seal's own row hash mended to match: the chain still tells.
    await tamper(`update posting set reason = '改过' where village_id = $1 and id = $2`, [
      second.v.id,
      second.postings[0],
    ]);
    await tamper(
      `update ledger_seal s set row_hashes = (select string_agg(posting_hash(p), ''::bytea order by p.id) from posting p
         where p.village_id = s.village_id and p.id = any (s.posting_ids)) where village_id = $1 and number = 1`,
      [second.v.id],
    );
    expect(await faultOf(second.v)).toMatchObject({ fault: 'SEAL_BROKEN', seal: 1 });
    await tamper(
      `update ledger_seal set hash = seal_hash(village_id, number, horizon, previous, posting_ids, row_hashes)
       where village_id = $1 and number = 1`,
      [second.v.id],
    );
    expect(await faultOf(second.v)).toMatchObject({ fault: 'SEAL_BROKEN', seal: 2 });
  });

  test('finds a balance or standing that is not its sum', async () => {
    const { v } = await aSealedVillage();
    await tamper(`update standing set honour = honour + 1 where village_id = $1 and period = 'ALL'`, [v.id]);
    expect((await faultOf(v))?.fault).toBe('STANDING_WRONG');
    await tamper(`update account set balance = balance + 1 where village_id = $1 and id = $2`, [
      v.id,
      v.household(2).id,
    ]);
    expect(await faultOf(v)).toMatchObject({ fault: 'BALANCE_WRONG', subject: v.household(2).id });
  });
});

describe('sealing', () => {
  test('goes on where the clock was eight hours ahead and was set right', async () => {
    const v = await aVillage();
    const early = await award(v, 0, 3);
    // as the posting and its seal were written while it was ahead
    await tamper(
      `update posting set id = uuid_of_time(now() + interval '8 hours') where village_id = $1 and id = $2`,
      [v.id, early],
    );
    await tamper(
      `insert into ledger_seal (village_id, id, number, posting_ids, row_hashes, horizon, previous, hash, sealed_at)
       select p.village_id, p.id, 1, array[p.id], posting_hash(p), h.horizon, ''::bytea,
         seal_hash(p.village_id, 1, h.horizon, '', array[p.id], posting_hash(p)), now() + interval '8 hours'
       from posting p, (select uuid_floor_of_time(now() + interval '8 hours' - seal_overlap()) as horizon) h
       where p.village_id = $1`,
      [v.id],
    );
    for (const household of [1, 2, 1]) {
      await award(v, household, 2);
      expect(await faultOf(v)).toBe(null);
      expect(await sealLedger(prisma, v.id)).toBe(1);
    }
    expect(await sealLedger(prisma, v.id)).toBe(0);
    expect(await kindsOf(v)).toEqual([]);
    // and what is slipped in behind is found as ever
    const id = newId();
    await tamper(
      `insert into posting select (jsonb_populate_record(p, jsonb_build_object('id', $2::text, 'source', gen_random_uuid(),
         'points', 0, 'credit_after', p.credit_before, 'honour', 0, 'shortfall', 1))).* from posting p where p.village_id = $1 order by p.id limit 1`,
      [v.id, id],
    );
    expect(await faultOf(v)).toEqual({ fault: 'POSTING_INSERTED', seal: null, subject: id });
  });

  test('goes in blocks and leaves none behind', async () => {
    const v = await aVillage();
    for (let n = 0; n < 7; n++) await award(v, n % 3, 1);
    const counts: number[] = [];
    for (;;) {
      const { rows } = await owner.query('select ledger_seal_village($1, 3) as count', [v.id]);
      if (rows[0].count === 0) break;
      counts.push(rows[0].count);
    }
    expect(counts).toEqual([3, 3, 1]);
    expect(await faultOf(v)).toBe(null);
  });

  test('a posting that commits after a later one was sealed is in the next seal', async () => {
    const v = await aVillage();
    const slow = await owner.connect();
    try {
      await slow.query('begin');
      const { id, head } = v.household(0);
      await slow.query(
        `select ledger_post($1, 'AWARD', found_award($1, $2, $3, 1, 1, '2026-11-24', now()), 0::smallint, $1, $2, 1, 1, $2, $3, '2026-11-24', null, null,
           null, null, '', null, null, gen_random_uuid(), now())`,
        [v.id, id, head.id],
      );
      await award(v, 1, 2);
      expect(await sealLedger(prisma, v.id)).toBe(1);
      await slow.query('commit');
    } finally {
      slow.release();
    }
    expect(await sealLedger(prisma, v.id)).toBe(1);
    expect(await faultOf(v)).toBe(null);
  });
});
