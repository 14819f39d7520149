import type { Browser, Page } from '@playwright/test';
import { maskName } from '@/lib/residents/rules';
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

// The whole way of a deed, at phone and desktop size, with and without JavaScript: logged by a resident, verified at
// the office, in the household's points, in the public ledger with the name masked, and in the ranking.

const ITEM = { code: 'FIVE_CLEAN-01', name: '参加“五清”集中行动', points: 5 };
const VILLAGE = '/v/qingzhu';

/** A verifier who need not stand back. */
async function aVerifierFor(person: DemoPerson): Promise<DemoPerson> {
  for (const index of [0, 1, 2]) {
    const verifier = await anOfficial('VERIFIER', index);
    const [row] = await askDatabase<{ bar: string | null }>('select recusal($1, $2, $3, $4)::text as bar', [
      person.villageId,
      person.householdId,
      person.residentId,
      verifier.personId,
    ]);
    if (row?.bar === null) return verifier;
  }
  throw new Error('every verifier must stand back');
}

async function another(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const { baseURL, viewport, isMobile, hasTouch } = test.info().project.use;
  const context = await browser.newContext({ baseURL, viewport, isMobile, hasTouch, javaScriptEnabled });
  return context.newPage();
}

async function householdCodeOf(person: DemoPerson): Promise<string> {
  const [row] = await askDatabase<{ code: string }>(
    'select code from household where village_id = $1 and id = $2',
    [person.villageId, person.householdId],
  );
  return row?.code ?? '';
}

const numberIn = (text: string | null) => Number(/−?\d+/.exec(text ?? '')?.[0].replace('−', '-'));

/** What home says of the household. */
async function readHome(page: Page): Promise<{ spendable: number; honour: number; place: string }> {
  await page.goto('/me');
  const figures = page.locator('.figures > div');
  return {
    spendable: numberIn(await page.locator('.big-number-value').textContent()),
    honour: numberIn(await figures.nth(0).locator('dd').textContent()),
    place: (await figures.nth(1).locator('dd').textContent())?.trim() ?? '',
  };
}

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';
  test.describe(how, () => {
    test.use({ javaScriptEnabled: javaScript });

    test('a deed from the phone to the ranking', async ({ page, browser }, info) => {
      const me = await aResident(info.project.name, javaScript ? 3 : 4);
      const code = await householdCodeOf(me);
      await signInByCode(page, me.phone);
      const before = await readHome(page);

      // A resident logs it, with a photo as a camera writes it.
      await page.getByRole('link', { name: '记一件好事' }).click();
      await page.getByLabel(/找一项/).fill('五清');
      await page.getByLabel(/找一项/).press('Enter');
      await page.getByRole('link', { name: ITEM.name }).first().click();
      if (javaScript) await page.locator('.photo-input[data-live]').waitFor();
      await page
        .locator('input[type=file]:visible, input[type=file]')
        .first()
        .setInputFiles(await makeCameraJpeg());
      if (!javaScript) await page.getByRole('button', { name: /放上照片|上传|传上去/ }).click();
      await expect(page.locator('input[name="photos[]"]')).toHaveCount(1);
      await page.getByRole('button', { name: '送出去' }).click();
      await expect(page.getByText('送到了')).toBeVisible();
      const deedId = /\/me\/deeds\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
      expect(await readHome(page), 'nothing counts before it is verified').toEqual(before);

      // The office finds it in its queue, looks at the photo and approves.
      const desk = await another(browser, javaScript);
      const verifier = await aVerifierFor(me);
      await enter(desk, verifier, `/desk/deeds?item=${ITEM.code}&channel=SELF`);
      await desk.locator(`.queue a[href*="${deedId}"]`).click();
      const pane = desk.locator('.deed-pane');
      await expect(pane.getByRole('heading', { name: ITEM.name }).first()).toBeVisible();
      const picture = pane
        .getByRole('img', { name: new RegExp(`${ITEM.name}.*第 1 张`) })
        .filter({ visible: true });
      await expect
        .poll(() => picture.first().evaluate((img: HTMLImageElement) => img.naturalWidth))
        .toBeGreaterThan(0);
      await pane.getByRole('button', { name: `通过，+${ITEM.points} 分` }).click();
      await expect(desk.locator('.undo-bar').filter({ visible: true })).toContainText('通过');
      await desk.context().close();

      // Home shows the points, what happened, and the message that tells so.
      const after = await readHome(page);
      expect(after.spendable).toBe(before.spendable + ITEM.points);
      expect(after.honour).toBe(before.honour + ITEM.points);
      const line = page.getByRole('list', { name: '最近记录' }).locator(`a[href$="${deedId}"]`);
      await expect(line).toContainText(ITEM.name);
      await expect(line).toContainText(`+${ITEM.points}`);
      await expect(line).toContainText('通过');
      await page.goto('/me/messages');
      await expect(page.getByRole('button', { name: new RegExp(ITEM.name) }).first()).toContainText('通过');

      // Anybody reads it in the ledger, under a masked name.
      const anybody = await another(browser, javaScript);
      await anybody.goto(`${VILLAGE}/ledger?item=${ITEM.code}`);
      const entry = anybody
        .locator('tr.entry')
        .filter({ hasText: code })
        .filter({ hasText: maskName(me.name) })
        .filter({ visible: true })
        .first();
      await expect(entry).toContainText(ITEM.name);
      await expect(entry).toContainText(`+${ITEM.points}`);
      await expect(entry).toContainText(maskName(verifier.name));
      for (const name of [me.name, verifier.name, me.phone])
        expect(await anybody.content(), 'no name and no number in full').not.toContain(name);

      // The ranking counts it, at the place that home tells. Other deeds may be verified at the same time.
      await expect(async () => {
        const { place, honour } = await readHome(page);
        await anybody.goto(`${VILLAGE}/ranking`);
        const mine = anybody.locator('main li').filter({ hasText: code });
        await expect(mine.locator('.rank-place')).toHaveText(`第${numberIn(place)}名`, { timeout: 1000 });
        await expect(mine.locator('.rank-figure')).toHaveText(`${honour} 分`, { timeout: 1000 });
      }).toPass({ timeout: 20_000 });
      expect(await anybody.content()).not.toContain(me.name);
      await page.goto(`${VILLAGE}/ranking`);
      await expect(page.locator('#mine')).toContainText('我家');
      await anybody.context().close();
    });
  });
}
