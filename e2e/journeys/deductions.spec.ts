import { anOfficial, askDatabase, enter, expect, test } from '../fixtures';
import {
  addPhoto,
  aHousehold,
  aNotice,
  aPage,
  idOf,
  letDaysPass,
  stateOf as state,
  villageOf,
} from './deductions-world';

// A deduction from what was seen to what the household says to it, at phone and desktop size, with and without
// JavaScript; and one that is posted and given back.

for (const javaScript of [true, false]) {
  test(`seen, proposed, approved, answered and heard, ${javaScript ? 'with' : 'without'} JavaScript`, async ({
    browser,
  }) => {
    const village = villageOf(test.info().project.name);
    const household = await aHousehold(village, javaScript ? 0 : 1);
    const [steward, verifier, supervisor, secretary] = await Promise.all([
      anOfficial('STEWARD', 0, village),
      anOfficial('VERIFIER', 0, village),
      anOfficial('SUPERVISOR', 0, village),
      anOfficial('SECRETARY', 0, village),
    ]);
    const page = await aPage(browser, javaScript);
    const as = (person: { personId: string }, path: string) => enter(page, person, path);

    await as(steward, `/desk/deductions/new?q=${household.code}`);
    await page.getByRole('link', { name: new RegExp(household.code) }).click();
    await page.getByRole('link', { name: /损坏公共设施未修复/ }).click();
    await page.getByLabel('看到了什么').fill('水渠边的护栏被撞弯了一段，没有修');
    await page.getByLabel('谁看到的').fill('护路员和组长');
    await page.getByRole('button', { name: '记下来' }).click();
    await expect(page.getByText('由核分员来办。')).toBeVisible();
    const id = idOf(page);
    expect(await state(id)).toBe('RECORDED');

    await as(verifier, `/desk/deductions/${id}`);
    await page.getByRole('button', { name: '提出扣分' }).click();
    await expect(page.getByText('由村务监督员来看，记录和提出的人不能批准。')).toBeVisible();

    await as(supervisor, `/desk/deductions/${id}`);
    await page.getByLabel('当面送到').check();
    await page.getByRole('button', { name: '批准，通知这户' }).click();
    await expect(page.getByRole('heading', { name: '申辩期还有 7 天' })).toBeVisible();

    await as(household, '/me');
    await page
      .getByRole('link', { name: '点开看' })
      .and(page.locator(`[href="/me/deductions/${id}"]`))
      .click();
    await expect(page.getByText('天可以申辩')).toBeVisible();
    await addPhoto(page, javaScript);
    await page.getByLabel('说说情况').fill('护栏是上个月别的车撞的，我家有照片');
    await page.getByRole('button', { name: '送出去' }).click();
    await expect(page.getByText('送到了。先停下来不扣，看过会告诉您。')).toBeVisible();
    expect(await state(id)).toBe('CONTESTED');

    await as(supervisor, `/desk/deductions/${id}`);
    await expect(page.getByRole('button', { name: '定下来' })).toHaveCount(0);
    await as(secretary, `/desk/deductions/${id}`);
    await page.getByLabel('说得有理，不扣').check();
    await page.getByLabel('理由').fill('照片是上个月拍的，不是这户撞的');
    await page.getByRole('button', { name: '定下来' }).click();
    await expect(page.getByRole('heading', { name: '不扣了', exact: true })).toBeVisible();
    expect(await state(id)).toBe('DROPPED');
    await page.context().close();
  });
}

test('its days over, it is posted; mended and seen, the points come back', async ({ browser }) => {
  // a phone with JavaScript, a desktop without
  const { name } = test.info().project;
  const [village, javaScript] = [villageOf(name), name === 'phone'];
  const household = await aHousehold(village, 2);
  const verifier = await anOfficial('VERIFIER', 0, village);
  const page = await aPage(browser, javaScript);
  const honour = async () => {
    const [row] = await askDatabase<{ honour: number }>(
      `select coalesce(sum(honour), 0)::int as honour from standing where household_id = $1 and period = 'ALL'`,
      [household.id],
    );
    return row?.honour ?? 0;
  };
  const before = await honour();
  const id = await aNotice(page, village, household);
  await enter(page, verifier, `/desk/deductions/${id}`);
  await expect(page.getByRole('button', { name: /^记入台账/ })).toHaveCount(0);
  // who proposed it writes nothing down for the household
  await expect(page.getByRole('link', { name: /代这户/ })).toHaveCount(0);

  await letDaysPass(id);
  await page.goto(`/desk/deductions/${id}`);
  await page.getByRole('button', { name: /^记入台账/ }).click();
  await expect(page.getByRole('heading', { name: /^已经扣了/ })).toBeVisible();
  expect(await state(id)).toBe('POSTED');
  const after = await honour();
  expect(after).toBeLessThan(before);

  await enter(page, household, `/me/deductions/${id}`);
  await expect(page.getByText(`扣了 ${before - after} 分`, { exact: true })).toBeVisible();
  await addPhoto(page, javaScript);
  await page.getByLabel('说明').fill('护栏换了新的');
  await page.getByRole('button', { name: '改好了，请来看' }).click();
  await expect(page.getByText('您报了整改，村里会来看。')).toBeVisible();

  await enter(page, verifier, `/desk/deductions/${id}`);
  await page.getByRole('button', { name: /^去看过，改好了/ }).click();
  await expect(page.getByText('看过，整改好了，返还', { exact: true })).toBeVisible();
  expect(await state(id)).toBe('RESTORED');
  expect(await honour()).toBe(before);
  await enter(page, household, `/me/deductions/${id}`);
  await expect(page.getByText('整改好了，分数已经还给您')).toBeVisible();
  await page.context().close();
});

test('a warning, written down at the desk: the slip on paper, then found mended', async ({ browser }) => {
  // a phone with JavaScript, a desktop without
  const { name } = test.info().project;
  const village = villageOf(name);
  const page = await aPage(browser, name === 'phone');
  const household = await aHousehold(village, 3);
  await enter(page, await anOfficial('STEWARD', 0, village), '/desk');
  await page.goto('/desk/deductions');
  await page.getByRole('link', { name: '记一件' }).click();
  await page.getByRole('searchbox').fill(household.code);
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('link', { name: new RegExp(household.code) }).click();
  await page.locator('a[href*="item=HOME-04"]').click();
  await page.getByLabel('看到了什么').fill('门口堆着旧木料，占了半条路');
  await page.getByRole('button', { name: '记下来，去送提醒' }).click();
  await expect(page.getByRole('link', { name: '先打印提醒单' })).toBeVisible();
  const id = idOf(page);
  expect(await state(id)).toBe('RECORDED');
  await page.getByRole('link', { name: '先打印提醒单' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('签名只表示收到，不表示同意')).toBeVisible();
  await expect(page.getByText('门口堆着旧木料，占了半条路')).toBeVisible();
  await expect(page.getByText(household.code).first()).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`/desk/deductions/${id}`);
  await page.getByLabel('贴在门上').check();
  await page.getByRole('button', { name: '提醒送到了' }).click();
  await expect(page.getByRole('heading', { name: /^等到/ })).toBeVisible();
  // the day has not come: there is no way to propose, and found mended ends it
  await page.getByLabel('看到什么').fill('木料搬走了');
  await page.getByRole('button', { name: '已经改好，不扣了' }).click();
  await expect(page.getByRole('heading', { name: '不扣了', exact: true })).toBeVisible();
  expect(await state(id)).toBe('DROPPED');
  await page.context().close();
});
