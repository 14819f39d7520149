import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from './csv';

describe('csvCell', () => {
  it.each([
    '=1+1',
    '+cmd',
    '-2+3',
    '@SUM(A1)',
    '＝1',
    ' =1',
    '\t=1',
    '\r=1',
    '\ufeff=1',
    '=HYPERLINK("http://x","y")',
    '-',
    '%0A=1',
    '|calc',
  ])('shows %j as text', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it.each([
    ['陈×芳', '陈×芳'],
    [-2, '-2'],
    ['-2', '-2'],
    ['2.5', '2.5'],
    ['a,b', '"a,b"'],
    ['说"好"', '"说""好"""'],
    ['一\n二', '"一\n二"'],
    [null, ''],
    ['\u0000x', 'x'],
  ] as const)('writes %j as %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('ends lines as spreadsheets want', () => {
    expect(csvLine(['日期', 2, '=x'])).toBe("日期,2,'=x\r\n");
  });
});
