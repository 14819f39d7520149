import { describe, expect, test } from 'vitest';
import { PAGE_LINES, pageAddress, paged, pageOf, pagerOf, partOf } from './paging';

const found = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a page of lines', () => {
  test('is the one asked for; anything that is no page is the first', () => {
    expect(['3', '0', '-1', 'x', '1e3', undefined, ['2']].map(pageOf)).toEqual([3, 1, 1, 1, 1, 1, 1]);
  });

  test('reads one line more than it shows, to know whether others follow', () => {
    expect(partOf(3)).toEqual({ take: PAGE_LINES + 1, skip: 2 * PAGE_LINES });
    expect(paged(found(PAGE_LINES), 1)).toMatchObject({ hasOlder: false });
    const full = paged(found(PAGE_LINES + 1), 2);
    expect(full).toMatchObject({ hasOlder: true, page: 2 });
    expect(full.lines).toHaveLength(PAGE_LINES);
  });

  test('leads on, and keeps what else the address says', () => {
    const address = (page: number) => pageAddress('/desk/objections?which=over', page);
    expect(pagerOf(paged(found(31), 2), address, '件')).toEqual({
      newer: '/desk/objections?which=over',
      older: '/desk/objections?which=over&page=3',
      note: '第 31—60 件',
    });
    expect(pagerOf(paged([], 9), address, '件')).toMatchObject({ older: null, note: '第 9 页' });
    expect(pageAddress('/v/x/lists', 2, 'past')).toBe('/v/x/lists?page=2#past');
  });
});
