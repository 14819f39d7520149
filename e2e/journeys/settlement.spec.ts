import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import readXlsx from 'read-excel-file/node';
import { askDatabase, enter, expect, makeCameraJpeg, test } from '../fixtures';
import {
  agreeTo,
  giveAllBack,
  openSettlementWorld,
  overdueIn,
  payFor,
  stateLastMonth,
} from './settlement-world';

// A month is settled: the shop disputes a line and is answered, agrees, is paid with a slip, says that nothing came, is
// answered, and confirms. The shop on a phone with JavaScript, the office at a desk without it.

async function open(browser: Browser, more: BrowserContextOptions): Promise<Page> {
  const { baseURL } = test.info().project.use;
  return (await browser.newContext({ ...(baseURL ? { baseURL } : {}), ...more })).newPage();
}

async function townshipOf(villageId: string): Promise<{ personId: string }> {
  const [official] = await askDatabase<{ personId: string }>(
    `select a.person_id::text as "personId" from appointment a join village v on v.township_id = a.township_id
     where v.id = $1 and a.role = 'TOWNSHIP' and a.until_day is null limit 1`,
    [villageId],
  );
  if (!official) throw new Error('the demo has no official of the township');
  return official;
}

test('a month is settled by both sides', async ({ browser }) => {
  const world = await openSettlementWorld(test.info().project.name);
  const id = await stateLastMonth(world);
  const shop = await open(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const desk = await open(browser, { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });

  // the shop finds a line that is wrong
  await enter(shop, world.shopkeeper, '/shop/statements');
  await shop.locator('a.line', { hasText: '结算单' }).click();
  await expect(shop.getByText('30.00 元').first()).toBeVisible();
  await shop.getByRole('link', { name: /^不对/ }).first().click();
  await shop.getByRole('textbox', { name: '哪里不对' }).fill('这一笔不是我家收的');
  await shop.getByRole('button', { name: '告诉村里' }).click();
  await expect(shop.getByText('有 1 笔等村里答复')).toBeVisible();
  await expect(shop.getByRole('button', { name: /同意/ })).toHaveCount(0);

  // it was another line: taken back, and said of the right one
  await shop.getByRole('link', { name: /^改、收回/ }).click();
  await shop.getByRole('button', { name: '收回，这一笔没有不对' }).click();
  await expect(shop.getByRole('status')).toContainText('收回了');
  await expect(shop.getByRole('button', { name: '都对，同意 30.00 元' })).toBeVisible();
  await shop.getByRole('link', { name: /^不对/ }).last().click();
  await shop.getByRole('textbox', { name: '哪里不对' }).fill('这一笔不是我家收的');
  await shop.getByRole('button', { name: '告诉村里' }).click();
  await expect(shop.getByText('有 1 笔等村里答复')).toBeVisible();

  // the village answers
  await enter(desk, world.secretary, `/desk/alliance/statements/${id}`);
  await expect(desk.getByText('这一笔不是我家收的').first()).toBeVisible();
  await desk.getByRole('textbox', { name: '村里的答复' }).fill('查过底单，是您店里的');
  await desk.getByRole('button', { name: '答复这一笔' }).click();
  await expect(desk.getByRole('status')).toContainText('答复记下了');

  // the shop says it once more; the township reads what both say, the village answers again
  await shop.reload();
  await expect(shop.getByText('村里：查过底单，是您店里的')).toBeVisible();
  await shop.getByRole('link', { name: /^还是不对/ }).click();
  await expect(shop.getByText('村里答复：')).toBeVisible();
  await shop.getByRole('textbox', { name: '还有哪里不对' }).fill('那天店没有开门');
  await shop.getByRole('button', { name: '告诉村里' }).click();
  await expect(shop.getByText('有 1 笔等村里答复')).toBeVisible();
  const township = await open(browser, { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
  await enter(township, await townshipOf(world.secretary.villageId), '/office/alliance/settlement');
  await township.getByText(new RegExp(`${world.shopName} .*结算单`)).click();
  await expect(township.getByText('商户：这一笔不是我家收的')).toBeVisible();
  await expect(township.getByText('村里：查过底单，是您店里的')).toBeVisible();
  await expect(township.getByText('商户又说：那天店没有开门')).toBeVisible();
  await desk.goto(`/desk/alliance/statements/${id}`);
  await expect(desk.getByText('这一笔不是我家收的').first()).toBeVisible();
  await desk.getByRole('textbox', { name: '村里的答复' }).fill('监控看过，开着门');
  await desk.getByRole('button', { name: '答复这一笔' }).click();
  await expect(desk.getByRole('status')).toContainText('答复记下了');

  // the shop agrees
  await shop.reload();
  await expect(shop.getByText('村里：监控看过，开着门')).toBeVisible();
  await shop.getByRole('link', { name: /^看答复/ }).click();
  await expect(shop.getByText('这一笔说过两次，村里也答复了两次')).toBeVisible();
  await shop.getByRole('link', { name: '算了，不说了' }).click();
  await shop.getByRole('button', { name: '都对，同意 30.00 元' }).click();
  await expect(shop.getByRole('status')).toContainText('您同意了');

  // the village pays, with a picture of the slip
  await desk.goto(`/desk/alliance/statements/${id}`);
  await desk.getByRole('link', { name: '去记付款' }).click();
  await expect(desk.getByText('这次一共付')).toBeVisible();
  await desk.locator('input[type=file]').setInputFiles(await makeCameraJpeg());
  await desk.locator('[form=slip-photo][type=submit], button[form=slip-photo]').first().click();
  await desk.getByLabel('银行转账').check();
  await desk.getByLabel('凭证号').fill('=1+2');
  await desk.getByRole('button', { name: '记下，已经付了' }).click();
  await expect(desk.getByRole('status')).toContainText('记下了，等商户确认');
  await expect(desk.getByRole('img', { name: '付款回单' })).toBeVisible();

  // the money has not come, then it has
  await shop.goto(`/shop/statements/qingzhu/${id}`);
  await expect(shop.getByRole('img', { name: '付款回单' })).toBeVisible();
  await shop.getByText('没收到，或者数目不对').click();
  await shop.getByRole('textbox', { name: '怎么回事' }).fill('卡上没有这一笔');
  await shop.getByRole('button', { name: '告诉村里没收到' }).click();
  await expect(shop.getByText('您说没收到，有争议').first()).toBeVisible();
  await desk.goto(`/desk/alliance/statements/${id}`);
  await desk.getByRole('textbox', { name: '答复商户' }).fill('银行说今天下午到');
  await desk.getByRole('button', { name: '答复', exact: true }).click();
  await expect(desk.getByText('银行说今天下午到')).toBeVisible();
  await shop.reload();
  await shop.getByRole('button', { name: '收到了，30.00 元' }).click();
  await expect(shop.getByRole('status')).toContainText('结清');

  // files, of both sides, and of a formula nothing but its text
  const base = `/desk/alliance/statements/${id}`;
  const csv = await (await desk.request.get(`${base}/file?as=csv`)).text();
  expect(csv.startsWith('\ufeff日期,时间,户,')).toBe(true);
  expect(csv.trimEnd().split('\r\n').at(-1)).toBe('合计,,,2 笔,30,30,,,');
  const workbook = await desk.request.get(`${base}/file?as=xlsx`);
  const [sheet] = await readXlsx(await workbook.body());
  expect(sheet?.data).toHaveLength(4);
  expect(sheet?.data.at(-1)?.slice(3, 6)).toEqual(['2 笔', 30, 30]);
  const own = await shop.request.get(`/shop/statements/month?month=${world.month}&as=csv`);
  expect(await own.text()).toContain(",'=1+2");
  expect((await own.text()).trimEnd().split('\r\n')).toHaveLength(3);

  // on paper
  await desk.goto(`${base}/print`);
  await desk.emulateMedia({ media: 'print' });
  await expect(desk.getByText('商户（签名）')).toBeVisible();
  await expect(desk.getByText('村书记（签名）')).toBeVisible();
});

test('a shop that sells no more hands back what it owes, and is done', async ({ browser }) => {
  const { name } = test.info().project;
  const world = await openSettlementWorld(name, name === 'phone' ? '要搬走的店' : '要关门的店');
  const id = await giveAllBack(world);
  const shop = await open(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const desk = await open(browser, { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
  await enter(shop, world.shopkeeper, `/shop/statements/qingzhu/${id}`);
  await expect(shop.getByText('从下一张结算单里扣').first()).toBeVisible();

  await enter(desk, world.secretary, `/desk/alliance/statements/${id}`);
  await desk.getByRole('link', { name: '商户把钱退给村里了' }).click();
  await expect(desk.getByText('这次不用付')).toBeVisible();
  await desk.getByText('这家店不再收积分，把钱退给村里了').click();
  await desk.getByLabel('现金').check();
  await desk.getByRole('button', { name: '记下，收到了 30.00 元' }).click();
  await expect(desk.getByRole('status')).toContainText('记下了');
  await expect(desk.getByText('商户退了')).toBeVisible();

  await shop.reload();
  await expect(shop.getByText('记了您退钱，等您确认').first()).toBeVisible();
  await shop.getByRole('button', { name: '对，退了 30.00 元' }).click();
  await expect(shop.getByText('结清了').first()).toBeVisible();
});

test('a statement that nobody pays is seen at the office, at the township, and by everyone as a count and an age', async ({
  browser,
}) => {
  const { name } = test.info().project;
  const shopName = name === 'phone' ? '等钱的店' : '催款的店';
  const world = await openSettlementWorld(name, shopName, 1);
  const id = await stateLastMonth(world);
  await agreeTo(world, id);
  const { count, days } = await overdueIn(world);
  expect(count).toBeGreaterThan(0);
  const page = await open(browser, { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
  await enter(page, world.secretary, '/desk');
  const due = page.locator('a.line', { hasText: /付 \d+ 张结算单给商户/ });
  await expect(due).toContainText(/过了 \d+ 天/);
  await due.click();
  const line = page.locator('a.line', { hasText: shopName });
  await expect(line).toContainText(/过期 \d+ 天没付/);
  await enter(page, await townshipOf(world.secretary.villageId), '/office/alliance/settlement');
  await expect(page.getByText(/\d+ 张结算单过期没付/)).toBeVisible();
  const village = page.getByRole('row', { name: /青竹/ });
  await expect(village).toContainText(`${count} 张，`);
  await expect(village).toContainText(`最久 ${days} 天`);
  await enter(page, world.shopkeeper, `/shop/statements/qingzhu/${id}`);
  await expect(page.getByText(/过了付款的日子 \d+ 天，村里还没有记付款/)).toBeVisible();
  const everyone = await open(browser, { viewport: { width: 390, height: 844 } });
  await everyone.goto('/v/qingzhu/solvency');
  await expect(everyone.getByText(`有 ${count} 张结算单过期没付`)).toBeVisible();
  await expect(everyone.getByText(`最久的过期 ${days} 天`)).toBeVisible();
  await expect(everyone.getByText(shopName)).toHaveCount(0);
  // paid, it is no longer
  await payFor(world, id);
  expect((await overdueIn(world)).count).toBe(count - 1);
  await everyone.reload();
  await expect(everyone.getByText(`有 ${count} 张结算单过期没付`)).toHaveCount(0);
});
