import { Bar } from '@/components/ui/bar';
import { Section } from '@/components/ui/page-head';
import type { CapUse, HomeFigures } from '@/lib/deeds/home/types';

const PERIODS = { MONTH: '本月', QUARTER: '本季', YEAR: '今年' } as const;

/** What the caps still leave: of the household's month, and of each item that has counted this month. */
export function CapsLeft({ month, uses }: { month: HomeFigures['month']; uses: CapUse[] }) {
  if (month.cap === null && uses.length === 0) return null;
  return (
    <Section title="本月还能记多少" id="caps">
      <ul className="caps">
        {month.cap === null ? null : (
          <li className="cap">
            <span>可兑积分（全家）</span>
            <b>{left(month.awarded, month.cap)}</b>
            <Bar value={Math.min(month.awarded, month.cap)} max={month.cap} tone="pine" />
            <small>
              本月已得 {month.awarded} 分，最多 {month.cap} 分
              {month.awarded >= month.cap ? '；荣誉分照记' : ''}
            </small>
          </li>
        )}
        {uses.map((use) => (
          <li className="cap" key={`${use.itemCode} ${use.residentName ?? ''}`}>
            <span>
              {use.itemName}
              {use.residentName ? <small> {use.residentName}</small> : null}
            </span>
            <b>{left(use.used, use.cap)}</b>
            <Bar value={Math.min(use.used, use.cap)} max={use.cap} tone="pine" />
            <small>
              {PERIODS[use.per]}已记 {use.used} 分，最多 {use.cap} 分
            </small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function left(used: number, cap: number): string {
  return used >= cap ? '已记满' : `还能记 ${cap - used} 分`;
}
