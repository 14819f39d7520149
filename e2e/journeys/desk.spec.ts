import type { Browser, Page } from '@playwright/test';
import { v7 } from 'uuid';
import { anOfficial, askDatabase, type DemoPerson, enter, expect, test } from '../fixtures';

// The verifier's desk, at phone and desktop size, with and without JavaScript. Each test has an item of its own, so
// that its part of the queue is its own.

interface Item {
  id: string;
  code: string;
  name: string;
  points: number;
}

interface Queue {
  item: Item;
  deeds: string[];
  /** may decide all of them */
  verifier: DemoPerson;
  second: DemoPerson;
  /** the queue, filtered to the item */
  path: string;
}

/** The two sizes run side by side, each in a village of its own. */
const villageOf = (project: string) => (project === 'phone' ? 'xinghua' : 'binjiang');

/** Items that need no photo and one person, in the order of the rulebook. */
async function anItem(village: string, index: number): Promise<Item> {
  const [item] = await askDatabase<Item & Record<string, unknown>>(
    `select i.id::text, i.code, i.name, i.points from item i
     join rulebook_version v on v.village_id = i.village_id and v.id = i.version_id
     join village vi on vi.id = i.village_id
     where vi.code = $1 and v.effective_until is null and v.state = 'ADOPTED' and i.points > 0
       and i.photo <> 'REQUIRED' and i.points < coalesce(v.second_threshold, 1000)
       and not exists (select from scale_step s where s.village_id = i.village_id and s.item_id = i.id)
     order by i.sort_order, i.code offset $2 limit 1`,
    [village, index],
  );
  if (!item) throw new Error(`no item number ${index}`);
  return item;
}

/** Residents whom neither verifier is kin to, and who have had nothing of the item. */
async function residentsFor(
  village: string,
  item: Item,
  people: DemoPerson[],
  count: number,
): Promise<string[]> {
  const rows = await askDatabase<{ id: string }>(
    `select distinct on (r.household_id) r.id::text from resident r join village v on v.id = r.village_id
     where v.code = $1 and r.left_on is null
       and not exists (select from posting p where p.village_id = r.village_id and p.household_id = r.household_id
                       and p.item_code = $2)
       and not exists (select from unnest($3::uuid[]) who
                       where recusal(r.village_id, r.household_id, r.id, who) is not null)
     order by r.household_id, r.id limit $4`,
    [village, item.code, people.map((one) => one.personId), count],
  );
  if (rows.length < count) throw new Error(`only ${rows.length} residents for ${item.code}`);
  return rows.map((row) => row.id);
}

async function command(page: Page, name: string, input: unknown): Promise<string> {
  const origin = new URL(test.info().project.use.baseURL ?? '').origin;
  const answer = await page.request.post(`/api/commands/${name}`, {
    data: { id: v7(), input },
    headers: { origin },
  });
  const body = (await answer.json()) as { ok: boolean; outcome: { subject: string } };
  expect(body.ok, JSON.stringify(body)).toBe(true);
  return body.outcome.subject;
}

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Has the steward log deeds of one item, and signs a verifier in. */
async function aQueue(page: Page, index: number, count: number): Promise<Queue> {
  const village = villageOf(test.info().project.name);
  const [item, verifier, second, steward] = await Promise.all([
    anItem(village, index),
    anOfficial('VERIFIER', 0, village),
    anOfficial('VERIFIER', 1, village),
    anOfficial('STEWARD', 0, village),
  ]);
  const residents = await residentsFor(village, item, [verifier, second], count);
  await enter(page, steward, '/account');
  const deeds: string[] = [];
  for (const residentId of residents) {
    deeds.push(await command(page, 'record-deed', { residentId, itemId: item.id, deedOn: today() }));
  }
  const path = `?item=${item.code}&channel=STEWARD`;
  return { item, deeds, verifier, second, path };
}

async function stateOf(deedId: string | undefined): Promise<string> {
  const [row] = await askDatabase<{ state: string }>('select state::text from deed where id = $1', [deedId]);
  return row?.state ?? '';
}

const reason = (deedId: string | undefined) =>
  askDatabase<{ reason: string }>('select reason from deed where id = $1', [deedId]).then(
    (rows) => rows[0]?.reason,
  );

async function another(browser: Browser, javaScriptEnabled = true): Promise<Page> {
  const { baseURL, viewport } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(viewport ? { viewport } : {}),
    javaScriptEnabled,
  });
  return context.newPage();
}

test('verifies twenty deeds in at most twenty-two key presses @desktop', async ({ page }) => {
  test.setTimeout(240_000);
  const { deeds, verifier, path } = await aQueue(page, 0, 20);
  await enter(page, verifier, `/desk/deeds${path}`);
  let presses = 0;
  const press = async (key: string) => {
    presses += 1;
    await expect(page.locator('html')).toHaveAttribute('data-keys', 'on');
    await page.keyboard.press(key);
  };
  for (let done = 0; done < deeds.length; done++) {
    // One of them goes back, with two keys.
    if (done === 7) {
      await press('r');
      await expect(page.locator('details.give-back[open]')).toBeVisible();
      await press('3');
    } else {
      await press('a');
    }
    // It stands above the queue on phones and above the deed on wide screens.
    await expect(page.locator('.undo-bar').filter({ visible: true })).toContainText('刚才');
    const left = deeds.length - done - 1;
    await expect.poll(() => page.locator('.queue .line').count()).toBe(Math.min(left, 30));
  }
  expect(presses).toBeLessThanOrEqual(22);
  const states = await Promise.all(deeds.map(stateOf));
  expect(states.filter((state) => state === 'APPROVED')).toHaveLength(19);
  expect(states.filter((state) => state === 'RETURNED')).toHaveLength(1);
});

test('goes through the queue by J and K, undoes by U, and keeps quiet while one types @desktop', async ({
  page,
}) => {
  const { deeds, verifier, path } = await aQueue(page, 1, 3);
  await enter(page, verifier, `/desk/deeds/${deeds[0]}${path}`);
  const keysOn = () => expect(page.locator('html')).toHaveAttribute('data-keys', 'on');
  await keysOn();
  await page.keyboard.press('j');
  await page.waitForURL(`**/desk/deeds/${deeds[1]}**`);
  await keysOn();
  await page.keyboard.press('k');
  await page.waitForURL(`**/desk/deeds/${deeds[0]}**`);
  await keysOn();
  await page.keyboard.press('r');
  await page.keyboard.press('0');
  await expect(page.locator('#own-reason')).toBeFocused();
  await page.keyboard.type('a1 照片反了');
  await expect(page.locator('#own-reason')).toHaveValue('a1 照片反了');
  expect(await stateOf(deeds[0])).toBe('SUBMITTED');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/desk/deeds/${deeds[1]}**`);
  expect(await reason(deeds[0])).toBe('a1 照片反了');
  await keysOn();
  await page.keyboard.press('u');
  await page.waitForURL(`**/desk/deeds/${deeds[0]}**`);
  expect(await stateOf(deeds[0])).toBe('SUBMITTED');
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

  test.describe(how, () => {
    test.use({ javaScriptEnabled });
    const shift = javaScriptEnabled ? 2 : 7;

    test('approves, returns by a common reason and in own words, and takes it back', async ({ page }) => {
      const { item, deeds, verifier, path } = await aQueue(page, shift, 3);
      await enter(page, verifier, `/desk/deeds${path}`);
      // On a phone the list comes first, on a desktop the deed is beside it.
      if (test.info().project.name === 'phone') await page.locator('.queue .line').first().click();
      const pane = page.locator('.deed-pane');
      await expect(pane.getByRole('heading', { name: item.name }).first()).toBeVisible();
      await expect(pane.getByText('细则', { exact: true })).toBeVisible();
      await pane.getByRole('button', { name: `通过，+${item.points} 分` }).click();
      await expect(pane.locator('.undo-bar')).toContainText(`通过，+${item.points} 分`);
      expect(await stateOf(deeds[0])).toBe('APPROVED');

      await expect(page).toHaveURL(new RegExp(`/desk/deeds/${deeds[1]}`));
      await pane.locator('summary', { hasText: '退回' }).click();
      await pane.getByRole('button', { name: '照片看不清，请补一张' }).click();
      await expect(page).toHaveURL(new RegExp(`/desk/deeds/${deeds[2]}`));
      expect(await reason(deeds[1])).toBe('照片看不清，请补一张');

      await pane.locator('summary', { hasText: '退回' }).click();
      await page.locator('#own-reason').fill('地点写错了，请改成村口');
      await pane.locator('.own-words').getByRole('button', { name: '退回' }).click();
      await expect(page).toHaveURL(/\/desk\/deeds\?/);
      expect(await reason(deeds[2])).toBe('地点写错了，请改成村口');

      await page.getByRole('button', { name: /^撤销/ }).filter({ visible: true }).click();
      await expect(page).toHaveURL(new RegExp(`/desk/deeds/${deeds[2]}`));
      await expect(page.getByText('撤销了，这件回到等核实。')).toBeVisible();
      expect(await stateOf(deeds[2])).toBe('SUBMITTED');
    });

    test('approves everyone of an event but those unticked, and says who was refused', async ({
      page,
      browser,
    }) => {
      const village = villageOf(test.info().project.name);
      const [item, verifier, second, steward] = await Promise.all([
        anItem(village, shift + 1),
        anOfficial('VERIFIER', 0, village),
        anOfficial('VERIFIER', 1, village),
        anOfficial('STEWARD', 0, village),
      ]);
      const residentIds = await residentsFor(village, item, [verifier, second], 5);
      await enter(page, steward, '/account');
      const eventId = await command(page, 'record-event', {
        itemId: item.id,
        name: `清河行动${shift}`,
        heldOn: today(),
        residentIds,
      });
      await enter(page, verifier, `/desk/deeds/event/${eventId}`);
      const boxes = page.locator('input[name="deedIds[]"]');
      await expect(boxes).toHaveCount(5);
      await boxes.nth(0).uncheck();
      const taken = await boxes.nth(1).getAttribute('value');
      const other = await another(browser);
      await enter(other, second, '/account');
      await command(other, 'approve-deed', { deedId: taken });
      await other.context().close();
      await page.getByRole('button', { name: '打勾的都通过' }).click();
      await expect(page.getByText('通过了 3 份，1 份没有通过。')).toBeVisible();
      await expect(page.getByText(new RegExp(`${second.name}在 .* 已经通过了这件`))).toBeVisible();
      await expect(boxes).toHaveCount(1);
    });

    test('lets the steward log for someone without a phone, and an event', async ({ page }) => {
      const village = villageOf(test.info().project.name);
      const [item, steward, verifier] = await Promise.all([
        anItem(village, shift + 2),
        anOfficial('STEWARD', 0, village),
        anOfficial('VERIFIER', 0, village),
      ]);
      const [residentId = ''] = await residentsFor(village, item, [verifier], 1);
      const [who] = await askDatabase<{ name: string; code: string }>(
        `select r.name, h.code from resident r join household h on h.village_id = r.village_id and h.id = r.household_id
         where r.id = $1`,
        [residentId],
      );
      await enter(page, steward, '/desk/log-deed');
      await page.getByRole('searchbox').fill(who?.code ?? '');
      await page.getByRole('button', { name: '查找' }).click();
      await page.getByRole('link', { name: who?.name }).first().click();
      await page.getByRole('searchbox').fill(item.name.slice(0, 4));
      await page.getByRole('button', { name: '查找' }).click();
      await page.getByRole('link', { name: item.name }).first().click();
      await page.getByRole('button', { name: '记下来，送去核实' }).click();
      await expect(page.getByText('记好了')).toBeVisible();
      const deedId = new URL(page.url()).searchParams.get('done') ?? '';
      expect(await stateOf(deedId)).toBe('SUBMITTED');

      await page.goto('/desk/events/new');
      await page.getByLabel('什么活动').fill('院坝会');
      await page.getByLabel('记哪一项').selectOption(item.id);
      await page.locator('input[name="residentIds[]"]:visible').nth(0).check();
      await page.locator('input[name="residentIds[]"]:visible').nth(1).check();
      await page.getByRole('button', { name: '登记，送去核实' }).click();
      await expect(page.getByText(/登记好了，\d 份/)).toBeVisible();
      await expect(page.getByText('核实由核分员来做，您在这里只能看。')).toBeVisible();
    });

    test('says before the button who must stand back', async ({ page }) => {
      const village = villageOf(test.info().project.name);
      const [item, verifier, secretary] = await Promise.all([
        anItem(village, shift + 3),
        anOfficial('VERIFIER', 0, village),
        anOfficial('SECRETARY', 0, village),
      ]);
      const [residentId] = await residentsFor(village, item, [verifier], 1);
      await enter(page, verifier, '/account');
      const deedId = await command(page, 'record-deed', { residentId, itemId: item.id, deedOn: today() });
      await page.goto(`/desk/deeds/${deedId}`);
      await expect(page.getByText('这件是您自己记的，要请别人核实。')).toBeVisible();
      await expect(page.getByRole('button', { name: /^通过/ })).toHaveCount(0);
      await expect(page.locator('summary', { hasText: '退回' })).toHaveCount(0);
      await enter(page, secretary, `/desk/deeds/${deedId}`);
      await expect(page.getByText('核实由核分员来做，您在这里只能看。')).toBeVisible();
      await expect(page.getByRole('button', { name: /^通过/ })).toHaveCount(0);
    });

    test('tells the second of two verifiers who decided, and goes on', async ({ page, browser }) => {
      const { deeds, verifier, second, path } = await aQueue(page, shift + 4, 2);
      await enter(page, verifier, `/desk/deeds/${deeds[0]}${path}`);
      const other = await another(browser, javaScriptEnabled);
      await enter(other, second, `/desk/deeds/${deeds[0]}${path}`);
      await page.getByRole('button', { name: /^通过/ }).click();
      await expect(page).toHaveURL(new RegExp(`/desk/deeds/${deeds[1]}`));
      await other.getByRole('button', { name: /^通过/ }).click();
      await expect(other.getByText(new RegExp(`${verifier.name}在 .* 已经通过了这件`)).first()).toBeVisible();
      await expect(other).toHaveURL(new RegExp(`/desk/deeds/${deeds[1]}`));
      await other.context().close();
    });
  });
}

test('needs a second person above the village’s threshold', async ({ page, browser }) => {
  const village = villageOf(test.info().project.name);
  const [big] = await askDatabase<Item & { quantity: number; [key: string]: unknown }>(
    `select i.id::text, i.code, i.name, i.points,
       case when i.points >= v.second_threshold then 1 else ceil(v.second_threshold::numeric / i.points)::int end as quantity
     from item i join rulebook_version v on v.village_id = i.village_id and v.id = i.version_id
     join village vi on vi.id = i.village_id
     where vi.code = $1 and v.effective_until is null and i.points > 0 and i.photo <> 'REQUIRED'
       and not exists (select from scale_step s where s.village_id = i.village_id and s.item_id = i.id)
       and (i.points >= v.second_threshold
            or (i.unit in ('HOUR', 'PLACE', 'CASE', 'PERSON_TIME')
                and ceil(v.second_threshold::numeric / i.points) <= i.cap_points / i.points))
     order by i.sort_order, i.code limit 1`,
    [village],
  );
  if (!big) throw new Error(`${village} has no item above its threshold`);
  const [verifier, second, steward] = await Promise.all([
    anOfficial('VERIFIER', 0, village),
    anOfficial('VERIFIER', 1, village),
    anOfficial('STEWARD', 0, village),
  ]);
  const [residentId] = await residentsFor(village, big, [verifier, second], 1);
  await enter(page, steward, '/account');
  const deedId = await command(page, 'record-deed', {
    residentId,
    itemId: big.id,
    deedOn: today(),
    quantity: big.quantity,
  });
  await enter(page, verifier, `/desk/deeds/${deedId}`);
  await expect(page.getByText(/要两个人核实/)).toBeVisible();
  await page.getByRole('button', { name: '我这一关通过' }).click();
  await expect(page.locator('.undo-bar').filter({ visible: true })).toContainText('等第二人');
  expect(await stateOf(deedId)).toBe('AWAITING_SECOND');
  await page.goto(`/desk/deeds/${deedId}`);
  await expect(page.getByText('这一件要两个人核实，您已经核过一次。')).toBeVisible();
  await expect(page.getByRole('button', { name: /^通过/ })).toHaveCount(0);
  const other = await another(browser);
  await enter(other, second, `/desk/deeds/${deedId}`);
  await other.getByRole('button', { name: /^通过/ }).click();
  await expect(other.locator('.undo-bar').filter({ visible: true })).toContainText('通过');
  expect(await stateOf(deedId)).toBe('APPROVED');
  await other.context().close();
});

test('does not know the deed of another village', async ({ page }) => {
  const village = villageOf(test.info().project.name);
  const verifier = await anOfficial('VERIFIER', 0, village);
  const [theirs] = await askDatabase<{ id: string }>(
    `select d.id::text from deed d join village v on v.id = d.village_id where v.code = 'qingzhu' limit 1`,
    [],
  );
  await enter(page, verifier, '/desk/deeds');
  for (const path of [
    `/desk/deeds/${theirs?.id}`,
    '/desk/deeds/not-an-id',
    `/desk/deeds/event/${theirs?.id}`,
  ]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
  }
});
