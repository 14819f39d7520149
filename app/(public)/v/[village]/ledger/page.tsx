import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EntryTable } from '@/components/ledger/entry-table';
import { LedgerFilter } from '@/components/ledger/ledger-filter';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/message';
import { Pager } from '@/components/ui/pager';
import { PrintButton } from '@/components/ui/print-button';
import { findLatestSeal, listEntries, listMonths, sumEntries } from '@/lib/ledger/reads';
import { parseMonth, sayMonth } from '@/lib/ledger/rules';
import { dayOf, now, sayDay, yearOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findVersionInForce, listItemNames } from '@/lib/rulebook/reads';
import { type Query, queryOf, villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
  searchParams: Query;
}

const ITEM_CODE = /^[A-Z][A-Z_]{1,19}-\d{2}$/;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}积分台账` };
}

/** The public ledger, newest first, thirty lines at a time. Seven queries, nine away from the first page. */
export default async function Ledger({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const month = parseMonth(await queryOf(searchParams, 'month'));
  const askedItem = await queryOf(searchParams, 'item');
  const item = askedItem && ITEM_CODE.test(askedItem) ? askedItem : null;
  const from = (await queryOf(searchParams, 'from')) ?? null;
  const filter = { ...(month ? { month } : {}), ...(item ? { itemCode: item } : {}) };
  const today = dayOf(now());

  const version = await findVersionInForce(db(), village.id, today);
  const [page, months, items, seal, sum] = await Promise.all([
    listEntries(db(), village.id, filter, from),
    listMonths(db(), village.id),
    version ? listItemNames(db(), village.id, version.id) : [],
    findLatestSeal(db(), village.id),
    month ? sumEntries(db(), village.id, filter) : null,
  ]);
  if (!page) notFound();

  const base = `/v/${village.code}/ledger`;
  const address = (start: string | null, filtered = true) => {
    const query = new URLSearchParams();
    if (filtered && month) query.set('month', month);
    if (filtered && item) query.set('item', item);
    if (start) query.set('from', start);
    const text = query.toString();
    return text ? `${base}?${text}` : base;
  };
  const itemName = items.find((one) => one.code === item)?.name;
  const what = [month ? sayMonth(month) : '全部月份', itemName].filter(Boolean).join(' · ');
  const shown = new Set(page.entries.map((entry) => entry.id));

  return (
    <>
      <header className="sheet-head">
        <div className="sheet-title">
          <h1>
            <span className="print-only">{village.name}</span>积分台账
          </h1>
        </div>
        <p>
          {what}
          {sum ? `：共 ${sum.entries} 笔，净记可兑积分 ${sum.points} 分` : ''}
        </p>
      </header>
      <LedgerFilter action={base} months={months} items={items} month={month} item={item} />
      {page.entries.length === 0 ? (
        <EmptyState title={month || item ? '没有这样的记录' : '还没有记录'}>
          {month || item ? '换个月份或项目再看看。' : '核实过的好事会一笔一笔写在这里，只增不改。'}
        </EmptyState>
      ) : (
        <EntryTable
          caption={`积分台账，${what}`}
          entries={page.entries}
          year={yearOf(today)}
          hrefOf={(id) => (shown.has(id) ? `#e-${id}` : `${address(id, false)}#e-${id}`)}
        />
      )}
      <Pager
        newer={page.newer === null ? null : address(page.newer === 'first' ? null : page.newer)}
        older={page.older ? address(page.older) : null}
      />
      <div className="acts no-print">
        <LinkButton href={`${base}/csv${month ? `?month=${month}` : ''}`} download>
          下载{month ? '本月' : '全部'}表格
        </LinkButton>
        <PrintButton label="打印这一页" />
      </div>
      <footer className="sheet-foot">
        {seal ? (
          <p>
            台账封存：第 {seal.number} 号，{sayDay(seal.sealedOn as never, today)}，校验码{' '}
            <b className="nowrap">{seal.shortHash}</b>
          </p>
        ) : (
          <p>台账封存：还没有封存，封存由系统定时完成。</p>
        )}
        <p>台账只增不改，记错的用“冲销”一笔更正。姓名默认隐去。</p>
        <div className="sign-lines">
          <span>村书记</span>
          <span>村务监督员</span>
          <span>日期</span>
        </div>
      </footer>
    </>
  );
}
