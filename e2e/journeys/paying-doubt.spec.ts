import type { Page } from '@playwright/test';
import { askDatabase, enter, expect, test } from '../fixtures';
import {
  aPayer,
  aShop,
  aVoucher,
  balanceOf,
  openAs,
  receiptOn,
  type Shop,
  shownDigits,
  takenBy,
} from './paying-world';

// What phones say when they don't know: on other pages, later, signed out, with a wrong clock; and a price that
// changes while somebody looks at it.

const buy = (shop: Shop) => `/me/buy/${shop.id}?offer=${shop.soap}`;
const SHELF = '**/api/commands/redeem-from-shelf';
const VOUCHER = '**/api/commands/redeem-voucher';
const KNOWN = '**/api/redemptions/**';
const said = (page: Page) => page.locator('.counter-said');
const verdict = (page: Page) => page.locator('.receipt-verdict');

/** What is sent to an address arrives, and no answer comes back, nor to any question about it. */
async function loseAnswers(page: Page, address: string): Promise<void> {
  await page.route(address, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.route(KNOWN, (route) => route.abort('internetdisconnected'));
}

const setPrice = (offer: string, points: number) =>
  askDatabase('update offer set points = $2 where id = $1', [offer, points]);

const signOut = (person: { personId: string }) =>
  askDatabase('update session set ended_at = now() where person_id = $1 and ended_at is null', [
    person.personId,
  ]);

test('what was paid at one shop is never shown as paid at another, nor today as paid now', async ({
  browser,
}) => {
  const [a, b, payer] = [await aShop('qingzhu'), await aShop('qingzhu'), await aPayer('doubt', 200)];
  const { context, page: first } = await openAs(browser, payer, buy(a));
  const loseAt = async (page: Page) => {
    await loseAnswers(page, SHELF);
    await page.getByRole('button', { name: '付 20 分' }).click();
    await expect(said(page)).toContainText('不知道付没付成，正在问');
    await expect.poll(async () => (await takenBy(a)).count).toBeGreaterThan(0);
    await page.close();
  };
  await loseAt(first);
  const page = await context.newPage();
  await page.goto(buy(b));
  await expect(said(page)).toContainText('这是上一笔，不是现在这一笔');
  await expect(said(page)).toContainText(`${a.name}，洗衣液 1 瓶，20 分`);
  await expect(said(page)).toContainText(/今天 \d\d:\d\d，付好了，尾号 \d{4}/);
  await expect(verdict(page)).toHaveCount(0);
  expect((await takenBy(b)).count).toBe(0);
  await page.getByRole('button', { name: '付 20 分' }).click();
  await expect(verdict(page)).toHaveText('付好了');
  await expect(page.locator('.receipt-who')).toHaveText(`付给${b.name}`);
  expect([await takenBy(a), await takenBy(b)]).toEqual([
    { count: 1, points: 20 },
    { count: 1, points: 20 },
  ]);
  // known, and told once
  await page.goto(buy(a));
  await expect(page.getByRole('button', { name: '付 20 分' })).toBeVisible();
  await expect(said(page)).toBeEmpty();
  // the same page, hours later: it is for what is bought now
  await loseAt(page);
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     update redemption set made_at = made_at - interval '3 hours' where merchant_id = '${a.id}'; commit`,
    [],
  );
  const later = await context.newPage();
  await later.goto(buy(a));
  await expect(said(later)).toContainText('这是上一笔，不是现在这一笔');
  await expect(verdict(later)).toHaveCount(0);
  await expect(later.getByRole('button', { name: '付 20 分' })).toBeVisible();
  await later.getByRole('button', { name: '知道了' }).click();
  await expect(said(later)).toBeEmpty();
});

test('what was given back meanwhile is not called paid', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('doubt', 60)];
  const { page } = await openAs(browser, payer, buy(shop));
  await loseAnswers(page, SHELF);
  await page.getByRole('button', { name: '付 20 分' }).click();
  await expect.poll(async () => (await takenBy(shop)).count).toBe(1);
  await askDatabase(
    `select redemption_undo(r.village_id, r.id, 'WRONG_OFFER', '', $2, gen_random_uuid(), now())
     from redemption r where r.merchant_id = $1`,
    [shop.id, shop.staff.personId],
  );
  await page.unroute(KNOWN);
  await expect(verdict(page)).toHaveText('撤销了');
  await expect(page.locator('.receipt-who')).toHaveText(shop.name);
});

test('a voucher whose answer was lost: the same page tells, and no other voucher’s does', async ({
  browser,
}) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('doubt', 10)];
  const codes = [await aVoucher(payer), await aVoucher(payer), await aVoucher(payer)];
  const at = (n: number) => `/shop/voucher?code=${codes[n]}`;
  const { context, page } = await openAs(browser, shop.staff, at(0));
  const take = (on: Page) => on.getByRole('button', { name: '核销，收下这张券' });
  await loseAnswers(page, VOUCHER);
  await take(page).click();
  await expect(said(page)).toContainText('不知道核销没核销成，正在问');
  await expect.poll(async () => (await takenBy(shop)).count).toBe(1);
  await page.reload();
  await expect(said(page)).toContainText('不知道核销没核销成，正在问');
  await expect(page.getByText('不能再用')).toBeHidden();
  await page.unroute(KNOWN);
  await expect(verdict(page)).toHaveText('收到了');
  await receiptOn(page);
  // lost again, and another voucher opened
  await page.goto(at(1));
  await page.route(KNOWN, (route) => route.abort('internetdisconnected'));
  await take(page).click();
  await expect.poll(async () => (await takenBy(shop)).count).toBe(2);
  await page.close();
  const next = await context.newPage();
  await next.goto(at(2));
  await expect(said(next)).toContainText('这是上一笔，不是现在这一笔');
  await expect(verdict(next)).toHaveCount(0);
  await take(next).click();
  await expect(verdict(next)).toHaveText('收到了');
  expect(await takenBy(shop)).toEqual({ count: 3, points: 15 });
});

test('the next customer’s code is no answer to what became of the one before', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu'), await aPayer('doubt', 100)];
  const resident = await openAs(browser, payer, '/me/pay');
  const { context, page } = await openAs(browser, shop.staff, '/shop/take');
  await loseAnswers(page, '**/api/take-points');
  await page.locator('.offer-tile', { hasText: '洗衣液' }).click();
  await page.getByLabel(/8 个数字/).fill(await shownDigits(resident.page));
  await page.getByRole('button', { name: '收 20 分' }).click();
  await expect(said(page)).toContainText('不知道收没收成，正在问');
  await expect.poll(async () => (await takenBy(shop)).count).toBe(1);
  await page.close();
  await resident.page.getByRole('link', { name: '再出一个付款码' }).click();
  const next = await context.newPage();
  await next.goto(`/shop/take?code=${await shownDigits(resident.page)}`);
  await expect(said(next)).toContainText('这是上一笔，不是现在这一笔');
  await expect(said(next)).toContainText(/收到了，尾号 \d{4}/);
  await expect(verdict(next)).toHaveCount(0);
  await next.locator('.offer-tile', { hasText: '大米' }).click();
  // above the limit of this shop
  await next.getByRole('button', { name: '收 30 分' }).click();
  await resident.page.getByRole('button', { name: '给', exact: true }).click();
  await expect(verdict(next)).toHaveText('收到了');
  await expect(next.locator('.receipt-what')).toHaveText('大米 5 公斤');
  expect(await takenBy(shop)).toEqual({ count: 2, points: 50 });
});

test('signed out before the outcome is known: said, kept, and told after signing in', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu', 10), await aPayer('doubt', 100)];
  const { page } = await openAs(browser, payer, buy(shop));
  await loseAnswers(page, SHELF);
  await page.getByRole('button', { name: '付 20 分' }).click();
  await expect(said(page)).toContainText('不知道付没付成，正在问');
  await signOut(payer);
  await page.unroute(KNOWN);
  await expect(said(page)).toContainText('登录过期了，还不知道付没付成');
  await expect(said(page)).toContainText('请别再付第二次');
  const again = said(page).getByRole('link', { name: '重新登录' });
  expect(await again.getAttribute('href')).toBe(`/sign-in?next=${encodeURIComponent(buy(shop))}`);
  await again.click();
  await expect(page).toHaveURL(/\/sign-in/);
  await enter(page, payer, buy(shop));
  await expect(verdict(page)).toHaveText('付好了');
  expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });
  // 给 by somebody who is signed out
  await page.goto('/me/pay');
  const counter = await openAs(browser, shop.staff, '/shop/take');
  await counter.page.locator('.offer-tile', { hasText: '洗衣液' }).click();
  await counter.page.getByLabel(/8 个数字/).fill(await shownDigits(page));
  await counter.page.getByRole('button', { name: '收 20 分' }).click();
  await expect(page.getByRole('heading', { name: /要收 20 分，给不给/ })).toBeVisible();
  await signOut(payer);
  await page.getByRole('button', { name: '给', exact: true }).click();
  await expect(page.locator('.pay-question')).toContainText('登录过期了，“给”没有送到');
  await expect(page.locator('.pay-question').getByRole('link', { name: '重新登录' })).toBeVisible();
  expect((await takenBy(shop)).count).toBe(1);
});

for (const hours of [1, -1]) {
  test(`a phone whose date is ${hours} hour off, and is set right while it waits`, async ({ browser }) => {
    const [shop, payer] = [await aShop('qingzhu'), await aPayer('doubt', 60)];
    const resident = await openAs(browser, payer, '/me/pay');
    const { page } = await openAs(browser, shop.staff, '/account');
    await page.clock.install({ time: new Date(Date.now() + hours * 3_600_000) });
    await page.goto('/shop/take');
    const origin = new URL(page.url()).origin;
    const sent: object[] = [];
    await page.route('**/api/take-points', async (route) => {
      sent.push(route.request().postDataJSON() as object);
      await route.abort('connectionreset');
    });
    const press = async () => {
      await page.locator('.offer-tile', { hasText: '洗衣液' }).click();
      await page.getByLabel(/8 个数字/).fill(await shownDigits(resident.page));
      await page.getByRole('button', { name: '收 20 分' }).click();
      await expect(said(page)).toContainText('不知道收没收成，正在问');
    };
    const asked = () => page.waitForResponse((answer) => answer.url().includes('/api/redemptions/'));
    await press();
    await page.clock.setSystemTime(Date.now());
    await asked();
    await asked();
    await expect(said(page)).toContainText('不知道收没收成，正在问');
    // what was sent first arrives late
    await page.request.post('/api/take-points', { data: sent[0], headers: { origin } });
    await expect(verdict(page)).toHaveText('收到了');
    expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });
    // and what never arrives is given up after a minute and a half of its own
    await page.getByRole('button', { name: '再收一笔' }).click();
    await resident.page.getByRole('link', { name: '再出一个付款码' }).click();
    await page.clock.setSystemTime(Date.now() + hours * 3_600_000);
    await press();
    await page.clock.setSystemTime(Date.now());
    await asked();
    await page.clock.runFor(95_000);
    await expect(said(page)).toContainText('没有收成，没有扣分');
    expect((await takenBy(shop)).count).toBe(1);
  });
}

test('a price that changes while it is looked at: nothing is taken but what stands on the button', async ({
  browser,
}) => {
  const [shop, payer] = [await aShop('qingzhu', 1000), await aPayer('doubt', 300)];
  const had = await balanceOf(payer);
  const { page } = await openAs(browser, payer, buy(shop));
  await expect(page.getByRole('button', { name: '付 20 分' })).toBeVisible();
  await setPrice(shop.soap, 40);
  await page.getByRole('button', { name: '付 20 分' }).click();
  await expect(said(page)).toContainText('现在要 40 分，和您看到的不一样，没有扣分');
  expect(await balanceOf(payer)).toBe(had);
  await page.getByRole('button', { name: '回去重来' }).click();
  await setPrice(shop.soap, 41);
  await page.getByRole('button', { name: '先给我留着，以后去拿' }).click();
  await expect(said(page)).toContainText('现在要 41 分');
  await page.getByRole('button', { name: '回去重来' }).click();
  await page.getByRole('button', { name: '付 41 分' }).click();
  await expect(verdict(page)).toHaveText('付好了');
  await expect(page.locator('.receipt-points')).toHaveText('41 分');
  expect(await balanceOf(payer)).toBe(had - 41);

  // at the counter; the same code is still good
  const resident = await openAs(browser, payer, '/me/pay');
  const counter = await openAs(browser, shop.staff, '/shop/take');
  await counter.page.locator('.offer-tile', { hasText: '洗衣液' }).click();
  await setPrice(shop.soap, 45);
  await counter.page.getByLabel(/8 个数字/).fill(await shownDigits(resident.page));
  await counter.page.getByRole('button', { name: '收 41 分' }).click();
  await expect(said(counter.page)).toContainText('现在要 45 分');
  expect(await balanceOf(payer)).toBe(had - 41);
  await counter.page.getByRole('button', { name: '按 45 分收' }).click();
  await expect(verdict(counter.page)).toHaveText('收到了');
  expect(await balanceOf(payer)).toBe(had - 86);
  await counter.page.getByRole('button', { name: '再收一笔' }).click();
  await expect(counter.page.locator('.offer-tile', { hasText: '洗衣液' })).toContainText('45 分');

  // of an offer no part is taken
  await setPrice(shop.rice, had);
  await counter.page.goto('/shop/take');
  await counter.page.locator('.offer-tile', { hasText: '大米' }).click();
  await resident.page.getByRole('link', { name: '再出一个付款码' }).click();
  await counter.page.getByLabel(/8 个数字/).fill(await shownDigits(resident.page));
  await counter.page.getByRole('button', { name: `收 ${had} 分` }).click();
  await expect(said(counter.page)).toContainText('不够');
  await expect(counter.page.getByRole('button', { name: '重新收' })).toBeVisible();
  await expect(counter.page.getByRole('button', { name: /先收他有的/ })).toHaveCount(0);
});

test('the same without JavaScript, on both phones', async ({ browser }) => {
  const [shop, payer] = [await aShop('qingzhu', 1000), await aPayer('doubt', 200)];
  const had = await balanceOf(payer);
  const plain = { javaScriptEnabled: false };
  const { page } = await openAs(browser, payer, buy(shop), plain);
  await setPrice(shop.soap, 40);
  await page.getByRole('button', { name: '付 20 分' }).click();
  await expect(page.getByRole('alert')).toContainText('现在要 40 分');
  const counter = await openAs(browser, shop.staff, '/shop/take', plain);
  await page.goto('/me/pay');
  const digits = await shownDigits(page);
  await counter.page.locator('.offer-tile', { hasText: '洗衣液' }).click();
  await setPrice(shop.soap, 42);
  const take = async () => {
    await counter.page.getByLabel(/8 个数字/).fill(digits);
    await counter.page.getByRole('button', { name: '收', exact: true }).click();
  };
  await take();
  await expect(counter.page.getByRole('alert')).toContainText('现在要 42 分');
  expect(await balanceOf(payer)).toBe(had);
  await expect(counter.page.locator('.offer-tile', { hasText: '洗衣液' })).toContainText('42 分');
  await take();
  await expect(verdict(counter.page)).toHaveText('收到了');
  expect(await balanceOf(payer)).toBe(had - 42);
});
