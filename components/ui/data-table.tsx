import type { ReactNode } from 'react';
import { classNames } from './class-names';

export interface Column<Key extends string> {
  key: Key;
  label: string;
  /** numbers stand at the right */
  number?: boolean;
  /** codes and dates, never broken into two lines */
  short?: boolean;
}

export interface TableRow<Key extends string> {
  id: string;
  cells: Partial<Record<Key, ReactNode>>;
}

/**
 * A table: real columns on wide screens and paper, on a phone each row becomes its named values one under another.
 * The first column names its row.
 */
export function DataTable<Key extends string>({
  caption,
  columns,
  rows,
  total,
}: {
  caption: string;
  columns: readonly Column<Key>[];
  rows: readonly TableRow<Key>[];
  /** a last row that sums up */
  total?: Partial<Record<Key, ReactNode>>;
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
          className={column.number ? 'num' : column.short ? 'short' : undefined}
        >
          {row[column.key]}
        </td>
      ),
    );
  return (
    <div className="table-frame">
      <table className="data-table stacks">
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
