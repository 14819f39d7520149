import type { Metadata } from 'next';
import { DueList } from '@/components/desk/due-list';
import { LinkButton } from '@/components/ui/button';
import { BigNumber, Figures } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { hasDeskRole } from '@/lib/auth/seats';
import { canRecordDeeds } from '@/lib/deeds/policy';
import { countSince, countWaiting } from '@/lib/deeds/waiting/reads';
import { findCalendarFacts } from '@/lib/desk/calendar/reads';
import { dueLines, splitDue } from '@/lib/desk/calendar/rules';
import { countMonth } from '@/lib/ledger/reads';
import { dayOf, daysBetween, monthOf, now, startOfDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { findVillages } from '@/lib/regions/reads';
import { canReadLog } from '@/lib/residents/policy';
import { countRoster } from '@/lib/residents/reads';

export const metadata: Metadata = { title: '今天' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const OWN_MOST = 8;
const OTHERS_MOST = 5;

/** What waits at this desk, what is due, and what today has brought. */
export default async function Desk({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const at = now();
  const today = dayOf(at);
  const [waiting, figures, month, roster, villages, query] = await Promise.all([
    countWaiting(db(), villageId),
    countSince(db(), villageId, startOfDay(today)),
    countMonth(db(), villageId, monthOf(today)),
    countRoster(db(), villageId),
    findVillages(db(), [villageId]),
    searchParams,
  ]);
  const form = await readFormReturn(actor.sessionId, query.r, at);
  const village = villages.get(villageId);
  const due = dueLines(
    await findCalendarFacts(db(), { id: villageId, code: village?.code ?? '' }, at),
    today,
  );
  const days = waiting.oldestAt ? daysBetween(dayOf(waiting.oldestAt), today) : 0;
  const isVerifier = hasDeskRole(actor, 'VERIFIER');
  const oldest =
    waiting.deeds === 0
      ? '全部办完了，谢谢。'
      : `${days === 0 ? '最早的是今天来的' : `最久的等了 ${days} 天`}${
          waiting.seconds > 0 ? `，其中 ${waiting.seconds} 件要第二个人核` : ''
        }${isVerifier ? '' : '，由核分员核实'}`;
  const { own, others } = splitDue(due, actor.desk.roles);
  const deeds = (
    <>
      <BigNumber label="等核实的好事" value={waiting.deeds} unit="件" note={oldest} />
      {waiting.deeds > 0 ? (
        <p>
          <LinkButton kind={isVerifier ? 'primary' : 'outline'} href="/desk/deeds">
            {isVerifier ? '去核实' : '看看是哪些'}
          </LinkButton>
        </p>
      ) : null}
    </>
  );
  return (
    <>
      <PageHead title="今天" lead={village?.name ?? ''} />
      {query.ok === 'choose-desk' ? <Notice title={`现在办的是${village?.name ?? ''}的事。`} /> : null}
      {form ? <Refusal refusal={form.refusal} /> : null}
      {isVerifier ? deeds : null}
      <Section title="要您办的事" id="due">
        {own.length === 0 ? (
          <p className="list-note">{isVerifier ? '除了核实好事，眼下没有别的。' : '眼下没有等您办的。'}</p>
        ) : (
          <DueList label="要您办的事" lines={own.slice(0, OWN_MOST)} today={today} />
        )}
        <p className="more">
          <a href="/desk/calendar">
            {due.length > own.length ? `看全部 ${due.length} 件，可以打印` : '看日历，可以打印'}
          </a>
        </p>
      </Section>
      {isVerifier ? null : deeds}
      {others.length > 0 ? (
        <Section title="别人要办的事" id="others">
          <p className="list-lead">知道一下就行，不用您办。</p>
          <DueList label="别人要办的事" lines={others.slice(0, OTHERS_MOST)} today={today} />
        </Section>
      ) : null}
      <Section title="今天到现在" id="today">
        <Figures
          items={[
            { value: figures.sent, label: '件新来' },
            { value: figures.approved, label: '件通过' },
            { value: figures.returned, label: '件退回' },
          ]}
        />
      </Section>
      <Section title="本村" id="village">
        <Lines label="本村">
          <Line
            href={`/v/${village?.code}/ledger`}
            title="本月记给村民的可兑积分"
            figure={`${month.points.toLocaleString('zh-CN')} 分`}
            meta={`${month.deeds} 件，${month.households} 户`}
          />
          <Line
            href="/desk/people"
            title="户和人"
            figure={`${roster.households} 户`}
            meta={`${roster.residents} 人${roster.withoutPhone > 0 ? `，${roster.withoutPhone} 户没有手机` : ''}`}
          />
          {canRecordDeeds(actor) === true ? (
            <>
              <Line href="/desk/log-deed" title="替人记一件好事" meta="没有手机的人家，帮他们记" />
              <Line href="/desk/events/new" title="记一次活动" meta="到场的人一次记好" />
            </>
          ) : null}
          {canReadLog(actor) === true ? (
            <Line href="/desk/log" title="操作记录" meta="谁在什么时候做了什么" />
          ) : null}
        </Lines>
      </Section>
    </>
  );
}
