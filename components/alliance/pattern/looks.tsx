import { Line, Lines } from '@/components/ui/lines';
import { PATTERN_WORDS } from '@/lib/alliance/pattern/rules';
import type { PatternLookView } from '@/lib/alliance/pattern/types';
import { type Day, dayOf, sayDay } from '@/lib/platform/clock';

/** What was looked at before: what it was, the numbers then, who looked and what he found. */
export function Looks({
  looks,
  today,
  isOffice,
}: {
  looks: PatternLookView[];
  today: Day;
  isOffice: boolean;
}) {
  return (
    <Lines label="看过的">
      {looks.map((look) => (
        <Line
          key={look.id}
          title={`${look.merchantName}：${PATTERN_WORDS[look.kind].title}`}
          figure={`${look.count} 笔`}
          meta={[
            isOffice ? look.villageName : look.householdCode ? `户号 ${look.householdCode}` : '',
            `${look.by} ${sayDay(dayOf(look.at), today)}看过`,
          ]
            .filter(Boolean)
            .join(' · ')}
          note={look.note || undefined}
        />
      ))}
    </Lines>
  );
}
