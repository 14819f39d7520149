import type { MeetingKind, VoteUnit } from '../types';

// When a meeting's decision counts (村民委员会组织法 第22、26条, as settings of the village). Pure, whole numbers.
// prisma/functions/rulebook.sql holds the same (resolution_lacks).

/** A village's rules of meeting. */
export interface MeetingRules {
  /** an assembly of adults: more than so many percent of them */
  quorumAdultsPercent: number;
  /** an assembly by households: so many thirds of them at least */
  quorumHouseholdsOf3: number;
  /** representatives: so many thirds of them at least */
  quorumRepresentativesOf3: number;
  /** votes for: more than so many percent of those present */
  majorityPercent: number;
  /** how many representatives the village has; 0: none are elected */
  representatives: number;
}

/** What a meeting's minutes say of its vote. */
export interface MeetingVote {
  meetingKind: MeetingKind;
  unit: VoteUnit;
  eligible: number;
  present: number;
  votesFor: number;
  votesAgainst: number;
  abstained: number;
}

export type MeetingFault =
  | { code: 'MEETING_UNIT' }
  | { code: 'MEETING_NO_REPRESENTATIVES' }
  | { code: 'MEETING_OTHER_REPRESENTATIVES'; params: { representatives: number } }
  | { code: 'MEETING_BELOW_ROSTER'; params: { eligible: number; roster: number; unit: string } }
  | { code: 'MEETING_PRESENT_OVER' }
  | { code: 'MEETING_VOTES_OVER'; params: { present: number; votes: number } }
  | { code: 'QUORUM_MISSING'; params: { eligible: number; need: number; missing: number; unit: string } }
  | { code: 'MAJORITY_MISSING'; params: { present: number; need: number; missing: number; unit: string } };

const UNIT_WORDS: Record<VoteUnit, string> = { ADULT: '人', HOUSEHOLD: '户', REPRESENTATIVE: '名代表' };

/** What is counted, as it is said after a number. */
export function sayUnit(unit: VoteUnit): string {
  return UNIT_WORDS[unit];
}

/** How many must be present, at least. */
export function presentLeast(
  rules: Pick<MeetingRules, 'quorumAdultsPercent' | 'quorumHouseholdsOf3' | 'quorumRepresentativesOf3'>,
  unit: VoteUnit,
  eligible: number,
): number {
  if (unit === 'ADULT') return Math.floor((eligible * rules.quorumAdultsPercent) / 100) + 1;
  const thirds = unit === 'HOUSEHOLD' ? rules.quorumHouseholdsOf3 : rules.quorumRepresentativesOf3;
  return Math.ceil((eligible * thirds) / 3);
}

/** How many votes for are needed, at least. */
export function votesForLeast(rules: Pick<MeetingRules, 'majorityPercent'>, present: number): number {
  return Math.floor((present * rules.majorityPercent) / 100) + 1;
}

/** Households and adults on the roster of a day. */
export type Rolls = Record<Exclude<VoteUnit, 'REPRESENTATIVE'>, number>;

/**
 * What a meeting's vote lacks to carry a rulebook; the first that counts, or null. `rolls` is the roster on the
 * meeting's day, null where a ballot counted: its own roll was taken when it was opened. More may be eligible than the
 * roster has, for it may lack people; fewer would be a quorum made up.
 */
export function findMeetingFault(
  vote: MeetingVote,
  rules: MeetingRules,
  rolls: Rolls | null,
): MeetingFault | null {
  const { meetingKind, unit, eligible, present, votesFor, votesAgainst, abstained } = vote;
  if ((meetingKind === 'REPRESENTATIVES') !== (unit === 'REPRESENTATIVE')) return { code: 'MEETING_UNIT' };
  if (unit === 'REPRESENTATIVE') {
    const { representatives } = rules;
    if (representatives === 0) return { code: 'MEETING_NO_REPRESENTATIVES' };
    if (eligible !== representatives) {
      return { code: 'MEETING_OTHER_REPRESENTATIVES', params: { representatives } };
    }
  }
  if (unit !== 'REPRESENTATIVE' && rolls && eligible < rolls[unit]) {
    return {
      code: 'MEETING_BELOW_ROSTER',
      params: { eligible, roster: rolls[unit], unit: sayUnit(unit) },
    };
  }
  if (present > eligible) return { code: 'MEETING_PRESENT_OVER' };
  const votes = votesFor + votesAgainst + abstained;
  if (votes > present) return { code: 'MEETING_VOTES_OVER', params: { present, votes } };
  const need = presentLeast(rules, unit, eligible);
  if (present < need) {
    return {
      code: 'QUORUM_MISSING',
      params: { eligible, need, missing: need - present, unit: sayUnit(unit) },
    };
  }
  const needFor = votesForLeast(rules, present);
  if (votesFor < needFor) {
    return {
      code: 'MAJORITY_MISSING',
      params: { present, need: needFor, missing: needFor - votesFor, unit: sayUnit(unit) },
    };
  }
  return null;
}

/** The rule of who must come and agree, as the forms say it. */
export function sayMeetingRule(rules: MeetingRules, unit: VoteUnit): string {
  const majority = `赞成的要超过到会的${sayPercent(rules.majorityPercent)}`;
  if (unit === 'ADULT') return `到会的要超过成年村民的${sayPercent(rules.quorumAdultsPercent)}，${majority}`;
  const thirds = unit === 'HOUSEHOLD' ? rules.quorumHouseholdsOf3 : rules.quorumRepresentativesOf3;
  const whom = unit === 'HOUSEHOLD' ? '户' : '代表';
  return `${thirds === 3 ? `全部${whom}到会` : `到会的${whom}不少于三分之二`}，${majority}`;
}

function sayPercent(percent: number): string {
  return percent === 50 ? '一半' : ` ${percent}%`;
}

/** What a vote of so many eligible needs to pass, by what is asked: who votes, how many must, how many for. */
export function sayBallotNeeds(
  rules: MeetingRules,
  unit: Exclude<VoteUnit, 'REPRESENTATIVE'>,
  eligible: number,
): [asked: string, said: string][] {
  const word = sayUnit(unit);
  const least = presentLeast(rules, unit, eligible);
  const share =
    unit === 'ADULT'
      ? `超过${sayPercent(rules.quorumAdultsPercent)}`
      : rules.quorumHouseholdsOf3 === 3
        ? '全部'
        : '不少于三分之二';
  return [
    [
      '谁来投',
      unit === 'HOUSEHOLD' ? `一户一票，名册上 ${eligible} 户` : `满 18 岁的一人一票，名册上 ${eligible} 人`,
    ],
    ['多少来投才算数', `${share}，也就是至少 ${least} ${word}`],
    [
      '怎样算通过',
      `投了票的${word === '户' ? '户' : '人'}里，赞成的要超过${sayPercent(rules.majorityPercent)}`,
    ],
  ];
}
