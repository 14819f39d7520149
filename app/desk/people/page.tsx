import type { Metadata } from 'next';
import { OfficersPart } from '@/components/residents/officers-part';
import { LinkButton } from '@/components/ui/button';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Notice, Refusal } from '@/components/ui/message';
import { Acts, PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { SearchField } from '@/components/ui/search-field';
import { Chips } from '@/components/ui/tabs';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { listOfficers } from '@/lib/residents/appointment/reads';
import { canAppoint, canKeepRoster } from '@/lib/residents/policy';
import { countRoster, listGroups, listRoster, ROSTER_PAGE, tidySearch } from '@/lib/residents/reads';
import { sayFlags } from '@/lib/residents/rules';
import type { HouseholdLine } from '@/lib/residents/types';

export const metadata: Metadata = { title: '户和人' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'add-household': '登记好了。',
  'end-appointment': '任期已经结束，马上生效。',
};

/** The roster: every household of the village, found by code, name, pinyin or initials; below it who holds office. */
export default async function People({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const query = await searchParams;
  const one = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const search = tidySearch(one('q'));
  const page = Math.min(1000, Math.max(1, Number.parseInt(one('page'), 10) || 1));
  const groups = await listGroups(db(), villageId);
  const group = groups.find((each) => String(each.number) === one('group'));
  const at = now();
  const today = dayOf(at);
  const isWhole = search === '' && !group && page === 1;
  const [counts, roster, officers, form] = await Promise.all([
    countRoster(db(), villageId),
    listRoster(db(), villageId, { search, groupId: group?.id ?? null, page }),
    isWhole ? listOfficers(db(), villageId, today) : [],
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const href = (change: { group?: string; page?: number }) => {
    const parts = new URLSearchParams();
    const groupNumber = change.group ?? (group ? String(group.number) : '');
    if (search) parts.set('q', search);
    if (groupNumber) parts.set('group', groupNumber);
    if (change.page && change.page > 1) parts.set('page', String(change.page));
    const text = parts.toString();
    return `/desk/people${text ? `?${text}` : ''}`;
  };
  const first = (page - 1) * ROSTER_PAGE + 1;
  const notice = noticeOf(NOTICES, query.ok);
  return (
    <>
      <PageHead
        title="户和人"
        lead={`${counts.households} 户，${counts.residents} 人。${
          counts.withoutPhone > 0 ? `${counts.withoutPhone} 户没有人登记手机，请帮办员代记。` : ''
        }`}
      />
      {notice ? <Notice title={notice} /> : null}
      {form ? <Refusal refusal={form.refusal} /> : null}
      <Acts>
        <div className="grow">
          <SearchField
            action="/desk/people"
            label="按姓名、拼音、首字母或户号查找"
            placeholder="姓名、拼音、户号"
            value={search}
            keep={{ group: group ? String(group.number) : undefined }}
          />
        </div>
        {canKeepRoster(actor) === true ? (
          <LinkButton kind="primary" href="/desk/people/new">
            登记一户
          </LinkButton>
        ) : null}
      </Acts>
      <Chips
        label="小组"
        items={[
          { href: href({ group: '' }).replace(/[?&]group=[^&]*/, ''), label: '全村', current: !group },
          ...groups.map((each) => ({
            href: href({ group: String(each.number) }),
            label: each.name,
            current: each.id === group?.id,
          })),
        ]}
      />
      {roster.lines.length === 0 ? (
        <EmptyState title={search ? `没有找到“${search}”` : '这里还没有户'}>
          {search ? '可以只写姓，或者拼音的头几个字母，比如“cxf”。' : '先登记一户，再登记家里人。'}
        </EmptyState>
      ) : (
        <Lines label="各户">
          {roster.lines.map((line) => (
            <HouseholdRow key={line.id} line={line} />
          ))}
        </Lines>
      )}
      <Pager
        newer={page > 1 ? href({ page: page - 1 }) : null}
        older={page < roster.pages ? href({ page: page + 1 }) : null}
        words={['前一页', '后一页']}
        note={`第 ${first}—${first + roster.lines.length - 1} 户，共 ${roster.total} 户`}
      />
      {isWhole ? (
        <OfficersPart
          officers={officers}
          today={today}
          token={formToken(actor.sessionId, at)}
          mayEnd={canAppoint(actor) === true}
        />
      ) : null}
    </>
  );
}

function HouseholdRow({ line }: { line: HouseholdLine }) {
  const facts = [
    line.doorNumber,
    line.hasLeft ? '' : `${line.members} 人`,
    line.hasLeft || line.phones > 0 ? '' : '没有手机',
  ];
  return (
    <Line
      href={`/desk/people/${line.id}`}
      title={
        <>
          <span className="household-code">{line.code}</span> {line.headName || '（没有户主）'}
        </>
      }
      meta={facts.filter(Boolean).join(' · ')}
      state={line.hasLeft ? '已迁出' : sayFlags(line.flags)}
      note={line.foundBy.length > 0 ? `找到：${line.foundBy.join('、')}` : undefined}
    />
  );
}
