import { RankLine } from '@/components/ui/rank-lines';
import type { RankView } from '@/lib/ledger/standing/types';

/** The anchor of the reader's own line. */
export const OWN_LINE = 'mine';

/** A household in a ranking: 陈×芳 家 03-017. */
export function HouseholdRank({ line, most, mine }: { line: RankView; most: number; mine: boolean }) {
  return (
    <RankLine
      place={line.place}
      name={line.name ? `${line.name} 家` : line.householdCode}
      note={line.name ? line.householdCode : undefined}
      figure={line.honour}
      max={most}
      mine={mine ? '我家' : undefined}
      id={mine ? OWN_LINE : undefined}
    />
  );
}

/** A person in a ranking: 陈×芳 03-017. */
export function ResidentRank({ line, most, mine }: { line: RankView; most: number; mine: boolean }) {
  return (
    <RankLine
      place={line.place}
      name={line.name}
      note={line.householdCode}
      figure={line.honour}
      max={most}
      mine={mine ? '我' : undefined}
      id={mine ? OWN_LINE : undefined}
    />
  );
}
