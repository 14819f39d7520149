import type { Page } from '@playwright/test';
import { askDatabase, enter, expect, test } from '../fixtures';
import { aPayer, aShop, aVoucher, balanceOf, openAs, receiptOn, takenBy } from './paying-world';

// Paying without the shop's hand: at the shelf, by an order, with a voucher; and giving back.

const buy = (shop: { id: string }, offer: string) => `/me/buy/${shop.id}?offer=${offer}`;

async function paidAtShelf(page: Page): Promise<string> {
  await page.getByRole('button', { name: '付 20 分' }).click();
  await expect(page.locator('.receipt-verdict')).toHaveText('付好了');
  return receiptOn(page);
}

test('at the shelf: the resident pays, and the shop’s phone rings up', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('shelf', 60)];
  const had = await balanceOf(payer);
  const counter = await openAs(browser, shop.staff, '/shop/take');
  // what a voice says is written down, where there is none
  await counter.page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    Object.defineProperty(window, 'speechSynthesis', {
      value: {
        getVoices: () => [],
        cancel: () => undefined,
        speak: (one: SpeechSynthesisUtterance) => said.push(one.text),
      },
    });
  });
  await counter.page.reload();
  const said = () => counter.page.evaluate(() => (window as unknown as { said: string[] }).said);
  await counter.page.getByRole('button', { name: '念出来：关着' }).click();
  // as the code at the shop's door leads
  const { page } = await openAs(browser, payer, `/v/qingzhu/shops/${shop.id}`);
  await page.getByRole('link', { name: '自己兑 洗衣液 1 瓶' }).click();
  await expect(page.getByText(`还有 ${had - 20} 分`)).toBeVisible();
  const receipt = await paidAtShelf(page);
  const bell = counter.page.locator('.shop-bell');
  await expect(bell).toContainText('收到 20 分');
  await expect(bell).toContainText(receipt);
  await expect(counter.page.getByRole('heading', { name: '今天 1 笔，20 分' })).toBeVisible();
  const spoken = [...receipt].map((digit) => '零一二三四五六七八九'[Number(digit)]).join(' ');
  expect(await said()).toContain(`收到20分，尾号${spoken}`);
  // once: not again on the next page
  await counter.page.goto('/shop');
  await expect(counter.page.getByRole('heading', { level: 1 })).toBeVisible();
  const asked = counter.page.waitForResponse('**/api/paying/shop**');
  await asked;
  await expect(counter.page.locator('.shop-bell .message')).toHaveCount(0);
  expect(await balanceOf(payer)).toBe(had - 20);
  expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });
  // who opens the page again is told first
  await page.reload();
  await expect(page.getByText(`您家刚在这里付过 20 分：洗衣液 1 瓶，尾号 ${receipt}`)).toBeVisible();
});

test('at the shelf the answer is lost: asked by its id, paid once', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('shelf', 60)];
  const { page } = await openAs(browser, payer, buy(shop, shop.soap));
  await page.route('**/api/commands/redeem-from-shelf', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.getByRole('button', { name: '付 20 分' }).click();
  await expect(page.locator('.receipt-verdict')).toHaveText('付好了');
  expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });
});

test('a shop of another village, and a purse too small, are said gently', async ({ browser }) => {
  const [shop, payer] = [await aShop('xinghua'), await aPayer('shelf', 5)];
  const { page } = await openAs(browser, payer, buy(shop, shop.soap));
  await expect(page.getByText('在这里付不了')).toBeVisible();
  const near = await aShop('qingzhu');
  await askDatabase('update offer set points = 90000 where id = $1', [near.rice]);
  await page.goto(buy(near, near.rice));
  await expect(page.getByText(/不够，还差 \d+ 分/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^付/ })).toHaveCount(0);
});

test('an order is fetched, another is called off by each side', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('shelf', 100)];
  const had = await balanceOf(payer);
  const { page } = await openAs(browser, payer, buy(shop, shop.soap));
  const counter = await openAs(browser, shop.staff, '/shop/orders');
  const place = async () => {
    await page.goto(buy(shop, shop.soap));
    await page.getByRole('button', { name: '先给我留着，以后去拿' }).click();
    await expect(page.locator('.receipt-verdict')).toHaveText('留好了');
    return receiptOn(page);
  };
  const open = async (receipt: string) => {
    await counter.page.goto('/shop/orders');
    await counter.page.locator('a.line', { hasText: receipt }).click();
  };
  // handed over
  const fetched = await place();
  expect(await balanceOf(payer)).toBe(had - 20);
  expect((await takenBy(shop)).points).toBe(0);
  await open(fetched);
  await counter.page.getByRole('button', { name: '尾号对上了，交给他' }).click();
  await expect(counter.page.locator('.receipt-verdict')).toHaveText('收到了');
  expect((await takenBy(shop)).points).toBe(20);
  // called off by the household
  await place();
  await page.getByRole('link', { name: '看这一笔' }).click();
  await expect(page.getByText(/留到/).first()).toBeVisible();
  await page.getByRole('button', { name: '取消预留，20 分退回来' }).click();
  await expect(page.locator('.receipt-verdict')).toHaveText('取消了');
  // called off by the shop
  await open(await place());
  await counter.page.getByText('给不了了，取消').click();
  await counter.page.getByLabel('没有货了').check();
  await counter.page.getByRole('button', { name: '取消，退回 20 分' }).click();
  await expect(counter.page.locator('.receipt-verdict')).toHaveText('取消了');
  expect(await balanceOf(payer)).toBe(had - 20);
  expect((await takenBy(shop)).points).toBe(20);
});

test('a refund needs both sides, whoever asks', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('shelf', 100)];
  const had = await balanceOf(payer);
  const { page } = await openAs(browser, payer, buy(shop, shop.soap));
  const counter = await openAs(browser, shop.staff, '/shop/take');
  const paid = async () => {
    await page.goto(buy(shop, shop.soap));
    const receipt = await paidAtShelf(page);
    await page.getByRole('link', { name: '看这一笔' }).click();
    return receipt;
  };
  // asked by the household, declined, asked again, agreed to
  const first = await paid();
  const ask = async () => {
    await page.getByText('想退货').click();
    await page.getByLabel('不要了', { exact: true }).check();
    await page.getByRole('button', { name: '提出退货，请店里同意' }).click();
    await expect(page.getByText('已经提了退货，等店里同意')).toBeVisible();
    await enter(counter.page, shop.staff, '/shop/take');
    await counter.page.getByRole('link', { name: /1 笔想退货/ }).click();
    await counter.page.locator('a.line', { hasText: first }).first().click();
    await expect(counter.page.getByText('顾客想退货，退回 20 分，同意吗')).toBeVisible();
  };
  await ask();
  await counter.page.getByRole('button', { name: '不同意' }).click();
  await expect(counter.page.locator('.receipt-verdict')).toHaveText('收到了');
  await page.reload();
  await ask();
  await counter.page.getByRole('button', { name: '同意退' }).click();
  await expect(counter.page.locator('.receipt-verdict')).toHaveText('退货了');
  expect(await balanceOf(payer)).toBe(had);
  // asked by the shop, on a later day
  await paid();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     update redemption set made_at = made_at - interval '2 days', posted_at = posted_at - interval '2 days' where id = '${id}';
     commit`,
    [],
  );
  await counter.page.goto(`/shop/redemptions/${id}`);
  await counter.page.getByText('提出退货').first().click();
  await counter.page.getByLabel('分数收错了').check();
  await counter.page.getByRole('button', { name: '提出退货，请顾客同意' }).click();
  await page.reload();
  await page.getByRole('button', { name: '同意退' }).click();
  await expect(page.locator('.receipt-verdict')).toHaveText('退货了');
  expect(await balanceOf(payer)).toBe(had);
  expect((await takenBy(shop)).points).toBe(0);
});

for (const javaScriptEnabled of [true, false]) {
  test(`a voucher by its digits ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    browser,
  }) => {
    const [shop, payer] = [await aShop('qingzhu'), await aPayer('shelf', 10)];
    const had = await balanceOf(payer);
    const code = await aVoucher(payer);
    const { page } = await openAs(browser, shop.staff, '/shop/voucher', { javaScriptEnabled });
    const field = page.getByLabel(/12 个数字/);
    await field.fill(code.replace(/.$/, (last) => String((Number(last) + 1) % 10)));
    await page.getByRole('button', { name: '看这张券' }).click();
    await expect(page.getByText('这 12 个数字里有输错的')).toBeVisible();
    await field.fill(code);
    await page.getByRole('button', { name: '看这张券' }).click();
    await expect(page.getByText('毛巾一条')).toBeVisible();
    expect(await page.locator('main').textContent()).not.toContain(payer.name);
    await page.getByRole('button', { name: '核销，收下这张券' }).click();
    await expect(page.locator('.receipt-verdict')).toHaveText('收到了');
    await receiptOn(page);
    expect(await takenBy(shop)).toEqual({ count: 1, points: 5 });
    expect(await balanceOf(payer), 'the village pays').toBe(had);
    // it is used up, and says so before anything is pressed
    await page.goto(`/shop/voucher?code=${code}`);
    await expect(page.getByText('这张券用掉了，不能再用')).toBeVisible();
    await expect(page.getByRole('button', { name: /核销/ })).toHaveCount(0);
    // to a shop of another village it isn't there
    const far = await openAs(browser, (await aShop('xinghua')).staff, `/shop/voucher?code=${code}`);
    await expect(far.page.getByText('没有这张代金券')).toBeVisible();
    await expect(far.page.getByText('毛巾一条')).toHaveCount(0);
  });
}
