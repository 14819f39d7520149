import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { sayReference, TERMS_STATE_NAMES, termsState } from '@/lib/alliance/terms/rules';
import type { TermsView } from '@/lib/alliance/terms/types';
import { type Day, dayOf, sayDay } from '@/lib/platform/clock';
import { TERMS_MARKS } from './words';

/** Terms of before, each leading to its paper. Nothing when there are none. */
export function TermsHistory({
  terms,
  today,
  paperOf,
  withVillage = false,
}: {
  terms: TermsView[];
  today: Day;
  paperOf: (terms: TermsView) => string;
  /** a shop has terms with several villages */
  withVillage?: boolean;
}) {
  if (terms.length === 0) return null;
  return (
    <Lines label="以前的协议">
      {terms.map((one) => {
        const state = termsState(one);
        const from = one.acceptedAt ?? one.signedAt;
        const days = one.endedAt
          ? `${sayDay(dayOf(from), today)}到${sayDay(dayOf(one.endedAt), today)}`
          : sayDay(dayOf(from), today);
        return (
          <Line
            key={`${one.villageId}${one.id}`}
            href={paperOf(one)}
            title={`${withVillage ? `${one.villageName}，` : ''}${sayReference(one.referenceFen, one.isCharity)}`}
            meta={days}
            state={<StatusText state={TERMS_MARKS[state]}>{TERMS_STATE_NAMES[state]}</StatusText>}
            note={one.endReason ? `${one.endedByName}：${one.endReason}` : undefined}
          />
        );
      })}
    </Lines>
  );
}
