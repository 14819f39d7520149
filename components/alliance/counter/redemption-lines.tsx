import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { FLOWS, STATES, sayOwnState, sayWhat } from '@/lib/alliance/counter/rules';
import type { RedemptionLine } from '@/lib/alliance/counter/types';
import { type Day, dayOf, sayDay, timeOf } from '@/lib/platform/clock';

/** Redemptions in a list, for one of the two sides. */
export function RedemptionLines({
  label,
  lines,
  side,
  today,
}: {
  label: string;
  lines: RedemptionLine[];
  side: 'shop' | 'household';
  today: Day;
}) {
  return (
    <Lines label={label}>
      {lines.map((line) => {
        const state = side === 'shop' ? STATES[line.state] : sayOwnState(line.state);
        const when = `${sayDay(dayOf(line.madeAt), today)} ${timeOf(line.madeAt)}`;
        const with_ = side === 'shop' ? line.householdCode : line.merchantName;
        const how = line.flow === 'COUNTER' ? '' : FLOWS[line.flow];
        return (
          <Line
            key={line.id}
            href={`/${side === 'shop' ? 'shop' : 'me'}/redemptions/${line.id}`}
            title={sayWhat(line.title)}
            figure={line.points}
            meta={
              <>
                {[when, with_, how].filter(Boolean).join('，')}，
                <span className="nowrap">尾号 {line.receipt}</span>
              </>
            }
            state={<StatusText state={state.mark}>{state.name}</StatusText>}
            note={noteOf(line, side, today)}
          />
        );
      })}
    </Lines>
  );
}

function noteOf(line: RedemptionLine, side: 'shop' | 'household', today: Day): string | undefined {
  if (line.state === 'HELD' && line.heldUntil)
    return `留到 ${sayDay(dayOf(new Date(line.heldUntil.getTime() - 1)), today)}`;
  if (line.state !== 'POSTED' || line.refundSide === null) return undefined;
  const isOwn = (line.refundSide === 'SHOP') === (side === 'shop');
  if (isOwn) return '提了退货，等对方同意';
  return side === 'shop' ? '顾客想退货，等您答复' : '店里想退货，等您答复';
}
