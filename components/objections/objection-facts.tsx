import { ShownPhotos } from '@/components/photos/shown-photos';
import { Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { sayDaysLeft, sayFullDay } from '@/lib/deductions/rules';
import { isOverdue, sayThing, sayWhoDecides } from '@/lib/objections/rules';
import type { ObjectionView } from '@/lib/objections/types';
import type { PhotoView } from '@/lib/photos/types';
import { type Day, dayOf } from '@/lib/platform/clock';

/** The clock both sides see while an objection is open, or its outcome with the reason. */
export function ObjectionClock({ objection: one, today }: { objection: ObjectionView; today: Day }) {
  if (one.state === 'OPEN') {
    const isLate = isOverdue(one.dueOn, today);
    const who = one.deciders.map((person) => person.name);
    return (
      <div className={isLate ? 'objection-clock objection-clock-late' : 'objection-clock'}>
        <b>{sayDaysLeft(one.dueOn as Day, today)}</b>
        <span>{sayWhoDecides(one, who)}</span>
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
