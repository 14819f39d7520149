import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import type { PlaceRowLine } from '@/lib/lists/place/types';
import { sayPoints } from '@/lib/lists/rules';
import { KIND_NAMES } from '@/lib/lists/types';
import { sayStanding } from '@/lib/objections/rules';
import type { StandingObjection } from '@/lib/objections/types';
import { type Day, type Quarter, sayQuarter } from '@/lib/platform/clock';

/** Places on lists that are up, each with the way to object for a household, or what it has said already. */
export function PlaceRowLines({
  rows,
  own,
  today,
  desk,
}: {
  rows: PlaceRowLine[];
  /** what the household has said against rows, by the row */
  own: ReadonlyMap<string, StandingObjection>;
  today: Day;
  /** the address that the office's form is opened under, for the household */
  desk: string;
}) {
  return (
    <Lines label="榜上的地段">
      {rows.map((row) => {
        const said = own.get(row.id);
        const href = said
          ? `/desk/objections/${said.id}`
          : row.isSuspended
            ? undefined
            : `${desk}&kind=LIST_ROW&subject=${row.id}`;
        return (
          <Line
            key={row.id}
            title={row.name}
            figure={sayPoints('PLACE', row.points)}
            meta={`${sayQuarter(row.period as Quarter)}${KIND_NAMES[row.kind]}`}
            {...(href ? { href } : {})}
            {...(said || !row.isSuspended
              ? {}
              : { state: <StatusText state="wait">有异议，还没答复</StatusText> })}
            note={said ? sayStanding(said, today, '这户') : null}
          />
        );
      })}
    </Lines>
  );
}
