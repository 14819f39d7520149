import { Line, signed } from '@/components/ui/lines';
import { sayCorrected } from '@/lib/deeds/home/rules';
import type { LineState } from '@/lib/deeds/home/types';
import { sayMeta } from '@/lib/deeds/own/rules';
import type { Channel } from '@/lib/deeds/own/types';
import type { Day } from '@/lib/platform/clock';
import { DeedState } from './deed-state';

/** What a line needs: of a deed, or of an entry of the ledger. */
export interface HouseholdLineView {
  deedId: string | null;
  /** of an entry that takes points, or gives them back */
  deductionId?: string | null;
  /** of an entry about points used at a shop */
  redemptionId?: string | null;
  itemName: string;
  state: LineState;
  deedOn: string;
  points: number;
  capSays: string;
  reason: string;
  residentName: string;
  reporterName: string;
  channel: Channel | null;
  photos: number;
  /** what was recorded once and taken back since */
  corrected?: { points: number; reason: string };
}

/** Entries that have no item. */
const TITLES: Partial<Record<LineState, string>> = {
  YEAR_CLOSE: '年末可兑积分结清',
  YEAR_CARRY: '年末可兑积分结转，带到下一年',
};

/**
 * A deed or entry of one's own household. Points in red are recorded; of a deed that waits they stand in plain ink,
 * and one that came back carries none.
 */
export function HouseholdLine({
  line,
  viewer,
  today,
}: {
  line: HouseholdLineView;
  /** name of who looks */
  viewer: string;
  today: Day;
}) {
  const recorded = !['SUBMITTED', 'AWAITING_SECOND', 'RETURNED', 'WITHDRAWN', 'REVERSED'].includes(
    line.state,
  );
  const hopeful = line.state === 'SUBMITTED' || line.state === 'AWAITING_SECOND';
  const figure = hopeful ? (
    <span className="line-figure-hoped">{signed(line.points)}</span>
  ) : line.state === 'REVERSED' ? (
    <s className="line-figure-hoped">{signed(line.points)}</s>
  ) : undefined;
  return (
    <Line
      title={line.itemName || TITLES[line.state] || '其他'}
      {...(recorded ? { points: line.points } : { figure })}
      meta={sayMeta(line, viewer, today)}
      state={<DeedState state={line.state} />}
      note={[sayCorrected(line), line.capSays].filter(Boolean).join('；')}
      {...(line.deedId
        ? { href: `/me/deeds/${line.deedId}` }
        : line.deductionId
          ? { href: `/me/deductions/${line.deductionId}` }
          : line.redemptionId
            ? { href: `/me/redemptions/${line.redemptionId}` }
            : {})}
    />
  );
}
