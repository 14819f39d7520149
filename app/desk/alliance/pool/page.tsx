import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CorrectEntryForm, LeastForm, RecordEntryForm, StopForm } from '@/components/alliance/pool/forms';
import { PoolFacts, ShortMessage, StopMessage } from '@/components/alliance/pool/pool-figures';
import { offsetOf } from '@/components/alliance/settlement/filters';
import { LinkButton } from '@/components/ui/button';
import { BigNumber } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { ENTRIES_A_PAGE, findAllianceSolvency, listPoolEntries } from '@/lib/alliance/pool/reads';
import { poolFree, SOURCE_NAMES } from '@/lib/alliance/pool/rules';
import type { AllianceSolvency, PoolEntryView } from '@/lib/alliance/pool/types';
import { canReadSettlement, canSettle } from '@/lib/alliance/settlement/policy';
import { sayYuan } from '@/lib/alliance/settlement/rules';
import { requireSeat } from '@/lib/auth/actor';
import { type Day, dayOf, now, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { type FormReturnView, readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '资金池' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const PAGE = '/desk/alliance/pool';

const NOTICES: Record<string, string> = {
  'record-pool-entry': '记下了。',
  'correct-pool-entry': '更正了，两笔都留着。',
  'set-pool-least': '下限定好了。',
  'stop-alliance': '全村的店都停收积分了，村民和店里都看得到原因。',
  'resume-alliance': '恢复了，店里照常收积分。',
};

/** The money set aside for merchants: what went in, what is owed, and the two brakes. Four queries. */
export default async function Pool({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canReadSettlement(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const query = await searchParams;
  const at = now();
  const today = dayOf(at);
  const from = offsetOf(query.page, ENTRIES_A_PAGE);
  const [figures, entries, form] = await Promise.all([
    findAllianceSolvency(db(), villageId, at),
    listPoolEntries(db(), villageId, from),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const maySettle = canSettle(actor) === true;
  const token = formToken(actor.sessionId, at);
  const notice = noticeOf(NOTICES, query.ok);
  const asked = entries.find((one) => one.id === query.entry && canCorrect(one)) ?? null;
  return (
    <>
      <PageHead
        title="资金池"
        lead="村里备着付给商户的钱。这里只是记账，钱还在村里自己的账户里。"
        back={{ href: '/desk/alliance/statements', label: '和商户结算' }}
      />
      {notice ? <Notice title={notice} /> : null}
      <StopMessage figures={figures} />
      <ShortMessage figures={figures} />
      <BigNumber label="付掉欠商户的，资金池还剩" value={sayYuan(poolFree(figures))} unit="元" />
      <PoolFacts figures={figures} />
      {maySettle ? (
        <Edit which={String(query.edit ?? '')} entry={asked} {...{ figures, today, form, token }} />
      ) : null}
      <Section title="每一笔" id="entries">
        {entries.length === 0 ? (
          <EmptyState title="还没有记过">上级拨款、集体收入、赞助到了，记在这里。</EmptyState>
        ) : (
          <Lines label="资金池的每一笔">
            {entries.map((one) => (
              <Line
                key={one.id}
                title={SOURCE_NAMES[one.source]}
                figure={`${one.fen > 0 ? '+' : ''}${sayYuan(one.fen)} 元`}
                meta={`${sayDay(one.onDay, today)}，${one.recordedBy}记`}
                state={
                  one.isCorrected ? (
                    '更正过了'
                  ) : maySettle && canCorrect(one) ? (
                    <LinkButton kind="quiet" href={`${PAGE}?edit=entry&entry=${one.id}#edit`}>
                      更正<span className="said">{`${sayYuan(one.fen)} 元这一笔`}</span>
                    </LinkButton>
                  ) : undefined
                }
                note={one.note}
              />
            ))}
          </Lines>
        )}
        <Pager
          newer={from > 0 ? `${PAGE}?page=${from / ENTRIES_A_PAGE}` : null}
          older={entries.length === ENTRIES_A_PAGE ? `${PAGE}?page=${from / ENTRIES_A_PAGE + 2}` : null}
        />
      </Section>
    </>
  );
}

/** The one thing that is being done, or the ways to begin one. */
function Edit({
  which,
  entry,
  figures,
  today,
  form,
  token,
}: {
  which: string;
  entry: PoolEntryView | null;
  figures: AllianceSolvency;
  today: Day;
  form: FormReturnView | null;
  token: string;
}) {
  const common = { form, token, page: `${PAGE}?edit=${which}`, next: PAGE };
  const { stoppedAt, poolLeastFen } = figures;
  const stop = stoppedAt ? '恢复兑换' : '全村停止兑换';
  if (which === 'record') {
    return (
      <Section title="记一笔进账" id="edit">
        <RecordEntryForm {...common} today={today} />
        <Back />
      </Section>
    );
  }
  if (which === 'entry' && entry) {
    return (
      <Section title="更正这一笔" id="edit">
        <p className="act-note">{`${SOURCE_NAMES[entry.source]} ${sayYuan(entry.fen)} 元，${entry.note}`}</p>
        <CorrectEntryForm {...common} page={`${common.page}&entry=${entry.id}`} entryId={entry.id} />
        <Back />
      </Section>
    );
  }
  if (which === 'least') {
    const least = poolLeastFen === null ? '' : (poolLeastFen / 100).toFixed(2).replace(/\.00$/, '');
    return (
      <Section title="资金池下限" id="edit">
        <LeastForm {...common} least={least} />
        <Back />
      </Section>
    );
  }
  if (which === 'stop') {
    return (
      <Section title={stop} id="edit">
        <p className="act-note">
          {stoppedAt
            ? '恢复以后，全村的店马上可以收积分。'
            : '万不得已才停，比如钱断了、出了大问题。停了以后全村的店都不收积分，代金券也先不能用。'}
        </p>
        <StopForm {...common} isStopped={stoppedAt !== null} />
        <Back />
      </Section>
    );
  }
  return (
    <div className="acts">
      <LinkButton kind="primary" href={`${PAGE}?edit=record#edit`}>
        记一笔进账
      </LinkButton>
      <LinkButton href={`${PAGE}?edit=least#edit`}>定下限</LinkButton>
      <LinkButton kind={stoppedAt ? 'done' : 'quiet'} href={`${PAGE}?edit=stop#edit`}>
        {stop}
      </LinkButton>
    </div>
  );
}

function Back() {
  return (
    <p className="more">
      <a href={PAGE}>不办了，回资金池</a>
    </p>
  );
}

function canCorrect({ source, isCorrected }: PoolEntryView): boolean {
  return source !== 'CORRECTION' && !isCorrected;
}
