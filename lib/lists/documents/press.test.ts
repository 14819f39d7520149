import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { findChromium, printPdf } from '@/lib/platform/print/chromium';
import { openPress } from '@/lib/platform/print/press';
import { contentAddressOf } from '@/lib/platform/storage';
import { ensureBrowser } from '@/scripts/test/browser';
import { renderDocuments } from './make';
import { drawPicture } from './picture';
import { posterText, renderPoster } from './poster';
import { HARD_NAMES, someCases, someFacts, someRows } from './testing/facts';
import { readCodes } from './testing/read-code';
import { readCharacters } from './testing/read-pdf';

vi.setConfig({ testTimeout: 120_000 });
const press = openPress();
afterAll(() => press.close());
const noPdf = async () => null;
const render = async (facts = someFacts(), by = press) =>
  Object.fromEntries((await renderDocuments(facts, by, noPdf)).map((one) => [one.kind, one.bytes]));
// Setting takes its time: what several tests look at is set once.
const known = new Map<string, ReturnType<typeof render>>();
const bytesOf = (facts = someFacts()): ReturnType<typeof render> => {
  const key = JSON.stringify(facts);
  const made = known.get(key) ?? render(facts);
  known.set(key, made);
  return made;
};

/** Dark pixels of a character drawn alone. */
async function inkOf(text: string): Promise<number> {
  const png = await press.draw({
    width: 120,
    height: 120,
    ground: '#ffffff',
    items: [
      { kind: 'text', text, face: 'sans', size: 100, fill: '#000000', x: 60, y: 100, anchor: 'middle' },
    ],
  });
  const { data } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return data.filter((value) => value < 128).length;
}

describe('rare characters', () => {
  it('are drawn, each in its own shape, and never as an empty box', async () => {
    expect(await inkOf('　')).toBe(0);
    const drawn = await Promise.all([...'陈䶮㛃𠮷𪟝㙓龑·×〓'].map(inkOf));
    const [common = 0, ...rare] = drawn;
    for (const ink of rare.slice(0, 6)) expect(ink).toBeGreaterThan(common / 2);
    for (const ink of rare) expect(ink).toBeGreaterThan(30);
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it('that no font has are named, so that a sign stands for them', async () => {
    expect(await press.missing('陈䶮㛃𠮷·阿依古丽 ×\n123Aà')).toEqual([]);
    expect(await press.missing('张𪻐𪻐\u{2fffd}')).toEqual(['𪻐', '\u{2fffd}']);
    const { HTML = new Uint8Array() } = await bytesOf(someFacts({ rows: someRows(1, ['张𪻐']) }));
    const page = Buffer.from(HTML).toString();
    expect(page).toContain('张〓');
    expect(page).not.toContain('𪻐');
  });

  it('come with the page and the poster', async () => {
    const { HTML = new Uint8Array(), POSTER_A4 = new Uint8Array() } = await bytesOf();
    const page = Buffer.from(HTML).toString();
    expect(page).toContain('font-family:c-sans;src:url(data:font/ttf;base64,');
    expect(page).toContain('font-family:c-rare;src:url(data:font/otf;base64,');
    expect(
      Buffer.from(POSTER_A4)
        .toString()
        .match(/@font-face/g),
    ).toHaveLength(5);
    const { HTML: plain } = await bytesOf(someFacts({ rows: someRows(3, ['李素珍']) }));
    expect(Buffer.from(plain ?? []).toString()).not.toContain('@font-face');
  });
});

describe('the same facts', () => {
  it('give the same bytes, from another process too', async () => {
    const other = openPress();
    const facts = [someFacts({ rows: someRows(4) }), someFacts({ kind: 'BLACK', rows: someCases(2) })];
    for (const one of facts) {
      const [first, again] = await Promise.all([bytesOf(one), render(structuredClone(one), other)]);
      for (const [kind, bytes] of Object.entries(first)) {
        expect(contentAddressOf(again[kind] ?? new Uint8Array()), kind).toBe(contentAddressOf(bytes));
      }
    }
    other.close();
    const changed = await bytesOf(someFacts({ rows: someRows(4), edition: 2 }));
    const first = await bytesOf(facts[0]);
    for (const [kind, bytes] of Object.entries(first)) {
      expect(contentAddressOf(changed[kind] ?? new Uint8Array()), kind).not.toBe(contentAddressOf(bytes));
    }
  });
});

describe('the code', () => {
  it.each([3, 60])('in the picture of %i rows is the page’s address', async (count) => {
    const facts = someFacts({ rows: someRows(count) });
    const PNG = await press.draw(drawPicture(facts, '7f3a91c2'.repeat(8)));
    expect(await sharp(PNG).metadata()).toMatchObject({ format: 'png', width: 1080 });
    expect(await readCodes(PNG)).toEqual([facts.address]);
    // as a phone shows it in the chat, after WeChat has packed it
    const small = await sharp(PNG).resize({ width: 720 }).jpeg({ quality: 60 }).toBuffer();
    expect(await readCodes(small)).toEqual([facts.address]);
  });

  it('on page and posters is it too', async () => {
    const facts = someFacts({ kind: 'BLACK', rows: someCases(5) });
    const { HTML, POSTER_A3, POSTER_A4 } = await bytesOf(facts);
    for (const html of [HTML, POSTER_A3, POSTER_A4]) {
      const codes = Buffer.from(html ?? [])
        .toString()
        .match(/<svg class="qr".*?<\/svg>/g);
      expect(codes?.length).toBeGreaterThan(0);
      // the sheets of a poster bear the same one
      for (const svg of new Set(codes)) {
        const drawn = svg.replace(
          '<svg ',
          '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" ',
        );
        expect(await readCodes(Buffer.from(drawn))).toEqual([facts.address]);
      }
    }
  });
});

describe('the PDF', () => {
  const HASH = '7f3a91c2'.repeat(8);
  const facts = someFacts({ rows: someRows(20) });

  it('has the poster’s sheets on its paper, is the same each time, and draws every name with our own type', async () => {
    // Where there is none the tests install one, so that this is never left out.
    expect(ensureBrowser()).toBeNull();
    vi.stubEnv('CHROMIUM_PATH', findChromium() ?? chromium.executablePath());
    const fonts = await press.cutFonts(posterText(facts, HASH));
    const [a4, again, a3] = (
      await Promise.all(
        [
          renderPoster(facts, 'A4', fonts, HASH),
          renderPoster(facts, 'A4', fonts, HASH),
          renderPoster(facts, 'A3', {}, HASH),
        ].map((one) => printPdf(one)),
      )
    ).map((pdf) => Buffer.from(pdf ?? []));
    vi.unstubAllEnvs();
    for (const [pdf, wide] of [
      [a3, 842],
      [a4, 595],
    ] as const) {
      const text = pdf?.toString('latin1') ?? '';
      expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
      expect(Math.round(Number(/\/MediaBox \[0 0 ([\d.]+)/.exec(text)?.[1]))).toBe(wide);
    }
    expect(contentAddressOf(again ?? Buffer.alloc(0))).toBe(contentAddressOf(a4 ?? Buffer.alloc(0)));

    const drawn = readCharacters(a4 ?? Buffer.alloc(0));
    const characters = [...new Set(HARD_NAMES.join(''))];
    const shapes = characters.map((one) => {
      const found = drawn.get(one);
      expect(found, `${one} is in the file`).toBeDefined();
      expect(found?.glyph, `${one} is not the box for what is missing`).toBeGreaterThan(0);
      // ours, not the system's: Debian's Noto is called CJK throughout, and its Regular stands in for a sans
      expect(found?.font, one).toMatch(one === '𠮷' ? /^NotoSansCJKsc-Medium/ : /^Noto(Sans|Serif)SC-/);
      expect(found?.outline.length, `${one} has a shape`).toBeGreaterThan(20);
      return found?.outline.toString('base64');
    });
    expect(new Set(shapes).size, 'each its own').toBe(characters.length);
  });

  it('fails quietly where Chromium does', async () => {
    vi.stubEnv('CHROMIUM_PATH', '/bin/false');
    expect(await printPdf('<p>1')).toBeNull();
    vi.unstubAllEnvs();
  });
});

it('a press that is gone says so, and a broken drawing does not end it', async () => {
  const other = openPress();
  await expect(other.draw({ width: 0, height: 0, ground: 'x', items: [] })).rejects.toThrow('the press');
  expect(await other.missing('好')).toEqual([]);
  other.close();
  await expect(other.missing('好')).rejects.toThrow();
});

describe('a poster’s head', () => {
  it('stands above the rows, however long the village and its quarter are called', async () => {
    const missing = ensureBrowser();
    expect(missing).toBeFalsy();
    const browser = await chromium.launch({
      ...(findChromium() ? { executablePath: findChromium() ?? '' } : {}),
      args: ['--no-sandbox'],
    });
    const page = await browser.newPage({ viewport: { width: 1200, height: 1700 } });
    for (const villageName of ['青竹村', '双河口社区第二居民小组联合片区']) {
      for (const rows of [11, 150]) {
        const periodName = '2026年第四季度（未完，截至11月22日）';
        const places = { kind: 'BLACK', subject: 'PLACE' } as const;
        const facts = someFacts({ ...places, villageName, periodName, rows: someRows(rows) });
        for (const paper of ['A3', 'A4'] as const) {
          await page.setContent(renderPoster(facts, paper, {}, 'a'.repeat(64)));
          const over = await page.evaluate(() =>
            [...document.querySelectorAll('section')].map((sheet) => {
              const bottom = Math.max(
                ...[...sheet.querySelectorAll('header p')].map((one) => one.getBoundingClientRect().bottom),
              );
              return bottom - (sheet.querySelector('.rows')?.getBoundingClientRect().top ?? 0);
            }),
          );
          expect(Math.max(...over), `${villageName}, ${rows} rows, ${paper}`).toBeLessThanOrEqual(0);
        }
      }
    }
    await browser.close();
  });
});
