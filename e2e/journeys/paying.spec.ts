import type { Page } from '@playwright/test';
import { readCodes } from '@/lib/lists/documents/testing/read-code';
import { askDatabase, enter, expect, test } from '../fixtures';
import {
  aPayer,
  aShop,
  balanceOf,
  expectBothShow,
  openAs,
  receiptOn,
  shownDigits,
  takenBy,
  withCamera,
} from './paying-world';

// Paying at a counter, on two phones at once: the resident's shows a code, the shop's takes points by it.

const choose = (page: Page, offer: string) => page.locator('.offer-tile', { hasText: offer }).click();

const takenOn = (page: Page) => expect(page.locator('.receipt-verdict')).toHaveText('收到了');

test('the camera reads the code off the other phone: two taps, and both show the same', async ({
  browser,
}) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('counter', 60)];
  const had = await balanceOf(payer);
  const resident = await openAs(browser, payer, '/me/pay');
  const camera = await withCamera(await resident.page.locator('.pay-qr').screenshot());
  try {
    const { page } = await openAs(camera, shop.staff, '/shop/take');
    const broken: string[] = [];
    page.on('console', (said) => {
      if (/Content Security Policy|CompileError/.test(said.text())) broken.push(said.text());
    });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await choose(page, '洗衣液');
    expect(
      asked.filter((url) => /\.wasm/.test(url)),
      'nothing of the reader before the camera',
    ).toEqual([]);
    await page.getByRole('button', { name: '扫码收 20 分' }).click();
    await takenOn(page);
    await expect(page.locator('.receipt-points')).toHaveText('20 分');
    const wasm = asked.filter((url) => /\.wasm/.test(url));
    expect(wasm.length, 'the page’s own reader, from this site').toBe(1);
    expect(new URL(wasm[0] ?? '').origin).toBe(new URL(page.url()).origin);
    expect(broken).toEqual([]);
    // the resident's phone comes to know by itself
    await expect(resident.page.locator('.receipt-verdict')).toHaveText('付好了');
    await expectBothShow([page, resident.page], { shop, what: '洗衣液 1 瓶', points: 20 });
    expect(await balanceOf(payer)).toBe(had - 20);
    expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });
    // on to the next customer; the day counts it
    await page.getByRole('button', { name: '再收一笔' }).click();
    await expect(page.getByRole('heading', { name: '今天 1 笔，20 分' })).toBeVisible();
    await expect(page.locator('.offer-tile').first()).toBeVisible();
  } finally {
    await camera.close();
  }
});

test('a phone that reads codes by itself is let do it, and loads no reader @phone', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('counter', 60)];
  const resident = await openAs(browser, payer, '/me/pay');
  const picture = await resident.page.locator('.pay-qr').screenshot();
  const [text = ''] = await readCodes(picture);
  const camera = await withCamera(picture);
  try {
    const { page } = await openAs(camera, shop.staff, '/shop/take');
    // stands for the reader of a phone that has one
    await page.addInitScript((seen) => {
      const looked: string[] = [];
      class BarcodeDetector {
        static getSupportedFormats = async () => ['ean_13', 'qr_code'];
        constructor(readonly options: { formats: string[] }) {}
        async detect(picture: Element) {
          looked.push(`${this.options.formats.join()} in ${picture.nodeName}`);
          return looked.length > 2 ? [{ rawValue: seen }] : [];
        }
      }
      Object.assign(window, { BarcodeDetector, looked });
    }, text);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    await choose(page, '洗衣液');
    await page.getByRole('button', { name: '扫码收 20 分' }).click();
    await takenOn(page);
    const looked = await page.evaluate(() => (window as unknown as { looked: string[] }).looked);
    expect(new Set(looked)).toEqual(new Set(['qr_code in VIDEO']));
    expect(looked.length).toBe(3);
    expect(asked.filter((url) => /\.wasm|zxing/.test(url))).toEqual([]);
    await expect(resident.page.locator('.receipt-verdict')).toHaveText('付好了');
    await expectBothShow([page, resident.page], { shop, what: '洗衣液 1 瓶', points: 20 });
  } finally {
    await camera.close();
  }
});

test('a code read by the phone itself, then the offer: pressed twice, taken once', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('counter', 60)];
  const resident = await openAs(browser, payer, '/me/pay');
  const digits = await shownDigits(resident.page);
  const { page } = await openAs(browser, shop.staff, `/shop/take?code=${digits}`);
  await expect(page.getByLabel(/8 个数字/)).toHaveValue(`${digits.slice(0, 4)} ${digits.slice(4)}`);
  await choose(page, '洗衣液');
  await page.getByRole('button', { name: '收 20 分' }).dblclick();
  await takenOn(page);
  expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });
  // used up
  await page.getByRole('button', { name: '再收一笔' }).click();
  await choose(page, '洗衣液');
  await page.getByLabel(/8 个数字/).fill(digits);
  await page.getByRole('button', { name: '收 20 分' }).click();
  await expect(page.locator('.counter-said')).toContainText('已经用过');
  expect((await takenBy(shop)).count).toBe(1);
});

test('above the limit the resident is asked, and gives or does not', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu', 10), await aPayer('counter', 100)];
  const had = await balanceOf(payer);
  const resident = await openAs(browser, payer, '/me/pay');
  const { page } = await openAs(browser, shop.staff, '/shop/take');
  for (const [answer, verdict, has] of [
    ['不给', '他没有点“给”，没有扣分', had],
    ['给', '收到了', had - 45],
  ] as const) {
    const digits = await shownDigits(resident.page);
    await choose(page, '按分数收');
    for (const key of ['4', '5']) await page.getByRole('button', { name: key, exact: true }).click();
    await page.getByLabel(/8 个数字/).fill(digits);
    await page.getByRole('button', { name: '收 45 分' }).click();
    await expect(page.locator('.counter-said')).toContainText('等他在手机上点“给”');
    await expect(resident.page.getByRole('heading', { name: /要收 45 分，给不给/ })).toContainText(shop.name);
    await expect(resident.page.locator('.pay-digits')).toHaveCount(0);
    await resident.page.getByRole('button', { name: answer, exact: true }).click();
    await expect(page.locator('.receipt-verdict')).toHaveText(verdict);
    expect(await balanceOf(payer)).toBe(has);
    await page.getByRole('button', { name: '再收一笔' }).click();
    if (answer === '不给') {
      await expect(resident.page.locator('.receipt-verdict')).toHaveText('没有付，一分没扣');
      await resident.page.getByRole('link', { name: '再出一个付款码' }).click();
    } else await expect(resident.page.locator('.receipt-verdict')).toHaveText('付好了');
  }
  expect(await takenBy(shop)).toEqual({ count: 1, points: 45 });
});

test('who has less pays what he has, and the rest in cash', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu', 100_000), await aPayer('counter', 5)];
  const has = await balanceOf(payer);
  const resident = await openAs(browser, payer, '/me/pay');
  const { page } = await openAs(browser, shop.staff, '/shop/take');
  await choose(page, '按分数收');
  await page.getByLabel('收几分').fill('2.5');
  await expect(page.getByText('积分只有整数，没有小数。')).toBeVisible();
  await expect(page.getByRole('button', { name: '收 25 分' })).toHaveCount(0);
  await page.getByLabel('收几分').fill(String(has + 7));
  await page.getByLabel(/8 个数字/).fill(await shownDigits(resident.page));
  await page.getByRole('button', { name: `收 ${has + 7} 分` }).click();
  await page.getByRole('button', { name: `先收他有的 ${has} 分，其余付现金` }).click();
  await takenOn(page);
  await expect(page.locator('.receipt-note')).toContainText('还差 7 分，请另收现金');
  await expect(resident.page.locator('.receipt-note')).toContainText('还差 7 分，请另付现金');
  expect(await balanceOf(payer)).toBe(0);
});

test('the answer is lost after it was taken: asked by its id, also over a reload, taken once', async ({
  browser,
}) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('counter', 60)];
  const resident = await openAs(browser, payer, '/me/pay');
  const { page } = await openAs(browser, shop.staff, '/shop/take');
  let sent = 0;
  await page.route('**/api/take-points', async (route) => {
    sent += 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.route('**/api/redemptions/**', (route) => route.abort('internetdisconnected'));
  await choose(page, '洗衣液');
  await page.getByLabel(/8 个数字/).fill(await shownDigits(resident.page));
  await page.getByRole('button', { name: '收 20 分' }).click();
  await expect(page.locator('.counter-said')).toContainText('不知道收没收成，正在问');
  expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });
  await page.reload();
  await expect(page.locator('.counter-said')).toContainText('不知道收没收成，正在问');
  await page.unroute('**/api/redemptions/**');
  await takenOn(page);
  expect(await receiptOn(page)).toBe(await receiptOn(resident.page));
  expect([sent, await takenBy(shop)]).toEqual([1, { count: 1, points: 20 }]);
  await page.reload();
  await expect(page.locator('.offer-tile').first(), 'known, so nothing waits any more').toBeVisible();
});

test('it never arrived: sent again under its id, taken once', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('counter', 60)];
  const resident = await openAs(browser, payer, '/me/pay');
  const { page } = await openAs(browser, shop.staff, '/shop/take');
  const ids: string[] = [];
  await page.route('**/api/take-points', async (route) => {
    ids.push((route.request().postDataJSON() as { id: string }).id);
    if (ids.length === 1) await route.abort('connectionreset');
    else await route.continue();
  });
  await choose(page, '洗衣液');
  await page.getByLabel(/8 个数字/).fill(await shownDigits(resident.page));
  await page.getByRole('button', { name: '收 20 分' }).click();
  await takenOn(page);
  expect(new Set(ids).size).toBe(1);
  expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });
});

test('without network nothing is taken, and what was typed stays', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('counter', 60)];
  const resident = await openAs(browser, payer, '/me/pay');
  const { context, page } = await openAs(browser, shop.staff, '/shop/take');
  const digits = await shownDigits(resident.page);
  await choose(page, '洗衣液');
  await page.getByLabel(/8 个数字/).fill(digits);
  await context.setOffline(true);
  const banner = page.locator('.counter').getByRole('alert');
  await expect(banner).toContainText('没有网络，不能收积分');
  await page.getByRole('button', { name: '收 20 分' }).click();
  await expect(page.getByLabel(/8 个数字/)).toHaveValue(/\d{4} \d{4}/);
  expect((await takenBy(shop)).count).toBe(0);
  await context.setOffline(false);
  await expect(banner).toHaveCount(0);
  await page.getByRole('button', { name: '收 20 分' }).click();
  await takenOn(page);
  expect((await takenBy(shop)).count).toBe(1);
});

test('a code that has run out: gone from the one phone, refused by the other', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('counter', 60)];
  const resident = await openAs(browser, payer, '/account');
  await resident.page.clock.install();
  await resident.page.goto('/me/pay');
  const digits = await shownDigits(resident.page);
  // renewed on the screen while there is a network
  await resident.page.clock.runFor(58_000);
  await expect(resident.page.locator('.pay-digits')).not.toHaveText(
    `${digits.slice(0, 4)} ${digits.slice(4)}`,
  );
  const renewed = await shownDigits(resident.page);
  await resident.context.setOffline(true);
  await resident.page.clock.runFor(65_000);
  await expect(resident.page.getByText('没有网络，这个码已经过期')).toBeVisible();
  await expect(resident.page.locator('.pay-digits, .pay-qr')).toHaveCount(0);
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     update pay_code set made_at = now() - interval '61 seconds', expires_at = now() - interval '1 second' where digits = '${renewed}';
     commit`,
    [],
  );
  const { page } = await openAs(browser, shop.staff, '/shop/take');
  await choose(page, '洗衣液');
  await page.getByLabel(/8 个数字/).fill(renewed);
  await page.getByRole('button', { name: '收 20 分' }).click();
  await expect(page.locator('.counter-said')).toContainText('付款码过了一分钟');
  expect((await takenBy(shop)).count).toBe(0);
  await resident.context.setOffline(false);
  await resident.page.clock.runFor(5000);
  await shownDigits(resident.page);
});

test('without JavaScript on either phone: by digits, confirmed, undone', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu', 25), await aPayer('counter', 100)];
  const had = await balanceOf(payer);
  const plain = { javaScriptEnabled: false };
  const resident = await openAs(browser, payer, '/me/pay', plain);
  const { page } = await openAs(browser, shop.staff, '/shop/take', plain);
  const takeBy = async (offer: string, digits: string) => {
    await page.goto('/shop/take');
    await choose(page, offer);
    await page.getByLabel(/8 个数字/).fill(digits);
    await page.getByRole('button', { name: '收', exact: true }).click();
  };
  const digits = await shownDigits(resident.page);
  await expect(resident.page.getByText(/到 \d\d:\d\d:\d\d 为止能用/)).toBeVisible();
  // refused beside the field, and what was chosen stays
  await takeBy('洗衣液', '1234');
  await expect(page.getByText('付款码是 8 个数字').first()).toBeVisible();
  await expect(page.locator('.offer-tile input:checked')).toHaveValue(shop.soap);
  await takeBy(
    '洗衣液',
    digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  );
  await takenOn(page);
  await resident.page.getByRole('link', { name: '看看店里收了没有' }).click();
  await expectBothShow([page, resident.page], { shop, what: '洗衣液 1 瓶', points: 20 });
  await resident.page.getByRole('link', { name: '再出一个付款码' }).click();

  // over the limit
  await takeBy('大米', await shownDigits(resident.page));
  await expect(page.getByText('等他在手机上点“给”')).toBeVisible();
  await resident.page.getByRole('link', { name: '看看店里收了没有' }).click();
  await resident.page.getByRole('button', { name: '给', exact: true }).click();
  await expect(resident.page.locator('.receipt-verdict')).toHaveText('付好了');
  await page.getByRole('link', { name: '看他点了没有' }).click();
  await takenOn(page);
  expect(await balanceOf(payer)).toBe(had - 50);

  // taken back on the same day
  await page.getByText('收错了，撤销这笔').click();
  await page.getByLabel('东西选错了').check();
  await page.getByLabel('说一句').fill('拿的是小袋');
  await page.getByRole('button', { name: '撤销，退回 30 分' }).click();
  await expect(page.locator('.receipt-verdict')).toHaveText('撤销了');
  await expect(page.getByText('拿的是小袋')).toBeVisible();
  expect(await balanceOf(payer)).toBe(had - 20);
  expect(await takenBy(shop)).toEqual({ count: 3, points: 20 });
  await enter(resident.page, payer, '/me/redemptions');
  await expect(resident.page.locator('a.line', { hasText: '大米' }).first()).toContainText('撤销了');
});
