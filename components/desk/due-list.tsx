import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { sayDue } from '@/lib/desk/calendar/rules';
import type { DueLine } from '@/lib/desk/calendar/types';
import { type Day, daysBetween } from '@/lib/platform/clock';
import { ROLE_NAMES } from '@/lib/residents/types';

/** Lines of the office's calendar: what, whose, and by when. */
export function DueList({ label, lines, today }: { label: string; lines: DueLine[]; today: Day }) {
  return (
    <Lines label={label}>
      {lines.map((line) => (
        <Line
          key={line.key}
          href={line.href}
          title={line.what}
          figure={<span className="due-day">{sayDue(line, today)}</span>}
          meta={[line.who ? ROLE_NAMES[line.who] : '到日子看一眼，不用办', line.note]
            .filter(Boolean)
            .join(' · ')}
          {...(line.urgency === 'OVERDUE'
            ? { state: <StatusText state="back">过了 {daysBetween(line.day, today)} 天</StatusText> }
            : {})}
        />
      ))}
    </Lines>
  );
}
