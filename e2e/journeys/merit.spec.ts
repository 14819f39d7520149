import type { Browser, Page } from '@playwright/test';
import { readCodes } from '@/lib/lists/documents/testing/read-code';
import { addDays, dayOf, startOfDay } from '@/lib/platform/clock';
import { anOfficial, askDatabase, enter, expect, makeCameraJpeg, test } from '../fixtures';

// What members of the alliance receive and count, and what officials look at. Each size in a village of its own: the
// phone with JavaScript, the desk without.

const villageOf = (project: string) => (project === 'phone' ? 'qingzhu' : 'xinghua');
const hasScript = () => test.info().project.name === 'phone';

async function openPage(browser: Browser): Promise<Page> {
  const { baseURL, viewport } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(viewport ? { viewport } : {}),
    javaScriptEnabled: hasScript(),
  });
  return context.newPage();
}

interface Keeper {
  personId: string;
  merchantId: string;
  name: string;
}

/** The owner of a shop that takes a village's points; the charities are others. */
async function aKeeper(village: string): Promise<Keeper> {
  const [keeper] = await askDatabase<Keeper & { [key: string]: string }>(
    `select m.owner_id::text as "personId", m.id::text as "merchantId", m.name
     from merchant m join alliance_terms t on t.merchant_id = m.id and t.accepted_at is not null and t.ended_at is null
     join village v on v.id = t.village_id
     where v.code = $1 and m.state = 'ADMITTED' and not m.is_charity
       and (select count(*) from appointment a where a.person_id = m.owner_id) = 1
     order by t.accepted_at, m.id limit 1`,
    [village],
  );
  if (!keeper) throw new Error(`no shop takes points of ${village}`);
  return keeper;
}

async function anOfficialOfTownship(village: string): Promise<{ personId: string }> {
  const [official] = await askDatabase<{ personId: string }>(
    `select a.person_id::text as "personId" from appointment a join village v on v.township_id = a.township_id
     where v.code = $1 and a.role = 'TOWNSHIP' and a.until_day is null limit 1`,
    [village],
  );
  if (!official) throw new Error('no township');
  return official;
}

/** Ten sales of a point each, of one household at one shop in these weeks, through the functions of the counter; its code. */
async function plantPair(village: string, keeper: Keeper): Promise<string> {
  const [home] = await askDatabase<Record<'village' | 'id' | 'code' | 'resident' | 'person', string>>(
    `select h.village_id::text as village, h.id::text, h.code, r.id::text as resident, r.person_id::text as person
     from household h join village v on v.id = h.village_id
     join account a on a.village_id = h.village_id and a.id = h.id and a.balance >= 10
     join resident r on r.village_id = h.village_id and r.household_id = h.id and r.left_on is null and r.person_id is not null
     where v.code = $1 and h.left_on is null
       and not exists (select 1 from appointment b where b.person_id = r.person_id)
     order by (select coalesce(sum(x.points), 0) from redemption x where x.village_id = h.village_id and x.household_id = h.id
               and x.state = 'POSTED' and x.made_at > now() - interval '32 days'), a.balance desc, h.code limit 1`,
    [village],
  );
  if (!home) throw new Error(`no household of ${village} has points to spend`);
  const today = dayOf(new Date());
  for (let index = 0; index < 10; index++) {
    const at = new Date(startOfDay(addDays(today, -1 - index)).getTime() + (9 * 60 + index) * 60_000);
    const [made] = await askDatabase<{ digits: string }>(
      'select digits from pay_code_make($1, gen_random_uuid(), $2, $3, $4, gen_random_uuid(), $5)',
      [home.village, home.id, home.resident, home.person, at],
    );
    await askDatabase(
      'select (x.r).state from redeem_by_code(gen_random_uuid(), $1, $2, null, 1, false, $3, $4) x',
      [keeper.merchantId, made?.digits, keeper.personId, at],
    );
  }
  return home.code;
}

test('a shopkeeper types other sales and sees the share, and puts the number right', async ({ browser }) => {
  const keeper = await aKeeper(villageOf(test.info().project.name));
  const page = await openPage(browser);
  await enter(page, keeper, '/shop');
  await expect(page.locator('main').getByRole('link', { name: '收积分', exact: true })).toBeVisible();
  const field = page.getByLabel('今天别的买卖有几笔');
  await field.fill('九');
  await page.getByRole('button', { name: /记下|改一下/ }).click();
  if (hasScript()) expect(new URL(page.url()).pathname).toBe('/shop');
  await field.fill('7');
  await page.getByRole('button', { name: /记下|改一下/ }).click();
  await expect(page.getByRole('status')).toContainText('记下了');
  await expect(page.locator('.share-said')).toContainText(/\d+%/);
  await expect(page.locator('.share figcaption')).toContainText('记了数的');
  const kept = () =>
    askDatabase<{ n: number }>('select other_sales as n from shop_day where merchant_id = $1 and day = $2', [
      keeper.merchantId,
      dayOf(new Date()),
    ]);
  expect(await kept()).toEqual([{ n: 7 }]);
  await expect(field).toHaveValue('7');
  await field.fill('６');
  await page.getByRole('button', { name: '改一下' }).click();
  await expect(page.getByRole('status')).toContainText('记下了');
  expect(await kept()).toEqual([{ n: 6 }]);
  await page.getByRole('link', { name: /昨天/ }).click();
  await expect(page.getByLabel('昨天别的买卖有几笔')).toBeVisible();
  await page.goto('/shop/statistics');
  await expect(page.getByRole('table', { name: '近 12 个月', exact: true })).toBeVisible();
  const file = await page.request.get('/shop/statistics/csv');
  expect((await file.text()).split('\r\n')).toHaveLength(14);
});

test('an honour is given with its paper, verified by anybody off the sheet, public, and taken back', async ({
  browser,
}) => {
  const village = villageOf(test.info().project.name);
  const [keeper, secretary] = await Promise.all([aKeeper(village), anOfficial('SECRETARY', 0, village)]);
  const title = `节俭惠民商户${test.info().project.name === 'phone' ? '甲' : '乙'}`;
  const page = await openPage(browser);
  await enter(page, secretary, '/desk/alliance/incentives');
  await page.getByRole('link', { name: '记一项激励' }).click();
  await page.locator('a.line', { hasText: keeper.name }).click();
  await page
    .locator('input[type=file]:visible, input[type=file]')
    .first()
    .setInputFiles(await makeCameraJpeg());
  if (!hasScript()) await page.getByRole('button', { name: '放上照片' }).click();
  await expect(page.locator('input[name="photos[]"]')).toHaveCount(1);
  // first refused beside its field, with what was entered still there
  await page.getByRole('radio', { name: /荣誉/ }).check();
  await page.getByLabel('金额').fill('5');
  await page.getByLabel('叫什么').fill(title);
  await page.getByRole('button', { name: '记下' }).click();
  await expect(page.getByText('只有减租、减税和补贴才记金额').first()).toBeVisible();
  await expect(page.getByLabel('叫什么')).toHaveValue(title);
  await expect(page.locator('input[name="photos[]"]')).toHaveCount(1);
  await page.getByLabel('金额').fill('');
  await page.getByRole('button', { name: '记下' }).click();
  await expect(page.getByRole('status')).toContainText('记下了');
  const honour = new URL(page.url()).pathname;
  await expect(page.getByRole('img', { name: '文件照片' })).toBeVisible();

  // the sheet, and what a phone reads off it
  await page.getByRole('link', { name: '看证书，打印' }).click();
  const sheet = page.getByRole('img', { name: new RegExp(`证书：.*${title}`) });
  await expect(sheet).toBeVisible();
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1400, height: 1000 });
  const [scanned = '', ...more] = await readCodes(await sheet.screenshot());
  expect(more).toEqual([]);
  if (size) await page.setViewportSize(size);
  const visitor = await openPage(browser);
  await visitor.goto(scanned);
  await expect(visitor.getByRole('heading', { name: '这张证书有效' })).toBeVisible();
  await expect(visitor.getByText(keeper.name)).toBeVisible();
  await visitor.goto(`/v/${village}/honours`);
  await expect(visitor.locator('#members')).toContainText(title);

  // the shop sees it with its paper, and prints it too
  await enter(page, keeper, '/shop/incentives');
  await page.locator('a.line', { hasText: title }).click();
  await expect(page.getByRole('img', { name: '文件照片' })).toBeVisible();
  await page.getByRole('link', { name: '看证书，打印' }).click();
  await expect(page.getByRole('img', { name: new RegExp(`证书：.*${title}`) })).toBeVisible();

  // taken back: said at once, everywhere
  await enter(page, secretary, honour);
  await page.getByLabel('为什么收回').fill('换货时另加了价');
  await page.getByRole('button', { name: '收回这一项' }).click();
  await expect(page.getByRole('status')).toContainText('收回了');
  await visitor.goto(scanned);
  await expect(visitor.getByRole('heading', { name: '这张证书已经收回' })).toBeVisible();
  expect(await visitor.content()).not.toContain(keeper.name);
  expect(await visitor.content()).not.toContain('另加了价');
  await visitor.goto(`/v/${village}/honours`);
  await expect(visitor.locator('#members')).not.toContainText(title);
  await enter(page, keeper, '/shop/incentives');
  await page.locator('a.line', { hasText: title }).click();
  await expect(page.getByText('换货时另加了价')).toBeVisible();
});

test('what is worth a look: households to the village alone, the shop to the township, marked and kept', async ({
  browser,
}) => {
  const village = villageOf(test.info().project.name);
  const keeper = await aKeeper(village);
  const [code, supervisor, township] = await Promise.all([
    plantPair(village, keeper),
    anOfficial('SUPERVISOR', 0, village),
    anOfficialOfTownship(village),
  ]);
  const page = await openPage(browser);
  const looked = page.getByRole('list', { name: '要看一眼的' }).getByRole('listitem');
  await enter(page, township, '/office/alliance/patterns');
  const theirs = looked.filter({ hasText: keeper.name }).filter({ hasText: '来往特别多' });
  await expect(theirs).toHaveCount(1);
  await expect(theirs).toContainText('这不是结论，只是请看一眼');
  expect(await page.content()).not.toContain(code);

  await enter(page, supervisor, '/desk/alliance/patterns');
  expect(await page.content(), 'closed until it is opened').not.toContain(code);
  await page.getByRole('button', { name: '打开看' }).click();
  const mine = looked.filter({ hasText: `户号 ${code}` });
  await expect(mine).toContainText(/1\d 次/);
  await mine.getByText('看过了', { exact: true }).click();
  await mine.getByLabel('看下来是怎么回事').fill('住在店对门');
  await mine.getByRole('button', { name: '记下：看过了' }).click();
  await expect(page.getByRole('status')).toContainText('看过了');
  await expect(mine).toHaveCount(0);
  await expect(page.locator('#looks')).toContainText('住在店对门');
  await enter(page, township, '/office/alliance/patterns');
  await expect(theirs).toHaveCount(1);
});
