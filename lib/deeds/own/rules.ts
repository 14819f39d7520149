import { addDays, type Day, sayDay } from '@/lib/platform/clock';
import type { LineState } from '../home/types';
import type { Channel, DeedLine } from './types';

// How a household's deeds are said to itself.

/** The state as it is said; the last ones are entries of the ledger. */
export const STATE_WORDS: Record<LineState, string> = {
  SUBMITTED: '等核实',
  AWAITING_SECOND: '等第二人',
  APPROVED: '通过',
  RETURNED: '退回',
  WITHDRAWN: '撤回',
  REVERSED: '已取消',
  REVERSAL: '更正',
  DEDUCTION: '扣分',
  YEAR_CLOSE: '年末结清',
  YEAR_CARRY: '年末结转',
  REDEMPTION: '兑换',
  HOLD: '预留',
  GIVEN_BACK: '兑换退回',
};

/** Who wrote it down, to `viewer`: 我记的, 何秀英记的, 帮办员代记; '' for an entry without a deed. */
export function sayReporter(line: { reporterName: string; channel: Channel | null }, viewer: string): string {
  switch (line.channel) {
    case 'STEWARD':
      return '帮办员代记';
    case 'EVENT':
      return '活动登记';
    case 'ROUND':
      return '巡查登记';
    case 'SELF':
      return line.reporterName === viewer ? '我记的' : `${line.reporterName}记的`;
    case null:
      return '';
  }
}

/** Who did it and who wrote it down, to `viewer`: 我记的; 陈小满，我记的; 我做的，何秀英记的; 陈建国，帮办员代记. */
export function sayLogged(
  line: { residentName: string; reporterName: string; channel: Channel | null },
  viewer: string,
): string {
  const reporter = sayReporter(line, viewer);
  const isMine = line.residentName === viewer;
  if (line.channel === null) return isMine ? '' : line.residentName;
  if (line.channel === 'SELF' ? line.residentName === line.reporterName : isMine) return reporter;
  return `${isMine ? '我做的' : line.residentName}，${reporter}`;
}

/** The second line of a deed or entry: when, then why it came back, or who logged it and with how many photos. */
export function sayMeta(
  line: Pick<DeedLine, 'deedOn' | 'reason' | 'residentName' | 'reporterName' | 'photos'> & {
    channel: Channel | null;
    state: LineState;
  },
  viewer: string,
  today: Day,
): string {
  const day = sayDay(line.deedOn as Day, today);
  const why = line.state === 'RETURNED' || line.state === 'REVERSAL' || line.state === 'DEDUCTION';
  if (why && line.reason) return `${day} · ${line.reason}`;
  const logged = sayLogged(line, viewer);
  const photos = line.photos > 0 ? `照片 ${line.photos} 张` : '';
  return [day, logged, photos].filter(Boolean).join(' · ');
}

/** Days to choose from without typing, the newest first, none older than the village takes. */
export function quickDays(today: Day, ageDaysMost: number): { day: Day; label: string }[] {
  return [0, 1, 2]
    .filter((ago) => ago <= ageDaysMost)
    .map((ago) => {
      const day = addDays(today, -ago);
      return { day, label: sayDay(day, today) };
    });
}
