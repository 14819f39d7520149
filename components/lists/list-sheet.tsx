import { LinkButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import type { ListFacts } from '@/lib/lists/documents/types';
import { isRanked, NO_ROWS, sayCalled, sayName, sayPoints } from '@/lib/lists/documents/wording';
import { KIND_NAMES, type ShownRow } from '@/lib/lists/types';

/**
 * A list as it hangs in the village: a red frame for praise, a black one for what is to be mended. `own` marks the
 * reader's household and gives it the way to object.
 */
export function ListSheet({
  facts,
  rows,
  own,
  objectHref,
}: {
  facts: ListFacts;
  rows: ShownRow[];
  /** the household of who reads */
  own: string | null;
  /** where an objection to a row is written; null when the reader can't */
  objectHref: ((rowId: string) => string) | null;
}) {
  const { kind, subject } = facts;
  const Rows = isRanked(facts) ? PraisedRow : MendRow;
  return (
    <article
      className={classNames('roll', kind === 'RED' ? 'roll-red' : 'roll-black')}
      aria-labelledby="roll-name"
    >
      <header className="roll-head">
        <h1 id="roll-name">
          <span className="said">{`${facts.villageName}${facts.periodName}`}</span>
          {KIND_NAMES[kind]}
        </h1>
        <p>
          <span>{facts.villageName}</span>
          <span>{facts.periodName}</span>
          <span>{sayCalled(facts)}</span>
        </p>
      </header>
      {rows.length === 0 ? (
        <p className="roll-none">{NO_ROWS}</p>
      ) : (
        <ol className="roll-rows" aria-label={`${KIND_NAMES[kind]}名单`}>
          {rows.map((row) => (
            <Rows
              key={row.id}
              row={row}
              facts={facts}
              mine={own !== null && row.householdId === own}
              href={
                own !== null && (subject === 'PLACE' || row.householdId === own)
                  ? (objectHref?.(row.id) ?? null)
                  : null
              }
            />
          ))}
        </ol>
      )}
      <footer className="roll-foot">
        {facts.publicity ? (
          <p>
            公示 {facts.publicity.from}至{facts.publicity.until}
          </p>
        ) : null}
        <p>{facts.rule}</p>
        <p>{facts.rulebookNote}</p>
        <p>台账截至 {facts.asOf}</p>
        {facts.isDemo ? <p>演示数据，姓名均为虚构</p> : null}
      </footer>
    </article>
  );
}

interface RowProps {
  row: ShownRow;
  facts: ListFacts;
  mine: boolean;
  href: string | null;
}

function PraisedRow({ row: { id, listed }, facts, mine, href }: RowProps) {
  return (
    <li className={classNames('roll-row', mine && 'roll-mine')} id={`row-${id}`}>
      <b className="roll-place">
        <span className="said">第</span>
        {listed.rank}
        <span className="said">名</span>
      </b>
      <span className="roll-who">
        {sayName(facts, listed)}
        {mine ? <em>我家</em> : null}
      </span>
      <span className="roll-where">{listed.where}</span>
      <b className="roll-points">{sayPoints(facts, listed)}</b>
      {href ? <ObjectLink href={href} /> : null}
    </li>
  );
}

/** A black row says what for and what would mend it; it has no place, since there is nothing to win. */
function MendRow({ row: { id, listed }, facts, mine, href }: RowProps) {
  return (
    <li className={classNames('roll-row roll-mend', mine && 'roll-mine')} id={`row-${id}`}>
      <span className="roll-who">
        {sayName(facts, listed)}
        {mine ? <em>我家</em> : null}
      </span>
      <b className="roll-points">{sayPoints(facts, listed)}</b>
      <span className="roll-where">{listed.where}</span>
      <dl className="roll-why">
        <dt>什么事</dt>
        <dd>{listed.reasons.join('；')}</dd>
        <dt>怎样撤下</dt>
        <dd>{listed.repair}</dd>
      </dl>
      {href ? <ObjectLink href={href} /> : null}
    </li>
  );
}

function ObjectLink({ href }: { href: string }) {
  return (
    <span className="roll-object no-print">
      <LinkButton href={href}>对这一行提异议</LinkButton>
    </span>
  );
}
