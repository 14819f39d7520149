import { MemberName } from '@/components/alliance/charity-mark';
import { Line } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { stateOf } from '@/lib/alliance/incentive/rules';
import type { IncentiveView } from '@/lib/alliance/incentive/types';
import type { Day } from '@/lib/platform/clock';
import { sayDays, sayState, sayWhat } from './words';

const STATES = { AHEAD: 'wait', HOLDS: 'ok', OVER: 'off', REVOKED: 'back' } as const;

/** One incentive in a list; to officials it says whose, to the shop who gave it. */
export function IncentiveLine({
  incentive,
  today,
  href,
  names,
}: {
  incentive: IncentiveView;
  today: Day;
  href: string;
  /** whose name stands with it: the member's, the giver's, or both */
  names: 'member' | 'giver' | 'both';
}) {
  const { merchantName, isCharity, giver, title } = incentive;
  const what = sayWhat(incentive);
  return (
    <Line
      href={href}
      title={
        names === 'giver' ? (
          title
        ) : (
          <>
            <MemberName name={merchantName} isCharity={isCharity} />：{title}
          </>
        )
      }
      meta={[what, sayDays(incentive), names === 'member' ? '' : `${giver}给的`].filter(Boolean).join(' · ')}
      state={<StatusText state={STATES[stateOf(incentive, today)]}>{sayState(incentive, today)}</StatusText>}
    />
  );
}
