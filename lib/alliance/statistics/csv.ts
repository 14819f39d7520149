import { csvLine } from '@/lib/platform/csv';
import { netPoints, sharePercent } from './rules';
import type { MonthFigures } from './types';

/** A merchant's months as lines of a CSV file, its head first. */
export function monthsCsv(months: readonly MonthFigures[]): string {
  const head = [
    '月份',
    '收积分笔数',
    '收的积分',
    '退回笔数',
    '退回的积分',
    '净收积分',
    '记了别的买卖的天数',
    '这些天的积分买卖',
    '这些天别的买卖',
    '积分消费占比（%）',
  ];
  return [
    csvLine(head),
    ...months.map((month) =>
      csvLine([
        month.month,
        month.sales,
        month.points,
        month.backSales,
        month.backPoints,
        netPoints(month),
        month.share?.days ?? 0,
        month.share?.pointSales ?? null,
        month.share?.otherSales ?? null,
        sharePercent(month.share),
      ]),
    ),
  ].join('');
}
