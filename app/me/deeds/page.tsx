import type { Metadata } from 'next';
import { HouseholdLine } from '@/components/deeds/household-line';
import { OutboxNotice } from '@/components/deeds/outbox-notice';
import { LinkButton } from '@/components/ui/button';
import { Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { Tabs } from '@/components/ui/tabs';
import { requireSeat } from '@/lib/auth/actor';
import { DEEDS_PER_PAGE, listHouseholdDeeds } from '@/lib/deeds/own/reads';
import type { DeedState } from '@/lib/deeds/own/types';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

export const metadata: Metadata = { title: '我家的好事' };

/** Which deeds are looked at: the address says it in a word. */
const FILTERS: { key: string; label: string; state?: DeedState; empty: string }[] = [
  { key: '', label: '全部', empty: '还没有记过好事' },
  { key: 'waiting', label: '等核实', state: 'SUBMITTED', empty: '没有等核实的' },
  { key: 'approved', label: '通过', state: 'APPROVED', empty: '还没有通过的' },
  { key: 'returned', label: '退回', state: 'RETURNED', empty: '没有退回的' },
  { key: 'withdrawn', label: '撤回', state: 'WITHDRAWN', empty: '没有撤回的' },
];

type Query = Promise<Record<string, string | string[] | undefined>>;

/** All deeds of one's own household, thirty a page. Two queries. */
export default async function Deeds({ searchParams }: { searchParams: Query }) {
  const actor = await requireSeat('resident');
  const query = await searchParams;
  const filter = FILTERS.find((one) => one.key !== '' && one.key === query.state) ?? FILTERS[0];
  const page = await listHouseholdDeeds(db(), actor.resident, {
    state: filter?.state,
    page: Number(query.page ?? 1),
  });
  const today = dayOf(now());
  const address = (key: string, number = 1) => {
    const parts = new URLSearchParams();
    if (key) parts.set('state', key);
    if (number > 1) parts.set('page', String(number));
    return `/me/deeds${parts.size > 0 ? `?${parts}` : ''}`;
  };
  const key = filter?.key ?? '';
  const { counts } = page;
  const countOf = (state: DeedState | undefined) =>
    state === undefined
      ? counts.ALL
      : state === 'SUBMITTED'
        ? counts.SUBMITTED + counts.AWAITING_SECOND
        : counts[state];
  const first = (page.page - 1) * DEEDS_PER_PAGE + 1;

  return (
    <>
      <PageHead title="我家的好事" back={{ href: '/me', label: '我家' }} />
      <OutboxNotice owner={actor.resident.residentId} />
      <Tabs
        label="看哪一些"
        items={FILTERS.filter(
          (one) => one.key !== 'withdrawn' || counts.WITHDRAWN > 0 || key === 'withdrawn',
        ).map((one) => ({
          href: address(one.key),
          label: one.label,
          current: one.key === key,
          count: countOf(one.state),
        }))}
      />
      {page.deeds.length === 0 ? (
        <EmptyState
          title={filter?.empty ?? ''}
          action={
            counts.ALL === 0 ? (
              <LinkButton kind="primary" href="/me/log">
                记一件好事
              </LinkButton>
            ) : null
          }
        >
          {counts.ALL === 0 ? '做了就记下来，核分员看过就记分。' : null}
        </EmptyState>
      ) : (
        <Lines label={`${filter?.label ?? ''}，第 ${first} 件起`}>
          {page.deeds.map((deed) => (
            <HouseholdLine
              key={deed.id}
              line={{ ...deed, deedId: deed.id }}
              viewer={actor.name}
              today={today}
            />
          ))}
        </Lines>
      )}
      <Pager
        newer={page.page > 1 ? address(key, page.page - 1) : null}
        older={page.page < page.pages ? address(key, page.page + 1) : null}
        note={`第 ${first}—${first + page.deeds.length - 1} 件`}
      />
    </>
  );
}
