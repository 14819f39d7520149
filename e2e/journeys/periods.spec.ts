import type { Browser, Page } from '@playwright/test';
import { v7 } from 'uuid';
import { addQuarters } from '@/lib/periods/rules';
import { dayOf, quarterOf, sayQuarter } from '@/lib/platform/clock';
import { anOfficial, aResident, askDatabase, enter, expect, test } from '../fixtures';

// Quarters, the year's end, the calendar and the points' balance. Acts are done once in the demo, so the two sizes
// share them out: the desktop opens a quarter, the phone reads and objects.

const LAST = addQuarters(quarterOf(dayOf(new Date())), -1);

async function withoutJavaScript(browser: Browser): Promise<Page> {
  const { baseURL } = test.info().project.use;
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  return context.newPage();
}

test('a quarter is made public without JavaScript; locking it waits for its last day', async ({
  browser,
}) => {
  if (test.info().project.name === 'phone') {
    // done in the demo already: asking again changes nothing
    const asked = await withoutJavaScript(browser);
    await enter(asked, await anOfficial('SECRETARY', 0, 'xinghua'), '/desk/periods');
    await expect(asked.getByText('公示中')).toBeVisible();
    await expect(asked.getByRole('button', { name: '开始公示' })).toHaveCount(0);
    await asked.context().close();
    return;
  }
  const page = await withoutJavaScript(browser);
  await enter(page, await anOfficial('SUPERVISOR', 0, 'binjiang'), '/desk/periods');
  await expect(page.getByText('由村书记开始公示')).toBeVisible();
  await expect(page.getByRole('button', { name: '开始公示' })).toHaveCount(0);
  await enter(page, await anOfficial('SECRETARY', 0, 'binjiang'), '/desk/periods');
  await page.getByRole('button', { name: '开始公示' }).click();
  await expect(page.getByRole('status')).toContainText('开始公示了');
  await expect(page.getByText('公示中')).toBeVisible();
  const rows = await askDatabase<{ state: string; days: number }>(
    `select p.state::text, (p.public_until - p.public_from)::int as days from period p
     join village v on v.id = p.village_id where v.code = 'binjiang' and p.code = $1`,
    [LAST],
  );
  expect(rows).toEqual([{ state: 'PUBLICITY', days: 7 }]);

  const origin = new URL(page.url()).origin;
  await enter(page, await anOfficial('SUPERVISOR', 0, 'binjiang'), '/desk/periods');
  const answer = await page.request.post('/api/commands/lock-period', {
    data: { id: v7(), input: { quarter: LAST } },
    headers: { origin },
  });
  expect(answer.status()).toBe(409);
  expect(await answer.text()).toContain('PUBLICITY_RUNNING');
  await page.goto('/v/binjiang');
  await page.getByRole('link', { name: '看公示' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(sayQuarter(LAST).slice(5));
  await page.context().close();
});

test('everyone reads a quarter’s lines and sums, and finds the way to object', async ({ page }) => {
  await page.goto('/v/xinghua');
  await page.getByRole('link', { name: '看公示' }).click();
  await expect(page).toHaveURL(new RegExp(`/v/xinghua/periods/${LAST}$`));
  await expect(page.getByRole('listitem').filter({ hasText: /\d\d-\d\d\d .*×/ })).toHaveCount(30);
  const object = page.getByRole('link', { name: /提异议/ }).first();
  await expect(object).toHaveAttribute('href', /^\/me\/objections\/new\?kind=POSTING&subject=[0-9a-f-]{36}$/);
  await page.getByRole('link', { name: '后一页' }).click();
  await expect(page.getByText(/第 31—\d+ 笔/)).toBeVisible();
  await page.getByRole('link', { name: '各户合计' }).click();
  await expect(page.getByRole('list', { name: '各户合计' })).toBeVisible();
  await page.goto(`/v/qingzhu/periods/${LAST}`);
  await expect(page.getByText(/已锁定/)).toBeVisible();
  await expect(page.getByRole('link', { name: /提异议/ })).toHaveCount(0);
  expect((await page.goto('/v/qingzhu/periods/2199Q1'))?.status()).toBe(404);
  expect((await page.goto('/v/qingzhu/periods/2026Q7'))?.status()).toBe(404);
});

test('a household reads its own figure of the year’s end', async ({ page }) => {
  const person = await aResident(test.info().project.name, 2, 'binjiang');
  await enter(page, person, '/me');
  const [row] = await askDatabase<{ year: number; points: number; kept: number }>(
    `select y.year, r.points::int, least(r.points, y.carry_most)::int as kept from year_end y,
       year_remains($1, y.year, $2) r where y.village_id = $1`,
    [person.villageId, person.householdId],
  );
  await expect(page.getByText(`${row?.year} 年末，积分这样办`)).toBeVisible();
  if (row && row.points > 0) {
    await expect(page.getByText(/您家现有/)).toContainText(`${row.points} 分，年底后保留 ${row.kept} 分`);
  }
});

test('the calendar says who has to do what by when, and prints', async ({ page }) => {
  await enter(page, await anOfficial('SECRETARY'), '/desk');
  await expect(page.getByRole('list', { name: '要您办的事' })).toBeVisible();
  await page.getByRole('link', { name: /可以打印/ }).click();
  await expect(page).toHaveURL(/\/desk\/calendar$/);
  const announce = page.getByRole('link', { name: /公告 \d{4} 年末积分怎么办/ });
  await expect(announce).toContainText('村书记');
  await announce.click();
  // what households will read comes before the button that sends it
  const send = page.getByRole('button', { name: '看过了，发出公告' });
  await expect(send).toBeHidden();
  await page.getByText(/^公告 \d{4} 年末怎么办$/).click();
  await expect(page.getByText(/户的户主会收到下面的消息/)).toBeVisible();
  await expect(page.getByText(/起办理，荣誉分不变。您家的数看“我家”。/)).toBeVisible();
  await expect(send).toBeVisible();
});

test('the points’ balance is the ledger’s, without JavaScript and without a name', async ({ browser }) => {
  const page = await withoutJavaScript(browser);
  await page.goto('/v/qingzhu/solvency');
  const shown = await page.locator('.big-number-value').first().textContent();
  const [row] = await askDatabase<{ held: number }>(
    // an order that is handed over is about a household, and neither of its accounts is the household's
    `select (coalesce(sum(p.points) filter (where c.id is not null), 0)
       - coalesce(sum(p.points) filter (where d.id is not null), 0))::int as held
     from posting p join village v on v.id = p.village_id
     left join account c on c.village_id = p.village_id and c.id = p.credit_id and c.kind = 'HOUSEHOLD'
     left join account d on d.village_id = p.village_id and d.id = p.debit_id and d.kind = 'HOUSEHOLD'
     where v.code = 'qingzhu'`,
    [],
  );
  // others may have something approved or bought in between: never more than a few points
  expect(Math.abs(Number(shown?.replaceAll(/\D/g, '')) - (row?.held ?? 0))).toBeLessThanOrEqual(60);
  await expect(page.getByText('1 分约 1 元')).toBeVisible();
  await expect(page.getByText(/上限是各户合计 20,000 分/)).toBeVisible();
  await expect(page.locator('main')).not.toContainText(/×|\d\d-\d\d\d/);
  await page.context().close();
});
