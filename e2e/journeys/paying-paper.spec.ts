import type { Browser, Page } from '@playwright/test';
import { anOfficial, type DemoPerson, expect, test } from '../fixtures';
import {
  aBatch,
  aPayer,
  aShop,
  balanceOf,
  expectBothShow,
  openAs,
  takenBy,
  withCamera,
} from './paying-world';

// A voucher at a shop, on two screens: the shop's camera reads it off the resident's phone, or off the printed slip.

interface Paper {
  payer: DemoPerson;
  batch: string;
}

/** The card that the resident's phone shows. */
async function onPhone(browser: Browser, { payer }: Paper): Promise<Buffer> {
  const { page } = await openAs(browser, payer, '/me/rewards');
  const card = page.locator('.own-voucher', { hasText: '毛巾一条' }).first();
  await expect(card).toBeVisible();
  return card.screenshot();
}

/** The slip that the village's secretary prints, as it comes out of the printer. */
async function onPaper(browser: Browser, { batch }: Paper): Promise<Buffer> {
  const path = `/desk/rewards/vouchers/${batch}/sheet`;
  const { page } = await openAs(browser, await anOfficial('SECRETARY'), path);
  await page.setViewportSize({ width: 1400, height: 1000 });
  await page.getByRole('button', { name: '打开打印页' }).click();
  await expect(page.locator('.voucher-slip')).toHaveCount(1);
  await page.emulateMedia({ media: 'print' });
  return page.locator('.voucher-slip').screenshot();
}

async function openLatest(browser: Browser, payer: DemoPerson): Promise<Page> {
  const { page } = await openAs(browser, payer, '/me/redemptions');
  await page.locator('a.line', { hasText: '毛巾一条' }).first().click();
  await expect(page.locator('.receipt-verdict')).toHaveText('付好了');
  return page;
}

for (const [where, picture] of [
  ['the resident’s phone', onPhone],
  ['the printed slip', onPaper],
] as const) {
  test(`a voucher is read off ${where} by the shop’s camera, and both screens show the same`, async ({
    browser,
  }) => {
    const [shop, payer] = [await aShop('qingzhu'), await aPayer('paper', 10)];
    const had = await balanceOf(payer);
    const { batch } = await aBatch(payer);
    const camera = await withCamera(await picture(browser, { payer, batch }));
    try {
      const { page } = await openAs(camera, shop.staff, '/shop/voucher');
      await page.getByRole('button', { name: '扫代金券' }).click();
      await expect(page.getByText('毛巾一条')).toBeVisible();
      expect(new URL(page.url()).searchParams.get('code')).toMatch(/^\d{12}$/);
      expect(await page.locator('main').textContent()).not.toContain(payer.name);
      await page.getByRole('button', { name: '核销，收下这张券' }).click();
      await expect(page.locator('.receipt-verdict')).toHaveText('收到了');
      const resident = await openLatest(browser, payer);
      await expectBothShow([page, resident], { shop, what: '毛巾一条', points: 5 });
      expect(await takenBy(shop)).toEqual({ count: 1, points: 5 });
      expect(await balanceOf(payer), 'the village pays').toBe(had);
      // read once more it is used up
      await page.getByRole('link', { name: '再收一张' }).click();
      await page.getByRole('button', { name: '扫代金券' }).click();
      await expect(page.getByText('这张券用掉了，不能再用')).toBeVisible();
      expect((await takenBy(shop)).count).toBe(1);
    } finally {
      await camera.close();
    }
  });
}
