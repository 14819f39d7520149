import { Message } from '@/components/ui/message';
import { sayStanding } from '@/lib/objections/rules';
import type { StandingObjection } from '@/lib/objections/types';
import type { Day } from '@/lib/platform/clock';

/** That the household has objected already, with the way to it: instead of offering what would only be refused. */
export function OwnObjection({ objection, today }: { objection: StandingObjection; today: Day }) {
  return (
    <Message tone="look" title={sayStanding(objection, today)}>
      <p>
        <a href={`/me/objections/${objection.id}`}>看这件异议</a>
        {objection.state === 'OPEN' ? '。定了会告诉您，不用再提。' : '。同一件事只能提一次。'}
      </p>
    </Message>
  );
}
