import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** The number that brought the person here: the largest thing on the page. */
export function BigNumber({
  label,
  value,
  unit,
  note,
}: {
  label: string;
  value: number | string;
  unit?: string;
  note?: ReactNode;
}) {
  return (
    <p className={classNames('big-number', String(value).length > 4 && 'big-number-long')}>
      <span className="big-number-label">{label}</span>
      <b className="big-number-value">
        {value}
        {unit ? <small>{unit}</small> : null}
      </b>
      {note ? <span className="big-number-note">{note}</span> : null}
    </p>
  );
}

/** Two or three numbers side by side, each with its words below. */
export function Figures({ items }: { items: { value: ReactNode; label: ReactNode; href?: string }[] }) {
  return (
    <dl className="figures">
      {items.map((item, index) => (
        // The list is fixed by its page; a position is its name.
        <div key={String(index)}>
          <dt>{item.href ? <a href={item.href}>{item.label}</a> : item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Names and values of one thing, in two columns: 细则, 本月还可, 备注. Empty values are left out. */
export function Facts({ items }: { items: [term: string, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .flatMap(([term, value]) => [<dt key={`${term}-t`}>{term}</dt>, <dd key={`${term}-d`}>{value}</dd>])}
    </dl>
  );
}
