// Comma-separated files as spreadsheet programs open them: UTF-8 with a byte order mark, CRLF, quoted when needed.

/** First thing of the file, so that spreadsheet programs read Chinese. */
export const BYTE_ORDER_MARK = '\ufeff';

const PLAIN_NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/;
/** What makes a cell a formula, full-width forms too (some programs fold them), behind any white space. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]/u;

/**
 * One cell. Text that a spreadsheet program would run as a formula is led by an apostrophe, which shows it as text;
 * plain numbers stay numbers.
 */
export function csvCell(value: string | number | null): string {
  const raw = value === null ? '' : String(value).replaceAll('\0', '');
  const safe = FORMULA.test(raw) && !PLAIN_NUMBER.test(raw) ? `'${raw}` : raw;
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** One line with its end. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
