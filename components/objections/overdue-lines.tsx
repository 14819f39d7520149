import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { sayFullDay } from '@/lib/deductions/rules';
import { objectionAnchor, SUBJECT_NAMES } from '@/lib/objections/rules';
import type { OverdueLine } from '@/lib/objections/types';
import { type Day, dayOf, daysBetween, sayDay } from '@/lib/platform/clock';

const SAID = { ANSWER: '申辩', REPAIR: '整改' } as const;

/** What is overdue, as township and district read of it; an objection leads to its line on the village's public page. */
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
    <Lines label="过期没定的">
      {lines.map((line) => {
        const where = `${showTownship ? `${line.townshipName} ` : ''}${line.villageName}`;
        const since = sayDay(dayOf(line.openedAt), today);
        const until = sayFullDay(line.dueOn);
        const shared = {
          state: <StatusText state="wait">过了 {daysBetween(line.dueOn, today)} 天</StatusText>,
        };
        if (line.kind === 'ANSWER' || line.kind === 'REPAIR') {
          return (
            <Line
              key={line.id}
              title={`${where}一户的${SAID[line.kind]}`}
              meta={`${since}报的，应在 ${until}前看`}
              {...shared}
            />
          );
        }
        return (
          <Line
            key={line.id}
            href={`/v/${line.villageCode}/objections#${objectionAnchor(line.number ?? '')}`}
            title={`${where}第 ${line.number} 号`}
            meta={`对${SUBJECT_NAMES[line.kind]}提的，${since}提，应在 ${until}前定`}
            {...shared}
          />
        );
      })}
    </Lines>
  );
}
