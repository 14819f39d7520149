import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** A list of `Line`s between hairlines. */
export function Lines({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul className="lines" aria-label={label}>
      {children}
    </ul>
  );
}

/** Points as they are written in a list: +2, −20 (a true minus), 0. */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0';
}

/**
 * A line of a list: what and number first, when and state below. With `href` the whole line is the link.
 * `points` writes a signed number, red when positive; `figure` writes anything else at its place.
 */
export function Line({
  title,
  points,
  figure,
  meta,
  state,
  note,
  href,
  current,
  id,
  children,
}: {
  title: ReactNode;
  points?: number;
  figure?: ReactNode;
  meta?: ReactNode;
  /** a `StatusText` or a short word */
  state?: ReactNode;
  /** a third line, full width */
  note?: ReactNode;
  href?: string;
  current?: boolean;
  /** the anchor that an address leads to */
  id?: string;
  /** acts of this line, outside the link */
  children?: ReactNode;
}) {
  const body = (
    <>
      <span className="line-title">{title}</span>
      {points === undefined ? (
        <b className="line-figure">{figure}</b>
      ) : (
        <b className={classNames('line-figure', points > 0 && 'line-figure-plus')}>{signed(points)}</b>
      )}
      {meta === undefined && state === undefined ? null : (
        <>
          <small className={classNames('line-meta', state === undefined && 'line-meta-whole')}>{meta}</small>
          {state === undefined ? null : <span className="line-state">{state}</span>}
        </>
      )}
      {note ? <span className="line-note">{note}</span> : null}
    </>
  );
  return (
    <li id={id}>
      {href ? (
        <a
          className={classNames('line', current && 'line-current')}
          href={href}
          aria-current={current ? 'true' : undefined}
        >
          {body}
        </a>
      ) : (
        <div className={classNames('line', current && 'line-current')}>{body}</div>
      )}
      {children}
    </li>
  );
}
