import type { Metadata } from 'next';
import { QuarterAct } from '@/components/periods/quarter-act';
import { YearAct } from '@/components/periods/year-act';
import { Lines } from '@/components/ui/lines';
import { EmptyState, Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { canClosePeriods, canOpenPeriods } from '@/lib/periods/policy';
import { listQuarters } from '@/lib/periods/reads';
import { countReached, listYears, previewYear } from '@/lib/periods/year/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { findVillages } from '@/lib/regions/reads';

export const metadata: Metadata = { title: '结算期' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const DONE = new Map<unknown, string>([
  ['open-publicity', '开始公示了，公示栏和每户的页面都看得到。'],
  ['lock-period', '这一季锁定了。'],
  ['announce-year-end', '公告出去了，公示栏和每户的页面都看得到。'],
  ['close-year', '年末积分办完了，每一笔都在台账里。'],
]);

/** Quarters and years, where they stand and what comes next. Six queries, one more for each year that is not done. */
export default async function Periods({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const at = now();
  const today = dayOf(at);
  const query = await searchParams;
  const [quarters, years, reached, villages, form] = await Promise.all([
    listQuarters(db(), villageId, today),
    listYears(db(), villageId, today),
    countReached(db(), villageId),
    findVillages(db(), [villageId]),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const previews = await Promise.all(
    years.map(({ end, rule }) => {
      const used = end ?? rule;
      return used && !end?.doneAt ? previewYear(db(), villageId, used) : null;
    }),
  );
  const village = `/v/${villages.get(villageId)?.code ?? ''}`;
  const viewer = {
    personId: actor.personId,
    mayOpen: canOpenPeriods(actor) === true,
    mayClose: canClosePeriods(actor) === true,
  };
  const token = formToken(actor.sessionId, at);
  const done = DONE.get(query.ok);
  return (
    <>
      <PageHead title="结算期" lead="一个季度过完，先公示，再锁定；一年过完，按细则办结。" />
      {done ? <Notice title={done} /> : null}
      {form ? <Refusal refusal={form.refusal} /> : null}
      <Section title="季度" id="quarters">
        <Lines label="季度">
          {quarters.map((quarter) => (
            <QuarterAct
              key={quarter.code}
              quarter={quarter}
              village={village}
              today={today}
              viewer={viewer}
              token={token}
              form={null}
            />
          ))}
        </Lines>
      </Section>
      <Section title="年末" id="year">
        {years.length === 0 ? (
          <EmptyState title="还没到时候">10 月起可以公告年末积分怎么办，满 30 天再办。</EmptyState>
        ) : (
          years.map((year, index) => (
            <YearAct
              key={year.year}
              year={year}
              preview={previews[index] ?? null}
              reached={reached}
              today={today}
              viewer={viewer}
              token={token}
              form={null}
            />
          ))
        )}
      </Section>
    </>
  );
}
