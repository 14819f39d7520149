import { Facts } from '@/components/ui/figures';
import { FLOWS, STATES, sayOwnState, sayReason, sayWhat } from '@/lib/alliance/counter/rules';
import type { RedemptionView } from '@/lib/alliance/counter/types';
import { type Day, dayOf, sayDay, timeOf } from '@/lib/platform/clock';
import { Receipt } from './receipt';

const TONES = { ok: 'done', wait: 'wait', back: 'off', off: 'off' } as const;

/** One redemption, large, with everything its side may know. */
export function RedemptionFacts({
  redemption: r,
  side,
  today,
}: {
  redemption: RedemptionView;
  side: 'shop' | 'household';
  today: Day;
}) {
  const state = side === 'shop' ? STATES[r.state] : sayOwnState(r.state);
  const when = (at: Date) => `${sayDay(dayOf(at), today)} ${timeOf(at)}`;
  const rest = r.askedPoints - r.points;
  return (
    <>
      <Receipt
        who={
          r.state === 'POSTED' ? `${r.flow === 'VOUCHER' ? '村里' : ''}付给${r.merchantName}` : r.merchantName
        }
        points={r.points}
        what={sayWhat(r.title)}
        verdict={state.name}
        tone={TONES[state.mark]}
        receipt={r.state === 'LAPSED' ? '' : r.receipt}
        notes={[
          r.state === 'POSTED' && rest > 0 && `还差 ${rest} 分，另${side === 'shop' ? '收' : '付'}现金。`,
        ]}
      />
      <Facts
        items={[
          [side === 'shop' ? '收的时候' : '付的时候', when(r.madeAt)],
          ['哪家的', side === 'shop' ? `${r.villageName} ${r.householdCode}` : null],
          ['怎么付的', FLOWS[r.flow]],
          [
            '留到',
            r.state === 'HELD' && r.heldUntil
              ? `${sayDay(dayOf(new Date(r.heldUntil.getTime() - 1)), today)}，不来取分就退回去`
              : null,
          ],
          [state.name, r.endedAt ? when(r.endedAt) : null],
          ['原因', r.endReason ? [sayReason(r.endReason), r.endNote].filter(Boolean).join('：') : null],
        ]}
      />
    </>
  );
}
