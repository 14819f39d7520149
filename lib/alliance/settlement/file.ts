import 'server-only';
import { BYTE_ORDER_MARK, csvLine } from '@/lib/platform/csv';
import { writeWorkbook } from '@/lib/platform/xlsx';
import type { SheetTable } from './types';

/** A table as a CSV file: its labels, its rows, its sums. */
export function csvOf({ columns, rows, total }: SheetTable): string {
  const lines = [columns.map(({ label }) => label), ...rows, total];
  return BYTE_ORDER_MARK + lines.map(csvLine).join('');
}

/** Tables as a download: a workbook with a sheet each, or (csv) the first of them. */
export async function answerTables(
  tables: readonly [SheetTable, ...SheetTable[]],
  format: 'csv' | 'xlsx',
  plainName: string,
): Promise<Response> {
  const [first] = tables;
  const body = format === 'csv' ? csvOf(first) : await writeWorkbook(tables);
  const type =
    format === 'csv'
      ? 'text/csv; charset=utf-8'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${plainName}.${format}"; filename*=UTF-8''${encodeURIComponent(`${first.name}.${format}`)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** The format that an address asks for; a workbook unless it says otherwise. */
export function fileFormat(asked: string | null): 'csv' | 'xlsx' {
  return asked === 'csv' ? 'csv' : 'xlsx';
}
