import { beforeAll, describe, expect, it } from 'vitest';
import { submitDeed } from '@/lib/deeds/commands';
import { approveDeed } from '@/lib/deeds/decisions';
import { dayOf } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { actorFor } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import {
  AFTER_BALLOT,
  AFTER_HEARING,
  aDraftingVillage,
  type DraftingVillage,
  type RawResolution,
} from '@/lib/testing/drafting-village';
import { refusalOf } from '@/lib/testing/working-village';
import { castVote, enterHallVotes } from '../ballot/commands';
import { changeRuleSettings } from '../draft/commands';
import { answerComment, commentOnDraft, openHearing } from '../hearing/commands';
import { changeMeetingRules } from '../meeting/commands';
import { findRulebook, findVersionInForce } from '../reads';
import { adoptRulebook, recordFiling } from './commands';

const { prisma, owner } = await testDb();

const MEETING = {
  meeting: 'ASSEMBLY_HOUSEHOLD',
  heldOn: '2026-12-02',
  eligible: '45',
  present: '30',
  votesFor: '16',
  votesAgainst: '10',
  abstained: '4',
  filingNumber: '石桥备〔2026〕9 号',
  effectiveFrom: '2026-12-02',
};
const at = { now: AFTER_HEARING };

async function adopt(village: DraftingVillage, versionId: string, more: object = {}, ask: object = at) {
  const photos = 'photos' in more ? {} : { photos: [await village.photo()] };
  return village.run(
    adoptRulebook,
    village.secretaryActor,
    { versionId, ...MEETING, ...photos, ...more },
    ask,
  );
}

const stateOf = async (village: DraftingVillage, versionId: string) =>
  (
    await prisma.rulebookVersion.findUniqueOrThrow({
      where: { villageId_id: { villageId: village.id, id: versionId } },
      select: { state: true },
    })
  ).state;

describe('adopt-rulebook', () => {
  it('puts the version in force with its resolution and the photo of its minutes', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    expect(await adopt(village, versionId)).toMatchObject({ ok: true, outcome: { number: 1 } });
    const rulebook = await findRulebook(prisma, village.id, { day: dayOf(AFTER_HEARING) });
    expect(rulebook?.version).toMatchObject({ id: versionId, state: 'ADOPTED', effectiveFrom: '2026-12-02' });
    expect(rulebook?.resolution).toMatchObject({
      unit: 'HOUSEHOLD',
      present: 30,
      votesFor: 16,
      filingNumber: '石桥备〔2026〕9 号',
      byPhone: null,
    });
    const resolution = await prisma.resolution.findFirstOrThrow({
      where: { villageId: village.id },
      select: { id: true, minutesId: true, recordedById: true },
    });
    expect(resolution.recordedById).toBe(village.secretary.id);
    expect(
      await prisma.attachedPhoto.findFirst({
        where: { villageId: village.id },
        select: { kind: true, subject: true, photoId: true, householdId: true },
      }),
    ).toEqual({
      kind: 'RESOLUTION',
      subject: resolution.id,
      photoId: resolution.minutesId,
      householdId: null,
    });
  });

  it.each([
    [{ present: '29', votesAgainst: '9' }, 'QUORUM_MISSING', '应到 45 户，至少要到 30 户，还差 1 户到会'],
    [{ votesFor: '15' }, 'MAJORITY_MISSING', '到会 30 户，至少要 16 票赞成，还差 1 票'],
    [
      { meeting: 'ASSEMBLY_ADULT', eligible: '60' },
      'QUORUM_MISSING',
      '应到 60 人，至少要到 31 人，还差 1 人到会',
    ],
    [{ meeting: 'REPRESENTATIVES' }, 'MEETING_NO_REPRESENTATIVES', '还没有登记'],
    [{ votesFor: '17' }, 'MEETING_VOTES_OVER', '实到 30，票却有 31 张'],
    [{ present: '46' }, 'MEETING_PRESENT_OVER', '实到的比应到的还多'],
    [{ eligible: '' }, 'BAD_INPUT', '没有填对'],
    [{ photos: [] }, 'MINUTES_MISSING', '会议记录的照片'],
    [{ heldOn: '2026-12-03' }, 'MEETING_NOT_YET', '还没有到'],
    [{ heldOn: '2026-12-01' }, 'MEETING_BEFORE_HEARING', '在听取意见截止以前'],
    [{ effectiveFrom: '2026-12-01' }, 'EFFECTIVE_IN_PAST', '不能早于今天'],
    [{ effectiveFrom: '2027-12-04' }, 'EFFECTIVE_TOO_LATE', '太远'],
  ])('refuses %o: %s', async (more, code, sentence) => {
    const village = await aDraftingVillage({ households: 1 });
    const versionId = await village.hear();
    const result = await adopt(village, versionId, more);
    expect(result).toMatchObject({
      ok: false,
      refusal: { code, sentence: expect.stringContaining(sentence) },
    });
    expect(await stateOf(village, versionId)).toBe('HEARING');
    expect(await prisma.resolution.count({ where: { villageId: village.id } })).toBe(0);
  });

  it('knows the day in Shanghai: one second before midnight the day is not over', async () => {
    const village = await aDraftingVillage({ households: 1 });
    const versionId = await village.hear();
    const late = { effectiveFrom: '2026-12-02' };
    expect(refusalOf(await adopt(village, versionId, late, { now: new Date('2026-12-02T16:00:00Z') }))).toBe(
      'EFFECTIVE_IN_PAST',
    );
    expect(
      refusalOf(await adopt(village, versionId, late, { now: new Date('2026-12-02T15:59:59Z') })),
    ).toBeNull();
  });

  it('waits for the hearing’s end and for every answer', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    const { subject } = await village.must(commentOnDraft, await village.resident(0), {
      versionId,
      body: '再想想',
    });
    expect(refusalOf(await adopt(village, versionId, {}, { now: new Date('2026-12-01T15:59:59Z') }))).toBe(
      'HEARING_STILL_OPEN',
    );
    expect(await adopt(village, versionId)).toMatchObject({
      refusal: { code: 'COMMENTS_UNANSWERED', sentence: expect.stringContaining('1 条') },
    });
    await village.must(answerComment, village.secretaryActor, { commentId: subject, answer: '会上议过了' });
    expect(refusalOf(await adopt(village, versionId))).toBeNull();
  });

  it('is the secretary’s, of the own village, and only of what is heard', async () => {
    const village = await aDraftingVillage();
    const other = await aDraftingVillage();
    const versionId = await village.draft();
    expect(refusalOf(await adopt(village, versionId))).toBe('RULEBOOK_NOT_HEARD');
    expect(refusalOf(await adopt(other, versionId))).toBe('NOT_FOUND');
    const supervisor = await actorFor(village.supervisor);
    expect(
      refusalOf(await village.run(adoptRulebook, supervisor, { versionId, ...MEETING, photos: [] })),
    ).toBe('NOT_ALLOWED');
  });

  it('happens once, also when asked for twice at once', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    const results = await Promise.all([
      adopt(village, versionId),
      adopt(village, versionId),
      adopt(village, versionId),
    ]);
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(results.filter((one) => refusalOf(one) === 'RULEBOOK_NOT_HEARD')).toHaveLength(2);
    const id = newId();
    const mine = await aDraftingVillage();
    const heard = await mine.hear();
    const input = { versionId: heard, ...MEETING, photos: [await mine.photo()] };
    await mine.must(adoptRulebook, mine.secretaryActor, input, { ...at, id });
    expect(await mine.run(adoptRulebook, mine.secretaryActor, input, { ...at, id })).toMatchObject({
      ok: true,
      repeated: true,
    });
  });

  it('takes a photo of one’s own that proves nothing else', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    const photo = await village.photo();
    await prisma.photo.updateMany({
      where: { villageId: village.id, id: photo },
      data: { uploadedById: village.verifier.id },
    });
    expect(refusalOf(await adopt(village, versionId, { photos: [photo] }))).toBe('PHOTO_NOT_YOURS');
  });

  it('by representatives counts as many as the village has', async () => {
    const village = await aDraftingVillage();
    await village.must(changeMeetingRules, village.secretaryActor, {
      quorumAdultsPercent: 50,
      quorumHouseholdsOf3: 2,
      quorumRepresentativesOf3: 2,
      majorityPercent: 50,
      ballotUnit: 'HOUSEHOLD',
      representatives: 31,
    });
    const versionId = await village.hear();
    const meeting = { meeting: 'REPRESENTATIVES', votesAgainst: '0', abstained: '0' };
    expect(
      refusalOf(await adopt(village, versionId, { ...meeting, eligible: '3', present: '3', votesFor: '3' })),
    ).toBe('MEETING_OTHER_REPRESENTATIVES');
    expect(
      refusalOf(
        await adopt(village, versionId, { ...meeting, eligible: '31', present: '20', votesFor: '20' }),
      ),
    ).toBe('QUORUM_MISSING');
    expect(
      refusalOf(
        await adopt(village, versionId, { ...meeting, eligible: '31', present: '21', votesFor: '11' }),
      ),
    ).toBeNull();
  });

  it.each([
    { quorumAdultsPercent: '49' },
    { quorumHouseholdsOf3: '1' },
    { majorityPercent: '49' },
    { majorityPercent: '100' },
    { ballotUnit: 'REPRESENTATIVE' },
  ])('rules of meeting below the law’s are refused: %o', async (rules) => {
    const village = await aDraftingVillage({ households: 1 });
    const input = {
      quorumAdultsPercent: 50,
      quorumHouseholdsOf3: 2,
      quorumRepresentativesOf3: 2,
      majorityPercent: 50,
      ballotUnit: 'HOUSEHOLD',
      representatives: 0,
      ...rules,
    };
    expect(refusalOf(await village.run(changeMeetingRules, village.secretaryActor, input))).toBe('BAD_INPUT');
    const [[name, value] = ['', '']] = Object.entries(rules);
    const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    await expect(
      owner.query(`update village set ${column} = $2 where id = $1`, [village.id, value]),
    ).rejects.toMatchObject({ code: '23514' });
  });
});

describe('after a vote', () => {
  let village: DraftingVillage;
  let versionId: string;
  let ballotId: string;
  beforeAll(async () => {
    village = await aDraftingVillage({ households: 6 });
    ({ versionId, ballotId } = await village.putToVote());
    for (const [index, vote] of ['FOR', 'AGAINST'].entries()) {
      await village.must(castVote, await village.resident(index), { ballotId, vote }, at);
    }
    const voters = village.households.slice(2, 5).map((one) => one.id);
    await village.must(
      enterHallVotes,
      village.secretaryActor,
      { ballotId, voters, hallFor: 2, hallAgainst: 0, hallAbstained: 1 },
      at,
    );
  });
  const after = { now: AFTER_BALLOT };
  const days = { heldOn: '2026-12-05', effectiveFrom: '2026-12-06' };

  it('the resolution waits for the close, and has the vote’s numbers, not the form’s', async () => {
    expect(refusalOf(await adopt(village, versionId, days, { now: new Date('2026-12-05T09:59:59Z') }))).toBe(
      'BALLOT_STILL_OPEN',
    );
    expect(refusalOf(await adopt(village, versionId, { ...days, meeting: 'ASSEMBLY_ADULT' }, after))).toBe(
      'MEETING_UNIT',
    );
    expect(refusalOf(await adopt(village, versionId, { ...days, meeting: 'REPRESENTATIVES' }, after))).toBe(
      'MEETING_UNIT',
    );
    // the owner of the tables can't give it other numbers either
    const [insert = ''] = await village.resolution(versionId, {
      heldOn: '2026-12-05',
      numbers: '6, 6, 6, 0, 0',
      at: AFTER_BALLOT.toISOString(),
    });
    await expect(owner.query(insert)).rejects.toMatchObject({
      message: expect.stringMatching(/numbers of its vote/),
    });
    expect(
      refusalOf(await adopt(village, versionId, { ...days, eligible: '900', votesFor: '899' }, after)),
    ).toBeNull();
    expect((await findRulebook(prisma, village.id, { number: 1 }))?.resolution).toMatchObject({
      eligible: 6,
      present: 5,
      votesFor: 3,
      votesAgainst: 1,
      abstained: 1,
      // two of five: said apart from the hall's, it would tell on them
      byPhone: null,
    });
  });

  it('no more votes come', async () => {
    expect(
      refusalOf(await village.run(castVote, await village.resident(5), { ballotId, vote: 'FOR' }, at)),
    ).toBe('BALLOT_CLOSED');
  });

  it('that failed, the draft is not adopted by other numbers', async () => {
    const mine = await aDraftingVillage({ households: 3 });
    const put = await mine.putToVote();
    for (const [index, vote] of ['AGAINST', 'ABSTAIN', 'FOR'].entries()) {
      await mine.must(castVote, await mine.resident(index), { ballotId: put.ballotId, vote }, at);
    }
    expect(refusalOf(await adopt(mine, put.versionId, days, after))).toBe('MAJORITY_MISSING');
    expect(
      refusalOf(
        await adopt(mine, put.versionId, { ...days, eligible: '3', present: '3', votesFor: '3' }, after),
      ),
    ).toBe('MAJORITY_MISSING');
  });
});

describe('days', () => {
  it('a version for a later day leaves today’s in force until then', async () => {
    const village = await aDraftingVillage();
    const first = await village.hear();
    await village.must(
      adoptRulebook,
      village.secretaryActor,
      { versionId: first, ...MEETING, photos: [await village.photo()] },
      at,
    );
    const second = await village.draft(first);
    await village.must(
      openHearing,
      village.secretaryActor,
      { versionId: second, until: '2026-12-10' },
      { now: AFTER_HEARING },
    );
    const meeting = { heldOn: '2026-12-11', effectiveFrom: '2027-01-01' };
    const now = new Date('2026-12-11T02:00:00Z');
    expect(refusalOf(await adopt(village, second, meeting, { now }))).toBeNull();
    const on = async (day: string) => (await findVersionInForce(prisma, village.id, day as never))?.number;
    expect([await on('2026-12-01'), await on('2026-12-31'), await on('2027-01-01')]).toEqual([
      undefined,
      1,
      2,
    ]);
    const { rows } = await owner.query(
      "select rulebook_version_on($1, '2026-12-31') = $2 as old, rulebook_version_on($1, '2027-01-01') = $3 as new",
      [village.id, first, second],
    );
    expect(rows[0]).toEqual({ old: true, new: true });
    expect(await stateOf(village, first)).toBe('SUPERSEDED');

    // a third can't come before the second that waits; on its day it takes its place
    const third = await village.draft(second);
    await village.must(
      openHearing,
      village.secretaryActor,
      { versionId: third, until: '2026-12-16' },
      { now },
    );
    const later = { heldOn: '2026-12-17' };
    const when = { now: new Date('2026-12-17T02:00:00Z') };
    expect(refusalOf(await adopt(village, third, { ...later, effectiveFrom: '2026-12-31' }, when))).toBe(
      'VERSION_WAITING',
    );
    expect(
      refusalOf(await adopt(village, third, { ...later, effectiveFrom: '2027-01-01' }, when)),
    ).toBeNull();
    expect([await on('2026-12-31'), await on('2027-01-01')]).toEqual([1, 3]);
  });

  it('old entries keep their version, and no version reaches back over them', async () => {
    const village = await aDraftingVillage();
    const first = await village.hear();
    await village.must(
      adoptRulebook,
      village.secretaryActor,
      { versionId: first, ...MEETING, photos: [await village.photo()] },
      at,
    );
    const head = village.household(0).head;
    const item = await prisma.item.findFirstOrThrow({
      where: { villageId: village.id, versionId: first, code: 'CIVIC-03' },
      select: { id: true },
    });
    const verifier = await actorFor(village.verifier);
    const deed = async (day: string) => {
      const now = new Date(`${day}T04:00:00Z`);
      const { subject } = await village.must(
        submitDeed,
        await village.resident(0),
        { residentId: head.id, itemId: item.id, deedOn: day },
        { now },
      );
      await village.must(approveDeed, verifier, { deedId: subject }, { now });
    };
    await deed('2026-12-03');
    await deed('2026-12-08');
    const second = await village.draft(first);
    await village.must(
      openHearing,
      village.secretaryActor,
      { versionId: second, until: '2026-12-07' },
      { now: AFTER_HEARING },
    );
    // by the owner: with a meeting before that deed, in force before it
    await expect(
      (async () => {
        const client = await owner.connect();
        try {
          await client.query('begin');
          for (const sql of await village.resolution(second, {
            heldOn: '2026-12-08',
            numbers: '3, 3, 3, 0, 0',
            at: '2026-12-08T05:00:00Z',
          })) {
            await client.query(sql);
          }
          await client.query(
            "update rulebook_version set state = 'SUPERSEDED', effective_until = '2026-12-05' where village_id = $1 and id = $2",
            [village.id, first],
          );
        } finally {
          await client.query('rollback');
          client.release();
        }
      })(),
    ).rejects.toMatchObject({ message: expect.stringMatching(/never reaches back/) });
    const now = new Date('2026-12-08T05:00:00Z');
    expect(
      refusalOf(await adopt(village, second, { heldOn: '2026-12-08', effectiveFrom: '2026-12-08' }, { now })),
    ).toBeNull();
    const postings = await prisma.posting.findMany({
      where: { villageId: village.id, kind: 'AWARD' },
      select: { versionId: true },
    });
    expect(postings.map((one) => one.versionId)).toEqual([first, first]);
    await deed('2026-12-09');
    expect(
      await prisma.posting.count({ where: { villageId: village.id, kind: 'AWARD', versionId: second } }),
    ).toBe(1);
  });
});

describe('the database refuses the owner of the tables', () => {
  const resolve = async (
    village: DraftingVillage,
    versionId: string,
    of: RawResolution & { from?: string },
  ) => {
    const client = await owner.connect();
    try {
      await client.query('begin');
      for (const sql of await village.resolution(versionId, of)) await client.query(sql);
      await client.query(
        "update rulebook_version set state = 'ADOPTED', effective_from = $3 where village_id = $1 and id = $2",
        [village.id, versionId, of.from ?? '2026-12-02'],
      );
      return 'adopted';
    } catch (error) {
      return (error as Error).message;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  let village: DraftingVillage;
  let versionId: string;
  beforeAll(async () => {
    village = await aDraftingVillage();
    await prisma.village.update({
      where: { id: village.id },
      data: { representatives: 30 },
      select: { id: true },
    });
    versionId = await village.hear();
  });

  it.each([
    ['45, 30, 16, 10, 4', {}, 'adopted'],
    ['45, 29, 16, 9, 4', {}, 'the resolution lacks QUORUM'],
    ['45, 30, 15, 11, 4', {}, 'the resolution lacks MAJORITY'],
    ['100, 51, 26, 25, 0', { unit: 'ADULT' }, 'adopted'],
    ['100, 50, 26, 24, 0', { unit: 'ADULT' }, 'the resolution lacks QUORUM'],
    ['30, 20, 11, 9, 0', { kind: 'REPRESENTATIVES', unit: 'REPRESENTATIVE' }, 'adopted'],
    ['30, 19, 11, 8, 0', { kind: 'REPRESENTATIVES', unit: 'REPRESENTATIVE' }, 'the resolution lacks QUORUM'],
    [
      '3, 3, 3, 0, 0',
      { kind: 'REPRESENTATIVES', unit: 'REPRESENTATIVE' },
      'the resolution lacks REPRESENTATIVES',
    ],
    ['45, 30, 16, 10, 4', { heldOn: '2026-12-01' }, 'the meeting comes after the hearing'],
    ['45, 30, 16, 10, 4', { heldOn: '2026-12-03' }, 'MEETING_NOT_YET {}'],
    [
      '45, 30, 16, 10, 4',
      { heldOn: '2026-12-03', at: '2026-12-03T01:00:00Z' },
      'a rulebook is not in force before it was agreed',
    ],
    // the day in Shanghai: at four in the afternoon in London it is tomorrow
    ['45, 30, 16, 10, 4', { at: '2026-12-02T15:59:59Z' }, 'adopted'],
    ['45, 30, 16, 10, 4', { at: '2026-12-02T16:00:00Z' }, 'a rulebook does not come into force in the past'],
    ['45, 30, 16, 10, 4', { at: '2026-12-02T16:00:00Z', from: '2026-12-03' }, 'adopted'],
    ['45, 30, 16, 10, 4', { at: '2026-12-01T15:59:59Z', heldOn: '2026-12-01' }, 'HEARING_STILL_OPEN {}'],
    ['45, 30, 16, 10, 4', { at: null }, 'a resolution says who recorded it and when'],
    ['45, 30, 16, 10, 4', { minutes: null }, 'MINUTES_MISSING {}'],
    ['45, 30, 16, 10, 4', { minutes: '11111111-1111-8111-8111-111111111111' }, 'PHOTO_NOT_YOURS {}'],
  ])('%s %o: %s', async (numbers, of, said) => {
    expect(await resolve(village, versionId, { numbers, ...of })).toBe(said);
  });

  it('without a resolution, without a hearing, with a comment unanswered', async () => {
    const numbers = '45, 30, 16, 10, 4';
    await expect(
      owner.query(
        "update rulebook_version set state = 'ADOPTED', effective_from = '2026-12-02' where village_id = $1 and id = $2",
        [village.id, versionId],
      ),
    ).rejects.toMatchObject({ code: '23514' });
    const mine = await aDraftingVillage();
    const draft = await mine.draft();
    expect(await resolve(mine, draft, { numbers })).toMatch(/is about a version that is heard/);
    await expect(
      owner.query(
        "update rulebook_version set state = 'ADOPTED', effective_from = '2026-12-02' where village_id = $1 and id = $2",
        [mine.id, draft],
      ),
    ).rejects.toMatchObject({ message: expect.stringMatching(/does not go DRAFT>ADOPTED/) });
    await expect(
      owner.query("update rulebook_version set state = 'HEARING' where village_id = $1 and id = $2", [
        mine.id,
        draft,
      ]),
    ).rejects.toMatchObject({ message: expect.stringMatching(/hearing has its days/) });
    await expect(
      owner.query(
        "update rulebook_version set state = 'HEARING', hearing_from = '2026-12-01', hearing_until = '2026-12-03' where village_id = $1 and id = $2",
        [mine.id, draft],
      ),
    ).rejects.toMatchObject({ constraint: 'rulebook_version_hearing_days' });
    await mine.must(openHearing, mine.secretaryActor, { versionId: draft, until: '2026-12-01' });
    await mine.must(commentOnDraft, await mine.resident(0), { versionId: draft, body: '等答复' });
    expect(await resolve(mine, draft, { numbers })).toBe('a comment waits for its answer');
  });

  it('a black list without an item that deducts', async () => {
    const mine = await aDraftingVillage();
    const draft = await mine.draft('RED_BLACK');
    await owner.query('delete from item where village_id = $1 and version_id = $2 and points < 0', [
      mine.id,
      draft,
    ]);
    await owner.query(
      "update rulebook_version set state = 'HEARING', hearing_from = '2026-11-24', hearing_until = '2026-12-01T16:00:00Z' where village_id = $1 and id = $2",
      [mine.id, draft],
    );
    expect(await resolve(mine, draft, { numbers: '45, 30, 16, 10, 4' })).toBe(
      'a black list needs an item that deducts',
    );
  });

  it('a scale that falls', async () => {
    const mine = await aDraftingVillage();
    const draft = await mine.draft('RED_BLACK');
    await owner.query(
      'update scale_step s set points = 1 from item i where i.village_id = $1 and i.version_id = $2 and s.village_id = $1 and s.item_id = i.id and s.sort_order = 3',
      [mine.id, draft],
    );
    await owner.query(
      "update rulebook_version set state = 'HEARING', hearing_from = '2026-11-24', hearing_until = '2026-12-01T16:00:00Z' where village_id = $1 and id = $2",
      [mine.id, draft],
    );
    expect(await resolve(mine, draft, { numbers: '45, 30, 16, 10, 4' })).toMatch(/a scale rises/);
  });
});

describe('record-filing', () => {
  it('adds the number once, where the resolution came without', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    expect(
      refusalOf(
        await village.run(recordFiling, village.secretaryActor, { versionId, filingNumber: '石桥备 1' }),
      ),
    ).toBe('NOT_FOUND');
    await adopt(village, versionId, { filingNumber: '' });
    await village.must(recordFiling, village.secretaryActor, { versionId, filingNumber: '石桥备 1' });
    expect(
      refusalOf(
        await village.run(recordFiling, village.secretaryActor, { versionId, filingNumber: '石桥备 2' }),
      ),
    ).toBe('FILING_KNOWN');
    await expect(
      owner.query("update resolution set filing_number = '别的' where village_id = $1", [village.id]),
    ).rejects.toMatchObject({ code: '23514' });
    await expect(
      owner.query('update resolution set minutes_id = null where village_id = $1', [village.id]),
    ).rejects.toMatchObject({ code: '23514' });
    expect(refusalOf(await village.run(changeRuleSettings, village.secretaryActor, { versionId }))).toBe(
      'BAD_INPUT',
    );
  });
});
