import { beforeAll, describe, expect, test } from 'vitest';
import { expireVouchers as expireJob } from '@/lib/jobs/expire-vouchers';
import { type Day, dayOf } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { anAppointment, TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aList, aSecondRole, type ListBuilt, pastAllRules } from '@/lib/testing/red-list';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { drawVoucherCode } from './code';
import { cancelVoucher, confirmVouchers, dropVouchers, issueVouchers, openVoucherSheet } from './commands';
import { findBatch, isSheetOpen, listOwnVouchers, listSheetVouchers, listVouchers } from './reads';
import { isVoucherCode } from './rules';

const { prisma, owner } = await testDb();

const LAST_DAY = '2026-12-31' as Day;
/** the last minute of the last day in Shanghai, and the first after it */
const LAST_MINUTE = new Date('2026-12-31T15:59:00Z');
const FIRST_MINUTE = new Date('2026-12-31T16:01:00Z');

let other: WorkingVillage;
let theirs: ListBuilt;
beforeAll(async () => {
  other = await aWorkingVillage();
  theirs = await aList(owner, other, other.households);
});

interface Setup {
  on: WorkingVillage;
  list: ListBuilt;
}

async function aRedList(): Promise<Setup> {
  const on = await aWorkingVillage();
  return { on, list: await aList(owner, on, on.households) };
}

async function issue(
  { on, list }: Setup,
  more: Record<string, unknown> = {},
  by = on.secretary,
  id = newId(),
) {
  const input = { listId: list.id, buys: '食用油一桶', points: 30, expiresOn: LAST_DAY, rowIds: [], ...more };
  return on.run(issueVouchers, await on.actorOf(by), input, { id });
}

/** Issues and answers the batch's id; throws when refused. */
async function issued(setup: Setup, more: Record<string, unknown> = {}): Promise<string> {
  const result = await issue(setup, more);
  if (!result.ok) throw new Error(result.refusal.code);
  return String(result.outcome.subject);
}

const confirm = async (on: WorkingVillage, batchId: string, by = on.supervisor, now = TEST_NOW) =>
  on.run(confirmVouchers, await on.actorOf(by), { batchId }, { now });
const drop = async (on: WorkingVillage, batchId: string, by = on.supervisor) =>
  on.run(dropVouchers, await on.actorOf(by), { batchId, reason: '买的东西写错了' });
const cancel = async (on: WorkingVillage, voucherId: string, by = on.secretary, now = TEST_NOW) =>
  on.run(cancelVoucher, await on.actorOf(by), { voucherId, reason: '打印时弄坏了' }, { now });

const vouchersOf = (on: WorkingVillage) =>
  prisma.voucher.findMany({ where: { villageId: on.id }, orderBy: { householdId: 'asc' } });

/** A confirmed batch and its vouchers. */
async function aConfirmedBatch() {
  const setup = await aRedList();
  const batchId = await issued(setup);
  const done = await confirm(setup.on, batchId);
  if (!done.ok) throw new Error(done.refusal.code);
  const vouchers = await vouchersOf(setup.on);
  const first = vouchers[0];
  if (!first) throw new Error('no vouchers');
  return { ...setup, batchId, vouchers, first };
}

/** Ends a voucher as the owner of the tables would by hand. */
const endByHand = (id: string, state: string, by: string | null, at: Date, why = '') =>
  owner.query(
    `update voucher set state = $2::"VoucherState", ended_by_id = $3, ended_at = $4, end_reason = $5 where id = $1`,
    [id, state, by, at, why],
  );

/** A shop of the alliance takes a voucher in its last minute. */
const redeemAt = (shop: ShopBuilt, digits: string) =>
  owner.query('select redeem_voucher($1, $2, $3, $4, $5)', [
    newId(),
    shop.id,
    digits,
    shop.staff.id,
    LAST_MINUTE,
  ]);

describe('issuing', () => {
  test('gives every household of the list one voucher, good only when the supervisor has confirmed', async () => {
    const setup = await aRedList();
    const { on } = setup;
    const batchId = await issued(setup);
    const vouchers = await vouchersOf(on);
    expect(vouchers.map((one) => one.householdId)).toEqual(on.households.map((one) => one.id).sort());
    expect(vouchers.every((one) => isVoucherCode(one.code) && one.state === 'ISSUED')).toBe(true);
    expect(new Set(vouchers.map((one) => one.code)).size).toBe(3);
    const scope = { villageId: on.id, householdId: on.household(0).id };
    // nobody is shown a code, nor told
    expect(await listOwnVouchers(prisma, scope, TEST_DAY)).toEqual([]);
    expect(await listSheetVouchers(prisma, on.id, batchId, TEST_DAY)).toEqual([]);
    expect(await prisma.message.count({ where: { villageId: on.id } })).toBe(0);
    expect(refusalOf(await on.run(openVoucherSheet, await on.actorOf(on.secretary), { batchId }))).toBe(
      'VOUCHER_NOT_CONFIRMED',
    );
    expect(refusalOf(await confirm(on, batchId))).toBeNull();
    const [own] = await listOwnVouchers(prisma, scope, TEST_DAY);
    expect(own).toMatchObject({ buys: '食用油一桶', state: 'ISSUED', expiresOn: LAST_DAY });
    expect(own?.code).toBe(vouchers.find((one) => one.householdId === scope.householdId)?.code);
    expect(await prisma.message.count({ where: { villageId: on.id, href: '/me/rewards' } })).toBe(6);
    expect(await findBatch(prisma, on.id, batchId, TEST_DAY)).toMatchObject({
      state: 'CONFIRMED',
      decidedBy: on.supervisor.name,
      counts: { ISSUED: 3, REDEEMED: 0, EXPIRED: 0, CANCELLED: 0 },
    });
  });

  test('the check in SQL is that of the rules', async () => {
    const codes = Array.from({ length: 300 }, (_, n) =>
      n % 3 ? drawVoucherCode() : String(Math.floor(Math.random() * 1e12)).padStart(12, '0'),
    );
    const all = [...codes, '', '12345678901', '１２３４５６７８９０１２', 'abcdefghijkl'];
    const { rows } = await owner.query('select c, voucher_code_holds(c) as is from unnest($1::text[]) c', [
      all,
    ]);
    for (const row of rows) expect(row.is, row.c).toBe(isVoucherCode(row.c));
  });

  test('once: eight at once make one batch; again the same is refused, other things are not', async () => {
    const setup = await aRedList();
    const results = await Promise.all(Array.from({ length: 8 }, () => issue(setup)));
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(results.map(refusalOf).filter(Boolean)).toEqual(Array(7).fill('VOUCHERS_ISSUED'));
    expect(await vouchersOf(setup.on)).toHaveLength(3);
    expect(refusalOf(await issue(setup, { buys: '大米十斤' }))).toBeNull();
  });

  test('the same id sent twice at once makes one batch; with other content it is refused', async () => {
    const setup = await aRedList();
    const id = newId();
    const [a, b] = await Promise.all([
      issue(setup, {}, setup.on.secretary, id),
      issue(setup, {}, setup.on.secretary, id),
    ]);
    expect(a.ok && b.ok && a.outcome).toEqual(b.ok && b.outcome);
    expect(await vouchersOf(setup.on)).toHaveLength(3);
    expect(refusalOf(await issue(setup, { points: 300 }, setup.on.secretary, id))).toBe(
      'SAME_ID_OTHER_CONTENT',
    );
  });

  test('not for a list that isn’t final and red, not for rows that don’t stand', async () => {
    const { on, list } = await aRedList();
    for (const state of ['DRAFT', 'CHECKED', 'PUBLICITY', 'EXPIRED', 'WITHDRAWN']) {
      const unripe = await aList(owner, on, on.households, { state });
      expect(refusalOf(await issue({ on, list: unripe })), state).toBe('REWARD_LIST_NOT_FINAL');
    }
    const black = await aList(owner, on, on.households, { kind: 'BLACK' });
    expect(refusalOf(await issue({ on, list: black }))).toBe('NOT_FOUND');
    expect(refusalOf(await issue({ on, list: theirs }))).toBe('NOT_FOUND');
    expect(refusalOf(await issue({ on, list }, { rowIds: [theirs.rows[0]] }))).toBe('NOT_FOUND');
    await pastAllRules(owner, `update list_row set state = 'SUSPENDED' where id = $1`, [list.rows[0]]);
    expect(refusalOf(await issue({ on, list }, { rowIds: [list.rows[0]] }))).toBe('REWARD_ROW_NOT_STANDING');
    expect(await issue({ on, list })).toMatchObject({ ok: true, outcome: { vouchers: 2 } });
  });

  test('a list of persons gives each of their households one', async () => {
    const on = await aWorkingVillage();
    const [first, second] = [on.household(0), on.household(1)];
    const persons = await aList(owner, on, [first, first, second], {
      subject: 'RESIDENT',
      residents: [first.residents[0]?.id ?? '', first.residents[1]?.id ?? '', second.residents[0]?.id ?? ''],
    });
    expect(await issue({ on, list: persons })).toMatchObject({ ok: true, outcome: { vouchers: 2 } });
  });

  test('its last day is within tomorrow and a year; points within 1 and 1000', async () => {
    const setup = await aRedList();
    for (const [expiresOn, refusal] of [
      ['2026-11-23', 'VOUCHER_EXPIRY_RANGE'],
      ['2026-11-24', 'VOUCHER_EXPIRY_RANGE'],
      ['2026-11-25', null],
      ['2027-11-25', null],
      ['2027-11-26', 'VOUCHER_EXPIRY_RANGE'],
    ] as const) {
      expect(refusalOf(await issue(setup, { expiresOn, buys: `到 ${expiresOn}` })), expiresOn).toBe(refusal);
    }
    for (const [points, refusal] of [
      [0, 'BAD_INPUT'],
      [1, null],
      [1000, null],
      [1001, 'BAD_INPUT'],
    ] as const) {
      expect(refusalOf(await issue(setup, { points, buys: `值 ${points} 分` })), `${points}`).toBe(refusal);
    }
  });

  test('by the secretary alone', async () => {
    const setup = await aRedList();
    for (const who of [setup.on.verifier, setup.on.supervisor, setup.on.steward]) {
      expect(refusalOf(await issue(setup, {}, who))).toBe('NOT_ALLOWED');
    }
  });
});

describe('the second person', () => {
  test('is the supervisor, another than the issuer; decides once; two at once, one', async () => {
    const setup = await aRedList();
    const { on } = setup;
    const batchId = await issued(setup);
    for (const who of [on.secretary, on.verifier, on.steward]) {
      expect(refusalOf(await confirm(on, batchId, who))).toBe('NOT_ALLOWED');
    }
    await aSecondRole(owner, on.secretary.id, 'SUPERVISOR', on.id);
    const both = {
      ...(await on.actorOf(on.secretary)),
      desk: { villageId: on.id, roles: ['SUPERVISOR' as const] },
    };
    expect(refusalOf(await on.run(confirmVouchers, both, { batchId }))).toBe('REWARD_SAME_PERSON');
    expect(refusalOf(await confirm(other, batchId))).toBe('NOT_FOUND');
    const results = await Promise.all([confirm(on, batchId), drop(on, batchId), confirm(on, batchId)]);
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(results.map(refusalOf).filter(Boolean)).toEqual(['VOUCHERS_DECIDED', 'VOUCHERS_DECIDED']);
  });

  test('drops a batch with all its vouchers, and it can be issued anew', async () => {
    const setup = await aRedList();
    const { on } = setup;
    const batchId = await issued(setup);
    expect(refusalOf(await drop(on, batchId, on.verifier))).toBe('NOT_ALLOWED');
    expect(refusalOf(await drop(on, batchId))).toBeNull();
    expect((await vouchersOf(on)).every((one) => one.state === 'CANCELLED')).toBe(true);
    expect(refusalOf(await confirm(on, batchId))).toBe('VOUCHERS_DECIDED');
    const again = await issued(setup);
    expect(refusalOf(await drop(on, again, on.secretary)), 'the issuer withdraws').toBeNull();
  });

  test('doesn’t confirm what the list no longer bears', async () => {
    const setup = await aRedList();
    const { on, list } = setup;
    const batchId = await issued(setup);
    const set = (sql: string, id: string | undefined) => pastAllRules(owner, sql, [id]);
    await set(
      `update list_row set state = 'GONE', gone_why = 'REVERSED', gone_at = now() where id = $1`,
      list.rows[2],
    );
    expect(refusalOf(await confirm(on, batchId))).toBe('VOUCHER_LIST_CHANGED');
    await set(
      `update list_row set state = 'STANDING', gone_why = null, gone_at = null where id = $1`,
      list.rows[2],
    );
    await set(
      `update village_list set state = 'WITHDRAWN', ended_at = now(), ended_by_id = drafted_by_id, end_reason = '名单有误'
       where id = $1`,
      list.id,
    );
    expect(refusalOf(await confirm(on, batchId))).toBe('VOUCHER_LIST_CHANGED');
    await set(
      `update village_list set state = 'FINAL', ended_at = null, ended_by_id = null, end_reason = '' where id = $1`,
      list.id,
    );
    expect(refusalOf(await confirm(on, batchId, on.supervisor, FIRST_MINUTE))).toBe('VOUCHER_EXPIRED');
    expect(refusalOf(await confirm(on, batchId, on.supervisor, LAST_MINUTE))).toBeNull();
  });

  test('where households were picked, neither of the two may be of one; to all of the list it is no favour', async () => {
    const setup = await aRedList();
    const { on, list } = setup;
    const mine = on.household(0).head.personId;
    const kin = on.household(1).residents[1]?.id ?? '';
    await anAppointment(mine, 'SECRETARY', { villageId: on.id });
    await aSecondRole(owner, mine, 'SUPERVISOR', on.id);
    const [a, b] = [on.household(0).head.id, kin].sort();
    await prisma.kinship.create({
      data: { villageId: on.id, id: newId(), residentAId: a ?? '', residentBId: b ?? '' },
      select: { id: true },
    });
    const seated = async (role: 'SECRETARY' | 'SUPERVISOR') => ({
      ...(await on.actorOf(mine)),
      desk: { villageId: on.id, roles: [role] },
    });
    const ask = async (rowIds: (string | undefined)[], buys: string) => {
      const input = { listId: list.id, buys, points: 30, expiresOn: LAST_DAY, rowIds };
      return on.run(issueVouchers, await seated('SECRETARY'), input);
    };
    expect(refusalOf(await ask([list.rows[0]], '自己家'))).toBe('VOUCHERS_PICKED_OWN');
    expect(refusalOf(await ask([list.rows[1]], '亲戚家'))).toBe('VOUCHERS_PICKED_OWN');
    expect(refusalOf(await ask([list.rows[0], list.rows[1], list.rows[2]], '都挑上'))).toBe(
      'VOUCHERS_PICKED_OWN',
    );
    expect(refusalOf(await ask([list.rows[2]], '别家'))).toBeNull();
    expect(refusalOf(await ask([], '全部'))).toBeNull();
    const picked = await issued(setup, { rowIds: [list.rows[1]], buys: '挑的' });
    expect(refusalOf(await on.run(confirmVouchers, await seated('SUPERVISOR'), { batchId: picked }))).toBe(
      'VOUCHERS_PICKED_OWN',
    );
    const whole = await issued(setup, { buys: '每户' });
    expect(
      refusalOf(await on.run(confirmVouchers, await seated('SUPERVISOR'), { batchId: whole })),
    ).toBeNull();
  });
});

describe('what the owner of the tables can’t do either', () => {
  test('a batch', async () => {
    const { on, list } = await aRedList();
    const black = await aList(owner, on, on.households, { kind: 'BLACK' });
    const open = await aList(owner, on, on.households, { state: 'PUBLICITY' });
    const insert = async (
      over: Record<string, unknown>,
      vouchers: number | Record<string, unknown>[] = 3,
    ) => {
      const row: Record<string, unknown> = {
        village_id: on.id,
        id: newId(),
        list_id: list.id,
        buys: '一桶油',
        points: 30,
        expires_on: LAST_DAY,
        is_whole: true,
        issued_by_id: on.secretary.id,
        issued_at: TEST_NOW,
        ...over,
      };
      const lines = Array.isArray(vouchers)
        ? vouchers
        : on.households.slice(0, vouchers).map((one) => ({ household_id: one.id }));
      const client = await owner.connect();
      const put = (table: string, values: Record<string, unknown>) =>
        client.query(
          `insert into ${table} (${Object.keys(values).join(', ')})
           values (${Object.keys(values)
             .map((_, i) => `$${i + 1}`)
             .join(', ')})`,
          Object.values(values),
        );
      try {
        await client.query('begin');
        await put('voucher_batch', row);
        for (const line of lines) {
          await put('voucher', {
            village_id: on.id,
            id: newId(),
            batch_id: row.id,
            code: drawVoucherCode(),
            ...line,
          });
        }
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    };
    const tries: [string, Record<string, unknown>, RegExp][] = [
      ['of a black list', { list_id: black.id }, /REWARD_LIST_NOT_FINAL/],
      ['of a list in publicity', { list_id: open.id }, /REWARD_LIST_NOT_FINAL/],
      ['of another village’s list', { list_id: theirs.id }, /REWARD_LIST_NOT_FINAL/],
      ['by the supervisor', { issued_by_id: on.supervisor.id }, /NOT_ALLOWED/],
      ['confirmed from the start', { confirmed_at: TEST_NOW, confirmed_by_id: on.supervisor.id }, /waits/],
      ['that buys nothing', { buys: ' ' }, /voucher_batch_buys/],
      ['that costs nothing', { points: 0 }, /voucher_batch_points/],
      ['over already', { expires_on: '2026-11-24' }, /VOUCHER_EXPIRY_RANGE/],
    ];
    for (const [what, over, error] of tries) await expect(insert(over), what).rejects.toThrow(error);
    await expect(insert({}, 0), 'without vouchers').rejects.toThrow(/has vouchers/);
    await expect(insert({}, 2), 'a household left out').rejects.toThrow(/leaves no household out/);
    const household = on.household(0).id;
    await expect(insert({}, [{ household_id: household, code: '123456789012' }])).rejects.toThrow(
      'voucher_code_checked',
    );
    await expect(insert({}, [{ household_id: household, state: 'REDEEMED' }])).rejects.toThrow(
      /begins as ISSUED/,
    );
    const foreign = other.household(0).id;
    await expect(insert({}, [{ household_id: foreign }]), 'another village’s').rejects.toThrow(
      /standing row/,
    );
    await pastAllRules(owner, `update list_row set state = 'SUSPENDED' where id = $1`, [list.rows[0]]);
    await expect(insert({ is_whole: false }, 3), 'a suspended row').rejects.toThrow(/standing row/);
    await pastAllRules(owner, `update list_row set state = 'STANDING' where id = $1`, [list.rows[0]]);
    await insert({});
    await expect(insert({}), 'the same twice').rejects.toThrow('voucher_batch_once');
  });

  test('a batch that was decided, and its vouchers', async () => {
    const { on, batchId, first } = await aConfirmedBatch();
    const batch = `where id = '${batchId}'`;
    for (const set of ['points = 300', `buys = '汽车'`, `expires_on = '2027-06-30'`, 'is_whole = false']) {
      await expect(owner.query(`update voucher_batch set ${set} ${batch}`), set).rejects.toThrow(
        /does not change/,
      );
    }
    await expect(
      owner.query(`update voucher_batch set confirmed_at = null, confirmed_by_id = null ${batch}`),
    ).rejects.toThrow('VOUCHERS_DECIDED');
    await expect(
      owner.query(
        `update voucher_batch set dropped_at = $1, dropped_by_id = $2, dropped_why = '不发了' ${batch}`,
        [TEST_NOW, on.supervisor.id],
      ),
    ).rejects.toThrow('VOUCHERS_DECIDED');
    for (const [column, value] of [
      ['code', drawVoucherCode()],
      ['household_id', on.household(1).id],
      ['batch_id', newId()],
    ]) {
      await expect(
        owner.query(`update voucher set ${column} = $1 where id = $2`, [value, first.id]),
        column,
      ).rejects.toThrow(/does not change/);
    }
    await expect(
      owner.query(
        `insert into voucher (village_id, id, batch_id, household_id, code) values ($1, $2, $3, $4, $5)`,
        [on.id, newId(), batchId, on.household(0).id, drawVoucherCode()],
      ),
      'slipped into a confirmed batch',
    ).rejects.toThrow(/nothing is added/);
    for (const table of ['voucher', 'voucher_batch']) {
      await expect(owner.query(`delete from ${table} where village_id = $1`, [on.id])).rejects.toThrow(
        /not deleted/,
      );
      await expect(owner.query(`truncate ${table} cascade`)).rejects.toThrow(/append-only/);
    }
    await expect(
      prisma.voucher.updateMany({ where: { villageId: on.id }, data: { state: 'REDEEMED' } }),
    ).rejects.toThrow(/permission denied/);
    await expect(prisma.voucherBatch.deleteMany({ where: { villageId: on.id } })).rejects.toThrow(
      /permission denied/,
    );
  });

  test('confirm or drop it alone', async () => {
    const setup = await aRedList();
    const batchId = await issued(setup);
    const { on } = setup;
    const set = (at: string, by: string, person: string, why = '') =>
      owner.query(
        `update voucher_batch set ${at} = $2, ${by} = $3${why ? `, dropped_why = '${why}'` : ''} where id = $1`,
        [batchId, TEST_NOW, person],
      );
    await expect(set('confirmed_at', 'confirmed_by_id', on.secretary.id)).rejects.toThrow(
      'REWARD_SAME_PERSON',
    );
    await expect(set('confirmed_at', 'confirmed_by_id', on.verifier.id)).rejects.toThrow('NOT_ALLOWED');
    await expect(set('dropped_at', 'dropped_by_id', on.verifier.id, '不发')).rejects.toThrow('NOT_ALLOWED');
    await expect(set('dropped_at', 'dropped_by_id', on.supervisor.id)).rejects.toThrow(
      'voucher_batch_dropped_whole',
    );
    await expect(
      set('dropped_at', 'dropped_by_id', on.supervisor.id, '不发'),
      'vouchers kept',
    ).rejects.toThrow(/takes its vouchers/);
  });

  test('end a voucher twice, unconfirmed, too late or for no reason', async () => {
    const setup = await aRedList();
    const { on } = setup;
    await issued(setup);
    const waiting = (await vouchersOf(on))[0]?.id ?? '';
    const [secretary, merchant] = [on.secretary.id, on.steward.id];
    await expect(endByHand(waiting, 'REDEEMED', merchant, TEST_NOW)).rejects.toThrow('VOUCHER_NOT_CONFIRMED');
    await expect(endByHand(waiting, 'CANCELLED', secretary, TEST_NOW, '坏了')).rejects.toThrow(
      'VOUCHER_NOT_CONFIRMED',
    );

    const { on: there, vouchers } = await aConfirmedBatch();
    const [one, two, three] = vouchers.map((voucher) => voucher.id) as [string, string, string];
    const by = there.secretary.id;
    await expect(endByHand(one, 'EXPIRED', null, LAST_MINUTE)).rejects.toThrow(/end of its last day/);
    await expect(endByHand(one, 'REDEEMED', by, FIRST_MINUTE)).rejects.toThrow('VOUCHER_EXPIRED');
    await expect(endByHand(one, 'CANCELLED', by, FIRST_MINUTE, '坏了')).rejects.toThrow('VOUCHER_EXPIRED');
    await expect(endByHand(one, 'CANCELLED', there.supervisor.id, TEST_NOW, '坏了')).rejects.toThrow(
      'NOT_ALLOWED',
    );
    await expect(endByHand(one, 'CANCELLED', by, TEST_NOW, ' ')).rejects.toThrow('voucher_cancelled_why');
    await expect(endByHand(one, 'REDEEMED', null, TEST_NOW)).rejects.toThrow('voucher_ended_by');
    await expect(endByHand(one, 'REDEEMED', by, new Date(TEST_NOW.getTime() - 1000))).rejects.toThrow(
      /before it is issued/,
    );
    // who redeems one says where: without its redemption nothing is redeemed
    await expect(endByHand(one, 'REDEEMED', by, LAST_MINUTE)).rejects.toThrow(/one redemption/);
    await expect(
      owner.query(`select voucher_end($1, $2, 'REDEEMED', $3, '', $4)`, [there.id, one, by, LAST_MINUTE]),
    ).rejects.toThrow(/one redemption/);
    await redeemAt(await aShop(there), vouchers[0]?.code ?? '');
    await endByHand(two, 'CANCELLED', by, TEST_NOW, '坏了');
    await endByHand(three, 'EXPIRED', null, FIRST_MINUTE);
    for (const id of [one, two, three]) {
      for (const state of ['ISSUED', 'REDEEMED', 'EXPIRED', 'CANCELLED']) {
        await expect(endByHand(id, state, by, FIRST_MINUTE, '再来'), state).rejects.toThrow(/ends once/);
      }
    }
  });
});

describe('ending', () => {
  test('a cancelled voucher is told to its household with the reason, and its code is gone', async () => {
    const { on, batchId, first } = await aConfirmedBatch();
    for (const who of [on.supervisor, on.verifier, on.steward]) {
      expect(refusalOf(await cancel(on, first.id, who))).toBe('NOT_ALLOWED');
    }
    expect(refusalOf(await cancel(other, first.id))).toBe('NOT_FOUND');
    expect(refusalOf(await cancel(on, newId()))).toBe('NOT_FOUND');
    const results = await Promise.all([cancel(on, first.id), cancel(on, first.id)]);
    expect(results.map(refusalOf).sort()).toEqual(['VOUCHER_ENDED', null]);
    const scope = { villageId: on.id, householdId: first.householdId };
    expect(await listOwnVouchers(prisma, scope, TEST_DAY)).toMatchObject([
      { code: null, state: 'CANCELLED', endReason: '打印时弄坏了' },
    ]);
    expect(await prisma.message.count({ where: { villageId: on.id, title: { contains: '作废' } } })).toBe(2);
    expect(await listSheetVouchers(prisma, on.id, batchId, TEST_DAY)).toHaveLength(2);
    const line = (await listVouchers(prisma, on.id, batchId, TEST_DAY)).find((one) => one.id === first.id);
    expect(line).toMatchObject({ state: 'CANCELLED', endedBy: on.secretary.name, endReason: '打印时弄坏了' });
  });

  test('expires at reading from midnight, and for good by the job, once', async () => {
    const { on, batchId, vouchers } = await aConfirmedBatch();
    const scope = { villageId: on.id, householdId: vouchers[0]?.householdId ?? '' };
    expect((await listOwnVouchers(prisma, scope, dayOf(LAST_MINUTE)))[0]?.state).toBe('ISSUED');
    expect((await listOwnVouchers(prisma, scope, dayOf(FIRST_MINUTE)))[0]).toMatchObject({
      state: 'EXPIRED',
      code: null,
    });
    expect((await findBatch(prisma, on.id, batchId, dayOf(FIRST_MINUTE)))?.counts).toMatchObject({
      ISSUED: 0,
      EXPIRED: 3,
    });
    expect(await listSheetVouchers(prisma, on.id, batchId, dayOf(FIRST_MINUTE))).toEqual([]);
    await expireJob.run({}, LAST_MINUTE);
    expect((await vouchersOf(on)).map((one) => one.state)).toEqual(['ISSUED', 'ISSUED', 'ISSUED']);
    expect(refusalOf(await cancel(on, vouchers[0]?.id ?? '', on.secretary, FIRST_MINUTE))).toBe(
      'VOUCHER_EXPIRED',
    );
    await Promise.all([expireJob.run({}, FIRST_MINUTE), expireJob.run({}, FIRST_MINUTE)]);
    expect((await vouchersOf(on)).map((one) => one.state)).toEqual(['EXPIRED', 'EXPIRED', 'EXPIRED']);
    expect(await expireJob.run({}, FIRST_MINUTE)).toEqual({ expired: 0 });
    expect((await findBatch(prisma, on.id, batchId, dayOf(FIRST_MINUTE)))?.counts).toMatchObject({
      ISSUED: 0,
      EXPIRED: 3,
    });
  });

  test('cancelled, expired and redeemed at once, it ends once', async () => {
    // A job that is ahead of its time races a cancellation that began a minute before midnight.
    for (let round = 0; round < 6; round++) {
      const { on, first } = await aConfirmedBatch();
      const shop = await aShop(on);
      const redeem = () => redeemAt(shop, first.code);
      const answers = await Promise.allSettled([
        cancel(on, first.id, on.secretary, LAST_MINUTE).then((one) => {
          if (!one.ok) throw new Error(one.refusal.code);
        }),
        owner.query(`select voucher_end($1, $2, 'EXPIRED', null, '', $3)`, [on.id, first.id, FIRST_MINUTE]),
        redeem(),
        redeem(),
      ]);
      expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      for (const one of answers) {
        if (one.status === 'rejected') expect(String(one.reason)).toContain('VOUCHER_ENDED');
      }
    }
  });
});

describe('codes', () => {
  test('are in no log and no message, on no other page; the sheet is opened by a command that is kept', async () => {
    const { on, batchId, vouchers } = await aConfirmedBatch();
    const secretary = await on.actorOf(on.secretary);
    expect(await isSheetOpen(prisma, on.id, batchId, on.secretary.id, TEST_NOW)).toBe(false);
    for (const who of [on.supervisor, on.verifier, on.steward]) {
      expect(refusalOf(await on.run(openVoucherSheet, await on.actorOf(who), { batchId }))).toBe(
        'NOT_ALLOWED',
      );
    }
    const foreign = await other.run(openVoucherSheet, await other.actorOf(other.secretary), { batchId });
    expect(refusalOf(foreign)).toBe('NOT_FOUND');
    expect(refusalOf(await on.run(openVoucherSheet, secretary, { batchId }))).toBeNull();
    const inMinutes = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);
    expect(await isSheetOpen(prisma, on.id, batchId, on.secretary.id, inMinutes(14))).toBe(true);
    expect(await isSheetOpen(prisma, on.id, batchId, on.secretary.id, inMinutes(15))).toBe(false);
    expect(await isSheetOpen(prisma, on.id, batchId, on.supervisor.id, inMinutes(1))).toBe(false);
    expect(
      await prisma.accessLog.count({ where: { villageId: on.id, what: 'voucher-codes', subject: batchId } }),
    ).toBe(1);
    await cancel(on, vouchers[2]?.id ?? '');
    const seen = JSON.stringify([
      (await owner.query('select input, outcome from command_log where village_id = $1', [on.id])).rows,
      await prisma.message.findMany({ where: { villageId: on.id } }),
      await prisma.accessLog.findMany({ where: { villageId: on.id } }),
      await findBatch(prisma, on.id, batchId, TEST_DAY),
      await listVouchers(prisma, on.id, batchId, TEST_DAY),
      await listOwnVouchers(prisma, { villageId: on.id, householdId: newId() }, TEST_DAY),
      await listSheetVouchers(prisma, other.id, batchId, TEST_DAY),
    ]);
    for (const { code } of vouchers) expect(seen).not.toContain(code);
    const sheet = await listSheetVouchers(prisma, on.id, batchId, TEST_DAY);
    expect(sheet).toHaveLength(2);
    expect(sheet.every((one) => one.name.includes('×'))).toBe(true);
  });
});
