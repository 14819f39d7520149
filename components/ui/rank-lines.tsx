import type { ReactNode } from 'react';
import { Bar } from './bar';
import { classNames } from './class-names';

/** A ranking between hairlines; ties carry the same place. */
export function RankLines({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className="lines" aria-label={label}>
      {children}
    </ol>
  );
}

/** One place of a ranking: place, name, number and a bar relative to `max`. `mine` marks the reader's own. */
export function RankLine({
  place,
  name,
  note,
  figure,
  max,
  mine,
  href,
  id,
}: {
  place: number;
  name: ReactNode;
  note?: ReactNode;
  figure: number;
  max: number;
  mine?: string;
  href?: string;
  /** for a link that jumps here */
  id?: string;
}) {
  const body = (
    <>
      <span className={classNames('rank-place', place <= 3 && 'rank-top')}>
        <span className="said">第</span>
        {place}
        <span className="said">名</span>
      </span>
      <span className="rank-name">
        {name}
        {mine ? <b>（{mine}）</b> : null}
        {note ? <small>{note}</small> : null}
      </span>
      <b className="rank-figure">
        {figure}
        <span className="said"> 分</span>
      </b>
      <Bar value={figure} max={max} />
    </>
  );
  const look = classNames('rank', mine && 'rank-mine');
  return (
    <li id={id}>
      {href ? (
        <a className={look} href={href}>
          {body}
        </a>
      ) : (
        <div className={look}>{body}</div>
      )}
    </li>
  );
}
