import { describe, expect, it } from 'vitest';
import {
  findMeetingFault,
  type MeetingRules,
  type MeetingVote,
  presentLeast,
  sayBallotNeeds,
  votesForLeast,
} from './rules';

const RULES: MeetingRules = {
  quorumAdultsPercent: 50,
  quorumHouseholdsOf3: 2,
  quorumRepresentativesOf3: 2,
  majorityPercent: 50,
  representatives: 31,
};
const VOTE: MeetingVote = {
  meetingKind: 'ASSEMBLY',
  unit: 'HOUSEHOLD',
  eligible: 45,
  present: 30,
  votesFor: 16,
  votesAgainst: 10,
  abstained: 4,
};
const fault = (
  vote: Partial<MeetingVote>,
  rules: Partial<MeetingRules> = {},
  rolls: { HOUSEHOLD: number; ADULT: number } | null = null,
) => findMeetingFault({ ...VOTE, ...vote }, { ...RULES, ...rules }, rolls);

describe('the roster', () => {
  const rolls = { HOUSEHOLD: 45, ADULT: 100 };
  it('is the least that is eligible, by the unit that is counted', () => {
    expect(fault({}, {}, rolls)).toBeNull();
    expect(fault({ eligible: 46, present: 31 }, {}, rolls)).toBeNull();
    expect(fault({ eligible: 44 }, {}, rolls)).toEqual({
      code: 'MEETING_BELOW_ROSTER',
      params: { eligible: 44, roster: 45, unit: '户' },
    });
    expect(fault({ unit: 'ADULT', eligible: 99, present: 99, votesFor: 99 }, {}, rolls)).toMatchObject({
      code: 'MEETING_BELOW_ROSTER',
      params: { eligible: 99, roster: 100, unit: '人' },
    });
  });

  it('says nothing of representatives', () => {
    const meeting = {
      meetingKind: 'REPRESENTATIVES',
      unit: 'REPRESENTATIVE',
      eligible: 31,
      present: 30,
    } as const;
    expect(fault(meeting, {}, rolls)).toBeNull();
  });
});

describe('quorum', () => {
  it('of households is two thirds: on it, not below it', () => {
    expect(fault({ present: 31 })).toBeNull();
    expect(fault({ present: 30 })).toBeNull();
    expect(fault({ present: 29, votesAgainst: 9 })).toEqual({
      code: 'QUORUM_MISSING',
      params: { eligible: 45, need: 30, missing: 1, unit: '户' },
    });
  });

  it('of adults is more than half: above it, not on it', () => {
    const adults = { unit: 'ADULT' as const, eligible: 100, votesFor: 40 };
    expect(fault({ ...adults, present: 51, votesAgainst: 0, abstained: 0 })).toBeNull();
    expect(fault({ ...adults, present: 50, votesAgainst: 0, abstained: 0 })).toMatchObject({
      params: { need: 51, missing: 1, unit: '人' },
    });
  });

  it.each([
    ['ADULT' as const, 101, 51],
    ['ADULT' as const, 1, 1],
    ['ADULT' as const, 0, 1],
    ['HOUSEHOLD' as const, 44, 30],
    ['HOUSEHOLD' as const, 46, 31],
    ['REPRESENTATIVE' as const, 31, 21],
    ['REPRESENTATIVE' as const, 30, 20],
  ])('of %s, %i eligible, asks for %i', (unit, eligible, least) => {
    expect(presentLeast(RULES, unit, eligible)).toBe(least);
  });

  it('is the village’s own where it asks for more', () => {
    expect(presentLeast({ ...RULES, quorumHouseholdsOf3: 3 }, 'HOUSEHOLD', 45)).toBe(45);
    expect(presentLeast({ ...RULES, quorumAdultsPercent: 66 }, 'ADULT', 100)).toBe(67);
    expect(fault({ present: 30 }, { quorumHouseholdsOf3: 3 })).toMatchObject({ params: { missing: 15 } });
  });
});

describe('majority', () => {
  it('is more than half of those present, not of those who voted', () => {
    expect(fault({ votesFor: 16, votesAgainst: 0, abstained: 0 })).toBeNull();
    expect(fault({ votesFor: 15, votesAgainst: 0, abstained: 0 })).toEqual({
      code: 'MAJORITY_MISSING',
      params: { present: 30, need: 16, missing: 1, unit: '户' },
    });
  });

  it.each([
    [30, 50, 16],
    [31, 50, 16],
    [30, 66, 20],
    [3, 66, 2],
    [0, 50, 1],
  ])('of %i present at %i percent is %i', (present, majorityPercent, least) => {
    expect(votesForLeast({ majorityPercent }, present)).toBe(least);
  });
});

describe('what does not add up', () => {
  it('representatives are as many as the village has', () => {
    const meeting = {
      meetingKind: 'REPRESENTATIVES' as const,
      unit: 'REPRESENTATIVE' as const,
      votesFor: 16,
    };
    expect(fault({ ...meeting, eligible: 31, present: 30 })).toBeNull();
    expect(
      fault({ ...meeting, eligible: 3, present: 3, votesFor: 3, votesAgainst: 0, abstained: 0 }),
    ).toMatchObject({
      code: 'MEETING_OTHER_REPRESENTATIVES',
    });
    expect(fault({ ...meeting, eligible: 0 }, { representatives: 0 })).toEqual({
      code: 'MEETING_NO_REPRESENTATIVES',
    });
  });

  it.each([
    [{ unit: 'REPRESENTATIVE' as const }, 'MEETING_UNIT'],
    [{ meetingKind: 'REPRESENTATIVES' as const }, 'MEETING_UNIT'],
    [{ present: 46 }, 'MEETING_PRESENT_OVER'],
    [{ votesFor: 17 }, 'MEETING_VOTES_OVER'],
  ])('%o is %s', (vote, code) => {
    expect(fault(vote)?.code).toBe(code);
  });
});

describe('what a vote needs to pass', () => {
  const rules = {
    quorumAdultsPercent: 50,
    quorumHouseholdsOf3: 2,
    quorumRepresentativesOf3: 2,
    majorityPercent: 50,
    representatives: 0,
  };
  it('by households', () => {
    expect(sayBallotNeeds(rules, 'HOUSEHOLD', 46)).toEqual([
      ['谁来投', '一户一票，名册上 46 户'],
      ['多少来投才算数', '不少于三分之二，也就是至少 31 户'],
      ['怎样算通过', '投了票的户里，赞成的要超过一半'],
    ]);
    expect(sayBallotNeeds({ ...rules, quorumHouseholdsOf3: 3 }, 'HOUSEHOLD', 46)[1]?.[1]).toBe(
      '全部，也就是至少 46 户',
    );
  });
  it('by adults', () => {
    expect(sayBallotNeeds({ ...rules, majorityPercent: 66 }, 'ADULT', 121).map(([, said]) => said)).toEqual([
      '满 18 岁的一人一票，名册上 121 人',
      '超过一半，也就是至少 61 人',
      '投了票的人里，赞成的要超过 66%',
    ]);
  });
});
