import { Line, Lines } from '@/components/ui/lines';
import { Section } from '@/components/ui/page-head';
import { countTurn, sayHint, sayYuan } from '@/lib/alliance/settlement/rules';
import type { HintCount, StatementPhase, UnstatedView } from '@/lib/alliance/settlement/types';
import { type Day, daysBetween } from '@/lib/platform/clock';

/** What a shop should do about its statements, and what it has not been paid yet, a charity in points: for its home page. */
export function ShopSettlementSummary({
  counts,
  unstated,
  isCharity,
}: {
  counts: Record<StatementPhase, number>;
  unstated: UnstatedView[];
  isCharity: boolean;
}) {
  const fen = unstated.reduce((sum, row) => sum + row.fen, 0);
  const points = unstated.reduce((sum, row) => sum + row.points, 0);
  return (
    <Section title="结算" id="settlement">
      <Lines label="结算">
        {counts.MADE > 0 ? (
          <Line
            href="/shop/statements?state=mine"
            title={<b>有结算单等您核对</b>}
            figure={`${counts.MADE} 张`}
            meta={isCharity ? '不收钱，也请看一看，都对就点同意' : '都对就点同意，村里才能付钱'}
          />
        ) : null}
        {counts.PAID > 0 ? (
          <Line
            href="/shop/statements?state=mine"
            title={<b>村里说钱付了</b>}
            figure={`${counts.PAID} 张`}
            meta="收到了请确认，没收到请告诉村里"
          />
        ) : null}
        {counts.BACK > 0 ? (
          <Line
            href="/shop/statements?state=mine"
            title={<b>村里记了您退钱，或者互相抵掉</b>}
            figure={`${counts.BACK} 张`}
            meta="是这样请确认，不是请告诉村里"
          />
        ) : null}
        {counts.DISPUTED > 0 ? (
          <Line
            href="/shop/statements"
            title="您有疑问，等村里答复"
            figure={`${counts.DISPUTED} 张`}
            meta="答复了都清楚，再点同意"
          />
        ) : null}
        {counts.AGREED > 0 ? (
          <Line
            href="/shop/statements"
            title="同意了，等村里付款"
            figure={`${counts.AGREED} 张`}
            meta="过了说好的日子还没付，就催一下村里，再找镇上"
          />
        ) : null}
        <Line
          href="/shop/statements"
          title="还没结的"
          figure={isCharity ? `${points.toLocaleString('zh-CN')} 分` : `${sayYuan(fen)} 元`}
          meta={isCharity ? '下个月 1 日自动结' : `${points.toLocaleString('zh-CN')} 分，下个月 1 日自动结`}
        />
      </Lines>
    </Section>
  );
}

/** How a village stands with its merchants: for the alliance's page at the office. */
export function DeskSettlementSummary({
  counts,
  hints,
  today,
}: {
  counts: Record<StatementPhase, number>;
  hints: HintCount[];
  today: Day;
}) {
  const waiting = countTurn(counts, 'VILLAGE');
  return (
    <Section title="结算" id="settlement">
      <Lines label="结算">
        <Line
          href="/desk/alliance/statements"
          title="和商户结算"
          figure={waiting > 0 ? `${waiting} 张` : ''}
          meta={waiting > 0 ? '等村里答复或者付款' : '没有等村里办的'}
          note={
            hints.length > 0
              ? hints
                  .map(({ hint, count, oldest }) => `${count} 张${sayHint(hint, daysBetween(oldest, today))}`)
                  .join('；')
              : undefined
          }
        />
        <Line href="/desk/alliance/pool" title="资金池" meta="备着付给商户的钱，和全村停兑" />
      </Lines>
    </Section>
  );
}

/** Where an office above sees how its villages stand with their merchants. */
export function OfficeSettlementSummary() {
  return (
    <Section title="结算" id="settlement">
      <Lines label="结算">
        <Line href="/office/alliance/settlement" title="各村和商户结算" meta="没付的、过期的、说没收到的" />
      </Lines>
    </Section>
  );
}
