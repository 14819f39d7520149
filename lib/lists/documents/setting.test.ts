import { describe, expect, it } from 'vitest';
import { CALLED_NAMES } from '../types';
import { layOut } from './layout';
import { renderPage } from './page';
import { drawPicture } from './picture';
import { posterText, renderPoster } from './poster';
import { allText, rareCharacters, substituteMissing } from './substitute';
import { someCases, someFacts, someRows } from './testing/facts';
import type { ListFacts } from './types';
import { breakLines, NO_ROWS, sayHash, sayName, sayPoints, widthOf } from './wording';

const HASH = '7f3a91c2'.repeat(8);
const RED = someFacts();
const BLACK = someFacts({ kind: 'BLACK', rows: someCases(10), edition: 2, replaces: '7F3A 91C2' });

const posterOf = (facts: ListFacts, paper: 'A3' | 'A4') => renderPoster(facts, paper, {}, HASH);
const drawn = (facts: ListFacts) =>
  drawPicture(facts, HASH).items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));

const documents = [
  RED,
  BLACK,
  someFacts({ rows: [] }),
  someFacts({ rows: someRows(120), publicity: null }),
].flatMap((facts) => [
  renderPage(facts, { sans: 'AAAA' }),
  renderPoster(facts, 'A3', { sans: 'AAAA', rare: 'AAAA' }, HASH),
  renderPoster(facts, 'A4', {}, HASH),
]);

describe('every document', () => {
  it('runs nothing, and asks nothing of anywhere', () => {
    for (const html of documents) {
      expect(html).not.toMatch(
        /<(script|iframe|object|embed|link|base|form|img|image|use|style[^>]*\ssrc)\b/i,
      );
      expect(html).not.toMatch(/\son\w+\s*=|javascript:|@import|http-equiv|srcset|xlink|foreignObject/i);
      for (const [, to] of html.matchAll(/(?:href|src)\s*=\s*["']?([^"'\s>]+)/g)) {
        expect(to).toBe(RED.address);
      }
      for (const [, to] of html.matchAll(/url\(([^)]{0,40})/g))
        expect(to).toMatch(/^data:font\/(ttf|otf);base64,/);
      expect(html.split(RED.address).join('')).not.toMatch(/https?:\/\//);
    }
  });

  it('says what it is in words, so that no colour is needed', () => {
    const [page, poster] = [renderPage(BLACK, {}), renderPoster(BLACK, 'A3', {}, HASH)];
    for (const html of [page, poster]) {
      expect(html).toContain('<h1>黑榜</h1>');
      expect(html).toContain('怎么撤下');
      expect(html).toContain('第 2 版，代替 7F3A 91C2');
    }
    const frameOf = (html: string) =>
      /<svg class="frame".*?<\/svg>/.exec(html)?.[0].replace(/#[0-9a-f]{6}/g, '');
    expect(frameOf(poster)).not.toBe(frameOf(renderPoster(RED, 'A3', {}, HASH)));
  });

  it.each([
    ['RED', 'HOUSEHOLD', '红榜之家'],
    ['RED', 'RESIDENT', '先进个人'],
    ['RED', 'PLACE', '整洁地段'],
    ['BLACK', 'HOUSEHOLD', '需要整改的户'],
    ['BLACK', 'PLACE', '需要整治的地段'],
  ] as const)('of a %s list of a %s is called what its page calls it: %s', (kind, subject, called) => {
    expect(CALLED_NAMES[kind][subject]).toBe(called);
    const rows = kind === 'BLACK' && subject === 'HOUSEHOLD' ? someCases(2) : someRows(30);
    const facts = someFacts({ kind, subject, rows });
    const page = renderPage(facts, {});
    expect(page).toContain(`<p class="w">${called}<`);
    expect(page).toContain(`第三季度 ${called}</title>`);
    for (const paper of ['A3', 'A4'] as const) {
      const html = posterOf(facts, paper);
      expect(html).toContain(`第三季度 ${called}（${paper}）</title>`);
      // on the sheets that follow too
      expect(html.match(new RegExp(`2026年第三季度 · ${called}`, 'g'))).toHaveLength(
        html.match(/<h1>/g)?.length ?? 0,
      );
    }
    expect(drawn(facts)).toContain(called);
  });

  it('gives households to be mended no places, since none of them comes first, and all others theirs', () => {
    const places = someFacts({
      kind: 'BLACK',
      subject: 'PLACE',
      rows: someRows(3).map((row) => ({ ...row, points: 5 })),
    });
    expect(renderPage(places, {})).toContain('<td>2<td>王×<td>二组 02-002<td>5.0');
    expect(posterOf(places, 'A3')).toContain('<i>2</i>');
    expect(drawn(places)).toEqual(expect.arrayContaining(['2', '5.0 分']));
    expect(renderPage(BLACK, {})).toContain('<tr><th>户主<th>');
    expect(posterOf(BLACK, 'A3')).not.toContain('<i>');
    expect(drawn(BLACK)).not.toContain('2');
  });

  it('says the same of a list without rows', () => {
    const none = someFacts({ kind: 'BLACK', rows: [] });
    for (const said of [renderPage(none, {}), posterOf(none, 'A4'), drawn(none).join()]) {
      expect(said).toContain(NO_ROWS);
    }
  });

  it('takes what people wrote as text', () => {
    const nasty = `<script>alert("1")</script>&'`;
    const facts = someFacts({
      villageName: nasty,
      rows: someCases(1).map((row) => ({
        ...row,
        name: nasty,
        where: nasty,
        reasons: [nasty],
        repair: nasty,
      })),
    });
    for (const html of [renderPage(facts, {}), renderPoster(facts, 'A4', {}, HASH)]) {
      expect(html.includes('<script')).toBe(false);
      expect(html.split('&#60;script&#62;').length).toBeGreaterThan(4);
    }
  });

  it('of a demo says that its names are made up, and of a preview that it is one', () => {
    expect(renderPage(RED, {})).toContain('姓名均为虚构');
    expect(renderPage(someFacts({ isDemo: false }), {})).not.toContain('虚构');
    expect(renderPoster(someFacts({ publicity: null }), 'A3', {}, HASH)).toContain('预览，尚未公示');
  });
});

describe('the page', () => {
  it('of 300 households weighs no more than 35 kB, before any packing', () => {
    const page = renderPage(someFacts({ rows: someRows(300, ['陈×芳', '欧阳××', '李素珍', '王×']) }), {});
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(35_000);
    expect(page.match(/<tr><td>/g)).toHaveLength(300);
  });
});

describe('the poster', () => {
  it.each([
    [1, 1],
    [12, 1],
    [13, 1],
    [18, 1],
    [19, 2],
    [60, 3],
    [61, 2],
    [300, 8],
  ])('of %i rows has %i sheets, every row on one of them, in order', (count, sheets) => {
    const facts = someFacts({ rows: someRows(count) });
    const layout = layOut(facts);
    expect(layout.sheets).toHaveLength(sheets);
    const ranks = layout.sheets.flatMap((sheet) => sheet.columns.flat()).map((set) => set.row.rank);
    expect(ranks).toEqual(facts.rows.map((row) => row.rank));
    expect(renderPoster(facts, 'A3', {}, HASH).match(/<section>/g)).toHaveLength(sheets);
    layout.sheets.forEach((sheet, at) => {
      for (const column of sheet.columns) {
        const high = column.reduce((sum, set) => sum + set.height, sheet.above);
        expect(high).toBeLessThanOrEqual((at === 0 ? 202 : 256) + 0.001);
      }
    });
  });

  it('sets names in 30 points and more up to sixty of them, and in 22 beyond', () => {
    const pointsOf = (count: number) =>
      Math.min(
        ...layOut(someFacts({ rows: someRows(count, ['陈×芳']) }))
          .sheets.flatMap((sheet) => sheet.columns.flat())
          .map((set) => (set.size * set.scale * 72) / 25.4),
      );
    for (const count of [3, 10, 12, 13, 60]) expect(pointsOf(count)).toBeGreaterThanOrEqual(30);
    for (const count of [61, 300]) expect(pointsOf(count)).toBeGreaterThanOrEqual(22);
  });

  it('keeps the reasons of a black row with it', () => {
    const layout = layOut(BLACK);
    expect(layout.form).toBe('REASONS');
    for (const set of layout.sheets.flatMap((sheet) => sheet.columns.flat())) {
      expect(set.reasons).toHaveLength(2);
      expect(set.repair.join('')).toContain('整改好');
    }
  });

  it('asks of its fonts every character it sets', () => {
    for (const facts of [RED, BLACK, someFacts({ rows: someRows(80), publicity: null })]) {
      const wanted = new Set(Object.values(posterText(facts, HASH)).join(''));
      const html = renderPoster(facts, 'A3', {}, HASH).replace(
        /<style>.*?<\/style>|<title>.*?<\/title>|<p class="hint">.*?<\/p>/gs,
        '',
      );
      const text = html
        .replace(/<[^>]+>/g, '')
        .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
      expect([...new Set(text)].filter((char) => char.trim() && !wanted.has(char))).toEqual([]);
    }
  });
});

describe('characters that no font has', () => {
  it('are shown by a sign and how they are read, everywhere', () => {
    const facts = someFacts({ rows: someRows(1, ['张𪻐']), villageName: '𪻐村' });
    expect(allText(facts)).toContain('𪻐');
    const said = substituteMissing(facts, ['𪻐'], (char) => (char === '𪻐' ? 'líng' : ''));
    expect([said.rows[0]?.name, said.villageName]).toEqual(['张〓(líng)', '〓(líng)村']);
    expect(substituteMissing(facts, ['𪻐'], () => '').rows[0]?.name).toBe('张〓');
    expect(substituteMissing(facts, [], () => '')).toBe(facts);
  });

  it('and those that phones lack are told from common ones', () => {
    expect(rareCharacters('陈䶮 罗㛃 𠮷田 阿依古丽·买买提 × 123 龥')).toBe('㛃䶮𠮷');
  });
});

describe('words', () => {
  it('say whose, and what a figure counts', () => {
    const [row] = someRows(1, ['李素珍']);
    if (!row) throw new Error('no row');
    expect(sayName({ subject: 'HOUSEHOLD' }, row)).toBe('李素珍 家');
    expect(sayName({ subject: 'RESIDENT' }, row)).toBe('李素珍');
    expect(sayName({ subject: 'HOUSEHOLD' }, { ...row, name: '03-017' })).toBe('03-017');
    expect(sayPoints({ kind: 'RED', subject: 'HOUSEHOLD' }, row)).toBe('500 分');
    expect(sayPoints({ kind: 'BLACK', subject: 'HOUSEHOLD' }, row)).toBe('扣 500 分');
    expect(sayPoints({ kind: 'BLACK', subject: 'PLACE' }, { ...row, points: 8 })).toBe('8.0 分');
    expect(sayHash(HASH)).toBe('7F3A 91C2');
  });

  it('break into lines without splitting a number or beginning with a mark', () => {
    const lines = breakLines('占道堆放柴草（2026年8月3日），劝告后没有清走。', 9);
    expect(lines.join('')).toBe('占道堆放柴草（2026年8月3日），劝告后没有清走。');
    for (const line of lines) expect(line).not.toMatch(/^[，。）年月]|^\d+$/);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(11);
    expect(breakLines('', 9)).toEqual([]);
  });
});
