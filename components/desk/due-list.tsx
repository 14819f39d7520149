import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import type { DeskRole } from '@/lib/auth/types';
import { sayDue } from '@/lib/desk/calendar/rules';
import type { DueLine } from '@/lib/desk/calendar/types';
import { type Day, daysBetween } from '@/lib/platform/clock';
import { ROLE_NAMES } from '@/lib/residents/types';

/** Lines of the office's calendar: what, whose, and by when. */
export function DueList({
  label,
  lines,
  today,
  roles = [],
}: {
  label: string;
  lines: DueLine[];
  today: Day;
  /** what the reader is, where his own lines stand among others' */
  roles?: readonly DeskRole[];
}) {
  return (
    <Lines label={label}>
      {lines.map((line) => (
        <Line
          key={line.key}
          href={line.href}
          title={line.what}
          figure={<DayWords line={line} today={today} />}
          meta={[sayWho(line.who, roles), line.note].filter(Boolean).join(' · ')}
          {...(line.urgency === 'OVERDUE'
            ? { state: <StatusText state="back">过了 {daysBetween(line.day, today)} 天</StatusText> }
            : {})}
        />
      ))}
    </Lines>
  );
}

function sayWho(who: DeskRole | null, roles: readonly DeskRole[]): string {
  if (who === null) return '到日子看一眼，不用办';
  return roles.includes(who) ? `${ROLE_NAMES[who]}，您办` : ROLE_NAMES[who];
}

/** The day in words, broken only where a word ends: there is little room beside large text. */
function DayWords({ line, today }: { line: DueLine; today: Day }) {
  const said = sayDue(line, today);
  const first =
    line.dayMeans === 'FROM' ? -'可以办'.length : line.dayMeans === 'BY' ? '最迟'.length : said.length;
  return (
    <span className="due-day">
      {said.slice(0, first)}
      <wbr />
      {said.slice(first)}
    </span>
  );
}
