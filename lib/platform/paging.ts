// Lines in pages: a query reads one line more than fits, so that the page knows whether others follow.

/** Lines on a page. */
export const PAGE_LINES = 30;

export interface Paged<Line> {
  lines: Line[];
  /** counting from 1 */
  page: number;
  hasOlder: boolean;
}

/** The page that an address asks for, from 1. */
export function pageOf(asked: string | string[] | undefined): number {
  return typeof asked === 'string' && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
}

/** What a query of a page reads: one line more than fits. */
export function partOf(page: number): { take: number; skip: number } {
  return { take: PAGE_LINES + 1, skip: (page - 1) * PAGE_LINES };
}

/** The lines that fit, and whether the query found more. */
export function paged<Line>(found: readonly Line[], page: number): Paged<Line> {
  return { lines: found.slice(0, PAGE_LINES), page, hasOlder: found.length > PAGE_LINES };
}

/** The same page with other lines: those of the rows that were read. */
export function withLines<Row, Line>(rows: Paged<Row>, lines: Line[]): Paged<Line> {
  return { ...rows, lines };
}

/** What a `Pager` shows of a page: the addresses before and after it, and where one is. `address` is told the page. */
export function pagerOf(
  { lines, page, hasOlder }: Paged<unknown>,
  address: (page: number) => string,
  unit: string,
): { newer: string | null; older: string | null; note: string } {
  const first = (page - 1) * PAGE_LINES + 1;
  return {
    newer: page > 1 ? address(page - 1) : null,
    older: hasOlder ? address(page + 1) : null,
    note: lines.length > 0 ? `第 ${first}—${first + lines.length - 1} ${unit}` : `第 ${page} 页`,
  };
}

/** An address with a page: nothing is added for the first one. `hash` leads to a part of the page. */
export function pageAddress(path: string, page: number, hash = ''): string {
  const query = page > 1 ? `${path.includes('?') ? '&' : '?'}page=${page}` : '';
  return `${path}${query}${hash ? `#${hash}` : ''}`;
}
