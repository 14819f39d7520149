import { describe, expect, it } from 'vitest';
import { dayToDate } from '@/lib/platform/clock';
import { testDb } from '@/lib/testing/database';
import {
  AFTER_BALLOT,
  AFTER_HEARING,
  aDraftingVillage,
  BALLOT_CLOSES,
  type DraftingVillage,
} from '@/lib/testing/drafting-village';
import { refusalOf } from '@/lib/testing/working-village';
import { castVote } from '../ballot/commands';
import { countRolls } from '../ballot/reads';
import { dropRulebook } from '../draft/commands';
import { takeBackDraft } from '../hearing/commands';
import { changeMeetingRules } from '../meeting/commands';
import { adoptRulebook } from './commands';

// What one secretary alone can't do: mend a vote that failed, make up a quorum, adopt without minutes or backwards.

const { prisma, owner } = await testDb();

const RULES = {
  quorumAdultsPercent: 50,
  quorumHouseholdsOf3: 2,
  quorumRepresentativesOf3: 2,
  majorityPercent: 66,
  ballotUnit: 'HOUSEHOLD',
  representatives: 0,
};
const at = { now: AFTER_HEARING };
const after = { now: AFTER_BALLOT };

async function adopt(village: DraftingVillage, versionId: string, more: object, ask: object = at) {
  const input = {
    meeting: 'ASSEMBLY_HOUSEHOLD',
    heldOn: '2026-12-02',
    effectiveFrom: '2026-12-06',
    filingNumber: '',
    photos: [await village.photo()],
  };
  return village.run(adoptRulebook, village.secretaryActor, { versionId, ...input, ...more }, ask);
}

const changeRules = (village: DraftingVillage, more: object, ask: object = at) =>
  village.run(changeMeetingRules, village.secretaryActor, { ...RULES, ...more }, ask);

describe('when a meeting counts', () => {
  it('does not change between a vote that failed and its resolution', async () => {
    const village = await aDraftingVillage({ households: 5 });
    await village.must(changeMeetingRules, village.secretaryActor, RULES);
    const { versionId, ballotId } = await village.putToVote();
    for (const [index, vote] of ['FOR', 'FOR', 'FOR', 'AGAINST', 'AGAINST'].entries()) {
      await village.must(castVote, await village.resident(index), { ballotId, vote }, at);
    }
    const days = { heldOn: '2026-12-05' };
    expect(refusalOf(await adopt(village, versionId, days, after))).toBe('MAJORITY_MISSING');
    const lowered = await changeRules(village, { majorityPercent: 50 }, after);
    expect(lowered).toMatchObject({
      refusal: { code: 'MEETING_RULES_STAND', sentence: expect.stringContaining('现在不能改') },
    });
    expect(refusalOf(await adopt(village, versionId, days, after))).toBe('MAJORITY_MISSING');
  });

  it.each([
    'quorum_adults_percent = 51',
    'quorum_households_of3 = 3',
    'quorum_representatives_of3 = 3',
    'majority_percent = 51',
    "ballot_unit = 'ADULT'",
    'representatives = 3',
  ])('stands against %s, from the program and the owner, while a draft is heard', async (set) => {
    const village = await aDraftingVillage({ households: 1 });
    const sql = `update village set ${set} where id = '${village.id}'`;
    const versionId = await village.hear();
    await expect(owner.query(sql)).rejects.toMatchObject({ code: 'CF001' });
    await expect(prisma.$executeRawUnsafe(sql)).rejects.toThrow(/MEETING_RULES_STAND/);
    // what says nothing of meetings may change, and what is given up holds nothing
    await owner.query("update village set welcome = '欢迎' where id = $1", [village.id]);
    await village.must(dropRulebook, village.secretaryActor, { versionId, why: '再议' });
    await owner.query(sql);
  });

  it('changes before the hearing and after it was taken back: it is heard anew', async () => {
    const village = await aDraftingVillage({ households: 1 });
    const versionId = await village.draft();
    expect(refusalOf(await changeRules(village, { representatives: 30 }))).toBeNull();
    const other = await aDraftingVillage({ households: 1 });
    const heard = await other.hear();
    expect(refusalOf(await changeRules(village, { representatives: 31 }))).toBeNull();
    expect(refusalOf(await changeRules(other, { representatives: 30 }))).toBe('MEETING_RULES_STAND');
    await other.must(takeBackDraft, other.secretaryActor, { versionId: heard });
    expect(refusalOf(await changeRules(other, { representatives: 30 }))).toBeNull();
    expect(versionId).not.toBe(heard);
  });

  it('a change that is under way and the hearing wait for each other', async () => {
    const village = await aDraftingVillage({ households: 1 });
    const versionId = await village.draft();
    const [changing, opening] = [await owner.connect(), await owner.connect()];
    try {
      await opening.query('begin');
      await opening.query(
        "update rulebook_version set state = 'HEARING', hearing_from = '2026-11-24', hearing_until = '2026-12-01T16:00Z' where village_id = $1 and id = $2",
        [village.id, versionId],
      );
      const change = changing
        .query('update village set representatives = 3 where id = $1', [village.id])
        .then(() => 'changed')
        .catch((error: Error) => error.message);
      await new Promise((done) => setTimeout(done, 100));
      await opening.query('commit');
      expect(await change).toMatch(/MEETING_RULES_STAND/);
    } finally {
      await opening.query('rollback');
      changing.release();
      opening.release();
    }
  });
});

describe('who is eligible', () => {
  const numbers = { eligible: '3', present: '3', votesFor: '2', votesAgainst: '1', abstained: '0' };

  it('is no fewer than the roster has, by household or by adult, and both numbers are said', async () => {
    const village = await aDraftingVillage({ households: 5 });
    const versionId = await village.hear();
    expect(await adopt(village, versionId, numbers)).toMatchObject({
      refusal: { code: 'MEETING_BELOW_ROSTER', sentence: expect.stringMatching(/填了 3 户.*有 5 户/) },
    });
    expect(await adopt(village, versionId, { ...numbers, meeting: 'ASSEMBLY_ADULT' })).toMatchObject({
      refusal: { code: 'MEETING_BELOW_ROSTER', sentence: expect.stringMatching(/填了 3 人.*有 10 人/) },
    });
    for (const of of [{ numbers: '4, 4, 4, 0, 0' }, { unit: 'ADULT', numbers: '9, 9, 9, 0, 0' }]) {
      const [insert = ''] = await village.resolution(versionId, of);
      await expect(owner.query(insert)).rejects.toThrow(/MEETING_BELOW_ROSTER/);
    }
    // as many, and more, are let through
    expect(refusalOf(await adopt(village, versionId, { ...numbers, eligible: '5', present: '3' }))).toBe(
      'QUORUM_MISSING',
    );
    const good = { eligible: '6', present: '4', votesFor: '4', votesAgainst: '0', abstained: '0' };
    expect(refusalOf(await adopt(village, versionId, good))).toBeNull();
  });

  it('is counted on the meeting’s day: who left later was there, who came later was not', async () => {
    const village = await aDraftingVillage({ households: 5 });
    const on = async (day: string) =>
      (await countRolls(prisma, village.id, new Date(`${day}T04:00:00Z`))).HOUSEHOLD;
    const [first, second] = village.households;
    await prisma.household.updateMany({
      where: { villageId: village.id, id: first?.id ?? '' },
      data: { leftOn: dayToDate('2026-12-03' as never) },
    });
    await prisma.household.updateMany({
      where: { villageId: village.id, id: second?.id ?? '' },
      data: { createdAt: new Date('2026-12-02T16:00:00Z') },
    });
    expect([await on('2026-12-02'), await on('2026-12-03')]).toEqual([4, 4]);
    expect([await on('2026-12-01'), await on('2026-12-04')]).toEqual([4, 4]);
    await prisma.household.updateMany({
      where: { villageId: village.id, id: first?.id ?? '' },
      data: { leftOn: dayToDate('2026-12-02' as never) },
    });
    expect(await on('2026-12-02')).toBe(3);
    const versionId = await village.hear();
    expect(
      refusalOf(await adopt(village, versionId, { ...numbers, votesFor: '3', votesAgainst: '0' })),
    ).toBeNull();
  });
});

describe('a resolution of what people drafted', () => {
  const numbers = '45, 30, 16, 10, 4';
  const tried = async (statements: string[]): Promise<string> => {
    const client = await owner.connect();
    try {
      await client.query('begin');
      for (const sql of statements) await client.query(sql);
      return 'adopted';
    } catch (error) {
      return (error as Error).message;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const inForce = (village: DraftingVillage, versionId: string) =>
    `update rulebook_version set state = 'ADOPTED', effective_from = '2026-12-02' where village_id = '${village.id}' and id = '${versionId}'`;

  it('has the photo of its minutes, attached to it', async () => {
    const village = await aDraftingVillage({ households: 1 });
    const versionId = await village.hear();
    const [insert = '', attach = ''] = await village.resolution(versionId, { numbers });
    expect(await tried([insert, attach, inForce(village, versionId)])).toBe('adopted');
    expect(await tried([insert, inForce(village, versionId)])).toBe(
      'a rulebook is adopted with the photo of its minutes',
    );
    const [without = ''] = await village.resolution(versionId, { numbers, minutes: null });
    expect(await tried([without])).toMatch(/MINUTES_MISSING/);
  });

  it('can’t pass for one of a version that nobody drafted', async () => {
    const village = await aDraftingVillage({ households: 1 });
    const versionId = await village.draft();
    for (const set of ['null', `'${village.supervisor.id}'`]) {
      await expect(
        owner.query(
          `update rulebook_version set drafted_by_id = ${set} where village_id = '${village.id}' and id = '${versionId}'`,
        ),
      ).rejects.toThrow(/keeps its number and who drafted it/);
    }
  });

  it('is recorded by who is secretary on that day', async () => {
    const village = await aDraftingVillage({ households: 1 });
    const versionId = await village.hear();
    const [insert = ''] = await village.resolution(versionId, { numbers });
    expect(await tried([insert.replace(village.secretary.id, village.supervisor.id)])).toMatch(/NOT_ALLOWED/);
  });

  it('tells nothing of a vote that still runs to someone who tries numbers', async () => {
    const village = await aDraftingVillage({ households: 3 });
    const { versionId, ballotId } = await village.putToVote();
    await village.must(castVote, await village.resident(0), { ballotId, vote: 'AGAINST' }, at);
    const before = new Date(BALLOT_CLOSES.getTime() - 1).toISOString();
    for (const counted of ['3, 1, 0, 1, 0', '3, 1, 1, 0, 0']) {
      const [insert = ''] = await village.resolution(versionId, {
        numbers: counted,
        at: before,
        heldOn: '2026-12-05',
      });
      expect(await tried([insert])).toMatch(/BALLOT_STILL_OPEN|resolution_carried/);
    }
  });
});
