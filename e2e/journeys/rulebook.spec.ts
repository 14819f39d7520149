import type { Browser, Page } from '@playwright/test';
import { v7 } from 'uuid';
import { askDatabase, enter, expect, makeCameraJpeg, test } from '../fixtures';

// A rulebook's whole way in a village of its own: drafted from a preset, refused by the checks, mended, heard, answered,
// voted on from the phone and in the hall, resolved with the minutes, printed. On the desktop with JavaScript, on the
// phone without.

interface OwnVillage {
  id: string;
  code: string;
  secretary: { personId: string };
  heads: { personId: string }[];
}

let phones = 0;

/** A village in the demo's town with four households and a secretary who lives in none of them. */
async function aVillage(): Promise<OwnVillage> {
  const id = v7();
  const code = `e${id.replaceAll('-', '').slice(0, 12)}`;
  const group = v7();
  const person = async (name: string) => {
    const personId = v7();
    const phone = `1397${String(Date.now() % 1_000_000).padStart(6, '0')}${phones++ % 10}`;
    await askDatabase('insert into person (id, name, phone) values ($1, $2, $3)', [personId, name, phone]);
    return { personId };
  };
  await askDatabase(
    `insert into village (id, township_id, code, name, preset)
     select $1, t.id, $2, '柳溪村', 'RED_BLACK' from township t where t.code = 'shiqiao'`,
    [id, code],
  );
  await askDatabase(`insert into village_group (village_id, id, number, name) values ($1, $2, 1, '一组')`, [
    id,
    group,
  ]);
  const secretary = await person('柳书记');
  await askDatabase(
    `insert into appointment (id, person_id, role, village_id, from_day) values ($1, $2, 'SECRETARY', $3, '2026-01-01')`,
    [v7(), secretary.personId, id],
  );
  const heads: { personId: string }[] = [];
  for (const [index, name] of ['柳春生', '柳桂兰', '何大有', '罗小芳', '田广福'].entries()) {
    const household = v7();
    const head = await person(name);
    await askDatabase(
      `insert into household (village_id, id, group_id, code, created_at) values ($1, $2, $3, $4, now() - interval '90 days')`,
      [id, household, group, `01-00${index + 1}`],
    );
    await askDatabase(
      `insert into resident (village_id, id, household_id, person_id, name, relation, birth_year, created_at)
       values ($1, $2, $3, $4, $5, 'HEAD', 1970, now() - interval '90 days')`,
      [id, v7(), household, head.personId, name],
    );
    heads.push(head);
  }
  return { id, code, secretary, heads };
}

/** Lets days pass: what the triggers would refuse to anyone else. */
async function turnClock(
  table: 'rulebook_version' | 'ballot',
  set: string,
  villageId: string,
): Promise<void> {
  await askDatabase(
    `do $x$ begin
       alter table ${table} disable trigger user;
       update ${table} set ${set} where village_id = '${villageId}';
       alter table ${table} enable trigger user;
     end $x$`,
    [],
  );
}

async function as(browser: Browser, person: { personId: string }, path: string): Promise<Page> {
  const { baseURL, viewport, javaScriptEnabled, extraHTTPHeaders } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(viewport ? { viewport } : {}),
    javaScriptEnabled: javaScriptEnabled ?? test.info().titlePath.join().includes('with JavaScript'),
    extraHTTPHeaders: { ...extraHTTPHeaders, 'x-forwarded-for': `10.3.${phones++ % 250}.7` },
  });
  const page = await context.newPage();
  await enter(page, person, path);
  return page;
}

async function addMinutes(page: Page, javaScript: boolean): Promise<void> {
  const photo = await makeCameraJpeg();
  if (javaScript) {
    await page.locator('.photo-adds input[type=file]').first().setInputFiles(photo);
    await expect(page.locator('input[name="photos[]"]')).toHaveCount(1);
    return;
  }
  await page.locator('input[type=file][name=photo]').setInputFiles(photo);
  await page.getByRole('button', { name: '放上照片' }).click();
  await expect(page.getByRole('img', { name: '第 1 张照片' })).toBeVisible();
}

for (const javaScript of [true, false]) {
  test.describe(javaScript ? 'with JavaScript @desktop' : 'without JavaScript @phone', () => {
    test.use({ javaScriptEnabled: javaScript });

    test('a rulebook goes from its draft to the printed page', async ({ page, browser }) => {
      // some forty pages, one after another
      test.setTimeout(300_000);
      const village = await aVillage();
      const [first, second] = village.heads;
      if (!first || !second) throw new Error('no heads');

      // drafted from a preset; the checks refuse a line of the covenant, and say where and how to mend it
      await enter(page, village.secretary, '/desk/rulebook');
      await page.getByRole('radio', { name: /样板：聚资源/ }).check();
      await page.getByRole('button', { name: '起草' }).click();
      await expect(page.getByText('草案起草好了')).toBeVisible();
      await page.getByRole('link', { name: '改名称和村规民约' }).click();
      await page
        .getByRole('textbox', { name: '村规民约' })
        .fill('一、爱护环境。\n二、不参加打扫的取消低保。');
      await page.getByRole('button', { name: '保存' }).click();
      await expect(page.getByRole('heading', { name: /还有 1 处要改/ })).toBeVisible();
      await page.getByRole('link', { name: '村规民约第 2 行' }).click();
      await page.getByRole('textbox', { name: '村规民约' }).fill('一、爱护环境。');
      await page.getByRole('button', { name: '保存' }).click();

      // an item with a mistake comes back with what was entered; then it stays
      await page.getByRole('link', { name: /加一项.*到庭院清洁/ }).click();
      // sent with nothing in it, every wrong field says so at once, and one stands at the first
      await page.getByRole('textbox', { name: '它的单位' }).fill('米');
      await page.getByRole('button', { name: '加上这一项' }).click();
      const wrong = ['项目名称', /^几分/, '最多几分', '凭什么认定', '另记一个数'];
      for (const name of wrong) {
        await expect(page.getByRole('textbox', { name })).toHaveAttribute('aria-invalid', 'true');
      }
      await expect(page.locator('.field-error')).toHaveCount(wrong.length);
      await expect(page.getByRole('textbox', { name: '项目名称' })).toBeFocused();
      await page.getByRole('textbox', { name: '它的单位' }).fill('');
      await page.getByRole('textbox', { name: '项目名称' }).fill('晒场打扫');
      await page.getByRole('textbox', { name: /^几分/ }).fill('9');
      await page.getByRole('textbox', { name: '最多几分' }).fill('8');
      await page.getByRole('textbox', { name: '凭什么认定' }).fill('照片');
      await page.getByRole('button', { name: '加上这一项' }).click();
      await expect(page.getByText('一次有 9 分，封顶不能比它小')).toBeVisible();
      await expect(page.getByRole('textbox', { name: '项目名称' })).toHaveValue('晒场打扫');
      await page.getByRole('textbox', { name: '最多几分' }).fill('18');
      await page.getByRole('button', { name: '加上这一项' }).click();
      await expect(page.getByText('这一项已经保存')).toBeVisible();

      // heard: a resident speaks, the office answers, nobody can edit
      await page.getByRole('button', { name: '公开草案，听取意见' }).click();
      await expect(page.getByText('草案公开了')).toBeVisible();
      expect((await page.request.get(`${page.url().split('?')[0]}/settings`)).status()).toBe(404);
      const resident = await as(browser, first, `/v/${village.code}/rulebook/draft`);
      await resident.getByLabel('说的是哪一项').selectOption({ label: '晒场打扫' });
      await resident.getByRole('textbox', { name: '您的意见' }).fill('9 分好，同意。');
      await resident.getByRole('button', { name: '提意见' }).click();
      await expect(resident.getByText('意见收到了')).toBeVisible();
      await expect(resident.getByText('柳×生（01-001）')).toBeVisible();
      await page.goto('/desk/rulebook/draft/hearing');
      await page.getByRole('textbox', { name: '答复' }).fill('谢谢。');
      await page.getByRole('button', { name: '答复' }).click();
      await expect(page.getByText('村里答复：')).toBeVisible();

      // nobody changes when a meeting counts while people speak, and everyone can read it
      await expect(resident.getByRole('heading', { name: '怎样才算通过' })).toBeVisible();
      await page.goto('/desk/rulebook');
      await expect(page.getByText('会议规则现在不能改')).toBeVisible();
      await expect(page.getByRole('button', { name: '保存会议规则', includeHidden: true })).toHaveCount(0);

      // the vote: from the phone once a household, then the hall, then closed
      const midnight = "(date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai')";
      await turnClock(
        'rulebook_version',
        `hearing_from = ${midnight} - interval '8 days', hearing_until = ${midnight}`,
        village.id,
      );
      await page.goto('/desk/rulebook/draft/ballot');
      await page.getByRole('button', { name: '发起表决' }).click();
      await expect(page.getByText('表决发起了')).toBeVisible();
      for (const [person, choice] of [
        [first, '赞成'],
        [second, '反对'],
      ] as const) {
        const voter = await as(browser, person, '/me/ballot');
        await voter.getByRole('radio', { name: choice }).check();
        await voter.getByRole('button', { name: '投票' }).click();
        await expect(voter.getByText('票投好了')).toBeVisible();
        await voter.reload();
        await expect(voter.getByRole('radio')).toHaveCount(0);
        await voter.context().close();
      }
      // what it needs is said, no result, and whose vote is in is not asked again
      await resident.goto(`/v/${village.code}/rulebook/draft`);
      await expect(resident.getByText('一户一票，名册上 5 户')).toBeVisible();
      await expect(resident.getByText('不少于三分之二，也就是至少 4 户')).toBeVisible();
      await expect(resident.getByText('投了票的户里，赞成的要超过一半')).toBeVisible();
      await expect(resident.locator('.ballot-result')).toHaveCount(0);
      await resident.goto('/me');
      await expect(resident.getByText('您家已投票')).toBeVisible();
      await expect(resident.getByText('新细则正在表决', { exact: true })).toHaveCount(0);
      await page.goto('/desk/rulebook/draft/ballot?hall=1');
      await expect(page.getByText('已投', { exact: true })).toHaveCount(2);
      for (const box of await page.getByRole('checkbox').all()) await box.check();
      await page.getByRole('textbox', { name: '赞成' }).fill('2');
      await page.getByRole('textbox', { name: '反对' }).fill('0');
      await page.getByRole('textbox', { name: '弃权' }).fill('0');
      await page.getByRole('button', { name: '录入会场的票' }).click();
      await expect(page.getByText('勾了 3 个投票的，三样票加起来却是 2 张')).toBeVisible();
      for (const box of await page.getByRole('checkbox').all()) await expect(box).toBeChecked();
      // counts are never kept, not even for the page that comes back
      await expect(page.getByRole('textbox', { name: '赞成' })).toHaveValue('');
      await page.getByRole('textbox', { name: '赞成' }).fill('2');
      await page.getByRole('textbox', { name: '反对' }).fill('0');
      await page.getByRole('textbox', { name: '弃权' }).fill('1');
      await page.getByRole('button', { name: '录入会场的票' }).click();
      await expect(page.getByText('会场的票录好了')).toBeVisible();
      const third = village.heads[2];
      if (third) {
        const told = await as(browser, third, '/me/ballot');
        await expect(told.getByText('您家的票由会场录入。')).toBeVisible();
        await told.goto('/me/messages');
        await expect(told.getByText('您家的票由会场录入', { exact: true }).first()).toBeVisible();
        await told.context().close();
      }
      await expect(page.locator('.ballot-result')).toHaveCount(0);
      await turnClock(
        'ballot',
        "opens_at = now() - interval '2 days', closes_at = now() - interval '1 minute'",
        village.id,
      );
      await resident.goto(`/v/${village.code}/rulebook/draft`);
      await expect(resident.getByText('3 票')).toBeVisible();
      // two on the phone, said apart, would be told on by whoever entered the hall's papers
      await expect(resident.getByText(/5 户投了票。赞成/)).toBeVisible();

      // resolved with the minutes, in force today, printed with its resolution
      await page.goto('/desk/rulebook/draft/resolution');
      await addMinutes(page, javaScript);
      await page.getByRole('textbox', { name: '镇里的备案号' }).fill('石桥备 7');
      await page.getByRole('button', { name: '录入决议，通过新细则' }).click();
      await expect(page.getByText('决议录入了')).toBeVisible();
      await resident.goto(`/v/${village.code}/rulebook`);
      await expect(resident.getByRole('heading', { name: '决议' })).toBeVisible();
      await expect(resident.getByText(/手机投票 2/)).toHaveCount(0);
      await expect(resident.getByText('石桥备 7')).toBeVisible();
      await expect(resident.getByRole('heading', { name: '晒场打扫' })).toBeVisible();
      await resident.context().close();
    });
  });
}
