import 'server-only';
import type { Quarter } from '@/lib/platform/clock';
import { sayQuarter } from '@/lib/platform/clock';
import { type Command, command } from '@/lib/platform/command';
import { tellHouseholds } from '../notices';
import { canAwardRewards, canRevokeRewards } from '../policy';
import { awardStarsInput, revokeStarInput } from '../schema';
import { sayStars } from './rules';

// What may be rated, and that a rating is what the ledger bears, stands in prisma/functions/reward_star.sql.

/** 评星级: rates every household that has reached a star in a quarter that is over. */
export const awardStars = command({
  name: 'award-stars',
  title: '评定星级',
  seat: 'desk',
  input: awardStarsInput,
  keep: (input) => input,
  may: canAwardRewards,
  async run({ actor, input, now, tx, villageId }) {
    const quarter = input.period.toUpperCase() as Quarter;
    const rated = await tx.$queryRaw<{ household_id: string; stars: number; honour: number }[]>`
      select household_id, stars, honour
      from star_award(${villageId}::uuid, ${quarter}, ${actor.personId}::uuid, ${now}::timestamptz)`;
    const news = rated.map((row) => ({
      householdId: row.household_id,
      title: `您家评上了${sayStars(row.stars)}`,
      body: `${sayQuarter(quarter)}荣誉分 ${row.honour} 分，按细则评为${sayStars(row.stars)}。`,
    }));
    await tellHouseholds(tx, villageId, news, now);
    return { period: quarter, households: rated.length };
  },
});

/** 撤销星级: takes a rating back, with a reason that the household reads. */
export const revokeStar = command({
  name: 'revoke-star',
  title: '撤销星级',
  seat: 'desk',
  input: revokeStarInput,
  keep: (input) => ({ starId: input.starId }),
  may: canRevokeRewards,
  async run({ actor, input, now, tx, villageId }) {
    const [row] = await tx.$queryRaw<{ household_id: string; period: Quarter }[]>`
      select household_id, period from star_revoke(${villageId}::uuid, ${input.starId}::uuid,
        ${actor.personId}::uuid, ${input.reason}, ${now}::timestamptz)`;
    if (!row) throw new Error('star_revoke answered nothing');
    const news = {
      householdId: row.household_id,
      title: `${sayQuarter(row.period)}的星级撤销了`,
      body: `原因：${input.reason}。不清楚的可以找村务监督员问。`,
    };
    await tellHouseholds(tx, villageId, [news], now);
    return { subject: input.starId };
  },
});

export const starCommands: Command[] = [awardStars, revokeStar];
