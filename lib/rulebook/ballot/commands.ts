import 'server-only';
import { dayOf, sayDay, startOfDay, timeOf } from '@/lib/platform/clock';
import { type Command, command } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { takeHeard } from '../draft/take';
import { tellAdults, tellVoters } from '../notices';
import { canEnterHallVotes, canKeepRulebook } from '../policy';
import { hallAskWhom } from './rules';
import { castVoteInput, hallVotesInput, openBallotInput } from './schema';

// A vote is secret, also from the log: neither what is kept of a command nor its hash contains the choice, since three
// choices are quickly tried. So the same id with another choice is the same command, and answers the first outcome.

const HOUR_MS = 3_600_000;
const OPEN_DAYS_MOST = 30;

/** The id of the ballot that the command `open-ballot` of that id opened. */
export function openedBallotId(commandId: string): string {
  return idFromWords('ballot', commandId);
}

/** The moment of a day and a time of day, `18:00`. */
function momentOf(day: Parameters<typeof startOfDay>[0], time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(startOfDay(day).getTime() + (hours * 60 + minutes) * 60_000);
}

/** Puts a heard draft to the vote until a moment. From now on it can't be rewritten. Refuses BALLOT_TIME and what ballot_open refuses. */
export const openBallot = command({
  name: 'open-ballot',
  title: '发起细则表决',
  seat: 'desk',
  input: openBallotInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ actor, input: { versionId, closesOn, closesTime }, id: commandId, now, tx, villageId }) {
    const { number } = await takeHeard(tx, villageId, versionId);
    const closesAt = momentOf(closesOn, closesTime);
    const lasts = closesAt.getTime() - now.getTime();
    if (lasts < HOUR_MS || lasts > OPEN_DAYS_MOST * 24 * HOUR_MS) throw refuse('BALLOT_TIME', {}, 'closesOn');
    const id = openedBallotId(commandId);
    const rows = await tx.$queryRaw<{ eligible: number }[]>`
      select ballot_open(${villageId}::uuid, ${versionId}::uuid, ${actor.personId}::uuid, ${id}::uuid,
        ${closesAt}, ${now}) as eligible`;
    await tellAdults(tx, {
      villageId,
      now,
      title: `新细则（第 ${number} 版）请您投票`,
      body: `${Number(closesOn.slice(5, 7))}月${Number(closesOn.slice(8))}日 ${timeOf(closesAt)} 截止。投了什么，谁也看不到。`,
      page: '/me/ballot',
    });
    return { subject: versionId, ballotId: id, eligible: rows[0]?.eligible ?? 0 };
  },
});

/** A vote from the phone, the household's or one's own. Refuses BALLOT_CLOSED, NOT_ON_THE_ROLL, ALREADY_VOTED. */
export const castVote = command({
  name: 'cast-vote',
  title: '投票',
  seat: 'resident',
  input: castVoteInput,
  keep: ({ ballotId }) => ({ ballotId }),
  hashOf: ({ ballotId }) => ({ ballotId }),
  perMinute: 10,
  may: () => true,
  async run({ actor, input: { ballotId, vote }, now, tx, villageId }) {
    await tx.$queryRaw`
      select ballot_cast(${villageId}::uuid, ${ballotId}::uuid, ${actor.personId}::uuid, ${vote}, ${now})::text`;
    return { subject: ballotId };
  },
});

/**
 * The papers of the hall: who put one in, and how many say what, without anything that joins both. It is one person's
 * word, so everyone it is counted for is told. Refuses HALL_TOO_FEW, HALL_SUM_DIFFERS, HALL_VOTED_ALREADY and what
 * ballot_cast refuses.
 */
export const enterHallVotes = command({
  name: 'enter-hall-votes',
  title: '录入会场的票',
  seat: 'desk',
  input: hallVotesInput,
  keep: ({ ballotId, voters }) => ({ ballotId, papers: voters.length }),
  hashOf: ({ ballotId, voters }) => ({ ballotId, voters: [...voters].sort() }),
  may: canEnterHallVotes,
  async run({ actor, input, now, tx, villageId }) {
    const { ballotId, voters, hallFor, hallAgainst, hallAbstained } = input;
    await tx.$queryRaw`
      select ballot_cast_hall(${villageId}::uuid, ${ballotId}::uuid, ${actor.personId}::uuid, ${voters}::uuid[],
        ${hallFor}::integer, ${hallAgainst}::integer, ${hallAbstained}::integer, ${now})`;
    const { unit } = await tx.ballot.findUniqueOrThrow({
      where: { villageId_id: { villageId, id: ballotId } },
      select: { unit: true },
    });
    const whose = unit === 'HOUSEHOLD' ? '您家' : '您';
    const entered = actor.desk?.roles.includes('SECRETARY') ? '村书记' : '村务监督员';
    await tellVoters(
      tx,
      { unit, ids: voters },
      {
        villageId,
        now,
        title: `${whose}的票由会场录入`,
        body: `${sayDay(dayOf(now), dayOf(now))} ${timeOf(now)} ${entered}录入会场的票，里面有${whose}的一张。${whose}没有在会场投过票的，请马上找${hallAskWhom([entered])}。`,
        page: '/me/ballot',
      },
    );
    return { subject: ballotId, papers: voters.length };
  },
});

export const ballotCommands: Command[] = [openBallot, castVote, enterHallVotes];
