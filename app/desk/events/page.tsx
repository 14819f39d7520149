import type { Metadata } from 'next';
import { LinkButton } from '@/components/ui/button';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { StatusText } from '@/components/ui/status-text';
import { requireSeat } from '@/lib/auth/actor';
import { listEvents } from '@/lib/deeds/event/reads';
import { canRecordDeeds } from '@/lib/deeds/policy';
import { type Day, dayOf, now, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';

export const metadata: Metadata = { title: '活动' };

/** The village's events, the latest first, thirty at a time. One query. */
export default async function Events({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireSeat('desk');
  const { after } = await searchParams;
  const page = await listEvents(db(), actor.desk.villageId, isId(after) ? after : null);
  const today = dayOf(now());
  const mayRecord = canRecordDeeds(actor) === true;
  const start = mayRecord ? (
    <LinkButton kind="primary" href="/desk/events/new">
      登记一次活动
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHead title="活动" lead="集中做的好事，一张名单记完，一起核实" />
      {page.lines.length === 0 ? (
        <EmptyState title="还没有登记过活动" action={start}>
          大家一起清河、开会、义务劳动，到场的人登记在一张名单上，每人各记一份。
        </EmptyState>
      ) : (
        <>
          {start ? <p className="mb-6">{start}</p> : null}
          <Lines label="活动">
            {page.lines.map((line) => (
              <Line
                key={line.id}
                href={`/desk/deeds/event/${line.id}`}
                title={line.name}
                figure={`${line.people} 份`}
                meta={`${sayDay(line.heldOn as Day, today)} · ${line.itemName}`}
                state={
                  line.open > 0 ? (
                    <StatusText state="wait">{`${line.open} 份等核实`}</StatusText>
                  ) : (
                    <StatusText state="ok">{`通过 ${line.approved} 份`}</StatusText>
                  )
                }
              />
            ))}
          </Lines>
          <Pager
            newer={isId(after) ? '/desk/events' : null}
            older={page.older ? `/desk/events?after=${page.older}` : null}
            words={['最近的', '较早的']}
          />
        </>
      )}
    </>
  );
}
