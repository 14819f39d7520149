import 'server-only';
import { type Day, dateToDay, dayOf, sayDay, sayQuarter } from '@/lib/platform/clock';
import { type Command, command } from '@/lib/platform/command';
import { tellHeads } from '@/lib/rulebook/notices';
import { canClosePeriods, canOpenPeriods } from './policy';
import { yearEndNews } from './rules';
import { announceYearEndInput, closeYearInput, lockPeriodInput, openPublicityInput } from './schema';

// Closing quarters and years. What each step needs stands in prisma/functions/period.sql and year_end.sql. What has days
// in which to object or to spend is told to every household in the same transaction.

/**
 * 开始公示: everything that counts for a quarter that is over becomes public, and nothing more is added to it.
 * Refuses PERIOD_NOT_OVER, PERIOD_EMPTY, PERIOD_EARLIER_OPEN, PERIOD_OPENED.
 */
export const openPublicity = command({
  name: 'open-publicity',
  title: '开始公示季度',
  seat: 'desk',
  input: openPublicityInput,
  keep: (input) => ({ quarter: input.quarter }),
  may: canOpenPeriods,
  async run({ actor, input, id, now, tx, villageId }) {
    const rows = await tx.$queryRaw<{ until: Date }[]>`
      select period_open(${villageId}::uuid, ${id}::uuid, ${input.quarter}::text, ${actor.personId}::uuid,
                         ${now}::timestamptz) as until`;
    const until = dayOfRow(rows[0]?.until);
    await tellHeads(tx, {
      villageId,
      now,
      title: `${sayQuarter(input.quarter)}的积分开始公示`,
      body: `看看您家的每一笔对不对。不对的，${sayDay(until, dayOf(now))}以前可以提异议。`,
      page: `/periods/${input.quarter}`,
    });
    return { subject: id, quarter: input.quarter, publicUntil: until };
  },
});

/**
 * 锁定季度: after its publicity, by another person. Refuses PERIOD_NOT_OPENED, PERIOD_LOCKED_ALREADY,
 * PUBLICITY_RUNNING, OPENED_BY_SAME.
 */
export const lockPeriod = command({
  name: 'lock-period',
  title: '锁定季度',
  seat: 'desk',
  input: lockPeriodInput,
  keep: (input) => ({ quarter: input.quarter }),
  may: canClosePeriods,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$queryRaw`
      select period_lock(${villageId}::uuid, ${input.quarter}::text, ${actor.personId}::uuid,
                         ${now}::timestamptz)::text`;
    return { quarter: input.quarter };
  },
});

/**
 * 公告年末办法: what becomes of points at the year's end, 30 days before it is done; again when the rulebook changed
 * meanwhile. Refuses YEAR_END_TOO_EARLY, YEAR_END_NO_RULEBOOK, YEAR_END_ANNOUNCED, YEAR_END_DONE.
 */
export const announceYearEnd = command({
  name: 'announce-year-end',
  title: '公告年末积分办法',
  seat: 'desk',
  input: announceYearEndInput,
  keep: (input) => ({ year: input.year }),
  may: canOpenPeriods,
  async run({ actor, input, id, now, tx, villageId }) {
    const rows = await tx.$queryRaw<{ due: Date }[]>`
      select year_end_announce(${villageId}::uuid, ${id}::uuid, ${input.year}::integer, ${actor.personId}::uuid,
                               ${now}::timestamptz) as due`;
    const dueOn = dayOfRow(rows[0]?.due);
    const rule = await tx.yearEnd.findUniqueOrThrow({
      where: { villageId_year: { villageId, year: input.year } },
      select: { policy: true, carryMost: true },
    });
    await tellHeads(tx, {
      villageId,
      now,
      ...yearEndNews({ year: input.year, ...rule }, dueOn, dayOf(now)),
      page: '/me',
    });
    return { year: input.year, dueOn };
  },
});

/**
 * 办理年末积分: closes and carries the points of all households at once. Refuses YEAR_END_NOT_ANNOUNCED,
 * YEAR_END_NOT_DUE, YEAR_END_POLICY_CHANGED, YEAR_END_DONE, ANNOUNCED_BY_SAME.
 */
export const closeYear = command({
  name: 'close-year',
  title: '办理年末积分',
  seat: 'desk',
  input: closeYearInput,
  keep: (input) => ({ year: input.year }),
  may: canClosePeriods,
  async run({ actor, input, id, now, tx, villageId }) {
    const rows = await tx.$queryRaw<{ households: number; closed: bigint; carried: bigint }[]>`
      select households, closed, carried from year_end_close(
        ${villageId}::uuid, ${input.year}::integer, ${actor.personId}::uuid, ${id}::uuid, ${now}::timestamptz)`;
    const done = rows[0];
    if (!done) throw new Error('year_end_close answered nothing');
    return {
      year: input.year,
      households: done.households,
      closed: Number(done.closed),
      carried: Number(done.carried),
    };
  },
});

export const periodCommands: Command[] = [openPublicity, lockPeriod, announceYearEnd, closeYear];

function dayOfRow(date: Date | undefined): Day {
  if (!date) throw new Error('the function answered nothing');
  return dateToDay(date);
}
