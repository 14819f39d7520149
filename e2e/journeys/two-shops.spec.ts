import type { Page } from '@playwright/test';
import { askDatabase, expect, test } from '../fixtures';
import { aPayer, aShop, openAs, type Shop, shownDigits, takenBy } from './paying-world';

// Somebody who works in two shops, with the first in one tab. In another tab he goes on to the second; what the first tab
// still sends is refused in words, and nothing is taken, for neither.

async function aHelper(): Promise<{ first: Shop; second: Shop }> {
  const [first, second] = [await aShop('qingzhu'), await aShop('qingzhu')];
  await askDatabase(
    `insert into appointment (id, person_id, role, merchant_id, from_day, created_at)
     values (gen_random_uuid(), $1, 'MERCHANT', $2, current_date - 10, now()) returning id`,
    [first.staff.personId, second.id],
  );
  return { first, second };
}

/** Through the seats of the page's frame. */
async function goOnTo(page: Page, name: string): Promise<void> {
  const folded = page.locator('details.side-seats > summary');
  if (await folded.isVisible()) await folded.click();
  await page.getByRole('button', { name, exact: true }).filter({ visible: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
}

test('who goes on to another shop in one tab takes nothing in the other', async ({ browser }) => {
  const { first, second } = await aHelper();
  const payer = await openAs(browser, await aPayer('shops', 60), '/me/pay');
  const { context, page } = await openAs(browser, first.staff, '/shop/take');
  const plain = await context.newPage();
  await plain.goto('/shop/staff');
  const other = await context.newPage();
  await other.goto('/shop');
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(first.name);
  await goOnTo(other, second.name);

  // the counter of the first: told in words, by itself, and when it takes
  await expect(page.getByText(`您现在站在另一家店“${second.name}”`).first()).toBeVisible();
  await page.locator('.offer-tile', { hasText: '洗衣液' }).click();
  await page.getByLabel(/8 个数字/).fill(await shownDigits(payer.page));
  await page.getByRole('button', { name: '收 20 分' }).click();
  await expect(page.locator('.taking-band')).toContainText(`您现在站在另一家店“${second.name}”`);
  for (const shop of [first, second]) expect(await takenBy(shop)).toEqual({ count: 0, points: 0 });

  // its form, as a browser without JavaScript sends it too: nobody comes to work in the second
  const people = async (shop: Shop) =>
    (
      await askDatabase<{ n: number }>('select count(*)::int as n from appointment where merchant_id = $1', [
        shop.id,
      ])
    )[0]?.n;
  const before = [await people(first), await people(second)];
  await plain.getByLabel('姓名').fill('新来的');
  await plain.getByLabel('手机号').fill(`197${String(Date.now()).slice(-8)}`);
  await plain.getByRole('button', { name: '加到店里' }).click();
  await expect(plain).toHaveURL(/\/shop\?r=/);
  await expect(plain.getByRole('alert').first()).toContainText(`您现在站在另一家店“${second.name}”`);
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText(second.name);
  expect([await people(first), await people(second)]).toEqual(before);

  // where he stands now he takes, for that shop
  await other.goto('/shop/take');
  await other.locator('.offer-tile', { hasText: '洗衣液' }).click();
  await other.getByLabel(/8 个数字/).fill(await shownDigits(payer.page));
  await other.getByRole('button', { name: '收 20 分' }).click();
  await expect(other.locator('.receipt-verdict')).toHaveText('收到了');
  expect(await takenBy(first)).toEqual({ count: 0, points: 0 });
  expect(await takenBy(second)).toEqual({ count: 1, points: 20 });
});
