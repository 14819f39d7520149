import { expect, type Page, test } from '@playwright/test';
import { anOfficial, aResident, enter } from '../fixtures';
import { axe, findBadSizes, findMissingParts, unfold } from './measures';
import { PAGE_ROWS, PARTS, stopsOf, walkAs } from './walk';
import { openWorld, type World } from './world';

// Every page, in both text sizes: nothing that axe finds, at the width of a phone; nothing too wide, too small to tap
// or too small to read, at the width of a small phone. One browser a person and text size.

test.describe.configure({ mode: 'parallel' });

const PHONE = { width: 390, height: 844 };
const SMALL_PHONE = { width: 320, height: 640 };
const TEXTS = [
  { name: 'standard', large: false, target: 48, text: 18 },
  { name: 'large', large: true, target: 60, text: 30 },
];

// What 青竹村 has nothing for, since its draft is still being written: 滨江社区 hears one, 杏花村 votes on one.
const DRAFT_STEPS = ['', '/hearing', '/ballot', '/resolution'].map((part) => `/desk/rulebook/draft${part}`);
const VERSION_STEPS = [
  { village: 'binjiang', seat: 'SECRETARY', addresses: [...DRAFT_STEPS, '/v/binjiang/rulebook/draft'] },
  { village: 'binjiang', seat: 'resident', addresses: ['/v/binjiang/rulebook/draft'] },
  { village: 'xinghua', seat: 'SECRETARY', addresses: [...DRAFT_STEPS, '/v/xinghua/rulebook/draft'] },
  { village: 'xinghua', seat: 'resident', addresses: ['/me/ballot', '/v/xinghua/rulebook/draft'] },
] as const;

let world: World;
test.beforeAll(async ({ baseURL }) => {
  world = await openWorld(baseURL ?? '');
});
test.afterAll(() => world?.close());

test('every page is walked', () => {
  const walked = new Set(PARTS.flatMap(({ rows }) => rows.map((row) => row.route)));
  expect([...walked].sort()).toEqual(PAGE_ROWS.map((row) => row.route).sort());
});

type Sizes = { target: number; text: number };

/** Looks at the open page at both widths, as it comes and unfolded. */
async function look(page: Page, at: string, sizes: Sizes): Promise<void> {
  expect.soft(await findMissingParts(page), at).toEqual([]);
  await page.setViewportSize(SMALL_PHONE);
  expect.soft(await findBadSizes(page, { ...SMALL_PHONE, ...sizes }), at).toEqual([]);
  await unfold(page);
  expect.soft(await findBadSizes(page, { ...SMALL_PHONE, ...sizes }), `${at}, unfolded`).toEqual([]);
  await page.setViewportSize(PHONE);
  expect.soft(await axe(page), at).toEqual([]);
}

test('published documents, on the phone and as posters', async ({ browser, baseURL }) => {
  const { context, page } = await walkAs(browser, world, 'resident', { viewport: PHONE, baseURL });
  const [black, red] = [world.own.document, `/v/${world.own.village}/lists/${world.own.list}/page.html`];
  for (const address of [black, red]) {
    for (const file of ['page.html', 'a4.html']) {
      const at = address.replace('page.html', file);
      await expect(async () => expect((await page.goto(at))?.status()).toBe(200)).toPass({ timeout: 90_000 });
      expect.soft(await axe(page), at).toEqual([]);
    }
  }
  await context.close();
});

for (const { name, large, ...sizes } of TEXTS) {
  const asPhone = { large, viewport: PHONE, isMobile: true, hasTouch: true };

  for (const { who, name: part, rows } of PARTS) {
    test(`${name} text: the pages of ${part}`, async ({ browser, baseURL }) => {
      const { context, page } = await walkAs(browser, world, who, { ...asPhone, baseURL });
      for (const { row, addresses } of stopsOf(world, rows)) {
        for (const address of addresses) {
          const at = `${row.route} (${address})`;
          const answer = await page.goto(address);
          expect.soft(answer?.status(), at).toBe(200);
          await look(page, at, sizes);
        }
      }
      await context.close();
    });
  }

  for (const { village, seat, addresses } of VERSION_STEPS) {
    test(`${name} text: the draft of ${village}, for a ${seat}`, async ({ browser, baseURL }) => {
      const context = await browser.newContext({ ...asPhone, baseURL });
      if (large) await context.addCookies([{ name: 'text', value: 'large', url: baseURL ?? '' }]);
      const page = await context.newPage();
      await enter(
        page,
        await (seat === 'resident' ? aResident('phone', 0, village) : anOfficial(seat, 0, village)),
        '/',
      );
      for (const address of addresses) {
        const answer = await page.goto(address);
        expect.soft(answer?.status(), `${village} ${address}`).toBe(200);
        await look(page, `${village} ${address}`, sizes);
      }
      await context.close();
    });
  }

  test(`${name} text: a refused form, and a page that is not there`, async ({ browser, baseURL }) => {
    const { context, page } = await walkAs(browser, world, 'resident', { ...asPhone, baseURL });
    // This item must have a photo.
    await page.goto('/me/log/FIVE_CLEAN-01');
    await page.getByRole('button', { name: '送出去' }).click();
    await expect(page.locator('#f-photos')).toContainText('要有照片');
    await look(page, 'the refused form', sizes);
    const answer = await page.goto('/v/no-such-village');
    expect(answer?.status()).toBe(404);
    await look(page, 'a page that is not there', sizes);
    const gone = await page.goto(`/v/${world.own.village}/lists/gone`);
    expect(gone?.status()).toBe(410);
    await look(page, 'a list that is gone', sizes);
    await context.close();
  });
}
