import type { Browser, Page } from '@playwright/test';
import { anOfficial, askDatabase, type DemoPerson, enter, expect, makeCameraJpeg, test } from '../fixtures';

// A deduction from what was seen to what the household says to it, at phone and desktop size, with and without
// JavaScript; and an objection to a returned deed. Each size works in a village of its own.

const villageOf = (project: string) => (project === 'phone' ? 'xinghua' : 'qingzhu');

interface Household {
  id: string;
  code: string;
  personId: string;
}

/** A household that nobody of the office has to stand back from, with a head who signs in and no deduction yet. */
async function aHousehold(village: string, offset: number): Promise<Household> {
  const [household] = await askDatabase<Household & Record<string, unknown>>(
    `select h.id::text, h.code, r.person_id::text as "personId" from household h join village v on v.id = h.village_id
     join resident r on r.village_id = h.village_id and r.household_id = h.id and r.relation = 'HEAD'
       and r.left_on is null and r.person_id is not null
     where v.code = $1 and h.left_on is null and not (h.is_five_guarantee or h.is_disabled or h.is_absent)
       and not exists (select from deduction d where d.village_id = h.village_id and d.household_id = h.id)
       and not exists (select from appointment a where a.village_id = h.village_id
                       and recusal(h.village_id, h.id, null, a.person_id) is not null)
     order by h.id desc offset $2 limit 1`,
    [village, offset],
  );
  if (!household) throw new Error(`no household number ${offset} in ${village}`);
  return household;
}

async function aPage(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const { baseURL, viewport } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(viewport ? { viewport } : {}),
    javaScriptEnabled,
  });
  return context.newPage();
}

async function state(id: string): Promise<string> {
  const [row] = await askDatabase<{ state: string }>('select state::text from deduction where id = $1', [id]);
  return row?.state ?? '';
}

const idOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';

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
    const photo = await makeCameraJpeg();
    if (javaScript) {
      await page.locator('input[type=file]').first().setInputFiles(photo);
    } else {
      await page.locator('.photo-plain input[type=file]').setInputFiles(photo);
      await page.getByRole('button', { name: '放上照片' }).click();
    }
    await expect(page.getByRole('img', { name: '第 1 张照片' })).toBeVisible();
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

test('a warning: the slip on paper, then found mended @desktop', async ({ page }) => {
  const household = await aHousehold('qingzhu', 2);
  const [steward] = await Promise.all([anOfficial('STEWARD', 0, 'qingzhu')]);
  await enter(page, steward, `/desk/deductions/new?for=${household.id}&item=HOME-04`);
  await page.getByLabel('看到了什么').fill('门口堆着旧木料，占了半条路');
  await page.getByRole('button', { name: '记下来，去送提醒' }).click();
  const id = idOf(page);
  await page.getByRole('link', { name: '先打印提醒单' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('签名只表示收到，不表示同意')).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`/desk/deductions/${id}`);
  await page.getByRole('button', { name: '提醒送到了' }).click();
  await expect(page.getByRole('heading', { name: /^等到/ })).toBeVisible();
  // the day has not come: there is no way to propose, and found mended ends it
  await page.getByLabel('看到什么').fill('木料搬走了');
  await page.getByRole('button', { name: '已经改好，不扣了' }).click();
  await expect(page.getByRole('heading', { name: '不扣了', exact: true })).toBeVisible();
  expect(await state(id)).toBe('DROPPED');
});

test('an objection to a returned deed is decided by the supervisor, and is public without names', async ({
  page,
}) => {
  const village = villageOf(test.info().project.name);
  const [deed] = await askDatabase<{ id: string; person: string }>(
    `select d.id::text, r.person_id::text as person from deed d join village v on v.id = d.village_id
     join resident r on r.village_id = d.village_id and r.household_id = d.household_id and r.relation = 'HEAD'
       and r.person_id is not null and r.left_on is null
     where v.code = $1 and d.state = 'RETURNED' and d.decided_at > now() - interval '25 days'
       and not exists (select from objection o where o.village_id = d.village_id and o.subject = d.id)
       and not exists (select from deed_photo a join deed_photo b on b.village_id = a.village_id and b.photo_id = a.photo_id
                       and b.deed_id <> a.deed_id where a.village_id = d.village_id and a.deed_id = d.id)
       and not exists (select from appointment a where a.village_id = d.village_id and a.role = 'SUPERVISOR'
                       and recusal(d.village_id, d.household_id, null, a.person_id) is not null)
     order by d.decided_at desc limit 1`,
    [village],
  );
  if (!deed) throw new Error('no returned deed');
  await enter(page, { personId: deed.person } as DemoPerson, `/me/deeds/${deed.id}`);
  await page.getByRole('link', { name: '提异议' }).click();
  await page.getByLabel('哪里不对').fill('照片看得清的，请再看看');
  await page.getByRole('button', { name: '提异议' }).click();
  await expect(page.getByText('送到了。定了会告诉您。')).toBeVisible();
  await expect(page.getByText('还有 7 天')).toBeVisible();
  const id = idOf(page);
  const [row] = await askDatabase<{ number: string }>('select number from objection where id = $1', [id]);
  const supervisor = await anOfficial('SUPERVISOR', 0, village);
  await enter(page, supervisor, `/desk/objections/${id}`);
  await page.getByRole('radio', { name: /^不成立/ }).check();
  await page.getByLabel('理由').fill('放大看过，确实看不出做了什么');
  await page.getByRole('button', { name: '定下来' }).click();
  await expect(page.getByText('异议不成立：放大看过，确实看不出做了什么')).toBeVisible();
  await page.goto(`/v/${village}/objections`);
  const line = page.getByRole('listitem').filter({ hasText: row?.number ?? '' });
  await expect(line).toContainText('不成立');
  await expect(page.locator('main')).not.toContainText('放大看过');
});
