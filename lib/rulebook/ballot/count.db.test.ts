import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { actorFor } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import {
  AFTER_BALLOT,
  AFTER_HEARING,
  aDraftingVillage,
  type DraftingVillage,
} from '@/lib/testing/drafting-village';
import { changeMeetingRules } from '../meeting/commands';
import { castVote, enterHallVotes } from './commands';
import { findBallot, findHallEntered, findOwnVote } from './reads';

const { prisma, owner } = await testDb();
const at = { now: AFTER_HEARING };

async function enterHall(village: DraftingVillage, ballotId: string, voters: string[], ask: object = {}) {
  await village.must(
    enterHallVotes,
    village.secretaryActor,
    { ballotId, voters, hallFor: voters.length, hallAgainst: 0, hallAbstained: 0 },
    { ...at, ...ask },
  );
}

describe('a vote that runs', () => {
  it('is not counted for whoever says that it is over: the clock says it', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    const ballotId = newId();
    const closes = '2099-01-01T00:00:00Z';
    await owner.query('select ballot_open($1, $2, $3, $4, $5, $6)', [
      village.id,
      versionId,
      village.secretary.id,
      ballotId,
      closes,
      AFTER_HEARING,
    ]);
    await village.must(castVote, await village.resident(0), { ballotId, vote: 'AGAINST' }, at);
    const count = async () =>
      (
        await prisma.$queryRawUnsafe<object[]>(
          `select votes_for, votes_against, abstained from ballot_count('${village.id}', '${ballotId}', '${closes}')`,
        )
      )[0];
    const counted = { votes_for: 0, votes_against: 1, abstained: 0 };
    const before = await owner.query("select pg_get_functiondef('latest_moment()'::regprocedure) as text");
    try {
      // the program's own, which tests replace
      const [real = ''] =
        /create or replace function latest_moment[\s\S]*?\$\$[\s\S]*?\$\$;/.exec(
          readFileSync('prisma/functions/clock.sql', 'utf8'),
        ) ?? [];
      expect(real).toContain('clock_timestamp()');
      await owner.query(real);
      expect(await count()).toEqual({ votes_for: null, votes_against: null, abstained: null });
      await owner.query(
        `create or replace function latest_moment() returns timestamptz language sql as $$ select '${closes}'::timestamptz $$`,
      );
      expect(await count()).toEqual(counted);
    } finally {
      await owner.query(before.rows[0].text);
    }
  });
});

describe('how many came in the hall', () => {
  it.each([
    [3, 3, 3],
    [2, 3, null],
    [0, 4, null],
    [3, 0, null],
  ])('with %i on the phone and %i in the hall is told: %s', async (phone, hall, told) => {
    const village = await aDraftingVillage({ households: 6 });
    const { versionId, ballotId } = await village.putToVote();
    for (let index = 0; index < phone; index += 1) {
      await village.must(castVote, await village.resident(index), { ballotId, vote: 'FOR' }, at);
    }
    const voters = village.households.slice(phone, phone + hall).map((one) => one.id);
    if (hall > 0) await enterHall(village, ballotId, voters);
    expect(await findBallot(prisma, village.id, versionId, AFTER_BALLOT)).toMatchObject({
      voters: phone + hall,
      hall: told,
    });
  });
});

describe('whoever the hall’s papers are counted for is told', () => {
  const messages = (village: DraftingVillage) =>
    prisma.message.findMany({
      where: { villageId: village.id, title: { contains: '由会场录入' } },
      select: { personId: true, title: true, body: true, href: true },
    });

  it('every grown-up of the household with a sign-in, once, and nobody else', async () => {
    const village = await aDraftingVillage({ households: 5 });
    const { ballotId } = await village.putToVote();
    await village.must(castVote, await village.resident(4), { ballotId, vote: 'FOR' }, at);
    const id = newId();
    const voters = village.households.slice(0, 3).map((one) => one.id);
    await enterHall(village, ballotId, voters, { id });
    const told = await messages(village);
    const adults = await prisma.resident.findMany({
      where: { villageId: village.id, householdId: { in: voters }, personId: { not: null } },
      select: { personId: true, birthYear: true },
    });
    const expected = adults.filter((one) => one.birthYear === null || one.birthYear <= 2008);
    expect(expected.length).toBeGreaterThan(3);
    expect(told.map((one) => one.personId).sort()).toEqual(expected.map((one) => one.personId).sort());
    expect(told[0]).toMatchObject({ title: '您家的票由会场录入', href: '/me/ballot' });
    expect(told[0]?.body).toMatch(/村书记录入.*没有在会场投过票的，请马上找村务监督员/);
    // nothing of what the papers said
    expect(told[0]?.body).not.toMatch(/赞成|反对|弃权/);
    expect(await findHallEntered(prisma, village.id, ballotId)).toEqual(['村书记']);
    // the same command again tells nobody again
    await enterHall(village, ballotId, voters, { id });
    expect(await messages(village)).toHaveLength(told.length);
    const head = village.household(0);
    const ballot = { id: ballotId, unit: 'HOUSEHOLD', opensAt: AFTER_HEARING } as const;
    const own = (index: number) => {
      const household = village.household(index);
      return findOwnVote(prisma, village.id, ballot, {
        householdId: household.id,
        residentId: household.head.id,
      });
    };
    expect(head.id).toBe(voters[0]);
    expect([await own(0), await own(3), await own(4)]).toEqual([
      { hasVoted: true, isFromHall: true },
      { hasVoted: false, isFromHall: false },
      { hasVoted: true, isFromHall: false },
    ]);
  });

  it('the person alone where each adult votes; by the supervisor, with another one to turn to', async () => {
    const village = await aDraftingVillage({ households: 3 });
    await village.must(changeMeetingRules, village.secretaryActor, {
      quorumAdultsPercent: 50,
      quorumHouseholdsOf3: 2,
      quorumRepresentativesOf3: 2,
      majorityPercent: 50,
      ballotUnit: 'ADULT',
      representatives: 0,
    });
    const { ballotId } = await village.putToVote();
    const voters = village.households.map((one) => one.head.id);
    await village.must(
      enterHallVotes,
      await actorFor(village.supervisor),
      { ballotId, voters, hallFor: 3, hallAgainst: 0, hallAbstained: 0 },
      at,
    );
    const told = await messages(village);
    expect(told.map((one) => one.personId).sort()).toEqual(
      village.households.map((one) => one.head.personId).sort(),
    );
    expect(told[0]?.title).toBe('您的票由会场录入');
    expect(told[0]?.body).toMatch(/村务监督员录入.*请马上找村书记/);
    // and the page says the same
    expect(await findHallEntered(prisma, village.id, ballotId)).toEqual(['村务监督员']);
  });
});
