import type { Page } from '@playwright/test';
import { aResident, askDatabase, expect, makeCameraJpeg, test } from '../fixtures';
import { aShop, openAs, takenBy, withPoints } from './paying-world';

// Somebody who moved to another village, while the first still has him on its roster. What the second says to his
// household he sees from the first; and what a tab of the first still sends is done for neither.

/** Lives in a household of the other village too, which has a message for him. */
async function movesIn(personId: string): Promise<{ village: string; title: string }> {
  const title = `请到村里来一趟 ${Date.now()}`;
  const [village] = await askDatabase<{ id: string; name: string }>(
    `select id::text, name from village where code = 'xinghua'`,
    [],
  );
  if (!village) throw new Error('the demo has no other village');
  await askDatabase(
    `insert into resident (village_id, id, household_id, person_id, name, pinyin, initials, birth_year, relation, created_at)
     select h.village_id, gen_random_uuid(), h.id, p.id, p.name, r.pinyin, r.initials, r.birth_year, 'OTHER'::"Relation", now()
     from person p join resident r on r.person_id = p.id
     join household h on h.village_id = $2 and h.left_on is null
     where p.id = $1 and not exists (select 1 from resident o where o.village_id = $2 and o.person_id = p.id)
     order by h.code desc limit 1 returning id`,
    [personId, village.id],
  );
  await askDatabase(
    `insert into message (village_id, id, person_id, title, body, href, created_at)
     values ($1, gen_random_uuid(), $2, $3, '', '/me/deductions', now()) returning id`,
    [village.id, personId, title],
  );
  return { village: village.name, title };
}

/** So that the tests of the other village find it as it was. */
async function movesOut(personId: string, stays: string): Promise<void> {
  await askDatabase(
    'update resident set left_on = current_date where person_id = $1 and village_id <> $2 returning id',
    [personId, stays],
  );
}

async function countDeeds(personId: string): Promise<number> {
  const [row] = await askDatabase<{ count: number }>(
    'select count(*)::int as count from deed where reporter_id = $1',
    [personId],
  );
  return row?.count ?? 0;
}

const band = (page: Page) => page.getByRole('region', { name: '在哪个村' });

test('who lives in two villages hears both, and acts for the one he is at home in', async ({ browser }) => {
  // the last household of each village: no other journey has it
  const [from, last] =
    test.info().project.name === 'desktop' ? (['binjiang', 27] as const) : (['qingzhu', 29] as const);
  const shop = await aShop(from);
  const payer = await withPoints(await aResident('phone', last, from), 60);
  const { village, title } = await movesIn(payer.personId);
  const { context, page } = await openAs(browser, payer, '/me');
  const [here] = await askDatabase<{ name: string }>('select name from village where id = $1', [
    payer.villageId,
  ]);
  await expect(band(page)).toContainText(`您现在看的是${here?.name}的家`);
  await expect(band(page).getByRole('button', { name: `换到${village}的家` })).toContainText('条新消息');

  // two pages of the first stay open: its shelf, and a plain form
  const shelf = await context.newPage();
  await shelf.goto(`/me/buy/${shop.id}?offer=${shop.soap}`);
  const plain = await context.newPage();
  await plain.goto('/me/profile');
  // and a report that waits for the network
  const report = await context.newPage();
  await report.goto('/me/log/CIVIC-03');
  await report.route('**/api/commands/submit-deed', (route) => route.abort('internetdisconnected'));
  await report.getByRole('button', { name: '送出去' }).click();
  await expect(report.getByText('还没送到，有网会自动送')).toBeVisible();

  // the message of the second is among his own, and opening it goes there
  await page.goto('/me/messages');
  const line = page.getByRole('listitem').filter({ hasText: title });
  await expect(line).toContainText(village);
  await line.getByRole('button').click();
  await expect(page).toHaveURL(/\/me\/deductions/);
  await expect(band(page)).toContainText(`您现在看的是${village}的家`);

  // what the tabs of the first send now is refused in words, and nothing is paid
  await shelf.getByRole('button', { name: '付 20 分' }).click();
  await expect(shelf.locator('.buy')).toContainText(`您现在看的是${village}的家`);
  expect(await takenBy(shop)).toEqual({ count: 0, points: 0 });
  await plain.locator('form[action="/api/commands/export-household"]').getByRole('button').click();
  await expect(plain).toHaveURL(/\/me\?r=/);
  await expect(plain.getByRole('alert').first()).toContainText(`您现在看的是${village}的家`);

  // the report stays on the phone, and its page says why
  await report.unroute('**/api/commands/submit-deed');
  await report.getByRole('button', { name: '现在再送一次' }).click();
  await expect(report.getByText('还没送到：您现在换到了另一个村的家')).toBeVisible();
  await report.close();

  // the first village's own page takes him home, where the report goes by itself, and he pays
  await plain.goto(`/v/${from}/shops/${shop.id}`);
  await plain.getByRole('button', { name: `换到${here?.name}的家，用这个村的积分` }).click();
  await expect(plain.getByRole('link', { name: '在店里了，自己付几分' })).toBeVisible();
  const before = await countDeeds(payer.personId);
  await plain.goto('/me');
  await expect(band(plain)).toContainText(`您现在看的是${here?.name}的家`);
  await expect.poll(() => countDeeds(payer.personId)).toBe(before + 1);
  await plain.goto(`/me/buy/${shop.id}?offer=${shop.soap}`);
  await plain.getByRole('button', { name: '付 20 分' }).click();
  await expect(plain.locator('.receipt-verdict')).toBeVisible();
  expect(await takenBy(shop)).toEqual({ count: 1, points: 20 });

  // a photo needs no script
  const bare = await openAs(browser, payer, '/me/log/CIVIC-03', { javaScriptEnabled: false });
  await bare.page.locator('input[type=file][name=photo]').setInputFiles(await makeCameraJpeg());
  await bare.page.getByRole('button', { name: '放上照片' }).click();
  await expect(bare.page.getByRole('img', { name: '第 1 张照片' })).toBeVisible();
  await bare.context.close();
  await context.close();
  await movesOut(payer.personId, payer.villageId);
});
