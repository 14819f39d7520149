import { v7 } from 'uuid';
import { addDays, type Day, dayOf, quarterOf, sayQuarter } from '@/lib/platform/clock';
import { maskName } from '@/lib/residents/rules';
import { anOfficial, askDatabase, type DemoPerson, enter, expect, test } from '../fixtures';

// Lists from the draft to the end, without JavaScript, and who sees a black one. The two sizes run side by side, each in
// a village of its own.

const villageOf = (project: string) => (project === 'phone' ? 'xinghua' : 'binjiang');

/** A quarter in which something was recorded whatever the day. */
const quarter = () => quarterOf(addDays(dayOf(new Date()), -10));

async function send(
  page: import('@playwright/test').Page,
  name: string,
  input: unknown,
): Promise<{ ok: boolean; subject: string; body: string }> {
  const origin = new URL(test.info().project.use.baseURL ?? '').origin;
  const answer = await page.request.post(`/api/commands/${name}`, {
    data: { id: v7(), input },
    headers: { origin },
  });
  const body = await answer.text();
  const parsed = JSON.parse(body) as { ok: boolean; outcome?: { subject?: string } };
  return { ok: parsed.ok, subject: parsed.outcome?.subject ?? '', body };
}

/** An adult with a sign-in who stands on a list of persons. */
async function someoneListed(listId: string): Promise<DemoPerson> {
  const [person] = await askDatabase<DemoPerson & Record<string, unknown>>(
    `select p.id::text as "personId", r.name, p.phone, v.code as "villageCode", v.id::text as "villageId",
       r.household_id::text as "householdId", r.id::text as "residentId"
     from list_row row join resident r on r.village_id = row.village_id and r.id = row.resident_id
     join person p on p.id = r.person_id join village v on v.id = row.village_id
     where row.list_id = $1 and extract(year from now()) - r.birth_year > 19 order by row.rank, r.id limit 1`,
    [listId],
  );
  if (!person) throw new Error('nobody on the list can sign in');
  return person;
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a list goes from the ledger to the village and away again, and a name is full only while consent holds', async ({
    page,
    browser,
  }) => {
    const village = villageOf(test.info().project.name);
    const [secretary, supervisor] = await Promise.all([
      anOfficial('SECRETARY', 0, village),
      anOfficial('SUPERVISOR', 0, village),
    ]);

    await enter(page, secretary, '/desk/lists/new');
    await page.getByLabel('个人', { exact: true }).check();
    await page.getByLabel('哪个季度').selectOption(quarter());
    await page.getByRole('button', { name: '看看台账' }).click();
    await expect(page.getByRole('table', { name: /会上榜的/ })).toBeVisible();
    await page.getByRole('button', { name: '按这个起草' }).click();
    await expect(page.getByText('起草好了，等村务监督员审核。')).toBeVisible();
    const listId = /lists\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    await expect(page.getByRole('button', { name: '审核通过' })).toHaveCount(0);
    const address = `/v/${village}/lists/${listId}`;
    const [nobody, second, home] = await Promise.all(
      [0, 1, 2].map(async () =>
        (
          await browser.newContext({
            baseURL: test.info().project.use.baseURL ?? '',
            javaScriptEnabled: false,
          })
        ).newPage(),
      ),
    );
    if (!nobody || !second || !home) throw new Error('no pages');
    expect((await nobody.goto(address))?.status(), 'a draft').toBe(410);

    await enter(second, supervisor, `/desk/lists/${listId}`);
    await second.getByRole('button', { name: '审核通过' }).click();
    await expect(second.getByText('审核过了')).toBeVisible();
    expect((await nobody.goto(address))?.status(), 'checked').toBe(410);

    await page.goto(`/desk/lists/${listId}`);
    await page.getByRole('button', { name: '开始公示' }).click();
    await expect(page.getByText('开始公示了')).toBeVisible();
    await page.goto('/desk/lists');
    await expect(page.getByRole('link', { name: new RegExp(sayQuarter(quarter())) }).first()).toBeVisible();

    // no second one is drafted beside it: the way leads to the one that is there
    await page.goto(`/desk/lists/new?kind=RED&subject=RESIDENT&period=${quarter()}`);
    await expect(page.getByText('这张榜已经有了，正在公布')).toBeVisible();
    await expect(page.getByRole('button', { name: '按这个起草' })).toHaveCount(0);
    await page.getByRole('link', { name: '打开那一张' }).click();
    await expect(page).toHaveURL(new RegExp(`/desk/lists/${listId}$`));

    const person = await someoneListed(listId);
    await enter(home, person, '/me/consent');
    const takeBack = home.getByRole('button', { name: '收回同意' });
    if (await takeBack.isVisible()) await takeBack.click();
    await expect(home.getByText('现在：名字隐去')).toBeVisible();
    expect((await nobody.goto(address))?.status()).toBe(200);
    await expect(nobody.getByText(person.name, { exact: true })).toHaveCount(0);
    await expect(nobody.getByText(maskName(person.name)).first()).toBeVisible();

    await home.getByRole('button', { name: '同意写全名' }).click();
    await expect(home.getByText('现在：写全名')).toBeVisible();
    await nobody.reload();
    await expect(nobody.getByText(person.name, { exact: true })).toBeVisible();

    await home.getByRole('button', { name: '收回同意' }).click();
    await nobody.reload();
    await expect(nobody.getByText(person.name, { exact: true })).toHaveCount(0);

    // the own line is marked, and leads to an objection
    await home.goto(address);
    await expect(home.getByText('我家', { exact: true }).first()).toBeVisible();
    await expect(home.getByRole('link', { name: '对这一行提异议' }).first()).toHaveAttribute(
      'href',
      /^\/me\/objections\/new\?kind=LIST_ROW&subject=[0-9a-f-]{36}$/,
    );

    // taken back with a reason: gone everywhere, and answered like one that never was
    await second.goto(`/desk/lists/${listId}`);
    await second.getByText('撤回这张榜').first().click();
    await second.getByLabel('为什么撤回').fill('名单要重新核');
    await second.getByRole('button', { name: '撤回', exact: true }).click();
    await expect(second.getByText('撤回了')).toBeVisible();
    expect((await nobody.goto(address))?.status()).toBe(410);
    await expect(nobody.getByText('这张榜已不再公布')).toBeVisible();
    const gone = await nobody.getByRole('main').textContent();
    await nobody.goto(`/v/${village}/lists/${v7()}`);
    expect(await nobody.getByRole('main').textContent()).toBe(gone);
    await nobody.context().close();
    await second.context().close();
    await home.context().close();
  });
});

test('a black list is seen by the village and its office, and is not there for others @desktop', async ({
  page,
  browser,
}) => {
  const [secretary, supervisor] = await Promise.all([anOfficial('SECRETARY'), anOfficial('SUPERVISOR')]);
  const period = quarterOf(dayOf(new Date()) as Day);
  const before = await askDatabase<{ id: string }>(
    `select l.id::text from village_list l join village v on v.id = l.village_id
     where v.code = 'qingzhu' and l.kind = 'BLACK' and l.subject = 'PLACE' and l.period = $1
       and l.state not in ('EXPIRED', 'WITHDRAWN')`,
    [period],
  );
  await enter(page, secretary, '/desk/places');
  for (const { id } of before) await send(page, 'withdraw-list', { listId: id, reason: '另起一张' });
  await page.getByText('登记一个地段').click();
  await page.getByLabel('叫什么').fill('后山老渠');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByText('登记好了。')).toBeVisible();
  await page.getByLabel('哪个地段').selectOption({ label: '后山老渠' });
  await page.getByLabel('看到的样子').selectOption('3');
  await page.getByRole('button', { name: '记下这次检查' }).click();
  await expect(page.getByText('这次检查记下了。')).toBeVisible();
  const [place] = await askDatabase<{ id: string }>(
    `select p.id::text from place p join village v on v.id = p.village_id where v.code = 'qingzhu' and p.name = '后山老渠'`,
    [],
  );
  // nobody puts a place on a black list alone: another one goes and looks
  const inspector = await (
    await browser.newContext({ baseURL: test.info().project.use.baseURL ?? '' })
  ).newPage();
  await enter(inspector, await anOfficial('VERIFIER'), '/account');
  const seen = await send(inspector, 'record-place-check', {
    placeId: place?.id,
    checkedOn: dayOf(new Date()),
    score: 3,
  });
  expect(seen.ok, seen.body).toBe(true);
  await inspector.context().close();
  const drafted = await send(page, 'draft-list', { kind: 'BLACK', subject: 'PLACE', period });
  expect(drafted.ok, drafted.body).toBe(true);
  const listId = drafted.subject;
  const other = await (
    await browser.newContext({ baseURL: test.info().project.use.baseURL ?? '' })
  ).newPage();
  await enter(other, supervisor, '/account');
  expect((await send(other, 'check-list', { listId })).ok).toBe(true);
  expect((await send(page, 'publish-list', { listId })).ok).toBe(true);

  const seenBy = async (person: { personId: string } | null) => {
    const context = await browser.newContext({ baseURL: test.info().project.use.baseURL ?? '' });
    const reader = await context.newPage();
    if (person) await enter(reader, person, '/account');
    const status = (await reader.goto(`/v/qingzhu/lists/${listId}`))?.status();
    const index = await (await context.request.get('/v/qingzhu/lists')).text();
    await context.close();
    return { status, inIndex: index.includes(listId) };
  };
  const people = await askDatabase<{ code: string; personId: string }>(
    `select distinct on (v.code) v.code, r.person_id::text as "personId" from resident r join village v on v.id = r.village_id
     where r.person_id is not null and not exists (select from appointment a where a.person_id = r.person_id)
     order by v.code, r.id`,
    [],
  );
  const of = (code: string) => people.find((one) => one.code === code) ?? null;
  const there = { status: 200, inIndex: true };
  const notThere = { status: 410, inIndex: false };
  expect(await seenBy(of('qingzhu'))).toEqual(there);
  expect(await seenBy(await anOfficial('VERIFIER'))).toEqual(there);
  expect(await seenBy(of('xinghua'))).toEqual(notThere);
  expect(await seenBy(await anOfficial('SECRETARY', 0, 'xinghua'))).toEqual(notThere);
  expect(await seenBy(null)).toEqual(notThere);
  expect((await send(other, 'withdraw-list', { listId, reason: '试过了，撤下' })).ok).toBe(true);
  expect(await seenBy(of('qingzhu'))).toEqual(notThere);
  await other.context().close();
});
