import { askDatabase, enter, expect, test } from '../fixtures';
import { aClosingVillage, letClosingDaysPass } from './closing-world';
import { aPage } from './deductions-world';

// The ends of a quarter and of a year, by the two people of the office that each takes, in a village of their own: a
// phone with JavaScript, a desktop without.

const sayYear = (year: number) => `${year}年第四季度`;

test('a quarter is locked by the supervisor once its days in public are over', async ({ browser }) => {
  const page = await aPage(browser, test.info().project.name === 'phone');
  const village = await aClosingVillage();
  const quarter = page.getByRole('listitem').filter({ hasText: sayYear(village.year) });
  const lock = page.getByRole('button', { name: '锁定这一季' });

  await enter(page, village.secretary, '/desk/periods');
  await expect(quarter).toContainText('荣誉分 80');
  await quarter.getByRole('button', { name: '开始公示' }).click();
  await expect(page.getByRole('status')).toContainText('开始公示了');

  await enter(page, village.supervisor, '/desk/periods');
  await expect(quarter).toContainText('由村务监督员锁定');
  await expect(lock).toHaveCount(0);

  await letClosingDaysPass('period', village.id, 8);
  // the one who made it public does not lock it
  await enter(page, village.secretary, '/desk/periods');
  await expect(lock).toHaveCount(0);
  await enter(page, village.supervisor, '/desk');
  await page
    .getByRole('list', { name: '要您办的事' })
    .getByRole('link', { name: new RegExp(`^锁定${sayYear(village.year)}`) })
    .click();
  await lock.click();
  await expect(page.getByRole('status')).toContainText('这一季锁定了。');
  await expect(quarter).toContainText('已锁定');
  await expect(lock).toHaveCount(0);
  const rows = await askDatabase<{ state: string; by: string }>(
    'select state::text, locked_by_id::text as by from period where village_id = $1',
    [village.id],
  );
  expect(rows).toEqual([{ state: 'LOCKED', by: village.supervisor.personId }]);
  await page.goto(`/v/${village.code}/periods/${village.year}Q4`);
  await expect(page.getByText(/已锁定/)).toBeVisible();
  await page.context().close();
});

test('a year’s end is read before it is announced, told to each household, and done by another', async ({
  browser,
}) => {
  const page = await aPage(browser, test.info().project.name === 'phone');
  const village = await aClosingVillage();
  const [kept, cut] = village.heads;
  if (!kept || !cut) throw new Error('no households');
  const act = page.locator('.year-act').filter({ hasText: `公告 ${village.year} 年末怎么办` });
  const send = act.getByRole('button', { name: '看过了，发出公告' });
  const close = page.getByRole('button', { name: '确认办理' });

  await enter(page, village.secretary, '/desk/periods');
  await expect(send).toBeHidden();
  await act.getByText(`公告 ${village.year} 年末怎么办`).click();
  await expect(act.getByText('全村 3 户，3 户的户主会收到下面的消息')).toBeVisible();
  const told = await act.locator('.news-ahead p').textContent();
  expect(told).toContain('每户最多把 40 分带到下一年');
  await send.click();
  await expect(page.getByRole('status')).toContainText('公告出去了');

  // what each household reads is what the secretary read
  await enter(page, cut, '/me/messages');
  await expect(page.getByText(`${village.year} 年末，积分这样办`)).toBeVisible();
  await expect(page.getByText(told ?? '')).toBeVisible();
  await page.goto('/me');
  await expect(page.getByText(/您家现有/)).toContainText('50 分，年底后保留 40 分，10 分清零');

  await enter(page, village.supervisor, '/desk/periods');
  await expect(close).toHaveCount(0);
  await letClosingDaysPass('year_end', village.id, 31);
  await enter(page, village.secretary, '/desk/periods');
  await expect(close).toHaveCount(0);
  await enter(page, village.supervisor, '/desk/periods');
  await close.click();
  await expect(page.getByRole('status')).toContainText('年末积分办完了');
  const rows = await askDatabase<{ id: string; balance: number }>(
    'select id::text, balance::int from account where village_id = $1 and id = any ($2::uuid[])',
    [village.id, [kept.householdId, cut.householdId]],
  );
  const left = new Map(rows.map((row) => [row.id, row.balance]));
  expect([left.get(kept.householdId), left.get(cut.householdId)]).toEqual([30, 40]);
  await enter(page, cut, '/me');
  await expect(page.getByText('年末可兑积分结清')).toBeVisible();
  await expect(page.locator('.big-number-value')).toHaveText('40');
  await page.context().close();
});
