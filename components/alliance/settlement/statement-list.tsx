import { EmptyState } from '@/components/ui/message';
import { Pager } from '@/components/ui/pager';
import { Chips } from '@/components/ui/tabs';
import type { StatementLineView, StatementPhase } from '@/lib/alliance/settlement/types';
import type { Day } from '@/lib/platform/clock';
import type { StatementFilter } from './filters';
import { StatementLines } from './statement-lines';

/** A list of statements with its filters and pages. */
export function StatementList({
  base,
  filters,
  filter,
  counts,
  statements,
  from,
  aPage,
  by,
  today,
  hrefOf,
  empty,
}: {
  base: string;
  filters: readonly StatementFilter[];
  filter: StatementFilter;
  counts: Record<StatementPhase, number>;
  statements: StatementLineView[];
  from: number;
  aPage: number;
  by: 'MERCHANT' | 'VILLAGE';
  today: Day;
  hrefOf: (statement: StatementLineView) => string;
  /** what to say when there is none at all */
  empty: string;
}) {
  const countOf = ({ phases }: StatementFilter) => phases.reduce((sum, phase) => sum + counts[phase], 0);
  const address = (key: string, start = 0) => {
    const query = new URLSearchParams();
    if (key !== filters[0]?.key) query.set('state', key);
    if (start > 0) query.set('page', String(start / aPage + 1));
    return query.size > 0 ? `${base}?${query}` : base;
  };
  const total = countOf(filter);
  return (
    <>
      <Chips
        label="看哪一些"
        items={filters.map((one) => ({
          href: address(one.key),
          label: one.label,
          count: countOf(one),
          current: one.key === filter.key,
        }))}
      />
      {statements.length === 0 ? (
        <EmptyState title={`没有${filter.label}结算单`}>{empty}</EmptyState>
      ) : (
        <StatementLines
          label={`${filter.label}结算单`}
          statements={statements}
          by={by}
          today={today}
          hrefOf={hrefOf}
        />
      )}
      <Pager
        newer={from > 0 ? address(filter.key, from - aPage) : null}
        older={from + statements.length < total ? address(filter.key, from + aPage) : null}
        note={`第 ${from + 1}—${from + statements.length} 张，共 ${total} 张`}
      />
    </>
  );
}
