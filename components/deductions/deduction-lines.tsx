import { Line, Lines } from '@/components/ui/lines';
import { sayDaysLeft } from '@/lib/deductions/rules';
import type { DeductionLine } from '@/lib/deductions/types';
import { type Day, sayDay } from '@/lib/platform/clock';
import { DeductionState } from './deduction-state';

/** Deductions as lines: of the office with whose they are, of a household without. */
export function DeductionLines({
  label,
  lines,
  today,
  hrefOf,
  showHousehold,
}: {
  label: string;
  lines: DeductionLine[];
  today: Day;
  hrefOf: (id: string) => string;
  showHousehold?: boolean;
}) {
  return (
    <Lines label={label}>
      {lines.map((line) => (
        <Line
          key={line.id}
          href={hrefOf(line.id)}
          title={line.itemName}
          figure={<Amount line={line} />}
          meta={[
            showHousehold ? `${line.householdCode} ${line.headName}` : null,
            `${sayDay(line.seenOn as Day, today)}看到`,
          ]
            .filter(Boolean)
            .join(' · ')}
          state={<DeductionState state={line.state} />}
          note={sayWhen(line, today)}
        />
      ))}
    </Lines>
  );
}

/** Points are in ink once they are taken; before that, or given back, they are only spoken of. */
function Amount({ line }: { line: DeductionLine }) {
  if (line.state === 'POSTED') return <>−{line.points}</>;
  if (line.state === 'RESTORED' || line.state === 'OVERTURNED')
    return <s className="line-figure-hoped">−{line.points}</s>;
  if (line.state === 'DROPPED') return <span className="line-figure-hoped">0</span>;
  return <span className="line-figure-hoped">拟 −{line.points}</span>;
}

function sayWhen(line: DeductionLine, today: Day): string | null {
  if (line.saidDueOn && (line.state === 'POSTED' || (line.state === 'CONTESTED' && !line.objectionId))) {
    const said = line.state === 'POSTED' ? '这户说改好了，等人去看' : '说了情况，等人来听';
    return `${said}，${sayDaysLeft(line.saidDueOn as Day, today)}`;
  }
  if (line.repairClaimedAt && (line.state === 'WARNED' || line.state === 'POSTED'))
    return '这户说改好了，等人去看';
  if (line.state === 'WARNED' && line.recheckOn) {
    return today >= line.recheckOn ? '可以去复查了' : `${sayDay(line.recheckOn as Day, today)}起复查`;
  }
  if (line.state === 'NOTICED' && line.answerUntil) {
    const left = sayDaysLeft(line.answerUntil as Day, today);
    return line.task === 'POST' ? '申辩期过完了' : `申辩期${left}`;
  }
  if (line.state === 'CONTESTED') return line.objectionId ? '有异议，等人来定' : '说了情况，等人来听';
  return null;
}
