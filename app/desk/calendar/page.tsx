import type { Metadata } from 'next';
import { DueList } from '@/components/desk/due-list';
import { SheetFoot, SheetHead } from '@/components/print/sheet';
import { EmptyState } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findCalendarFacts } from '@/lib/desk/calendar/reads';
import { dueLines } from '@/lib/desk/calendar/rules';
import type { Urgency } from '@/lib/desk/calendar/types';
import { dayOf, now, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findVillages } from '@/lib/regions/reads';

export const metadata: Metadata = { title: '要办的事' };

const GROUPS: [Urgency, string][] = [
  ['OVERDUE', '过了期的'],
  ['NOW', '现在要办'],
  ['LATER', '往后的日子'],
];

/** Everything that is due at the office, on screen and for the wall. Twelve queries. */
export default async function Calendar() {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const at = now();
  const today = dayOf(at);
  const villages = await findVillages(db(), [villageId]);
  const village = villages.get(villageId);
  const facts = await findCalendarFacts(db(), { id: villageId, code: village?.code ?? '' }, at);
  const lines = dueLines(facts, today);
  const [year, month, day] = today.split('-').map(Number);
  return (
    <>
      <SheetHead place={village?.name ?? ''} title="要办的事" lines={[`${year}年${month}月${day}日`]} />
      {lines.length === 0 ? <EmptyState title="眼下没有要办的">到了日子会写在这里。</EmptyState> : null}
      {GROUPS.map(([urgency, title]) => {
        const group = lines.filter((line) => line.urgency === urgency);
        return group.length === 0 ? null : (
          <Section key={urgency} title={title} id={urgency.toLowerCase()}>
            <DueList label={title} lines={group} today={today} roles={actor.desk.roles} />
          </Section>
        );
      })}
      <SheetFoot
        source="由系统按细则和台账算出，每次打开都是最新的。"
        asOf={`截至 ${year}年${month}月${day}日 ${timeOf(at)}`}
        demo={village?.isDemo ?? false}
      />
    </>
  );
}
