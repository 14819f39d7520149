import type { Page } from '@playwright/test';
import { addQuarters } from '@/lib/periods/rules';
import { dayOf, quarterOf } from '@/lib/platform/clock';
import { anOfficial, aResident, askDatabase, type DemoPerson, enter, expect, test } from '../fixtures';
import { aHousehold, aNotice, aPage, idOf, stateOf, villageOf } from './deductions-world';

// Objections from the link on the page to the decision: to a deduction, to a line in publicity, to a returned deed; and
// one that a steward writes down. A phone with JavaScript, a desktop without.

/** Decides an objection as whoever it falls to. */
async function decide(page: Page, id: string, outcome: '成立' | '不成立', reason: string): Promise<void> {
  const [decider] = await askDatabase<{ personId: string; number: string }>(
    `select d.person_id::text as "personId", o.number from objection o, objection_deciders(o.village_id, o.id, now()) d
     where o.id = $1 limit 1`,
    [id],
  );
  if (!decider) throw new Error('nobody decides it');
  await enter(page, decider, '/desk/objections');
  await page.getByRole('link', { name: new RegExp(`第 ${decider.number} 号`) }).click();
  await expect(page.getByRole('heading', { name: '由您来定' })).toBeVisible();
  await page.getByRole('radio', { name: new RegExp(`^${outcome}`) }).check();
  await page.getByLabel('理由').fill(reason);
  await page.getByRole('button', { name: '定下来' }).click();
  await expect(page.getByText(`异议${outcome}：${reason}`)).toBeVisible();
  // it is over: gone from what is to be done, and kept with what is done
  await expect(page.getByRole('button', { name: '定下来' })).toHaveCount(0);
  await page.goto('/desk/objections?which=over');
  await expect(page.getByRole('link', { name: new RegExp(`第 ${decider.number} 号`) })).toContainText(
    outcome,
  );
}

/** What a household sees of a thing it has objected to: the number and the days, and no way to do so again. */
async function expectStanding(page: Page, address: string, id: string): Promise<void> {
  const said = /^您家已提异议，第 \d{4}-\d{3} 号，还有 7 天$/;
  await page.goto(address);
  await expect(page.getByText(said)).toBeVisible();
  await expect(page.getByRole('button', { name: '提异议' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: '提异议', exact: true })).toHaveCount(0);
  await expect(page.getByRole('link', { name: '看这件异议' })).toHaveAttribute(
    'href',
    `/me/objections/${id}`,
  );
}

test('to a deduction: the household’s own, and one written down by a steward', async ({ browser }) => {
  // eight people, one after another
  test.setTimeout(300_000);
  const { name } = test.info().project;
  const village = villageOf(name);
  const page = await aPage(browser, name === 'phone');
  const [own, other] = [await aHousehold(village, 0, 'first'), await aHousehold(village, 1, 'first')];

  const first = await aNotice(page, village, own);
  await enter(page, own, `/me/deductions/${first}`);
  await page.getByRole('link', { name: '提异议' }).click();
  await page.getByLabel('哪里不对').fill('护栏是上个月别的车撞的');
  await page.getByRole('button', { name: '提异议' }).click();
  await expect(page.getByText('送到了。定了会告诉您。')).toBeVisible();
  expect(await stateOf(first)).toBe('CONTESTED');
  const objection = idOf(page);
  await expectStanding(page, `/me/deductions/${first}`, objection);
  await expectStanding(page, `/me/objections/new?kind=DEDUCTION&subject=${first}`, objection);
  await decide(page, objection, '不成立', '看过当天的监控，就是这户的车');
  expect(await stateOf(first)).toBe('NOTICED');
  // its days run again, and it has been objected to
  await enter(page, own, `/me/deductions/${first}`);
  await expect(page.getByText(/^您家提过异议，第 .* 号，不成立$/)).toBeVisible();
  await expect(page.getByRole('link', { name: '提异议', exact: true })).toHaveCount(0);

  const second = await aNotice(page, village, other);
  const [verifier, steward] = await Promise.all([
    anOfficial('VERIFIER', 0, village),
    anOfficial('STEWARD', 0, village),
  ]);
  // recorded and proposed it: not his to write
  await enter(page, verifier, `/desk/objections/new?for=${other.id}&kind=DEDUCTION&subject=${second}`);
  await expect(page.getByText('这一件您经手过')).toBeVisible();
  await expect(page.getByRole('button', { name: '提异议' })).toHaveCount(0);
  await enter(page, steward, `/desk/objections/new?q=${other.code}`);
  await page.getByRole('link', { name: new RegExp(other.code) }).click();
  await page.getByRole('link', { name: /^扣分：/ }).click();
  await page.getByLabel('哪里不对').fill('老人家说那天全家都不在村里');
  await page.getByRole('button', { name: '提异议' }).click();
  await expect(page.getByText('还有 7 天')).toBeVisible();
  const id = idOf(page);
  await enter(page, other, '/me/messages');
  await expect(page.getByText(`${steward.name}替您家提了一件异议`)).toBeVisible();
  await decide(page, id, '成立', '问过村口的人，那天确实都不在');
  expect(await stateOf(second)).toBe('DROPPED');
  await enter(page, other, `/me/deductions/${second}`);
  await expect(page.getByText('不扣分了')).toBeVisible();
  await page.context().close();
});

test('to a line in publicity, by anyone of the village: upheld it is taken back', async ({ browser }) => {
  const { name } = test.info().project;
  const page = await aPage(browser, name === 'phone');
  const person = await aResident(name, 7, 'xinghua');
  const address = `/v/xinghua/periods/${addQuarters(quarterOf(dayOf(new Date())), -1)}`;
  await enter(page, person, address);
  // the two sizes each take a line of their own
  const link = page.getByRole('link', { name: /^对这一笔提异议/ }).nth(name === 'phone' ? 2 : 5);
  const subject = new URL((await link.getAttribute('href')) ?? '', page.url()).searchParams.get('subject');
  await link.click();
  await page.getByLabel('哪里不对').fill('那天没有看到他家有人来，请再问问');
  await page.getByRole('button', { name: '提异议' }).click();
  await expect(page.getByText('送到了。定了会告诉您。')).toBeVisible();
  const objection = idOf(page);
  await expectStanding(page, `/me/objections/new?kind=POSTING&subject=${subject}`, objection);
  await page.goto(address);
  await expect(page.locator(`a[href="/me/objections/${objection}"]`)).toContainText('您家已提异议');
  await decide(page, objection, '成立', '问过同去的人，确实没有来');
  const [row] = await askDatabase<{ count: number }>(
    'select count(*)::int as count from posting where reverses = $1',
    [subject],
  );
  expect(row?.count).toBe(1);
  await page.context().close();
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
       and not exists (select from deed_decision x where x.village_id = d.village_id and x.deed_id = d.id and x.kind = 'OVERTURN')
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
  await expectStanding(page, `/me/deeds/${deed.id}`, id);
  await expectStanding(page, `/me/objections/new?kind=DEED&subject=${deed.id}`, id);
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
