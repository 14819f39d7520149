import type { ReactNode } from 'react';
import { classNames } from './class-names';

export interface Column<Key extends string> {
  key: Key;
  label: string;
  /** numbers stand at the right */
  number?: boolean;
  /** codes and dates, never broken into two lines */
  short?: boolean;
  /** with `lines`, where it stands on a phone: before the name, at the end of its line, or a line for itself */
  at?: 'rank' | 'figure' | 'whole';
}

export interface TableRow<Key extends string> {
  id: string;
  cells: Partial<Record<Key, ReactNode>>;
}

/**
 * A table: real columns on wide screens and paper, on a phone each row becomes its named values one under another, or
 * with `lines` two lines of values that need no names. The first column names its row.
 */
export function DataTable<Key extends string>({
  caption,
  columns,
  rows,
  total,
  lines = false,
}: {
  caption: string;
  columns: readonly Column<Key>[];
  rows: readonly TableRow<Key>[];
  /** a last row that sums up */
  total?: Partial<Record<Key, ReactNode>>;
  lines?: boolean;
}) {
  const cells = (row: Partial<Record<Key, ReactNode>>) =>
    columns.map((column, index) =>
      index === 0 ? (
        <th scope="row" key={column.key} className={column.short ? 'short' : undefined}>
          {row[column.key]}
        </th>
      ) : (
        <td
          key={column.key}
          data-label={column.label}
          className={classNames(
            column.number ? 'num' : column.short ? 'short' : '',
            lines && column.at ? `at-${column.at}` : '',
          )}
        >
          {row[column.key]}
        </td>
      ),
    );
  return (
    <div className="table-frame">
      <table
        className={classNames(
          'data-table stacks',
          lines && 'as-lines',
          lines && columns.some((column) => column.at === 'rank') && 'has-rank',
        )}
      >
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column.key} className={classNames(column.number && 'num')}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>{cells(row.cells)}</tr>
          ))}
        </tbody>
        {total ? (
          <tfoot>
            <tr>{cells(total)}</tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}
