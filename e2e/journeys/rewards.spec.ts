import type { Browser, Page } from '@playwright/test';
import { v7 } from 'uuid';
import { readCodes } from '@/lib/lists/documents/testing/read-code';
import { addDays, dayOf } from '@/lib/platform/clock';
import { anOfficial, aResident, askDatabase, type DemoPerson, enter, expect, test } from '../fixtures';

// A final red list is rewarded: plaques with their certificates, vouchers by two people, and both taken back. Each size
// in a village of its own; on the phone without JavaScript.

const villageOf = (project: string) => (project === 'phone' ? 'xinghua' : 'binjiang');

async function openPage(browser: Browser): Promise<Page> {
  const { baseURL, viewport } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(viewport ? { viewport } : {}),
    javaScriptEnabled: test.info().project.name !== 'phone',
  });
  return context.newPage();
}

/** A red list of two households that has just been made final, written past the rules: how it came about is another's story. */
async function aFinalList(villageId: string, households: (string | null)[]): Promise<string> {
  const today = dayOf(new Date());
  const period = '2019Q1'; // the demo's lists are of later quarters, and of each there is one in public
  const id = v7();
  const rows = households
    .map(
      (household, index) =>
        `('${villageId}', gen_random_uuid(), '${id}', ${index + 1}, '${household}', ${30 - index})`,
    )
    .join(', ');
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, top, drafted_by_id,
       drafted_at, checked_by_id, checked_at, published_by_id, public_from, public_until, final_at, expires_on)
     select '${villageId}', '${id}', 'RED', 'HOUSEHOLD', '${period}', v.id, 'FINAL', now(), 10, p.id, now(), q.id, now(), p.id,
       '${addDays(today, -9)}', '${addDays(today, -2)}', now() - interval '1 day', '${addDays(today, 300)}'
     from (select id from rulebook_version where village_id = '${villageId}' limit 1) v,
       (select person_id as id from appointment where village_id = '${villageId}' and role = 'SECRETARY' limit 1) p,
       (select person_id as id from appointment where village_id = '${villageId}' and role = 'SUPERVISOR' limit 1) q;
     insert into list_row (village_id, id, list_id, rank, household_id, points) values ${rows};
     commit`,
    [],
  );
  return id;
}

/** With the window of a desk, as where things are printed. */
async function atDesk(page: Page, act: () => Promise<void>): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1400, height: 1000 });
  await act();
  if (size) await page.setViewportSize(size);
}

const spaced = (code: string | undefined) => code?.match(/.{4}/g)?.join(' ') ?? 'no code';

test('rewards of a red list: given by two people, seen by the household, verified by anybody, taken back', async ({
  browser,
}) => {
  const village = villageOf(test.info().project.name);
  const [secretary, supervisor, mine, theirs] = await Promise.all([
    anOfficial('SECRETARY', 0, village),
    anOfficial('SUPERVISOR', 0, village),
    aResident('phone', 4, village),
    aResident('phone', 5, village),
  ]);
  const listId = await aFinalList(mine.villageId, [mine.householdId, theirs.householdId]);
  const page = await openPage(browser);
  const as = (person: DemoPerson, path: string) => enter(page, person, path);

  // plaques
  await as(secretary, '/desk/rewards');
  await page.locator(`a[href="/desk/rewards/lists/${listId}"]`).click();
  await page.getByRole('button', { name: '给这 2 户颁发“红榜之家”' }).click();
  await expect(page.getByRole('status')).toContainText('颁发好了');
  await page.locator('a.line', { hasText: mine.name }).click();
  await page.getByRole('link', { name: '看证书，打印' }).click();
  const sheet = page.getByRole('img', { name: new RegExp(`证书：.*${mine.name}家庭`) });
  await expect(sheet).toBeVisible();
  // what a phone reads off the paper is the address that verifies it
  const [given] = await askDatabase<{ code: string }>(
    'select code from plaque where list_id = $1 and household_id = $2',
    [listId, mine.householdId],
  );
  const { origin } = new URL(page.url());
  await atDesk(page, async () => {
    const [scanned, ...more] = await readCodes(await sheet.screenshot());
    expect([scanned?.toLowerCase(), more]).toEqual([
      `${origin}/v/${village}/certificates/${given?.code}`.toLowerCase(),
      [],
    ]);
  });

  // vouchers: first refused beside the field, then issued, waiting
  await page.goto(`/desk/rewards/lists/${listId}`);
  await page.getByLabel('一张券能换什么').fill('保温杯一个');
  await page.getByLabel('村里按多少分和商户结算').fill('9999');
  await page.getByRole('button', { name: '发放，交监督员复核' }).click();
  await expect(page.getByText('请填 1 到 1000 之间的数')).toBeVisible();
  await expect(page.getByLabel('一张券能换什么')).toHaveValue('保温杯一个');
  await page.getByLabel('村里按多少分和商户结算').fill('25');
  await page.getByRole('button', { name: '发放，交监督员复核' }).click();
  await expect(page.getByRole('status')).toContainText('等村务监督员复核');
  const batch = new URL(page.url()).pathname;
  const vouchers = await askDatabase<{ code: string; household: string }>(
    `select v.code, v.household_id::text as household from voucher v where v.batch_id = $1`,
    [batch.split('/').at(-1)],
  );
  const codeOf = (person: DemoPerson) =>
    spaced(vouchers.find((one) => one.household === person.householdId)?.code);
  expect(vouchers).toHaveLength(2);
  await page.goto(`${batch}/sheet`);
  await expect(page.getByText('这一批还没有复核')).toBeVisible();
  await expect(page.getByRole('button', { name: '打开打印页' })).toHaveCount(0);
  await as(mine, '/me/rewards');
  await expect(page.getByText('保温杯一个')).toHaveCount(0);

  await as(supervisor, batch);
  await page.getByRole('button', { name: '没有问题，让券生效' }).click();
  await expect(page.getByRole('status')).toContainText('券已经生效');
  expect(await page.content()).not.toContain(codeOf(mine));

  // the household
  await as(mine, '/me');
  await page.locator('a[href="/me/rewards"]').first().click();
  await expect(page.getByText(codeOf(mine))).toBeVisible();
  expect(await page.content()).not.toContain(codeOf(theirs));
  await page.locator('a.line', { hasText: '看证书' }).first().click();
  await expect(page.getByRole('img', { name: /红榜之家，编号/ })).toBeVisible();

  // the sheet to cut, and a voucher cancelled
  await as(secretary, batch);
  await page.getByRole('button', { name: '打开打印页' }).click();
  await expect(page.getByText(codeOf(mine))).toBeVisible();
  await expect(page.getByText(codeOf(theirs))).toBeVisible();
  await atDesk(page, async () => {
    const scanned = await readCodes(await page.screenshot({ fullPage: true }));
    // each leads a shop to the page that takes it
    expect(scanned.sort()).toEqual(vouchers.map((one) => `${origin}/shop/voucher?code=${one.code}`).sort());
  });
  await page.goto(batch);
  await page.locator('a.line', { hasText: theirs.name }).click();
  await page.getByLabel('为什么作废').fill('本人说用不上');
  await page.getByRole('button', { name: '作废这张券' }).click();
  await expect(page.getByRole('status')).toContainText('已经作废');
  await as(theirs, '/me/rewards');
  await expect(page.getByText('原因：本人说用不上')).toBeVisible();
  expect(await page.content()).not.toContain(codeOf(theirs));

  // anybody verifies; then it is revoked, and says so at once
  const [plaque] = await askDatabase<{ id: string; code: string }>(
    'select id::text, code from plaque where list_id = $1 and household_id = $2',
    [listId, mine.householdId],
  );
  const visitor = await openPage(browser);
  const address = `/v/${village}/certificates/${plaque?.code.toLowerCase()}`;
  await visitor.goto(address);
  await expect(visitor.getByRole('heading', { name: '这张证书有效' })).toBeVisible();
  await as(supervisor, `/desk/rewards/plaques/${plaque?.id}`);
  await page.getByLabel('为什么撤销').fill('重复记分');
  await page.getByRole('button', { name: '撤销这块牌' }).click();
  await expect(page.getByRole('status')).toContainText('已经撤销');
  await visitor.goto(address);
  await expect(visitor.getByRole('heading', { name: '这张证书已经撤销' })).toBeVisible();
  expect(await visitor.content()).not.toContain('重复记分');
  const unknown = await visitor.goto(`/v/${village}/certificates/00000000000000000000`);
  expect(unknown?.status()).toBe(404);
  await as(mine, `/me/rewards/${plaque?.id}/certificate`);
  await expect(page.getByText('撤销了，不能再打印')).toBeVisible();
  await expect(page.locator('svg.certificate')).toHaveCount(0);
});

test('stars are seen by everybody, masked, and by the household @desktop', async ({ page }) => {
  const [star] = await askDatabase<{ code: string; person: string; name: string; quarter: string }>(
    `select h.code, r.person_id::text as person, r.name, s.period as quarter
     from star_rating s join village v on v.id = s.village_id and v.code = 'qingzhu'
     join household h on h.village_id = s.village_id and h.id = s.household_id
     join resident r on r.village_id = h.village_id and r.household_id = h.id and r.relation = 'HEAD'
       and r.person_id is not null and r.left_on is null
     where s.revoked_at is null and s.period > '2020Q1'
       and not exists (select from consent c where c.household_id = h.id and c.withdrawn_at is null)
     order by s.period desc, s.stars desc, h.code limit 1`,
    [],
  );
  if (!star) throw new Error('the demo has no stars');
  await page.goto('/v/qingzhu');
  await page.getByRole('link', { name: '看荣誉榜' }).click();
  await expect(page.getByRole('heading', { name: '荣誉榜', level: 1 })).toBeVisible();
  await expect(page.getByText(star.code).first()).toBeVisible();
  expect(await page.content()).not.toContain(star.name);
  await page.getByRole('link', { name: '核对证书' }).first().click();
  await expect(page.getByRole('heading', { name: '这张证书有效' })).toBeVisible();
  await enter(page, { personId: star.person }, '/me');
  await page.locator('a.cheer').click();
  await expect(page.getByRole('heading', { name: '星级' })).toBeVisible();
});
