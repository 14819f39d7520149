import 'server-only';
import writeXlsx, { type SheetData } from 'write-excel-file/node';

// Workbooks as spreadsheet programs open them. A cell that holds text is written as text, so that none is run as a
// formula, whatever it begins with.

export interface Sheet {
  name: string;
  columns: readonly { label: string; width: number; money?: boolean }[];
  rows: readonly (readonly (string | number | null)[])[];
  /** a last row in bold */
  total?: readonly (string | number | null)[];
}

/** Letters that the name of a sheet can't have. */
const NO_SHEET_NAME = /[\\/?*[\]:']/g;
/** What XML can't carry. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const clean = (text: string) => text.toWellFormed().replace(NO_XML, '');

/** The bytes of a workbook with these sheets; each has its labels in the first row, which stays in view. */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = await writeXlsx(
    sheets.map((sheet) => ({
      sheet: sheet.name.replace(NO_SHEET_NAME, ' ').slice(0, 31),
      stickyRowsCount: 1,
      columns: sheet.columns.map(({ width }) => ({ width })),
      data: dataOf(sheet),
    })),
  ).toBuffer();
  return new Uint8Array(buffer);
}

function dataOf({ columns, rows, total }: Sheet): SheetData {
  const cell = (value: string | number | null, index: number, isBold: boolean) => {
    if (value === null) return null;
    const bold = isBold ? { fontWeight: 'bold' as const } : {};
    if (typeof value === 'string') return { value: clean(value), type: String, ...bold };
    return { value, type: Number, ...(columns[index]?.money ? { format: '#,##0.00' } : {}), ...bold };
  };
  return [
    columns.map(({ label }) => ({ value: label, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map((value, index) => cell(value, index, false))),
    ...(total ? [total.map((value, index) => cell(value, index, true))] : []),
  ];
}
