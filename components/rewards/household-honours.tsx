import { Line, Lines } from '@/components/ui/lines';
import { Section } from '@/components/ui/page-head';
import { StatusText } from '@/components/ui/status-text';
import { type Day, sayDay, sayQuarter } from '@/lib/platform/clock';
import type { PlaqueView } from '@/lib/rewards/plaque/types';
import type { StarView } from '@/lib/rewards/star/types';
import { Stars } from './stars';

/** A household's stars and plaques, on its page in the office; nothing where there are none. */
export function HouseholdHonours({
  stars,
  plaques,
  today,
}: {
  stars: StarView[];
  plaques: PlaqueView[];
  today: Day;
}) {
  if (stars.length + plaques.length === 0) return null;
  const revoked = (day: Day | null) =>
    day ? <StatusText state="back">{sayDay(day, today)}撤销</StatusText> : undefined;
  return (
    <Section title="荣誉" id="honours">
      <Lines label="荣誉">
        {plaques.map((plaque) => (
          <Line
            key={plaque.id}
            href={`/desk/rewards/plaques/${plaque.id}`}
            title={`${sayQuarter(plaque.quarter)}“红榜之家”`}
            meta={plaque.number}
            state={revoked(plaque.revokedOn)}
          />
        ))}
        {stars.map((star) => (
          <Line
            key={star.id}
            href={`/desk/rewards/stars/${star.quarter}/${star.id}`}
            title={`${sayQuarter(star.quarter)}星级`}
            figure={`${star.honour} 分`}
            meta={<Stars stars={star.stars} />}
            state={revoked(star.revokedOn)}
          />
        ))}
      </Lines>
    </Section>
  );
}
