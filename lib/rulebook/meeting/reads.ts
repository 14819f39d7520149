import 'server-only';
import type { Db } from '@/lib/platform/db';
import type { MeetingRules } from '../resolution/rules';
import type { VoteUnit } from '../types';

/** A village's rules of meeting and the unit of its ballots. One query. */
export async function findMeetingRules(
  db: Db,
  villageId: string,
): Promise<MeetingRules & { ballotUnit: VoteUnit }> {
  return db.village.findUniqueOrThrow({
    where: { id: villageId },
    select: {
      quorumAdultsPercent: true,
      quorumHouseholdsOf3: true,
      quorumRepresentativesOf3: true,
      majorityPercent: true,
      representatives: true,
      ballotUnit: true,
    },
  });
}
