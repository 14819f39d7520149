import type { Page } from '@playwright/test';
import { v7 } from 'uuid';
import {
  anOfficial,
  aResident,
  askDatabase,
  type DemoPerson,
  enter,
  expect,
  makeCameraJpeg,
  signInByCode,
  test,
} from '../fixtures';

// A resident's day, at phone and desktop size, with and without JavaScript.

/** An item that must have a photo, and one that must not. */
const WITH_PHOTO = { code: 'FIVE_CLEAN-01', name: '参加“五清”集中行动' };
const WITHOUT_PHOTO = { code: 'CIVIC-03', name: '参加村里活动（文体、节庆、宣讲）' };

async function latestDeed(person: DemoPerson): Promise<{ id: string; state: string; photos: number }> {
  const [deed] = await askDatabase<{ id: string; state: string; photos: number }>(
    `select d.id::text, d.state::text, (select count(*)::int from deed_photo p
       where p.village_id = d.village_id and p.deed_id = d.id) as photos
     from deed d where d.village_id = $1 and d.household_id = $2 order by d.submitted_at desc, d.id desc limit 1`,
    [person.villageId, person.householdId],
  );
  if (!deed) throw new Error('no deed');
  return deed;
}

async function countDeeds(person: DemoPerson): Promise<number> {
  const [row] = await askDatabase<{ count: number }>(
    'select count(*)::int from deed where village_id = $1 and household_id = $2',
    [person.villageId, person.householdId],
  );
  return row?.count ?? 0;
}

/** Puts a photo into the form, the way this browser can. */
async function addPhoto(page: Page, javaScript: boolean): Promise<void> {
  const photo = await makeCameraJpeg();
  await page.locator('input[type=file]:visible, input[type=file]').first().setInputFiles(photo);
  if (!javaScript) await page.getByRole('button', { name: /放上照片|上传|传上去/ }).click();
  await expect(page.locator('input[name="photos[]"]')).toHaveCount(1);
}

/** Returns a deed as a verifier who may. */
async function giveBack(page: Page, deedId: string, reason: string): Promise<void> {
  const context = await page.context().browser()?.newContext({ baseURL: test.info().project.use.baseURL });
  if (!context) throw new Error('no browser');
  const desk = await context.newPage();
  for (const index of [0, 1, 2]) {
    await enter(desk, await anOfficial('VERIFIER', index), '/account');
    const answer = await desk.request.post('/api/commands/return-deed', {
      data: { id: v7(), input: { deedId, reason } },
      headers: { origin: new URL(desk.url()).origin },
    });
    if (answer.ok()) {
      await context.close();
      return;
    }
  }
  throw new Error('nobody could return it');
}

for (const javaScript of [true, false]) {
  test.describe(javaScript ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled: javaScript });
    const own = javaScript ? 0 : 5;

    test('sign in by code, log a deed with a photo, see it wait, withdraw it', async ({ page }, info) => {
      const me = await aResident(info.project.name, own);
      await signInByCode(page, me.phone);
      await expect(page).toHaveURL(/\/me$/);
      await page.getByRole('link', { name: '记一件好事' }).click();
      await page.getByLabel(/找一项/).fill('wq');
      await page.getByLabel(/找一项/).press('Enter');
      await page.getByRole('link', { name: WITH_PHOTO.name }).first().click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(WITH_PHOTO.name);
      await addPhoto(page, javaScript);
      await page.getByRole('button', { name: '送出去' }).click();
      await expect(page).toHaveURL(/\/me\/deeds\/[0-9a-f-]{36}/);
      await expect(page.getByText('送到了')).toBeVisible();
      const deed = await latestDeed(me);
      expect(deed).toMatchObject({ state: 'SUBMITTED', photos: 1 });
      expect(page.url()).toContain(deed.id);
      const picture = page.getByRole('img', { name: /第 1 张照片/ });
      await expect(picture).toBeVisible();
      const file = await page.request.get(
        `/api/photos/${(await picture.getAttribute('src'))?.split('/').pop()}`,
      );
      expect((await file.body()).includes('Testphone')).toBe(false);

      await page.goto('/me');
      const line = page.getByRole('list', { name: '最近记录' }).getByRole('link').first();
      await expect(line).toContainText(WITH_PHOTO.name);
      await expect(line).toContainText('等核实');
      await line.click();
      await page.getByRole('link', { name: '撤回这一件' }).click();
      await page.getByRole('button', { name: '撤回这一件' }).click();
      await expect(page.getByText('撤回了').first()).toBeVisible();
      expect((await latestDeed(me)).state).toBe('WITHDRAWN');
    });

    test('a deed that comes back says why, and is sent again with what it had', async ({ page }, info) => {
      const me = await aResident(info.project.name, own + 1);
      await enter(page, me, `/me/log/${WITHOUT_PHOTO.code}`);
      await page.getByText('补充数量和说明').click();
      await page.getByLabel('还想说的').fill('在文化广场');
      await page.getByRole('button', { name: '送出去' }).click();
      await expect(page.getByText('送到了')).toBeVisible();
      const deed = await latestDeed(me);
      await giveBack(page, deed.id, '日期不对，请改好再报');

      await page.goto('/me');
      await expect(page.getByRole('link', { name: /退回/ }).first()).toContainText('日期不对，请改好再报');
      await page.goto('/me/messages');
      await page
        .getByRole('button', { name: /退回了/ })
        .first()
        .click();
      await expect(page).toHaveURL(new RegExp(`/me/deeds/${deed.id}`));
      await expect(page.getByText('退回了：日期不对，请改好再报')).toBeVisible();
      await page.getByRole('link', { name: '再报一次' }).click();
      await expect(page.getByLabel('还想说的')).toHaveValue('在文化广场');
      await page.getByLabel('昨天').check();
      await page.getByRole('button', { name: '送出去' }).click();
      await expect(page.getByText('送到了')).toBeVisible();
      expect((await latestDeed(me)).id).not.toBe(deed.id);
    });

    test('a refusal stands beside its field, and what was entered is kept', async ({ page }, info) => {
      const me = await aResident(info.project.name, own + 2);
      await enter(page, me, `/me/log/${WITH_PHOTO.code}`);
      const before = await countDeeds(me);
      await page.getByLabel('昨天').check();
      await page.getByText('补充数量和说明').click();
      await page.getByLabel('还想说的').fill('村口的沟');
      await page.getByRole('button', { name: '送出去' }).click();
      await expect(page.locator('#f-photos')).toContainText('这个项目要有照片');
      await expect(page.getByLabel('昨天')).toBeChecked();
      await expect(page.getByLabel('还想说的')).toHaveValue('村口的沟');
      expect(await countDeeds(me)).toBe(before);
    });
  });
}

test('four taps from home to a sent deed', async ({ page }, info) => {
  const me = await aResident(info.project.name, 8);
  await enter(page, me, '/me');
  let taps = 0;
  const tap = async (what: () => Promise<void>) => {
    await what();
    taps += 1;
  };
  await tap(() => page.getByRole('link', { name: '记一件好事' }).click());
  await tap(() => page.locator('#starred a, #recent a, #popular a').first().click());
  await tap(async () => {
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(await makeCameraJpeg());
    await expect(page.locator('input[name="photos[]"]')).toHaveCount(1);
  });
  await tap(() => page.getByRole('button', { name: '送出去' }).click());
  await expect(page.getByText('送到了')).toBeVisible();
  expect(taps).toBe(4);
});

test('items are found as one types: characters, pinyin, initials', async ({ page }, info) => {
  const me = await aResident(info.project.name, 8);
  await enter(page, me, '/me/log');
  const search = page.getByLabel(/找一项/);
  for (const typed of ['打扫', 'cundao', 'cdds']) {
    await search.fill(typed);
    await expect(page.getByRole('list', { name: '找到的' })).toContainText('村道打扫');
  }
  await search.fill('没有这样的事');
  await expect(page.getByText('没有找到“没有这样的事”')).toBeVisible();
});

test('without network a deed stays on the phone and goes by itself, once', async ({
  page,
  context,
}, info) => {
  const me = await aResident(info.project.name, 9);
  await enter(page, me, `/me/log/${WITHOUT_PHOTO.code}`);
  const before = await countDeeds(me);
  await context.setOffline(true);
  await page.getByRole('button', { name: '送出去' }).click();
  await expect(page.getByText('还没送到，有网会自动送')).toBeVisible();
  expect(await countDeeds(me)).toBe(before);
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/me\/deeds\/[0-9a-f-]{36}/, { timeout: 30_000 });
  expect(await countDeeds(me)).toBe(before + 1);
});

test('a deed whose answer was lost is the same deed when it is sent again', async ({ page }, info) => {
  const me = await aResident(info.project.name, 9);
  await enter(page, me, `/me/log/${WITHOUT_PHOTO.code}`);
  const before = await countDeeds(me);
  let lost = 0;
  await page.route('**/api/commands/submit-deed', async (route) => {
    if (lost === 0) {
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    } else {
      await route.continue();
    }
  });
  await page.getByRole('button', { name: '送出去' }).click();
  await expect(page.getByText('还没送到，有网会自动送')).toBeVisible();
  expect(await countDeeds(me)).toBe(before + 1);
  // The page is left; home takes the report along.
  await page.goto('/me');
  await expect(page.getByText('还没送到')).toHaveCount(0);
  await expect
    .poll(() => page.evaluate(async () => (await indexedDB.databases()).length), { timeout: 20_000 })
    .toBeGreaterThan(0);
  expect(await countDeeds(me)).toBe(before + 1);
});
