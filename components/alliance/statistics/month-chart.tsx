import { ColumnChart } from '@/components/ui/chart';
import { DataTable, type TableRow } from '@/components/ui/data-table';
import { netPoints, sayMonth, sharePercent } from '@/lib/alliance/statistics/rules';
import type { MonthFigures } from '@/lib/alliance/statistics/types';
import type { Day } from '@/lib/platform/clock';

/** Points by month, the current one pale because it is not over; every number stands in the table beside it. */
export function MonthChart({ months, today }: { months: MonthFigures[]; today: Day }) {
  return (
    <ColumnChart
      title="每个月收的积分"
      unit="分，减去退回的"
      points={months.map((month, index) => ({
        label: sayMonth(month.month, today).replace(/^\d+年/, ''),
        value: Math.max(0, netPoints(month)),
        said: netPoints(month).toLocaleString('zh-CN'),
        past: index === months.length - 1,
      }))}
    />
  );
}

const COLUMNS = [
  { key: 'month', label: '月份', short: true },
  { key: 'sales', label: '收了几笔', number: true },
  { key: 'points', label: '收的积分', number: true },
  { key: 'back', label: '退回', number: true },
  { key: 'net', label: '净收', number: true },
  { key: 'share', label: '积分占比', number: true },
] as const;

type Column = (typeof COLUMNS)[number]['key'];

const grouped = (value: number) => value.toLocaleString('zh-CN');

/** The same months as numbers, newest first. */
export function MonthTable({ months, today }: { months: MonthFigures[]; today: Day }) {
  const rows = [...months].reverse().map(
    (month): TableRow<Column> => ({
      id: month.month,
      cells: {
        month: sayMonth(month.month, today),
        sales: month.sales,
        points: grouped(month.points),
        back: month.backSales === 0 ? '0' : `${month.backSales} 笔 ${grouped(month.backPoints)} 分`,
        net: grouped(netPoints(month)),
        share: sayShare(month),
      },
    }),
  );
  return <DataTable<Column> caption="近 12 个月" columns={COLUMNS} rows={rows} />;
}

function sayShare({ share }: MonthFigures): string {
  const percent = sharePercent(share);
  return percent === null || !share ? '没有记' : `${percent}%（${share.days} 天）`;
}
