import type { Metadata } from 'next';
import { OfficeSettlementSummary } from '@/components/alliance/settlement-summary';
import { MERCHANT_MARKS } from '@/components/alliance/words';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { Acts, PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { SearchField } from '@/components/ui/search-field';
import { StatusText } from '@/components/ui/status-text';
import { Chips } from '@/components/ui/tabs';
import { listMerchants, MERCHANTS_PER_PAGE } from '@/lib/alliance/merchant/reads';
import { MERCHANT_STATE_NAMES, type MerchantLine, type MerchantState } from '@/lib/alliance/merchant/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { tidySearch } from '@/lib/residents/reads';

export const metadata: Metadata = { title: '商社联盟' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const STATES = Object.keys(MERCHANT_STATE_NAMES) as MerchantState[];

/** The merchants of a township or district; applications first, the longest waiting on top. Two queries. */
export default async function OfficeAlliance({ searchParams }: Props) {
  const actor = await requireSeat('office');
  const query = await searchParams;
  const one = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const today = dayOf(now());
  const search = tidySearch(one('q'));
  const state = STATES.find((each) => each === one('state')) ?? null;
  const page = Math.min(1000, Math.max(1, Number.parseInt(one('page'), 10) || 1));
  const found = await listMerchants(db(), actor.office, { state, search, page }, today);
  const isDistrict = actor.office.level === 'DISTRICT';
  const href = (change: { state?: string; page?: number }) => {
    const parts = new URLSearchParams();
    const chosen = change.state ?? state ?? '';
    if (search) parts.set('q', search);
    if (chosen) parts.set('state', chosen);
    if (change.page && change.page > 1) parts.set('page', String(change.page));
    const text = parts.toString();
    return `/office/alliance${text ? `?${text}` : ''}`;
  };
  const all = STATES.reduce((sum, each) => sum + found.counts[each], 0);
  const first = (page - 1) * MERCHANTS_PER_PAGE + 1;
  return (
    <>
      <PageHead
        title="商社联盟"
        lead={
          isDistrict
            ? '全区的商户，各镇街办理入盟，区里看进展。'
            : found.counts.APPLIED > 0
              ? `${found.counts.APPLIED} 家在等审核。打个电话，问清楚再定。`
              : '没有在等的申请。'
        }
      />
      <Section title="商户" id="merchants">
        <Acts>
          <div className="grow">
            <SearchField
              action="/office/alliance"
              label="按店名、行当、拼音查找"
              placeholder="店名、行当、拼音"
              value={search}
              keep={{ state: state ?? undefined }}
            />
          </div>
        </Acts>
        <Chips
          label="状态"
          items={[
            {
              href: href({ state: '' }).replace(/[?&]state=[^&]*/, ''),
              label: '全部',
              current: !state,
              count: all,
            },
            ...STATES.filter((each) => found.counts[each] > 0 || each === state).map((each) => ({
              href: href({ state: each }),
              label: MERCHANT_STATE_NAMES[each],
              current: each === state,
              count: found.counts[each],
            })),
          ]}
        />
        {found.lines.length === 0 ? (
          <EmptyState title={search ? `没有找到“${search}”` : '这里还没有商户'}>
            {search
              ? '可以只写一两个字，或者拼音的头几个字母。'
              : '商户在手机上打开首页，点“商户申请入盟”，填一张就到这里。'}
          </EmptyState>
        ) : (
          <Lines label="商户">
            {found.lines.map((line) => (
              <MerchantRow key={line.id} line={line} township={isDistrict} />
            ))}
          </Lines>
        )}
        <Pager
          newer={page > 1 ? href({ page: page - 1 }) : null}
          older={page < found.pages ? href({ page: page + 1 }) : null}
          words={['前一页', '后一页']}
          note={`第 ${first}—${first + found.lines.length - 1} 家，共 ${found.total} 家`}
        />
      </Section>
      <OfficeSettlementSummary />
    </>
  );
}

function MerchantRow({ line, township }: { line: MerchantLine; township: boolean }) {
  const waits =
    line.state !== 'APPLIED' ? '' : line.waitingDays === 0 ? '今天交的' : `等了 ${line.waitingDays} 天`;
  const facts = [
    township ? line.townshipName : '',
    line.kind,
    line.isCharity ? '公益组织' : '',
    line.villages > 0 ? `${line.villages} 个村有协议` : '',
    waits,
  ];
  return (
    <Line
      href={`/office/alliance/${line.id}`}
      title={line.name}
      meta={facts.filter(Boolean).join(' · ')}
      state={<StatusText state={MERCHANT_MARKS[line.state]}>{MERCHANT_STATE_NAMES[line.state]}</StatusText>}
    />
  );
}
