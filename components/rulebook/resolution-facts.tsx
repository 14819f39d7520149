import { Facts } from '@/components/ui/figures';
import { sayUnit } from '@/lib/rulebook/resolution/rules';
import { sayMeeting } from '@/lib/rulebook/rules';
import type { ResolutionView } from '@/lib/rulebook/types';

/** 2026年1月12日 */
export function sayFullDay(day: string): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

/** The recorded resolution, number by number, so that everybody can check the majority. */
export function ResolutionFacts({ resolution }: { resolution: ResolutionView }) {
  const unit = sayUnit(resolution.unit);
  const { byPhone, present } = resolution;
  return (
    <Facts
      items={[
        ['会议', `${sayMeeting(resolution.meetingKind)}，${sayFullDay(resolution.heldOn)}`],
        ['应到', `${resolution.eligible} ${unit}`],
        [
          '实到',
          byPhone === null
            ? `${present} ${unit}`
            : `${present} ${unit}（手机投票 ${byPhone}，会场 ${present - byPhone}）`,
        ],
        ['赞成', `${resolution.votesFor} 票`],
        ['反对', `${resolution.votesAgainst} 票`],
        ['弃权', `${resolution.abstained} 票`],
        ['备案号', resolution.filingNumber],
      ]}
    />
  );
}
