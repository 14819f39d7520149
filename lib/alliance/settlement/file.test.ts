import { Buffer } from 'node:buffer';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { answerTables, csvOf, fileFormat } from './file';
import { tableOfMonth, tableOfStatement } from './rules';
import type { PostingView, StatementView } from './types';

// What goes into a file comes out of it again: numbers as numbers, text as text whatever it begins with.

const at = new Date('2026-11-24T09:05+08:00');
const STATEMENT: StatementView = {
  villageId: '',
  villageCode: 'qingzhu',
  villageName: '青竹村',
  id: '',
  merchantId: '',
  merchantName: '=小卖部',
  month: '2026-11',
  number: 1,
  state: 'PAID',
  points: 20,
  fen: 2050,
  cutOff: new Date('2026-12-01T00:00+08:00'),
  madeAt: at,
  dueOn: '2026-12-10' as Day,
  paidFen: null,
  isMissed: false,
  hint: null,
  hintDays: 0,
  madeBy: '',
  agreedBy: '',
  agreedAt: null,
  confirmedBy: '',
  confirmedAt: null,
  lines: 2,
  disputed: 0,
  payments: [
    {
      id: '',
      fen: 2050,
      paidOn: '2026-12-03' as Day,
      channel: 'BANK',
      reference: '@SUM(A1)',
      slipPhotoId: null,
      paidBy: '',
      paidAt: at,
      replacedWhy: '',
      notes: [],
    },
  ],
  together: [],
};
const line = (points: number, fen: number, title: string, disputedWhy = ''): PostingView => ({
  id: '',
  postedAt: at,
  householdCode: '01-001',
  title,
  points,
  fen,
  backAt: null,
  disputedWhy,
  answer: '',
  first: null,
});
const LINES = [
  line(30, 3075, '=HYPERLINK("http://x.invalid","油")'),
  line(-10, -1025, '', '+1 不是的\u0001'),
];

test('a statement as CSV', () => {
  const text = csvOf(tableOfStatement(STATEMENT, LINES));
  expect(text.startsWith('\ufeff日期,时间,户,换了什么,积分,金额（元）,说明,商户的疑问,村里的答复\r\n')).toBe(
    true,
  );
  const lines = text.trimEnd().split('\r\n');
  expect(lines[1]).toBe(`2026-11-24,09:05,01-001,"'=HYPERLINK(""http://x.invalid"",""油"")",30,30.75,,,`);
  expect(lines[2]).toContain(',-10,-10.25,退回,');
  expect(lines[2]).toContain(`'+1 不是的`);
  expect(lines[3]).toBe('合计,,,2 笔,20,20.5,,,');
});

test('a month as CSV, its sums those of its rows', () => {
  const second = { ...STATEMENT, number: 2, points: -30, fen: -3000, payments: [] };
  const lines = csvOf(tableOfMonth('2026-11', [STATEMENT, second], false))
    .trimEnd()
    .split('\r\n');
  expect(lines[1]).toBe(
    `'=小卖部,2026年11月结算单,2026-12-01 00:00,2,20,20.5,2026-12-10,村里付了，等商户确认,2026-12-03,银行转账,'@SUM(A1)`,
  );
  expect(lines[2]).toContain('2026年11月第 2 张结算单');
  expect(lines[3]).toBe('合计,2 张,,4,-10,-9.5,,,,,');
});

test('a workbook opens again, with text as text and sums as numbers', async () => {
  const answer = await answerTables(
    [tableOfStatement(STATEMENT, LINES), tableOfMonth('2026-11', [STATEMENT], true)],
    'xlsx',
    'x',
  );
  expect(answer.headers.get('content-type')).toContain('spreadsheetml');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const [lines, month] = await readXlsx(bytes);
  expect(lines?.sheet).toBe('=小卖部2026年11月结算单');
  expect(lines?.data).toEqual([
    ['日期', '时间', '户', '换了什么', '积分', '金额（元）', '说明', '商户的疑问', '村里的答复'],
    ['2026-11-24', '09:05', '01-001', '=HYPERLINK("http://x.invalid","油")', 30, 30.75, null, null, null],
    ['2026-11-24', '09:05', '01-001', '按分数收', -10, -10.25, '退回', '+1 不是的', null],
    ['合计', null, null, '2 笔', 20, 20.5, null, null, null],
  ]);
  expect(month?.data.at(1)?.[0]).toBe('青竹村');
  expect(month?.data.at(1)?.at(-1)).toBe('@SUM(A1)');
  // nothing in it is a formula
  expect(bytes.includes('<f>')).toBe(false);
});

test.each([
  ['csv', 'csv'],
  ['xlsx', 'xlsx'],
  [null, 'xlsx'],
  ['../etc', 'xlsx'],
])('%s asks for %s', (asked, format) => expect(fileFormat(asked)).toBe(format));
