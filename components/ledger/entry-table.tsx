import { signed } from '@/components/ui/lines';
import { sayEntry } from '@/lib/ledger/rules';
import type { EntryView } from '@/lib/ledger/types';
import { type Day, dayToDate, quarterOf, sayQuarter } from '@/lib/platform/clock';

/** 11月24日; with the year where it is another than `year`. */
function sayShortDay(day: string, year: string): string {
  const words = `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return day.slice(0, 4) === year ? words : `${day.slice(0, 4)}年${words}`;
}

/** 11月24日 星期二 */
function sayLedgerDay(day: string, year: string): string {
  return `${sayShortDay(day, year)} 星期${'日一二三四五六'[dayToDate(day as Day).getUTCDay()]}`;
}

function byDay(entries: EntryView[]): [day: string, entries: EntryView[]][] {
  const days = new Map<string, EntryView[]>();
  for (const entry of entries) days.set(entry.day, [...(days.get(entry.day) ?? []), entry]);
  return [...days];
}

/**
 * The ledger by day: on paper and wide screens a table, on a phone two lines an entry. One element for both, whose
 * roles are written out because a table laid out otherwise loses them.
 */
export function EntryTable({
  caption,
  entries,
  year,
  hrefOf,
}: {
  caption: string;
  entries: EntryView[];
  /** the current one, which dates leave out */
  year: string;
  /** where an entry is shown, for the two halves of a reversal */
  hrefOf: (id: string) => string;
}) {
  return (
    <table className="entries" aria-label={caption}>
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">做事</th>
          <th scope="col">户</th>
          <th scope="col">姓名</th>
          <th scope="col" className="num">
            可兑积分
          </th>
          <th scope="col" className="num">
            荣誉分
          </th>
          <th scope="col">细则</th>
          <th scope="col">核实</th>
        </tr>
      </thead>
      {byDay(entries).map(([day, lines]) => (
        <tbody key={day}>
          <tr className="entries-day">
            <th scope="rowgroup" colSpan={8}>
              <time dateTime={day}>{sayLedgerDay(day, year)}</time>
            </th>
          </tr>
          {lines.map((entry) => (
            <Entry key={entry.id} entry={entry} year={year} hrefOf={hrefOf} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Entry({ entry, year, hrefOf }: { entry: EntryView; year: string; hrefOf: (id: string) => string }) {
  const deedDay = sayShortDay(entry.deedOn, year);
  return (
    <tr id={`e-${entry.id}`} className={entry.kind === 'REVERSAL' ? 'entry entry-reversal' : 'entry'}>
      <td className="entry-item">
        {entry.kind === 'REVERSAL' ? <b className="entry-mark">冲销</b> : null}
        {sayEntry(entry)}
        {quarterOf(entry.creditedOn as Day) === quarterOf(entry.deedOn as Day) ? null : (
          <small>做的那一季已经公示，计入{sayQuarter(quarterOf(entry.creditedOn as Day))}</small>
        )}
        {entry.reverses ? (
          <small>
            {entry.reason ? `${entry.reason}，` : ''}
            <a href={hrefOf(entry.reverses)}>看被冲销的那一笔</a>
            {entry.shortfall > 0 ? `，其中 ${entry.shortfall} 分已用掉，未能收回` : ''}
          </small>
        ) : null}
        {entry.reversedBy ? (
          <small>
            已冲销，<a href={hrefOf(entry.reversedBy)}>看冲销</a>
          </small>
        ) : null}
      </td>
      <td className={entry.deedOn === entry.day ? 'entry-deed entry-same' : 'entry-deed'}>
        {deedDay}
        <span className="entry-word">做</span>
      </td>
      <td className="entry-code">{entry.householdCode}</td>
      <td className="entry-name">{entry.name}</td>
      <td className={entry.points > 0 ? 'num entry-points entry-plus' : 'num entry-points'}>
        {signed(entry.points)}
      </td>
      <td className={entry.honour === entry.points ? 'num entry-honour entry-same' : 'num entry-honour'}>
        <span className="entry-word">荣誉分 </span>
        {signed(entry.honour)}
      </td>
      <td className="entry-version">
        {entry.version ? (
          <>
            <span className="entry-word">细则</span>第 {entry.version} 版
          </>
        ) : null}
      </td>
      <td className="entry-verifier">
        <span className="entry-word">核实 </span>
        {entry.verifiers.join('、')}
      </td>
    </tr>
  );
}
