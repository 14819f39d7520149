import { expect, test } from '@playwright/test';
import { axe, findBadSizes, findMissingParts, unfold } from './measures';

// A measure that can't fail proves nothing: pages that are wrong on purpose, each fault found by name.

const SIZES = { width: 320, target: 48, text: 18 };
const page = (body: string, head = '<title>一页 · 村分</title>') =>
  `<!doctype html><html lang="zh-CN"><head><meta name="viewport" content="width=device-width">${head}
   <style>body { margin: 0; font-size: 18px } h1 { font-size: 24px } a, button { display: inline-block; min-width: 48px; min-height: 48px; font-size: 18px }</style>
   </head><body><main>${body}</main></body></html>`;

test.use({ viewport: { width: 320, height: 640 } });

const FAULTS: [name: string, body: string, found: RegExp][] = [
  ['too wide', '<div class="wide" style="width:400px">宽</div>', /scrolls sideways, 400 px wide: div\.wide/],
  ['wide in itself', '<div style="overflow-x:auto"><p style="width:600px">宽</p></div>', /in itself, 600 px/],
  ['a small button', '<button style="min-height:0;height:30px">办</button>', /× 30 px to tap: button “办”/],
  ['a link alone', '<p><a href="/" style="display:inline">回去</a></p>', /px to tap: a “回去”/],
  [
    'two links alone',
    '<p><a href="/" style="display:inline">前</a> · <a href="/">后</a></p>',
    /to tap: a “前”/,
  ],
  ['a small mark', '<label><input type="checkbox" name="ok"></label>', /px to tap: input “ok”/],
  [
    'folded away',
    '<details><summary style="min-height:48px">看</summary><button style="min-height:0">退</button></details>',
    /to tap: button “退”/,
  ],
  ['small remarks', '<small style="font-size:12px">小字</small>', /^12 px small: small “小字”/],
  [
    'small sentences',
    `<p style="font-size:16px">${'一句完整的话要看得清。'.repeat(3)}</p>`,
    /^16 px small: p/,
  ],
];

for (const [name, body, found] of FAULTS) {
  test(`finds ${name}`, async ({ page: tab }) => {
    await tab.setContent(page(`<h1>一页</h1>${body}`));
    await unfold(tab);
    expect(await findBadSizes(tab, SIZES)).toEqual(expect.arrayContaining([expect.stringMatching(found)]));
  });
}

test('finds nothing on a good page', async ({ page: tab }) => {
  await tab.setContent(
    page(
      '<h1>一页</h1><p>写在话里的 <a href="/" style="display:inline">一个链接</a>，不必那么大。</p><label style="display:block;min-height:48px"><input type="radio" name="a">选</label>',
    ),
  );
  expect(await findBadSizes(tab, SIZES)).toEqual([]);
  expect(await findMissingParts(tab)).toEqual([]);
  expect(await axe(tab)).toEqual([]);
});

test('finds missing parts and what axe knows', async ({ page: tab }) => {
  await tab.setContent(
    page('<h1>一</h1><h1>二</h1><img src="data:,"><p style="color:#ccc">淡得看不清的话</p>', ''),
  );
  const parts = (await findMissingParts(tab)).join('\n');
  expect(parts).toContain('2 h1');
  expect(parts).toContain('title is');
  const violations = (await axe(tab)).join('\n');
  expect(violations).toContain('image-alt');
  expect(violations).toContain('color-contrast');
});
