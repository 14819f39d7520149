import type { Page } from '@playwright/test';
import { addQuarters } from '@/lib/periods/rules';
import { dayOf, quarterOf } from '@/lib/platform/clock';
import { aResident, askDatabase, enter, expect, test } from '../fixtures';
import { aPage, idOf } from './deductions-world';

// What the office writes down for a household without a phone about things that are everyone's: a line in publicity, a
// place on a list. And where an overdue one rises to. A phone with JavaScript, a desktop without.

const VILLAGE = 'xinghua';

/** Opens the form for a household by looking for it, as a steward does. */
async function chooseHousehold(page: Page, code: string): Promise<void> {
  await page.getByRole('link', { name: '代村民记一件' }).click();
  await page.getByRole('searchbox').fill(code);
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('link', { name: new RegExp(`^${code}`) }).click();
  await expect(page.getByRole('heading', { name: '对什么提异议' })).toBeVisible();
}

async function send(page: Page, body: string): Promise<string> {
  await page.getByLabel('哪里不对').fill(body);
  await page.getByRole('button', { name: '提异议' }).click();
  await expect(page.getByText('还有 7 天')).toBeVisible();
  return idOf(page);
}

const kept = async (id: string) =>
  (
    await askDatabase<{ subject: string; household: string; reporter: string; channel: string }>(
      `select subject::text, household_id::text as household, reporter_id::text as reporter, channel::text
       from objection where id = $1`,
      [id],
    )
  )[0];

test('a line in publicity is objected to for the household that asked, not for the steward’s own', async ({
  browser,
}) => {
  const { name } = test.info().project;
  const page = await aPage(browser, name === 'phone');
  const person = await aResident(name, 8, VILLAGE);
  // a line of another household, of the other end than the journey of residents takes, and a steward who had no part in it
  const [line] = await askDatabase<{ id: string; code: string; own: string; steward: string; name: string }>(
    `select p.id::text, h.code, mine.code as own, a.person_id::text as steward, pe.name
     from posting p join village v on v.id = p.village_id
     join period q on q.village_id = v.id and q.state = 'PUBLICITY' and q.code = quarter_of(p.credited_on)
     join household h on h.village_id = v.id and h.id = p.household_id
     join household mine on mine.village_id = v.id and mine.id = $2
     join appointment a on a.village_id = v.id and a.role in ('STEWARD', 'VERIFIER') and a.until_day is null
     join person pe on pe.id = a.person_id
     where v.code = $1 and p.kind = 'AWARD' and p.household_id <> $2
       and not exists (select from posting r where r.village_id = p.village_id and r.reverses = p.id)
       and not exists (select from objections_of_posting(p.village_id, p.id))
       and not a.person_id = any (array_remove(objection_partakers(v.id, 'POSTING', p.id, null), null))
     order by (a.role = 'STEWARD') desc, p.credited_on desc, p.id desc, a.id offset $3 limit 1`,
    [VILLAGE, person.householdId, name === 'phone' ? 0 : 6],
  );
  if (!line) throw new Error('no line in publicity');
  await enter(page, { personId: line.steward }, '/desk/objections');
  await chooseHousehold(page, line.own);
  await page.getByRole('link', { name: /^公示的台账里的一笔/ }).click();
  await page.getByRole('searchbox', { name: /^哪一户的一笔/ }).fill(line.code);
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: line.own })).toHaveCount(0);
  await page.locator(`a[href$="subject=${line.id}"]`).click();
  await expect(page.getByText(line.own)).toBeVisible();
  const id = await send(page, '老人家说那天没看到他家有人来');
  expect(await kept(id)).toEqual({
    subject: line.id,
    household: person.householdId,
    reporter: line.steward,
    channel: 'STEWARD',
  });
  // said already: the way leads to it, and no form that would only be refused
  await page.goto(`/desk/objections/new/lines?for=${person.householdId}&q=${line.code}`);
  await page.getByRole('link', { name: /^这户已提异议/ }).click();
  await expect(page).toHaveURL(new RegExp(`/desk/objections/${id}$`));
  await page.goto(`/desk/objections/new?for=${person.householdId}&kind=POSTING&subject=${line.id}`);
  await expect(page.getByText(/^这户已提异议，第 \d{4}-\d{3} 号，还有 7 天$/)).toBeVisible();
  await expect(page.getByRole('button', { name: '提异议' })).toHaveCount(0);
  await enter(page, person, '/me/messages');
  await expect(page.getByText(`${line.name}替您家提了一件异议`)).toBeVisible();
  await page.context().close();
});

test('a place on a list is objected to for any household of the village', async ({ browser }) => {
  const { name } = test.info().project;
  const page = await aPage(browser, name === 'phone');
  const person = await aResident(name, 9, VILLAGE);
  const [row] = await askDatabase<{ id: string; place: string; own: string; officer: string }>(
    `select r.id::text, p.name as place, mine.code as own, a.person_id::text as officer
     from list_row r join village_list l on l.village_id = r.village_id and l.id = r.list_id
     join village v on v.id = r.village_id
     join place p on p.village_id = r.village_id and p.id = r.place_id
     join household mine on mine.village_id = v.id and mine.id = $2
     join appointment a on a.village_id = v.id and a.role in ('STEWARD', 'VERIFIER') and a.until_day is null
     where v.code = $1 and l.state in ('PUBLICITY', 'FINAL') and r.state = 'STANDING'
       and not a.person_id = any (array_remove(objection_partakers(v.id, 'LIST_ROW', r.id, null), null))
     order by p.name ${name === 'phone' ? 'asc' : 'desc'}, (a.role = 'STEWARD') desc, a.id limit 1`,
    [VILLAGE, person.householdId],
  );
  if (!row) throw new Error('no place on a list');
  await enter(page, { personId: row.officer }, '/desk/objections');
  await chooseHousehold(page, row.own);
  await page.getByRole('link', { name: /^榜上的一个地段/ }).click();
  await page.locator(`a[href$="subject=${row.id}"]`).click();
  const id = await send(page, '那段路上个月一直有垃圾');
  expect(await kept(id)).toMatchObject({
    subject: row.id,
    household: person.householdId,
    channel: 'STEWARD',
  });
  await page.goto(`/desk/objections/new/places?for=${person.householdId}`);
  await page.getByRole('link', { name: new RegExp(`^${row.place}.*这户已提异议`) }).click();
  await expect(page).toHaveURL(new RegExp(`/desk/objections/${id}$`));
  await page.context().close();
});

test('the township reads which objection of which village is overdue, since when, and finds it @desktop', async ({
  page,
}) => {
  const [late] = await askDatabase<{
    personId: string;
    village: string;
    code: string;
    number: string;
    days: number;
  }>(
    `select a.person_id::text as "personId", v.name as village, v.code, o.number,
       (now() at time zone 'Asia/Shanghai')::date - o.due_on as days
     from objection o join village v on v.id = o.village_id
     join appointment a on a.township_id = v.township_id and a.role = 'TOWNSHIP' and a.until_day is null
     where o.state = 'OPEN' and o.risen_at is not null order by o.due_on, o.number limit 1`,
    [],
  );
  if (!late) throw new Error('nothing overdue');
  await enter(page, late, '/office');
  const line = page.getByRole('list', { name: '过期没定的' }).getByRole('link', {
    name: new RegExp(`${late.village}第 ${late.number} 号`),
  });
  await expect(line).toContainText(`过了 ${late.days} 天`);
  await expect(
    page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: /各村情况/ }),
  ).toContainText(/\d/);
  await line.click();
  await expect(page).toHaveURL(new RegExp(`/v/${late.code}/objections#no-${late.number}$`));
  await expect(page.locator(`#no-${late.number}`)).toContainText('正在办');
});

test('the pages say who may object and who writes it down: nobody who can’t @desktop', async ({ page }) => {
  await page.goto(`/v/${VILLAGE}/lists`);
  await expect(page.getByText('谁都可以提意见')).toHaveCount(0);
  await expect(page.getByText('上榜的户对自家那一行，本村哪一户都可以对地段')).toBeVisible();
  await page
    .getByRole('list', { name: '正在公布的榜' })
    .getByRole('link', { name: /红榜 · 户/ })
    .first()
    .click();
  await expect(page.getByText('有异议，公布期间扫码或找帮办员提出')).toBeVisible();
  await page.goto(`/v/${VILLAGE}/periods/${addQuarters(quarterOf(dayOf(new Date())), -1)}`);
  await expect(page.getByText('没有手机的找帮办员代写')).toBeVisible();
  const [meeting] = await askDatabase<{ kind: string }>(
    `select r.meeting_kind::text as kind from resolution r join village v on v.id = r.village_id
     join rulebook_version w on w.village_id = v.id and w.id = r.version_id and w.state = 'ADOPTED'
     where v.code = $1 order by w.number desc limit 1`,
    [VILLAGE],
  );
  await page.goto(`/v/${VILLAGE}`);
  await expect(
    page.getByText(meeting?.kind === 'REPRESENTATIVES' ? '，村民代表会议通过' : '，村民会议通过'),
  ).toBeVisible();
});
