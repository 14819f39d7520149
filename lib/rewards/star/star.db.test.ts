import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aSecondRole, pastAllRules } from '@/lib/testing/red-list';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { awardStars, revokeStar } from './commands';
import { starsFor } from './rules';

const { prisma, owner } = await testDb();

// Deeds of late September, reported and approved then; stars from October on.
const IN_Q3 = new Date('2026-09-28T02:00:00Z');
const DEED_DAY = '2026-09-28' as Day;
/** a minute before and after midnight in Shanghai, at the quarter's end */
const LAST_MINUTE = new Date('2026-09-30T15:59:00Z');
const FIRST_MINUTE = new Date('2026-09-30T16:01:00Z');

/** Household 0 has 7 points of the quarter, household 1 has 4, household 2 none. */
async function aVillageWithHonour(): Promise<WorkingVillage> {
  const v = await aWorkingVillage({ settings: { starThresholds: [4, 7, 30] } });
  for (const [household, code] of [
    [0, 'SAFETY-01'],
    [0, 'PUBLIC_CLEAN-01'],
    [1, 'WASTE-03'],
  ] as const) {
    const deed = await v.submitted(household, code, { deedOn: DEED_DAY }, { now: IN_Q3 });
    const answer = await v.approve(deed, v.verifier, { now: IN_Q3 });
    if (!answer.ok) throw new Error(answer.refusal.code);
  }
  return v;
}

async function honourOf(v: WorkingVillage, household: number): Promise<number> {
  const { _sum } = await prisma.posting.aggregate({
    where: { villageId: v.id, householdId: v.household(household).id },
    _sum: { honour: true },
  });
  return _sum.honour ?? 0;
}

const award = async (v: WorkingVillage, now = TEST_NOW, by = v.secretary, id = newId()) =>
  v.run(awardStars, await v.actorOf(by), { period: '2026Q3' }, { now, id });

const ratings = (v: WorkingVillage) =>
  prisma.starRating.findMany({ where: { villageId: v.id }, orderBy: { honour: 'desc' } });

/** A rating as an owner of the tables would write it by hand. */
async function insertRating(v: WorkingVillage, over: Record<string, unknown> = {}): Promise<unknown> {
  const version = await prisma.rulebookVersion.findFirstOrThrow({ where: { villageId: v.id } });
  const row: Record<string, unknown> = {
    village_id: v.id,
    id: newId(),
    period: '2026Q3',
    household_id: v.household(0).id,
    version_id: version.id,
    stars: starsFor(await honourOf(v, 0), version.starThresholds),
    honour: await honourOf(v, 0),
    awarded_at: TEST_NOW,
    awarded_by_id: v.secretary.id,
    ...over,
  };
  const names = Object.keys(row);
  return owner.query(
    `insert into star_rating (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  );
}

describe('awarding', () => {
  test('rates whoever reached a threshold, by the ledger, and tells them', async () => {
    const v = await aVillageWithHonour();
    const [first, second] = [await honourOf(v, 0), await honourOf(v, 1)];
    expect(first).toBeGreaterThanOrEqual(7);
    expect(second).toBe(4);
    expect(await award(v)).toMatchObject({ ok: true, outcome: { period: '2026Q3', households: 2 } });
    expect(await ratings(v)).toMatchObject([
      {
        householdId: v.household(0).id,
        stars: 2,
        honour: first,
        awardedById: v.secretary.id,
        revokedAt: null,
      },
      { householdId: v.household(1).id, stars: 1, honour: 4 },
    ]);
    // head and spouse can sign in, the child can't
    const messages = await prisma.message.findMany({
      where: { villageId: v.id, title: '您家评上了二星' },
    });
    expect(messages.map((one) => one.personId).sort()).toEqual(
      v
        .household(0)
        .residents.flatMap((one) => (one.personId ? [one.personId] : []))
        .sort(),
    );
  });

  test('the arithmetic in SQL is that of the rules', async () => {
    for (const thresholds of [[10, 20, 40, 60, 100], [1], [3, 9], []]) {
      for (let honour = -2; honour <= 102; honour++) {
        const { rows } = await owner.query('select stars_for($1, $2) as n', [honour, thresholds]);
        expect(rows[0].n).toBe(starsFor(honour, thresholds));
      }
    }
  });

  test('once: two at once make the ratings of one', async () => {
    const v = await aVillageWithHonour();
    const results = await Promise.all(Array.from({ length: 8 }, () => award(v)));
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(results.map(refusalOf).filter(Boolean)).toEqual(Array(7).fill('NO_STARS_DUE'));
    expect(await ratings(v)).toHaveLength(2);
    expect(await prisma.message.count({ where: { villageId: v.id, href: '/me/rewards' } })).toBe(4);
  });

  test('the same id sent twice at once answers the first outcome', async () => {
    const v = await aVillageWithHonour();
    const id = newId();
    const [a, b] = await Promise.all([
      award(v, TEST_NOW, v.secretary, id),
      award(v, TEST_NOW, v.secretary, id),
    ]);
    expect(a.ok && b.ok && a.outcome).toEqual(b.ok && b.outcome);
    expect(await ratings(v)).toHaveLength(2);
  });

  test('again, it rates only who has reached a star since', async () => {
    const v = await aVillageWithHonour();
    await award(v, FIRST_MINUTE);
    const deed = await v.submitted(
      2,
      'WASTE-03',
      { deedOn: DEED_DAY },
      { now: new Date('2026-10-09T02:00:00Z') },
    );
    await v.approve(deed, v.verifier, { now: new Date('2026-10-09T03:00:00Z') });
    expect(await award(v)).toMatchObject({ ok: true, outcome: { households: 1 } });
    expect(await ratings(v)).toHaveLength(3);
    expect(refusalOf(await award(v))).toBe('NO_STARS_DUE');
  });

  test('not before the quarter is over, to the minute in Shanghai', async () => {
    const v = await aVillageWithHonour();
    expect(refusalOf(await award(v, LAST_MINUTE))).toBe('STARS_TOO_EARLY');
    expect(await ratings(v)).toHaveLength(0);
    expect(refusalOf(await award(v, FIRST_MINUTE))).toBeNull();
  });

  test('not while the quarter’s entries are in publicity', async () => {
    const v = await aVillageWithHonour();
    const id = newId();
    await pastAllRules(
      owner,
      `insert into period (village_id, id, code, as_of, opened_by_id, public_from, public_until)
       values ($1, $2, '2026Q3', $3, $4, '2026-11-20', '2026-11-27')`,
      [v.id, id, TEST_NOW, v.secretary.id],
    );
    expect(refusalOf(await award(v))).toBe('STARS_WAIT_FOR_PUBLICITY');
    await expect(insertRating(v)).rejects.toThrow('STARS_WAIT_FOR_PUBLICITY');
    await pastAllRules(owner, `update period set state = 'LOCKED' where id = $1`, [id]);
    expect(refusalOf(await award(v))).toBeNull();
  });

  test('by the secretary alone, and of one’s own village', async () => {
    const v = await aVillageWithHonour();
    for (const who of [v.verifier, v.supervisor, v.steward, { id: v.household(0).head.personId }]) {
      expect(refusalOf(await award(v, TEST_NOW, who as typeof v.secretary))).toBe('NOT_ALLOWED');
    }
    const other = await aVillageWithHonour();
    await award(other);
    expect(await ratings(v)).toHaveLength(0);
    expect(await ratings(other)).toHaveLength(2);
  });

  test('a household that moved away is not rated', async () => {
    const v = await aVillageWithHonour();
    await owner.query(`update household set left_on = '2026-10-02' where village_id = $1 and id = $2`, [
      v.id,
      v.household(0).id,
    ]);
    await award(v);
    expect((await ratings(v)).map((one) => one.householdId)).toEqual([v.household(1).id]);
  });
});

describe('a rating that the ledger doesn’t bear', () => {
  test('is refused to the owner of the tables', async () => {
    const v = await aVillageWithHonour();
    const honour = await honourOf(v, 0);
    const other = await aVillageWithHonour();
    const tries: [string, Record<string, unknown>, RegExp][] = [
      ['a star more', { stars: 3 }, /does not bear/],
      ['a star less', { stars: 1 }, /does not bear/],
      ['other points, same stars', { honour: honour + 1 }, /does not bear/],
      ['points and stars made up', { honour: 30, stars: 3 }, /does not bear/],
      ['none reached', { household_id: v.household(2).id, honour: 0, stars: 1 }, /does not bear/],
      ['six stars', { stars: 6 }, /does not bear|star_rating_stars/],
      ['a quarter that isn’t one', { period: '2026Q5' }, /STARS_TOO_EARLY|star_rating_quarter/],
      ['this quarter', { period: '2026Q4' }, /STARS_TOO_EARLY/],
      ['awarded before it was over', { awarded_at: LAST_MINUTE }, /STARS_TOO_EARLY/],
      ['another quarter’s', { period: '2026Q2' }, /does not bear/],
      ['a version that isn’t there', { version_id: newId() }, /version in force/],
      ['by the supervisor', { awarded_by_id: v.supervisor.id }, /NOT_ALLOWED/],
      ['by another village’s secretary', { awarded_by_id: other.secretary.id }, /NOT_ALLOWED/],
      ['of another village’s household', { household_id: other.household(0).id }, /does not bear/],
      [
        'revoked from the start',
        { revoked_at: TEST_NOW, revoked_by_id: v.supervisor.id, revoked_why: '不该' },
        /revoked/,
      ],
    ];
    for (const [what, over, error] of tries) await expect(insertRating(v, over), what).rejects.toThrow(error);
    await insertRating(v);
    await expect(insertRating(v), 'twice').rejects.toThrow('star_rating_village_id_period_household_id_key');
  });

  test('even when the standings were tampered with', async () => {
    const v = await aVillageWithHonour();
    await pastAllRules(
      owner,
      'update standing set honour = honour + 30 where village_id = $1 and household_id = $2',
      [v.id, v.household(0).id],
    );
    await expect(award(v)).rejects.toThrow(/does not bear/);
    expect(await ratings(v)).toHaveLength(0);
  });

  test('does not change, and is not deleted', async () => {
    const v = await aVillageWithHonour();
    await award(v);
    const where = `where village_id = '${v.id}'`;
    for (const set of [
      'stars = 3',
      'honour = 99',
      `household_id = '${v.household(2).id}'`,
      `period = '2026Q2'`,
    ]) {
      await expect(owner.query(`update star_rating set ${set} ${where}`), set).rejects.toThrow(
        /does not change/,
      );
    }
    await expect(owner.query(`delete from star_rating ${where}`)).rejects.toThrow(/not deleted/);
    await expect(owner.query('truncate star_rating')).rejects.toThrow(/append-only/);
    await expect(prisma.starRating.deleteMany({ where: { villageId: v.id } })).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      prisma.starRating.updateMany({ where: { villageId: v.id }, data: { stars: 1 } }),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('revoking', () => {
  const revoke = async (v: WorkingVillage, starId: string, by = v.supervisor, reason = '重复记分，已冲销') =>
    v.run(revokeStar, await v.actorOf(by), { starId, reason });

  test('by the supervisor, with a reason that the household reads; once', async () => {
    const v = await aVillageWithHonour();
    await award(v);
    const star = (await ratings(v))[0]?.id ?? '';
    for (const who of [v.secretary, v.verifier, v.steward]) {
      expect(refusalOf(await revoke(v, star, who))).toBe('NOT_ALLOWED');
    }
    expect(refusalOf(await revoke(v, star, v.supervisor, ' '))).toBe('BAD_INPUT');
    const results = await Promise.all([revoke(v, star), revoke(v, star)]);
    expect(results.map(refusalOf).sort()).toEqual(['REWARD_REVOKED', null]);
    expect((await ratings(v))[0]).toMatchObject({
      revokedById: v.supervisor.id,
      revokedWhy: '重复记分，已冲销',
    });
    const told = await prisma.message.findFirst({ where: { villageId: v.id, title: { contains: '撤销' } } });
    expect(told?.body).toContain('重复记分，已冲销');
    // a revoked one is not given again
    expect(refusalOf(await award(v))).toBe('NO_STARS_DUE');
  });

  test('never by who awarded it, also where he holds both roles, also by hand', async () => {
    const v = await aVillageWithHonour();
    await award(v);
    await aSecondRole(owner, v.secretary.id, 'SUPERVISOR', v.id);
    const star = (await ratings(v))[0]?.id ?? '';
    const both = await v.run(
      revokeStar,
      { ...(await v.actorOf(v.secretary)), desk: { villageId: v.id, roles: ['SUPERVISOR'] } },
      { starId: star, reason: '改主意了' },
    );
    expect(refusalOf(both)).toBe('REWARD_SAME_PERSON');
    const byHand = (by: string, why: string, at = TEST_NOW) =>
      owner.query(
        'update star_rating set revoked_at = $3, revoked_by_id = $2, revoked_why = $4 where village_id = $1 and id = $5',
        [v.id, by, at, why, star],
      );
    await expect(byHand(v.secretary.id, '改主意了')).rejects.toThrow('REWARD_SAME_PERSON');
    await expect(byHand(v.verifier.id, '不该')).rejects.toThrow('NOT_ALLOWED');
    await expect(byHand(v.supervisor.id, ' ')).rejects.toThrow('REWARD_REASON_REQUIRED');
    await expect(byHand(v.supervisor.id, '不该', FIRST_MINUTE)).rejects.toThrow(/before it is given/);
    await byHand(v.supervisor.id, '不该');
    await expect(byHand(v.supervisor.id, '再来')).rejects.toThrow('REWARD_REVOKED');
    await expect(
      owner.query(
        `update star_rating set revoked_at = null, revoked_by_id = null, revoked_why = '' where id = $1`,
        [star],
      ),
      'back in force',
    ).rejects.toThrow('REWARD_REVOKED');
  });

  test('another village’s star is not there', async () => {
    const [v, other] = [await aVillageWithHonour(), await aVillageWithHonour()];
    await award(other);
    const star = (await ratings(other))[0]?.id ?? '';
    expect(refusalOf(await revoke(v, star))).toBe('NOT_FOUND');
    expect(refusalOf(await revoke(v, newId()))).toBe('NOT_FOUND');
  });
});
