import { createHash, createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerCommand } from '@/lib/platform/command-http';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { actorFor } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import {
  AFTER_BALLOT,
  AFTER_HEARING,
  aDraftingVillage,
  BALLOT_CLOSES,
  type DraftingVillage,
} from '@/lib/testing/drafting-village';
import { refusalOf } from '@/lib/testing/working-village';
import { changeMeetingRules } from '../meeting/commands';
import { castVote, enterHallVotes, openBallot } from './commands';
import { countRolls, findBallot, findOwnVote, listRoll } from './reads';

const { prisma, owner } = await testDb();

const RULES = {
  quorumAdultsPercent: 50,
  quorumHouseholdsOf3: 2,
  quorumRepresentativesOf3: 2,
  majorityPercent: 50,
  ballotUnit: 'HOUSEHOLD',
  representatives: 0,
};
const at = { now: AFTER_HEARING };
const vote = (
  village: DraftingVillage,
  actor: Parameters<DraftingVillage['run']>[1],
  ballotId: string,
  choice = 'FOR',
  ask: object = at,
) => village.run(castVote, actor, { ballotId, vote: choice }, ask);

describe('open-ballot', () => {
  it('waits for the end of the hearing, to the moment', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    const open = (now: string) =>
      village.run(
        openBallot,
        village.secretaryActor,
        { versionId, closesOn: '2026-12-05', closesTime: '18:00' },
        { now: new Date(now) },
      );
    expect(refusalOf(await open('2026-12-01T15:59:59.999Z'))).toBe('HEARING_STILL_OPEN');
    expect(await open('2026-12-01T16:00:00Z')).toMatchObject({ ok: true, outcome: { eligible: 3 } });
    expect(refusalOf(await open('2026-12-02T00:00:00Z'))).toBe('BALLOT_EXISTS');
  });

  it('closes in an hour at least, in thirty days at most', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    const open = (closesOn: string, closesTime: string) =>
      village.run(openBallot, village.secretaryActor, { versionId, closesOn, closesTime }, at);
    // it is ten in the morning of 2 December in Shanghai
    expect(refusalOf(await open('2026-12-02', '10:59'))).toBe('BALLOT_TIME');
    expect(refusalOf(await open('2027-01-01', '10:01'))).toBe('BALLOT_TIME');
    expect(refusalOf(await open('2026-12-02', '25:00'))).toBe('BAD_INPUT');
    expect(refusalOf(await open('2026-12-02', '11:00'))).toBeNull();
  });

  it('is for a draft that is heard, of the own village, by the secretary', async () => {
    const village = await aDraftingVillage();
    const other = await aDraftingVillage();
    const versionId = await village.draft();
    const input = { versionId, closesOn: '2026-12-05', closesTime: '18:00' };
    expect(refusalOf(await village.run(openBallot, village.secretaryActor, input, at))).toBe(
      'RULEBOOK_NOT_HEARD',
    );
    expect(refusalOf(await other.run(openBallot, other.secretaryActor, input, at))).toBe('NOT_FOUND');
    expect(refusalOf(await village.run(openBallot, await actorFor(village.supervisor), input, at))).toBe(
      'NOT_ALLOWED',
    );
  });

  it('counts the roll: by household, or grown-ups by their year, unknown ones too', async () => {
    const village = await aDraftingVillage();
    expect(await countRolls(prisma, village.id, AFTER_HEARING)).toEqual({ HOUSEHOLD: 3, ADULT: 6 });
    const child = village.household(0).residents[2]?.id;
    for (const [year, adults] of [
      [2008, 7],
      [2009, 6],
      [null, 7],
    ] as const) {
      await prisma.resident.updateMany({
        where: { villageId: village.id, id: child ?? '' },
        data: { birthYear: year },
      });
      expect((await countRolls(prisma, village.id, AFTER_HEARING)).ADULT, String(year)).toBe(adults);
    }
    // one minute before the new year in Shanghai it is still the old one
    await prisma.resident.updateMany({
      where: { villageId: village.id, id: child ?? '' },
      data: { birthYear: 2009 },
    });
    expect((await countRolls(prisma, village.id, new Date('2026-12-31T15:59:00Z'))).ADULT).toBe(6);
    expect((await countRolls(prisma, village.id, new Date('2026-12-31T16:00:00Z'))).ADULT).toBe(7);
  });
});

describe('one vote a household', () => {
  it('whoever of it comes first, also at the same moment', async () => {
    const village = await aDraftingVillage();
    const { versionId, ballotId } = await village.putToVote();
    const [head, spouse] = [await village.resident(0), await village.resident(0, 1)];
    const results = await Promise.all([
      vote(village, head, ballotId, 'FOR'),
      vote(village, spouse, ballotId, 'AGAINST'),
      vote(village, head, ballotId, 'FOR'),
      vote(village, spouse, ballotId, 'AGAINST'),
    ]);
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(results.filter((one) => refusalOf(one) === 'ALREADY_VOTED')).toHaveLength(3);
    expect(await findBallot(prisma, village.id, versionId, AFTER_BALLOT)).toMatchObject({ voters: 1 });
    await expect(
      owner.query(
        `insert into ballot_voter (village_id, id, ballot_id, voter_id, channel) values ($1, gen_random_uuid(), $2, $3, 'HALL')`,
        [village.id, ballotId, village.household(0).id],
      ),
    ).rejects.toMatchObject({ code: '23505' });
  });

  it('is no child’s, no stranger’s, no official’s, and of no household that came later', async () => {
    const village = await aDraftingVillage();
    const other = await aDraftingVillage();
    const { ballotId } = await village.putToVote();
    expect(refusalOf(await vote(other, await other.resident(0), ballotId))).toBe('NOT_FOUND');
    expect(refusalOf(await vote(village, await actorFor(village.secretary), ballotId))).toBe('NOT_ALLOWED');
    const spouse = village.household(0).residents[1];
    await prisma.resident.updateMany({
      where: { villageId: village.id, id: spouse?.id ?? '' },
      data: { birthYear: 2009 },
    });
    expect(refusalOf(await vote(village, await village.resident(0, 1), ballotId))).toBe('NOT_ON_THE_ROLL');
    await prisma.household.updateMany({
      where: { villageId: village.id, id: village.household(1).id },
      data: { createdAt: new Date('2026-12-03T00:00:00Z') },
    });
    expect(refusalOf(await vote(village, await village.resident(1), ballotId))).toBe('NOT_ON_THE_ROLL');
    expect(
      await findOwnVote(
        prisma,
        village.id,
        { id: ballotId, unit: 'HOUSEHOLD', opensAt: AFTER_HEARING },
        {
          householdId: village.household(1).id,
          residentId: village.household(1).head.id,
        },
      ),
    ).toBeNull();
  });

  it('counts until the close, to the moment', async () => {
    const village = await aDraftingVillage();
    const { ballotId } = await village.putToVote();
    const before = new Date(BALLOT_CLOSES.getTime() - 1);
    expect(
      refusalOf(await vote(village, await village.resident(0), ballotId, 'FOR', { now: before })),
    ).toBeNull();
    expect(
      refusalOf(await vote(village, await village.resident(1), ballotId, 'FOR', { now: BALLOT_CLOSES })),
    ).toBe('BALLOT_CLOSED');
    expect(
      refusalOf(
        await vote(village, await village.resident(2), ballotId, 'FOR', {
          now: new Date('2026-12-02T01:59:59Z'),
        }),
      ),
    ).toBe('BALLOT_CLOSED');
  });

  it('or one an adult, where the village says so; which can’t be changed while the draft is open', async () => {
    const village = await aDraftingVillage();
    await village.must(changeMeetingRules, village.secretaryActor, { ...RULES, ballotUnit: 'ADULT' });
    const { versionId, ballotId } = await village.putToVote();
    expect(refusalOf(await village.run(changeMeetingRules, village.secretaryActor, RULES))).toBe(
      'MEETING_RULES_STAND',
    );
    expect(refusalOf(await vote(village, await village.resident(0), ballotId))).toBeNull();
    expect(refusalOf(await vote(village, await village.resident(0, 1), ballotId, 'AGAINST'))).toBeNull();
    expect(refusalOf(await vote(village, await village.resident(0, 1), ballotId))).toBe('ALREADY_VOTED');
    expect(await findBallot(prisma, village.id, versionId, AFTER_BALLOT)).toMatchObject({
      unit: 'ADULT',
      eligible: 6,
      result: { votesFor: 1, votesAgainst: 1, abstained: 0 },
    });
  });
});

describe('the hall', () => {
  let village: DraftingVillage;
  let versionId: string;
  let ballotId: string;
  let voters: string[];
  beforeAll(async () => {
    village = await aDraftingVillage({ households: 6 });
    ({ versionId, ballotId } = await village.putToVote());
    voters = village.households.map((one) => one.id);
    await vote(village, await village.resident(0), ballotId, 'AGAINST');
  });
  const hall = (who: string[], counts: [number, number, number], actor = village.secretaryActor) =>
    village.run(
      enterHallVotes,
      actor,
      { ballotId, voters: who, hallFor: counts[0], hallAgainst: counts[1], hallAbstained: counts[2] },
      at,
    );

  it('takes as many papers as voters: not one more, not one less', async () => {
    expect(refusalOf(await hall(voters.slice(1, 4), [2, 0, 0]))).toBe('HALL_SUM_DIFFERS');
    expect(refusalOf(await hall(voters.slice(1, 4), [2, 1, 1]))).toBe('HALL_SUM_DIFFERS');
    expect(await prisma.ballotVoter.count({ where: { villageId: village.id } })).toBe(1);
  });

  it('takes three papers at least, and a voter ticked twice is one', async () => {
    expect(refusalOf(await hall(voters.slice(1, 3), [2, 0, 0]))).toBe('HALL_TOO_FEW');
    expect(refusalOf(await hall([voters[1] ?? '', voters[1] ?? '', voters[2] ?? ''], [3, 0, 0]))).toBe(
      'HALL_TOO_FEW',
    );
  });

  it('takes nobody who has voted from the phone, and says who', async () => {
    const result = await hall(voters.slice(0, 4), [4, 0, 0]);
    expect(result).toMatchObject({
      refusal: { code: 'HALL_VOTED_ALREADY', sentence: expect.stringContaining('01-001') },
    });
    expect(await prisma.ballotVoter.count({ where: { villageId: village.id } })).toBe(1);
  });

  it('takes nobody from elsewhere, and is entered by secretary or supervisor', async () => {
    expect(refusalOf(await hall([...voters.slice(1, 3), newId()], [3, 0, 0]))).toBe('NOT_FOUND');
    expect(refusalOf(await hall(voters.slice(1, 4), [3, 0, 0], await actorFor(village.verifier)))).toBe(
      'NOT_ALLOWED',
    );
  });

  it('counts, whoever of secretary and supervisor enters it, together with the phone', async () => {
    expect(
      refusalOf(await hall(voters.slice(1, 5), [2, 1, 1], await actorFor(village.supervisor))),
    ).toBeNull();
    expect(refusalOf(await vote(village, await village.resident(1), ballotId))).toBe('ALREADY_VOTED');
    expect(refusalOf(await hall(voters.slice(1, 5), [4, 0, 0]))).toBe('HALL_VOTED_ALREADY');
    expect(await findBallot(prisma, village.id, versionId, AFTER_BALLOT)).toMatchObject({
      voters: 5,
      // one of five voted elsewhere: that is told of nobody
      hall: null,
      result: { votesFor: 2, votesAgainst: 2, abstained: 1 },
    });
    const roll = await listRoll(prisma, village.id, {
      id: ballotId,
      unit: 'HOUSEHOLD',
      opensAt: AFTER_HEARING,
    });
    expect(roll.map((one) => one.hasVoted)).toEqual(
      [true, true, true, true, true, false]
        .sort((a, b) => Number(b) - Number(a))
        .map((_, index) => roll[index]?.hasVoted),
    );
    expect(roll.filter((one) => one.hasVoted)).toHaveLength(5);
    expect(roll[0]).toMatchObject({ householdCode: '01-001', name: '陈建国', groupName: '1组' });
  });
});

describe('secrecy', () => {
  let village: DraftingVillage;
  let versionId: string;
  let ballotId: string;
  const ids = new Map<string, string>();
  const CHOICES = ['FOR', 'AGAINST', 'ABSTAIN'] as const;
  beforeAll(async () => {
    village = await aDraftingVillage({ households: 8 });
    ({ versionId, ballotId } = await village.putToVote());
    for (const [index, choice] of CHOICES.entries()) {
      const id = newId();
      ids.set(choice, id);
      await village.must(castVote, await village.resident(index), { ballotId, vote: choice }, { ...at, id });
    }
    await village.must(
      enterHallVotes,
      village.secretaryActor,
      {
        ballotId,
        voters: village.households.slice(4).map((one) => one.id),
        hallFor: 3,
        hallAgainst: 0,
        hallAbstained: 1,
      },
      at,
    );
  });

  it('nobody sees the count before the close: pages are told null', async () => {
    expect(
      await findBallot(prisma, village.id, versionId, new Date(BALLOT_CLOSES.getTime() - 1)),
    ).toMatchObject({
      voters: 7,
      isOpen: true,
      result: null,
    });
    expect(await findBallot(prisma, village.id, versionId, BALLOT_CLOSES)).toMatchObject({
      isOpen: false,
      result: { votesFor: 4, votesAgainst: 1, abstained: 2 },
    });
  });

  it('the program has no right to look into the box or to put anything in', async () => {
    for (const sql of [
      'select * from ballot_box',
      'update ballot_box set votes_for = votes_for + 1',
      'insert into ballot_voter select * from ballot_voter',
      'delete from ballot_voter',
      'update ballot set closes_at = now()',
      'delete from ballot',
    ]) {
      await expect(prisma.$executeRawUnsafe(sql), sql).rejects.toThrow(/permission denied/);
    }
  });

  it('the log of commands contains nothing from which the choice can be computed', async () => {
    const { rows } = await owner.query(
      "select id::text, person_id::text, input_hash, row_to_json(c)::text as whole from command_log c where village_id = $1 and name = 'cast-vote'",
      [village.id],
    );
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row.whole).not.toMatch(/FOR|AGAINST|ABSTAIN/);
      // every input that could have been sent, in either order of keys, hashed as commands are
      const hash = (input: unknown) => {
        const asked = createHmac('sha256', env().AUTH_SECRET)
          .update(JSON.stringify(['cast-vote', input]))
          .digest('hex');
        return createHash('sha256').update(`${asked}:${row.person_id}`).digest('hex');
      };
      for (const choice of CHOICES) {
        expect(
          hash([
            ['ballotId', ballotId],
            ['vote', choice],
          ]),
        ).not.toBe(row.input_hash);
      }
      // the same for each choice: it tells nothing but who and which ballot
      expect(hash([['ballotId', ballotId]])).toBe(row.input_hash);
    }
    const hall = await owner.query(
      "select input_hash, row_to_json(c)::text as whole, input::text from command_log c where village_id = $1 and name = 'enter-hall-votes'",
      [village.id],
    );
    expect(JSON.parse(hall.rows[0].input)).toEqual({ ballotId, papers: 4 });
    expect(hall.rows[0].whole).not.toMatch(/hallFor/);
  });

  it('the same id with another choice is the same vote, so that trying ids tells nothing either', async () => {
    const answer = await village.run(
      castVote,
      await village.resident(0),
      { ballotId, vote: 'AGAINST' },
      { ...at, id: ids.get('FOR') ?? '' },
    );
    expect(answer).toMatchObject({ ok: true, repeated: true });
    expect((await findBallot(prisma, village.id, versionId, AFTER_BALLOT))?.result?.votesAgainst).toBe(1);
  });

  it('a vote that is refused leaves no trace of what it would have been', async () => {
    const actor = await village.resident(0, 1);
    const form = new URLSearchParams({ _id: newId(), _back: '/me/ballot', ballotId, vote: 'AGAINST' });
    const response = await answerCommand(
      new Request('http://localhost/api/commands/cast-vote', {
        method: 'POST',
        body: form,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      }),
      'cast-vote',
      { commands: new Map([['cast-vote', castVote]]), actor, address: '', now: AFTER_HEARING },
    );
    expect(response.headers.get('location')).toMatch(/^\/me\/ballot\?r=/);
    const kept = await prisma.formReturn.findFirst({
      where: { sessionId: actor.sessionId },
      select: { entered: true },
    });
    expect(kept?.entered).toEqual({ ballotId });
  });

  it('who voted and what was voted have nothing in common: no id, no time, no order, no transaction', async () => {
    const columns = await owner.query(
      "select table_name, column_name from information_schema.columns where table_name in ('ballot_voter', 'ballot_box') and table_schema = 'public'",
    );
    const of = (name: string) =>
      columns.rows
        .filter((row) => row.table_name === name)
        .map((row) => row.column_name as string)
        .sort();
    expect(of('ballot_voter')).toEqual(['ballot_id', 'channel', 'id', 'village_id', 'voter_id']);
    expect(of('ballot_box')).toEqual([
      'abstained',
      'ballot_id',
      'id',
      'village_id',
      'votes_against',
      'votes_for',
    ]);
    // one row, so no order to read; written by the last voter's transaction, whatever he chose
    const box = await owner.query('select xmin::text from ballot_box where village_id = $1', [village.id]);
    const voters = await owner.query('select id::text, xmin::text from ballot_voter where village_id = $1', [
      village.id,
    ]);
    expect(box.rows).toHaveLength(1);
    expect(voters.rows.filter((row) => row.xmin === box.rows[0].xmin).length).toBe(4);
    // random ids: version 4, no time in them
    expect(voters.rows.every((row) => /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(row.id))).toBe(true);
  });
});

describe('honest, also against the owner of the tables', () => {
  it('nothing is taken out of the box, moved over in it, or added without a voter', async () => {
    const village = await aDraftingVillage();
    const { ballotId } = await village.putToVote();
    await vote(village, await village.resident(0), ballotId, 'AGAINST');
    for (const [sql, why] of [
      ['update ballot_box set votes_against = 0, votes_for = 1 where village_id = $1', /taken out/],
      ['update ballot_box set votes_for = votes_for + 1 where village_id = $1', /differ/],
      ['delete from ballot_box where village_id = $1', /append-only/],
      ['delete from ballot_voter where village_id = $1', /append-only/],
      ["update ballot_voter set channel = 'HALL' where village_id = $1", /append-only/],
      ["update ballot set closes_at = closes_at + interval '1 day' where village_id = $1", /append-only/],
      ['update ballot set eligible = 1 where village_id = $1', /append-only/],
      ['delete from ballot where village_id = $1', /append-only/],
      [
        `insert into ballot_voter (village_id, id, ballot_id, voter_id, channel)
         select $1, gen_random_uuid(), b.id, h.id, 'HALL' from ballot b, household h
         where b.village_id = $1 and h.village_id = $1 and h.code = '01-002'`,
        /differ/,
      ],
      [
        `insert into ballot_voter (village_id, id, ballot_id, voter_id, channel)
         select $1, gen_random_uuid(), b.id, gen_random_uuid(), 'HALL' from ballot b where b.village_id = $1`,
        /roll/,
      ],
    ] as const) {
      await expect(owner.query(sql, [village.id]), sql).rejects.toMatchObject({
        code: '23514',
        message: expect.stringMatching(why),
      });
    }
    await expect(owner.query('truncate ballot_box')).rejects.toThrow(/append-only/);
  });

  it('a check that can fail: a voter and a vote in one transaction are let through', async () => {
    const village = await aDraftingVillage();
    const { ballotId } = await village.putToVote();
    const client = await owner.connect();
    try {
      await client.query('begin');
      await client.query(
        `insert into ballot_voter (village_id, id, ballot_id, voter_id, channel) values ($1, gen_random_uuid(), $2, $3, 'PHONE')`,
        [village.id, ballotId, village.household(0).id],
      );
      await client.query('update ballot_box set votes_for = votes_for + 1 where village_id = $1', [
        village.id,
      ]);
      await client.query('commit');
    } finally {
      client.release();
    }
  });

  it('a ballot can’t be opened behind the hearing’s back', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    const insert = (opens: string, person: string) =>
      owner.query(
        `insert into ballot (village_id, id, version_id, unit, eligible, opens_at, closes_at, opened_by_id)
         values ($1, gen_random_uuid(), $2, 'HOUSEHOLD', 3, $3, '2026-12-10', $4)`,
        [village.id, versionId, opens, person],
      );
    await expect(insert('2026-11-30', village.secretary.id)).rejects.toMatchObject({ code: 'CF001' });
    await expect(insert('2026-12-02', village.supervisor.id)).rejects.toMatchObject({ code: 'CF001' });
  });
});
