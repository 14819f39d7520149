import type { Browser, Page } from '@playwright/test';
import {
  anOfficial,
  aResident,
  askDatabase,
  enter,
  expect,
  makeCameraJpeg,
  signInByCode,
  test,
} from '../fixtures';

// A shop joins: it applies on a phone without signing in, the township admits it, its owner signs in by a code, the
// village signs, the shop accepts and offers something with a picture, and a resident finds it. With JavaScript on the
// phone, without on the desk.

async function openPage(browser: Browser): Promise<Page> {
  const { baseURL, viewport } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(viewport ? { viewport } : {}),
    javaScriptEnabled: test.info().project.name === 'phone',
    extraHTTPHeaders: { 'x-forwarded-for': test.info().project.name === 'phone' ? '10.3.1.1' : '10.3.1.2' },
  });
  return context.newPage();
}

const official = async () => {
  const [row] = await askDatabase<{ personId: string }>(
    `select a.person_id::text as "personId" from appointment a join township t on t.id = a.township_id
     where a.role = 'TOWNSHIP' and t.code = 'shiqiao' limit 1`,
    [],
  );
  if (!row) throw new Error('the demo has no official of 石桥镇');
  return row;
};

test('a shop applies, is admitted, agrees with the village, offers something, and is found', async ({
  browser,
}) => {
  const isPhone = test.info().project.name === 'phone';
  const name = isPhone ? '桥头水果铺' : '桥头五金店';
  const ware = isPhone ? '苹果五斤' : '锄头一把';
  const letters = isPhone ? 'pgwj' : 'ctyb';
  const phone = `139${String(Date.now()).slice(-8)}`;
  const page = await openPage(browser);
  const press = (button: string | RegExp) => page.getByRole('button', { name: button }).click();

  await page.goto('/sign-in');
  await page.getByRole('link', { name: '开店的，还没入盟？在这里申请' }).click();
  await page.getByLabel('店名').fill(name);
  await page.getByLabel('做哪一行').fill(isPhone ? '水果' : '五金');
  await page.getByLabel('店在哪个镇、街道').selectOption({ label: '石桥镇' });
  await page.getByLabel('地址').fill('桥头 2 号');
  await page.getByLabel('店主姓名').fill('岳小满');
  await page.getByLabel('店主手机号').fill('123');
  await press('交申请');
  await expect(page.getByRole('form').getByRole('alert')).toContainText('有几处没有填对');
  await expect(page.getByLabel('店名')).toHaveValue(name);
  await page.getByLabel('店主手机号').fill(phone);
  await page.getByLabel('门头照片').setInputFiles(await makeCameraJpeg());
  await press('交申请');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('申请交上去了');

  await enter(page, await official(), '/office/alliance?state=APPLIED');
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await expect(page.getByText(phone)).toHaveCount(0);
  await press('看号码，打电话');
  await expect(page.getByRole('link', { name: phone })).toBeVisible();
  await expect(page.getByRole('img', { name: `${name}的门头，点开看大图` })).toBeVisible();
  await press('准予入盟');
  await expect(page.getByRole('status')).toContainText('已经入盟');

  const secretary = await anOfficial('SECRETARY');
  await enter(page, secretary, '/desk/alliance?q=qt');
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await page.getByLabel('店里收 1 分，村里付多少钱').fill('0.85');
  await page.getByLabel('店离哪个组最近').selectOption({ label: '一组' });
  await press('签好，送给店里');
  await expect(page.getByRole('status')).toContainText('等店主在手机上接受');

  await page.context().clearCookies();
  await signInByCode(page, phone);
  await expect(page).toHaveURL(/\/shop$/);
  await page.goto('/shop/offers/new');
  await expect(page.getByText('先要有一份生效的协议')).toBeVisible();
  await page.getByRole('link', { name: '去看协议' }).click();
  await expect(page.getByText('店里每收 1 分，村里付 0.85 元')).toBeVisible();
  await press('看清楚了，接受');
  await expect(page.getByRole('status')).toContainText('马上生效');

  await page.goto('/shop/offers/new');
  const photo = await makeCameraJpeg();
  if (isPhone) {
    await page.locator('.photo-input[data-live]').waitFor();
    await page.locator('.photo-adds input[type=file]').last().setInputFiles(photo);
  } else {
    await page.getByLabel('选照片').setInputFiles(photo);
    await press('放上照片');
  }
  await expect(page.locator('input[name="photos[]"]')).toHaveCount(1, { timeout: 30_000 });
  await page.getByRole('radio', { name: '日常用品' }).check();
  await page.getByLabel('叫什么').fill(ware);
  await page.getByLabel('收几分').fill('12');
  await page.getByLabel('一共几件').fill('5');
  await press('上架，马上开放');
  await expect(page.getByRole('status')).toContainText('上架了');

  // changed only after having been shown
  await page.getByRole('link', { name: '改这一样' }).click();
  await page.getByLabel('收几分').fill('14');
  await press('下一步，看改了什么');
  await expect(page.getByRole('row', { name: /收几分/ })).toContainText('14 分');
  await press('确定改');
  await expect(page.getByRole('status')).toContainText('改好了');

  const resident = await aResident(test.info().project.name, 7);
  await enter(page, resident, '/me');
  await page.getByRole('link', { name: '去兑东西' }).click();
  await page.getByRole('searchbox').fill(letters);
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('link', { name: new RegExp(`${ware}.*14 分`) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByText('还有 5 件')).toBeVisible();
  await expect(page.getByText(phone)).toHaveCount(0);
  await page.context().close();
});

test('a clerk is added, works by an own sign-in, and is gone at once', async ({ browser }) => {
  const page = await openPage(browser);
  const phone = `138${String(Date.now() + 7).slice(-8)}`;
  const [keeper] = await askDatabase<{ personId: string }>(
    `select owner_id::text as "personId" from merchant where name = $1`,
    [test.info().project.name === 'phone' ? '老街面馆' : '小荷书屋'],
  );
  if (!keeper) throw new Error('the demo has no such shop');
  await enter(page, keeper, '/shop/staff');
  await page.getByLabel('姓名').fill('岳小青');
  await page.getByLabel('手机号').fill(phone);
  await page.getByRole('button', { name: '加到店里' }).click();
  await expect(page.getByRole('status')).toContainText('加好了');

  const clerk = await openPage(browser);
  await signInByCode(clerk, phone);
  await clerk.goto('/shop/staff');
  await expect(clerk.getByText('要加人、停用，请找店主。')).toBeVisible();

  await page.getByText('停用、交店').last().click();
  await page.getByRole('button', { name: '停用岳小青' }).click();
  await expect(page.getByRole('status')).toContainText('停用了');
  const gone = await clerk.goto('/shop/staff');
  expect(gone?.status()).toBe(404);
  await clerk.context().close();
  await page.context().close();
});
