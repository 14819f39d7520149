import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { sayFullDay } from '@/lib/deductions/rules';
import { objectionAnchor, SUBJECT_NAMES } from '@/lib/objections/rules';
import type { OverdueLine } from '@/lib/objections/types';
import { type Day, dayOf, daysBetween, sayDay } from '@/lib/platform/clock';

/** Overdue objections as township and district read of them; each leads to its line on the village's public page. */
export function OverdueLines({
  lines,
  today,
  showTownship,
}: {
  lines: OverdueLine[];
  today: Day;
  showTownship: boolean;
}) {
  return (
    <Lines label="过期没定的异议">
      {lines.map((line) => (
        <Line
          key={line.id}
          href={`/v/${line.villageCode}/objections#${objectionAnchor(line.number)}`}
          title={`${showTownship ? `${line.townshipName} ` : ''}${line.villageName}第 ${line.number} 号`}
          meta={`对${SUBJECT_NAMES[line.kind]}提的，${sayDay(dayOf(line.openedAt), today)}提，应在 ${sayFullDay(line.dueOn)}前定`}
          state={<StatusText state="wait">过了 {daysBetween(line.dueOn, today)} 天</StatusText>}
        />
      ))}
    </Lines>
  );
}
