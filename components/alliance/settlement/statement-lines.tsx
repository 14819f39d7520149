import { Line, Lines } from '@/components/ui/lines';
import { type State, StatusText } from '@/components/ui/status-text';
import {
  sayHint,
  sayState,
  sayStatement,
  sayStateToShop,
  sayYuan,
  turnOf,
} from '@/lib/alliance/settlement/rules';
import type { StatementLineView } from '@/lib/alliance/settlement/types';
import { type Day, dayOf, sayDay } from '@/lib/platform/clock';

/** The state of a statement as a mark and words. */
export function StatementStatus({
  statement,
  toShop = false,
}: {
  statement: Pick<StatementLineView, 'state' | 'fen' | 'paidFen' | 'isMissed'>;
  toShop?: boolean;
}) {
  const { state, isMissed } = statement;
  const mark: State =
    state === 'CONFIRMED'
      ? 'ok'
      : isMissed || state === 'DISPUTED'
        ? 'back'
        : turnOf(statement)
          ? 'wait'
          : 'off';
  return <StatusText state={mark}>{toShop ? sayStateToShop(statement) : sayState(statement)}</StatusText>;
}

/** Statements as a list; `by` is what names them: the shop for an office, the village for a shop. */
export function StatementLines({
  label,
  statements,
  by,
  today,
  hrefOf,
}: {
  label: string;
  statements: StatementLineView[];
  by: 'MERCHANT' | 'VILLAGE';
  today: Day;
  hrefOf: (statement: StatementLineView) => string;
}) {
  return (
    <Lines label={label}>
      {statements.map((one) => (
        <Line
          key={`${one.villageId}${one.id}`}
          href={hrefOf(one)}
          title={`${by === 'MERCHANT' ? one.merchantName : one.villageName} ${sayStatement(one)}`}
          figure={`${sayYuan(one.fen)} 元`}
          meta={`${one.points.toLocaleString('zh-CN')} 分，算到${sayDay(dayOf(one.cutOff), today)}${
            one.state === 'AGREED' && one.fen > 0 ? `，最迟${sayDay(one.dueOn, today)}付` : ''
          }`}
          state={<StatementStatus statement={one} toShop={by === 'VILLAGE'} />}
          note={
            one.hint && one.hintDays > 0 && (by === 'MERCHANT' || one.hint === 'OVERDUE') ? (
              <b>{sayHint(one.hint, one.hintDays)}</b>
            ) : undefined
          }
        />
      ))}
    </Lines>
  );
}
