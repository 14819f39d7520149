import { ShownPhotos } from '@/components/photos/shown-photos';
import { Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { sayDaysLeft, sayFullDay } from '@/lib/deductions/rules';
import { isOverdue, sayThing } from '@/lib/objections/rules';
import type { ObjectionView } from '@/lib/objections/types';
import type { PhotoView } from '@/lib/photos/types';
import { type Day, dayOf } from '@/lib/platform/clock';

/** The clock both sides see while an objection is open, or its outcome with the reason. */
export function ObjectionClock({ objection: one, today }: { objection: ObjectionView; today: Day }) {
  if (one.state === 'OPEN') {
    const isLate = isOverdue(one.dueOn, today);
    const who = one.deciders.map((person) => person.name).join('、');
    return (
      <div className={isLate ? 'objection-clock objection-clock-late' : 'objection-clock'}>
        <b>{sayDaysLeft(one.dueOn as Day, today)}</b>
        <span>
          应在 {sayFullDay(one.dueOn)}前有结果，{who ? `由${who}来定` : '村里要先增补一位村务监督员来定'}
          {one.risenAt ? '；过期没定，已经报到镇上' : ''}
        </span>
      </div>
    );
  }
  if (one.state === 'WITHDRAWN') return <Message title="这件异议撤回了" />;
  const decided = one.decidedAt ? dayOf(one.decidedAt) : today;
  const isInTime = !isOverdue(one.dueOn, decided);
  return (
    <Message
      tone={one.state === 'UPHELD' ? 'done' : 'stop'}
      title={`异议${one.state === 'UPHELD' ? '成立' : '不成立'}：${one.reason}`}
    >
      {`${one.decidedByName ?? ''} ${sayFullDay(decided)}定的，${isInTime ? '按期' : '过了期'}。`}
    </Message>
  );
}

/** What it is about and what was said. */
export function ObjectionFacts({
  objection: one,
  photos,
}: {
  objection: ObjectionView;
  photos: readonly PhotoView[] | undefined;
}) {
  return (
    <>
      <blockquote className="deduction-said">{one.body}</blockquote>
      <ShownPhotos photos={photos} what="异议的照片" />
      <Facts
        items={[
          ['对什么', sayThing(one.kind, one.subject.title)],
          ['那件事', one.subject.note || null],
          ['谁提的', `${one.householdCode}${one.channel === 'STEWARD' ? `，${one.reporterName}代记` : ''}`],
          ['哪天提的', sayFullDay(dayOf(one.openedAt))],
          ['当初谁定的', one.againstName],
        ]}
      />
    </>
  );
}
