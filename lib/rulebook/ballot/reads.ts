import 'server-only';
import { dayOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { VoteChannel } from '@/lib/platform/generated/enums';
import type { Rolls } from '../resolution/rules';
import type { BallotView, RollLine } from './types';

/** The vote on a version, with its result when it is closed; null when there was none. Two queries. */
export async function findBallot(
  db: Db,
  villageId: string,
  versionId: string,
  now: Date,
): Promise<BallotView | null> {
  const ballot = await db.ballot.findUnique({
    where: { villageId_versionId: { villageId, versionId } },
    select: { id: true, versionId: true, unit: true, eligible: true, opensAt: true, closesAt: true },
  });
  if (!ballot) return null;
  const rows = await db.$queryRaw<
    {
      voters: number;
      hall: number | null;
      votes_for: number | null;
      votes_against: number | null;
      abstained: number | null;
    }[]
  >`select * from ballot_count(${villageId}::uuid, ${ballot.id}::uuid, ${now})`;
  const count = rows[0];
  const isClosed = now >= ballot.closesAt;
  return {
    ...ballot,
    isOpen: !isClosed && now >= ballot.opensAt,
    voters: count?.voters ?? 0,
    hall: count?.hall ?? null,
    result:
      isClosed && count
        ? {
            votesFor: count.votes_for ?? 0,
            votesAgainst: count.votes_against ?? 0,
            abstained: count.abstained ?? 0,
          }
        : null,
  };
}

/** The version of a village that is heard, with the number of its ballot if it was put to the vote; or null. One query. */
export async function findHeard(
  db: Db,
  villageId: string,
): Promise<{
  id: string;
  number: number;
  title: string;
  hearingUntil: Date | null;
  hasBallot: boolean;
} | null> {
  const row = await db.rulebookVersion.findFirst({
    where: { villageId, state: 'HEARING' },
    select: {
      id: true,
      number: true,
      title: true,
      hearingUntil: true,
      ballot: { select: { id: true } },
    },
  });
  if (!row) return null;
  const { ballot, ...version } = row;
  return { ...version, hasBallot: ballot !== null };
}

/**
 * Whether a household (or a resident, by whom it is counted) has voted, and whether it was entered in the hall; null
 * when not on the roll. One query.
 */
export async function findOwnVote(
  db: Db,
  villageId: string,
  ballot: Pick<BallotView, 'id' | 'unit' | 'opensAt'>,
  seat: { householdId: string; residentId: string },
): Promise<{ hasVoted: boolean; isFromHall: boolean } | null> {
  const voter = ballot.unit === 'HOUSEHOLD' ? seat.householdId : seat.residentId;
  const rows = await db.$queryRaw<{ channel: VoteChannel | null }[]>`
    select (select b.channel::text from ballot_voter b where b.village_id = ${villageId}::uuid
            and b.ballot_id = ${ballot.id}::uuid and b.voter_id = ${voter}::uuid) as channel
    from resident r
    where r.village_id = ${villageId}::uuid and r.id = ${seat.residentId}::uuid
      and is_adult_in(r.birth_year, ${ballot.opensAt})
      and ${voter}::uuid in (select ballot_roll(${villageId}::uuid, ${ballot.unit}::"VoteUnit", ${ballot.opensAt}))`;
  const own = rows[0];
  return own ? { hasVoted: own.channel !== null, isFromHall: own.channel === 'HALL' } : null;
}

/** In which capacities papers of the hall were entered for a vote: by a secretary, by a supervisor. One query. */
export async function findHallEntered(
  db: Db,
  villageId: string,
  ballotId: string,
): Promise<('村书记' | '村务监督员')[]> {
  const rows = await db.commandLog.findMany({
    where: { villageId, subject: ballotId, name: 'enter-hall-votes' },
    select: { seat: true },
    distinct: ['seat'],
  });
  // one who holds both offices enters them as the secretary, as the message says
  return rows.map(({ seat }) => (seat.split(',').includes('SECRETARY') ? '村书记' : '村务监督员'));
}

/**
 * The vote that a resident's home speaks of: whether it runs, by whom it is counted and whether one's own vote is in;
 * null when the village votes on nothing. Three queries where it does.
 */
export async function findVoteAtHome(
  db: Db,
  seat: { villageId: string; householdId: string; residentId: string },
  heard: { id: string; hasBallot: boolean } | null,
  now: Date,
): Promise<{ ballot: BallotView; own: { hasVoted: boolean } | null } | null> {
  if (!heard?.hasBallot) return null;
  const ballot = await findBallot(db, seat.villageId, heard.id, now);
  return ballot && { ballot, own: await findOwnVote(db, seat.villageId, ballot, seat) };
}

/** Everyone on the roll of a vote, by household: who has voted by now, never what. One query. */
export async function listRoll(
  db: Db,
  villageId: string,
  ballot: Pick<BallotView, 'id' | 'unit' | 'opensAt'>,
): Promise<RollLine[]> {
  return db.$queryRaw<RollLine[]>`
    select roll.id::text, g.name as "groupName", h.code as "householdCode",
      coalesce(r.name, head.name, '') as name, v.id is not null as "hasVoted"
    from ballot_roll(${villageId}::uuid, ${ballot.unit}::"VoteUnit", ${ballot.opensAt}) roll (id)
    left join resident r on r.village_id = ${villageId}::uuid and r.id = roll.id
    join household h on h.village_id = ${villageId}::uuid and h.id = coalesce(r.household_id, roll.id)
    join village_group g on g.village_id = h.village_id and g.id = h.group_id
    left join resident head on head.village_id = h.village_id and head.household_id = h.id
      and head.relation = 'HEAD' and head.left_on is null
    left join ballot_voter v on v.village_id = h.village_id and v.ballot_id = ${ballot.id}::uuid and v.voter_id = roll.id
    order by h.code, (r.relation = 'HEAD') desc, r.name`;
}

/** How many households and how many adults the roster had on the day of a moment: what a meeting's number of eligible is held against. */
export async function countRolls(db: Db, villageId: string, at: Date): Promise<Rolls> {
  const day = dayOf(at);
  const rows = await db.$queryRaw<{ households: number; adults: number }[]>`
    select roster_on(${villageId}::uuid, 'HOUSEHOLD', ${day}::date) as households,
           roster_on(${villageId}::uuid, 'ADULT', ${day}::date) as adults`;
  return { HOUSEHOLD: rows[0]?.households ?? 0, ADULT: rows[0]?.adults ?? 0 };
}
