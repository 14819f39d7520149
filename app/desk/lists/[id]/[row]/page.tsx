import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { sayList } from '@/components/lists/list-line';
import { RowEntries } from '@/components/lists/row-entries';
import { Facts } from '@/components/ui/figures';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { requireSeat } from '@/lib/auth/actor';
import { findRowLines } from '@/lib/lists/desk/lines';
import { sayMoment, sayPoints } from '@/lib/lists/rules';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageAddress, pageOf, pagerOf } from '@/lib/platform/paging';
import { findVillages } from '@/lib/regions/reads';

export const metadata: Metadata = { title: '榜上一行的来历' };

interface Props {
  params: Promise<{ id: string; row: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where a row's points come from, line by line of the ledger: for whoever checks the list, or is asked about it. */
export default async function RowOfList({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const [{ id: listId, row: rowId }, { page }] = await Promise.all([params, searchParams]);
  const at = now();
  const [found, villages] = await Promise.all([
    findRowLines(db(), villageId, { listId, rowId }, pageOf(page), at),
    findVillages(db(), [villageId]),
  ]);
  if (!found) notFound();
  const { line, row, entries, count, sum } = found;
  const ledger = `/v/${villages.get(villageId)?.code ?? ''}/ledger`;
  const here = `/desk/lists/${listId}/${rowId}`;
  const isBlack = line.kind === 'BLACK';
  return (
    <>
      <PageHead
        title={`${row.where} ${row.name}`}
        lead={sayList(line)}
        back={{ href: `/desk/lists/${listId}`, label: '这张榜' }}
      />
      <Facts
        items={[
          ['榜上', `${isBlack ? '扣 ' : ''}${sayPoints(line.subject, row.points)}`],
          ['台账', `${count} 笔，加起来${isBlack ? '扣' : ''} ${sayPoints(line.subject, sum)}`],
          ['截至', sayMoment(line.asOf)],
        ]}
      />
      {sum === row.points ? null : (
        <Message tone="look" title="榜上的分和台账对不上了">
          起草以后台账有了变动。还没有公示的，作废以后重新起草；公示了的，会按台账更正。
        </Message>
      )}
      <Section title={isBlack ? '因为这些上的榜' : '这些分怎么来的'} id="lines">
        {entries.lines.length === 0 ? (
          <EmptyState title="这一页没有了">回到前面看。</EmptyState>
        ) : (
          <>
            <p className="act-note">榜上看的是荣誉分，不是可兑积分。点一笔，看它在台账里。</p>
            <RowEntries
              label={isBlack ? '扣过的分' : '这一季记的分'}
              entries={entries.lines}
              today={dayOf(at)}
              ledger={ledger}
            />
          </>
        )}
        <Pager {...pagerOf(entries, (to) => pageAddress(here, to, 'lines'), '笔')} />
      </Section>
      <p className="more">
        <a href={`/desk/people/${row.householdId}`}>看这一户的资料</a>
      </p>
    </>
  );
}
