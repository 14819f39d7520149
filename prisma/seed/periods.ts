import type { Actor } from '@/lib/auth/types';
import { announceYearEnd, lockPeriod, openPublicity } from '@/lib/periods/commands';
import { addQuarters, announceFrom, quarterBounds } from '@/lib/periods/rules';
import { addDays, type Day, quarterOf, startOfDay, yearOf } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import type { RefusalCode } from '@/lib/platform/refusal';
import { deskActor } from './actors';
import { demoId, type PlannedVillage } from './people';

// How the demo villages stand with their quarters: one has locked the last, one has it in publicity, one has not
// begun; and one has announced its year's end. What a day is too early for is left out.

/** The last quarter of a village that began late may be empty. */
const FINE: readonly RefusalCode[] = ['PERIOD_EMPTY', 'PERIOD_EARLIER_OPEN'];

const PUBLIC_DAYS_AGO = 3;
const ANNOUNCED_DAYS_AGO = 5;

const hour = (day: Day, at: number) => new Date(startOfDay(day).getTime() + at * 3_600_000);

async function ask(command: Command, actor: Actor, id: string, input: unknown, now: Date): Promise<boolean> {
  const result = await runCommand(command, { actor, id, input, now });
  if (result.ok) return true;
  if (FINE.includes(result.refusal.code)) return false;
  throw new Error(`${command.name} was refused: ${result.refusal.code}`);
}

/** Closes the last quarter as far as the village has come, and announces the end of the year. */
export async function closePeriods(village: PlannedVillage, today: Day): Promise<void> {
  const quarter = addQuarters(quarterOf(today), -1);
  const after = quarterBounds(quarter).before;
  const id = (what: string) => demoId('period', village.id, what, quarter);
  const secretary = deskActor(village, 'SECRETARY');
  const supervisor = deskActor(village, 'SUPERVISOR');

  if (village.plan.code === 'qingzhu') {
    const openOn = addDays(after, 7);
    const lockOn = addDays(after, 15);
    if (openOn < today && (await ask(openPublicity, secretary, id('open'), { quarter }, hour(openOn, 9)))) {
      if (lockOn < today) await ask(lockPeriod, supervisor, id('lock'), { quarter }, hour(lockOn, 10));
    }
  }
  if (village.plan.code === 'xinghua') {
    const openOn = addDays(today, -PUBLIC_DAYS_AGO);
    if (openOn >= after) await ask(openPublicity, secretary, id('open'), { quarter }, hour(openOn, 9));
  }
  if (village.plan.code === 'binjiang') {
    const year = Number(yearOf(today));
    const on = addDays(today, -ANNOUNCED_DAYS_AGO);
    if (on >= announceFrom(year)) await ask(announceYearEnd, secretary, id('year'), { year }, hour(on, 15));
  }
}
