import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { sayEntry } from '@/lib/ledger/rules';
import { sayStanding } from '@/lib/objections/rules';
import type { StandingObjection } from '@/lib/objections/types';
import type { HouseholdSum, PublicLine } from '@/lib/periods/types';
import { type Day, sayDay } from '@/lib/platform/clock';

/**
 * The lines of a quarter: who, what, when and how many; while it is public each with the way to object. At the desk this
 * is for the household in whose name the office writes.
 */
export function PublicLines({
  lines,
  today,
  mayObject,
  own,
  desk,
}: {
  lines: PublicLine[];
  today: Day;
  mayObject: boolean;
  /** what the reader's household has said against lines, by the line */
  own: ReadonlyMap<string, StandingObjection>;
  /** the address that the office's form is opened under, for a household */
  desk?: string;
}) {
  const objectHref = (id: string) => `${desk ? `${desk}&` : '/me/objections/new?'}kind=POSTING&subject=${id}`;
  return (
    <Lines label="逐笔">
      {lines.map((line) => {
        const said = own.get(line.id);
        const canObject =
          mayObject && !said && line.kind !== 'REVERSAL' && !line.reversedBy && line.objection !== 'OPEN';
        return (
          <Line
            key={line.id}
            title={sayEntry(line)}
            points={line.honour}
            meta={[
              `${line.householdCode} ${line.name}`.trim(),
              `${sayDay(line.deedOn as Day, today)}做`,
              line.points === line.honour ? '' : `可兑积分 ${line.points}`,
              line.kind === 'REVERSAL' ? line.reason : '',
            ]
              .filter(Boolean)
              .join(' · ')}
            {...stateOf(line, canObject ? objectHref(line.id) : null)}
            note={
              said ? (
                <a href={`${desk ? '/desk' : '/me'}/objections/${said.id}`}>
                  {sayStanding(said, today, desk ? '这户' : '您家')}
                </a>
              ) : null
            }
          />
        );
      })}
    </Lines>
  );
}

function stateOf(line: PublicLine, href: string | null) {
  if (line.objection === 'OPEN') return { state: <StatusText state="wait">有异议，还没答复</StatusText> };
  if (line.kind === 'REVERSAL') return { state: <StatusText state="back">冲销</StatusText> };
  if (line.reversedBy) return { state: <StatusText state="off">已冲销</StatusText> };
  if (href) {
    return {
      state: (
        <a className="object-link no-print" href={href} aria-label={`对这一笔提异议：${sayEntry(line)}`}>
          提异议
        </a>
      ),
    };
  }
  if (line.objection === 'REJECTED') return { state: <StatusText state="ok">异议已答复</StatusText> };
  return {};
}

/** What each household's lines add up to. */
export function HouseholdSums({ sums }: { sums: HouseholdSum[] }) {
  return (
    <Lines label="各户合计">
      {sums.map((sum) => (
        <Line
          key={sum.householdCode}
          title={
            <>
              <span className="household-code">{sum.householdCode}</span> {sum.name || '（没有户主）'}
            </>
          }
          points={sum.honour}
          meta={`${sum.entries} 笔${sum.points === sum.honour ? '' : ` · 可兑积分 ${sum.points}`}`}
        />
      ))}
    </Lines>
  );
}
