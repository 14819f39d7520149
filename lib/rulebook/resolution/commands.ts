import 'server-only';
import type { z } from 'zod';
import { attachPhotos } from '@/lib/photos/attached';
import { addDays, dateToDay, dayOf, dayToDate, sayDay, startOfDay } from '@/lib/platform/clock';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { countRolls, findBallot } from '../ballot/reads';
import { mustBeSound } from '../draft/checked';
import { takeHeard, takeVersion } from '../draft/take';
import { countComments } from '../hearing/reads';
import { meetingEarliest } from '../hearing/rules';
import { findMeetingRules } from '../meeting/reads';
import { tellHeads } from '../notices';
import { canKeepRulebook } from '../policy';
import type { MeetingKind, VoteUnit } from '../types';
import { putInForce } from './put-in-force';
import { findMeetingFault, type MeetingVote } from './rules';
import { adoptRulebookInput, recordFilingInput } from './schema';

type Input = z.output<typeof adoptRulebookInput>;

const MEETINGS: Record<Input['meeting'], { meetingKind: MeetingKind; unit: VoteUnit }> = {
  ASSEMBLY_HOUSEHOLD: { meetingKind: 'ASSEMBLY', unit: 'HOUSEHOLD' },
  ASSEMBLY_ADULT: { meetingKind: 'ASSEMBLY', unit: 'ADULT' },
  REPRESENTATIVES: { meetingKind: 'REPRESENTATIVES', unit: 'REPRESENTATIVE' },
};

/** Days ahead of which a version can be put in force. */
const AHEAD_DAYS_MOST = 366;

/**
 * Records the meeting's resolution on a heard draft and puts it in force from a day on. Everything that it lacks is
 * refused with what is missing: the hearing's end, an answer, the quorum, the majority, the minutes.
 */
export const adoptRulebook = command({
  name: 'adopt-rulebook',
  title: '录入决议，通过新细则',
  seat: 'desk',
  input: adoptRulebookInput,
  keep: ({ photos: _, ...input }) => input,
  may: canKeepRulebook,
  async run({ actor, input, id, now, tx, villageId }) {
    const { versionId, effectiveFrom } = input;
    const version = await takeHeard(tx, villageId, versionId);
    await mustBeReady(tx, villageId, version, input, now);
    const { vote, isCounted } = await voteOf(tx, villageId, input, now);
    const rolls = isCounted ? null : await countRolls(tx, villageId, startOfDay(input.heldOn));
    const fault = findMeetingFault(vote, await findMeetingRules(tx, villageId), rolls);
    if (fault) throw refuse(fault.code, 'params' in fault ? fault.params : {}, FIELDS[fault.code]);
    if (input.photos.length === 0) throw refuse('MINUTES_MISSING', {}, 'photos');
    const resolutionId = idFromWords('resolution', id);
    await tx.resolution.create({
      data: {
        villageId,
        id: resolutionId,
        versionId,
        ...vote,
        heldOn: dayToDate(input.heldOn),
        filingNumber: input.filingNumber,
        minutesId: input.photos[0] ?? null,
        recordedById: actor.personId,
        recordedAt: now,
      },
      select: { id: true },
    });
    await attachPhotos(
      tx,
      { villageId, personId: actor.personId, kind: 'RESOLUTION', subject: resolutionId, householdId: null },
      input.photos,
    );
    await putInForce(tx, villageId, versionId, effectiveFrom);
    await tellHeads(tx, {
      villageId,
      now,
      title: `新细则（第 ${version.number} 版）通过了`,
      body: `${sayDay(effectiveFrom, dayOf(now))}起施行。以前记的分不变。`,
      page: `/rulebook?version=${version.number}`,
    });
    return { subject: versionId, number: version.number };
  },
});

const FIELDS: Partial<Record<NonNullable<ReturnType<typeof findMeetingFault>>['code'], string>> = {
  MEETING_UNIT: 'meeting',
  MEETING_NO_REPRESENTATIVES: 'meeting',
  MEETING_OTHER_REPRESENTATIVES: 'eligible',
  MEETING_BELOW_ROSTER: 'eligible',
  MEETING_PRESENT_OVER: 'present',
  MEETING_VOTES_OVER: 'votesFor',
  QUORUM_MISSING: 'present',
  MAJORITY_MISSING: 'votesFor',
};

async function mustBeReady(
  tx: Tx,
  villageId: string,
  version: { id: string; hearingUntil: Date },
  { heldOn, effectiveFrom }: Input,
  now: Date,
): Promise<void> {
  const today = dayOf(now);
  if (now < version.hearingUntil) throw refuse('HEARING_STILL_OPEN');
  const { waiting } = await countComments(tx, villageId, version.id);
  if (waiting > 0) throw refuse('COMMENTS_UNANSWERED', { count: waiting });
  if (heldOn > today) throw refuse('MEETING_NOT_YET', {}, 'heldOn');
  const earliest = meetingEarliest(version.hearingUntil);
  if (heldOn < earliest) {
    throw refuse('MEETING_BEFORE_HEARING', { day: sayDay(earliest, today) }, 'heldOn');
  }
  if (effectiveFrom < today) throw refuse('EFFECTIVE_IN_PAST', {}, 'effectiveFrom');
  if (effectiveFrom > addDays(today, AHEAD_DAYS_MOST))
    throw refuse('EFFECTIVE_TOO_LATE', {}, 'effectiveFrom');
  const waitingVersion = await tx.rulebookVersion.findFirst({
    where: {
      villageId,
      state: 'ADOPTED',
      effectiveUntil: null,
      effectiveFrom: { gt: dayToDate(effectiveFrom) },
    },
    select: { number: true, effectiveFrom: true },
  });
  if (waitingVersion?.effectiveFrom) {
    const day = sayDay(dateToDay(waitingVersion.effectiveFrom), today);
    throw refuse('VERSION_WAITING', { number: waitingVersion.number, day }, 'effectiveFrom');
  }
  await mustBeSound(tx, villageId, version.id);
}

/** The meeting's vote: as the ballot counted it where there was one (`isCounted`), else as the minutes say. */
async function voteOf(
  tx: Tx,
  villageId: string,
  input: Input,
  now: Date,
): Promise<{ vote: MeetingVote; isCounted: boolean }> {
  const { meetingKind, unit } = MEETINGS[input.meeting];
  const ballot = await findBallot(tx, villageId, input.versionId, now);
  if (ballot) {
    if (!ballot.result) throw refuse('BALLOT_STILL_OPEN');
    if (unit !== ballot.unit) throw refuse('MEETING_UNIT', {}, 'meeting');
    const { eligible, voters: present, result } = ballot;
    return { vote: { meetingKind, unit, eligible, present, ...result }, isCounted: true };
  }
  const { eligible, present, votesFor, votesAgainst, abstained } = input;
  const numbers = { eligible, present, votesFor, votesAgainst, abstained };
  const missing = (Object.keys(numbers) as (keyof typeof numbers)[]).find((name) => numbers[name] === null);
  if (missing) throw refuse('BAD_INPUT', {}, missing);
  const vote = { meetingKind, unit, ...(numbers as Record<keyof typeof numbers, number>) };
  return { vote, isCounted: false };
}

/** Adds the township's filing number to a resolution, once, where it came after the adoption. */
export const recordFiling = command({
  name: 'record-filing',
  title: '登记细则备案号',
  seat: 'desk',
  input: recordFilingInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { versionId, filingNumber }, tx, villageId }) {
    const version = await takeVersion(tx, villageId, versionId);
    const resolution = await tx.resolution.count({ where: { villageId, versionId } });
    if (resolution === 0) throw refuse('NOT_FOUND');
    const { count } = await tx.resolution.updateMany({
      where: { villageId, versionId, filingNumber: '' },
      data: { filingNumber },
    });
    if (count === 0) throw refuse('FILING_KNOWN', {}, 'filingNumber');
    return { subject: versionId, number: version.number };
  },
});

export const resolutionCommands: Command[] = [adoptRulebook, recordFiling];
