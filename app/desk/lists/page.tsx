import type { Metadata } from 'next';
import { ListName, sayRunning } from '@/components/lists/list-line';
import { LinkButton } from '@/components/ui/button';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Notice } from '@/components/ui/message';
import { Acts, PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { StatusText } from '@/components/ui/status-text';
import { requireSeat } from '@/lib/auth/actor';
import { listDeskLists } from '@/lib/lists/desk/reads';
import { canDraftLists } from '@/lib/lists/policy';
import { sayFullDay, sayMonthDay } from '@/lib/lists/rules';
import { type ListLine, sayState } from '@/lib/lists/types';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { noticeOf } from '@/lib/platform/notice';
import { pageAddress, pageOf, pagerOf } from '@/lib/platform/paging';

export const metadata: Metadata = { title: '红黑榜' };

const NOTICES: Record<string, string> = {
  'drop-list': '草稿作废了，没有公示，谁也没有收到消息。要出榜，重新起草一张。',
  'withdraw-list': '撤回了，网页、图片和榜都不再公布。要换一张，重新起草。',
};

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The village's lists by what is to be done: who is next, what is up, what is over. */
export default async function DeskLists({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const today = dayOf(now());
  const query = await searchParams;
  const { waiting, up, over } = await listDeskLists(db(), actor.desk.villageId, today, pageOf(query.page));
  const hasAny = waiting.length + up.length + over.lines.length > 0 || over.page > 1;
  const notice = noticeOf(NOTICES, query.ok);
  return (
    <>
      <PageHead title="红黑榜" lead="由台账算出，一人起草、另一人审核，公示以后定榜，到期自动撤下。" />
      {notice ? <Notice title={notice} /> : null}
      <Acts>
        {canDraftLists(actor) === true ? (
          <LinkButton kind="primary" href="/desk/lists/new">
            起草一张榜
          </LinkButton>
        ) : null}
        <LinkButton href="/desk/places">地段检查</LinkButton>
      </Acts>
      {hasAny ? null : (
        <EmptyState title="还没有出过榜">
          村书记先选红榜还是黑榜、哪个季度，看看台账算出来是什么样，再起草。
        </EmptyState>
      )}
      <Part title="要办的" id="waiting" lists={waiting} />
      <Part title="正在公布" id="up" lists={up} />
      <Part title="已经结束" id="over" lists={over.lines} />
      {over.page > 1 && over.lines.length === 0 ? (
        <EmptyState title="这一页没有内容">请从第一页看起。</EmptyState>
      ) : null}
      <Pager {...pagerOf(over, (to) => pageAddress('/desk/lists', to, to > 1 ? 'over' : ''), '张')} />
    </>
  );
}

function Part({ title, id, lists }: { title: string; id: string; lists: ListLine[] }) {
  if (lists.length === 0) return null;
  return (
    <Section title={title} id={id}>
      <Lines label={title}>
        {lists.map((list) => (
          <Line
            key={list.id}
            href={`/desk/lists/${list.id}`}
            title={<ListName list={list} />}
            figure={`${list.standing} 行`}
            meta={metaOf(list)}
            state={<ListStateText list={list} />}
          />
        ))}
      </Lines>
    </Section>
  );
}

function metaOf(list: ListLine): string {
  const running = sayRunning(list);
  const drawn = running || `台账截至${sayMonthDay(dayOf(list.asOf))}`;
  if (list.state === 'DRAFT') return `${drawn}，村务监督员来审核`;
  if (list.state === 'CHECKED') return `${drawn}，村书记来公示`;
  const suspended = list.rows - list.standing;
  return [
    list.publicFrom ? `${sayFullDay(list.publicFrom)}公示` : '没有公示过',
    list.state === 'PUBLICITY' && list.publicUntil ? `到${sayMonthDay(list.publicUntil)}` : '',
    list.state === 'FINAL' && list.lastDay ? `公布到${sayFullDay(list.lastDay)}` : '',
    (list.state === 'PUBLICITY' || list.state === 'FINAL') && suspended > 0 ? `${suspended} 行有异议` : '',
  ]
    .filter(Boolean)
    .join('，');
}

function ListStateText({ list }: { list: ListLine }) {
  const state =
    list.state === 'FINAL' ? 'ok' : list.state === 'EXPIRED' || list.state === 'WITHDRAWN' ? 'off' : 'wait';
  return <StatusText state={state}>{sayState(list)}</StatusText>;
}
