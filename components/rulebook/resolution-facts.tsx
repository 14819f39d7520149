import { Facts } from '@/components/ui/figures';
import { sayMeeting } from '@/lib/rulebook/rules';
import type { ResolutionView } from '@/lib/rulebook/types';

/** 2026年1月12日 */
export function sayFullDay(day: string): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

/** The recorded resolution, number by number, so that everybody can check the majority. */
export function ResolutionFacts({ resolution }: { resolution: ResolutionView }) {
  return (
    <Facts
      items={[
        ['会议', `${sayMeeting(resolution.meetingKind)}，${sayFullDay(resolution.heldOn)}`],
        ['应到', `${resolution.eligible} 人`],
        ['实到', `${resolution.present} 人`],
        ['赞成', `${resolution.votesFor} 票`],
        ['反对', `${resolution.votesAgainst} 票`],
        ['弃权', `${resolution.abstained} 票`],
        ['备案号', resolution.filingNumber],
      ]}
    />
  );
}
