import { ColumnChart } from '@/components/ui/chart';
import type { WeekCount } from '@/lib/ledger/types';

function sayWeek(monday: string): string {
  return `${Number(monday.slice(5, 7))}/${Number(monday.slice(8, 10))}`;
}

/** Points by week: columns drawn by the server, the current week last and pale, because it is not over. */
export function WeekChart({ weeks }: { weeks: WeekCount[] }) {
  return (
    <ColumnChart
      title="每周记给村民"
      unit={`可兑积分，近 ${weeks.length} 周，从周一算起`}
      points={weeks.map((week, index) => ({
        label: sayWeek(week.week),
        value: Math.max(0, week.points),
        said: String(week.points),
        past: index === weeks.length - 1,
      }))}
    />
  );
}
