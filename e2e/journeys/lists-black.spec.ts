import type { Browser, Page } from '@playwright/test';
import { v7 } from 'uuid';
import { addDays, type Day, dayOf, quarterOf } from '@/lib/platform/clock';
import { maskName } from '@/lib/residents/rules';
import { anOfficial, askDatabase, enter, expect, makeCameraJpeg, test } from '../fixtures';

// A black list of households from the ledger to its end, with and without JavaScript: drafted, checked by another,
// before the village alone; a row suspended by an objection, standing again, gone by its repair; then withdrawn.

const VILLAGE = 'qingzhu';
const today = dayOf(new Date());

interface Household {
  id: string;
  villageId: string;
  code: string;
  name: string;
  personId: string;
  deduction: string;
}

/**
 * A household that nobody of the office has to stand back from, with a posted deduction whose answer period is over:
 * what leads to one takes two weeks, and is another journey.
 */
async function aDeducted(offset: number, seenOn: Day): Promise<Household> {
  const deduction = v7();
  const [found] = await askDatabase<Omit<Household, 'deduction'> & Record<string, unknown>>(
    `select h.id::text, h.village_id::text as "villageId", h.code, r.name, r.person_id::text as "personId"
     from household h join village v on v.id = h.village_id
     join resident r on r.village_id = h.village_id and r.household_id = h.id and r.relation = 'HEAD'
       and r.left_on is null and r.person_id is not null
     where v.code = $1 and h.left_on is null and not (h.is_five_guarantee or h.is_disabled or h.is_absent)
       and not exists (select from deduction d where d.village_id = h.village_id and d.household_id = h.id)
       and not exists (select from appointment a where a.village_id = h.village_id
                       and recusal(h.village_id, h.id, null, a.person_id) is not null)
     order by h.id desc offset $2 limit 1`,
    [VILLAGE, offset],
  );
  if (!found) throw new Error(`no household number ${offset}`);
  const by = (role: string) =>
    `(select a.person_id from appointment a where a.village_id = '${found.villageId}' and a.role = '${role}'
      and a.until_day is null order by a.created_at, a.id limit 1)`;
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     create temp table item_of on commit drop as
       select i.* from item i join rulebook_version v on v.village_id = i.village_id and v.id = i.version_id
       where i.village_id = '${found.villageId}' and v.state = 'ADOPTED' and i.restored_when_repaired
       order by v.number desc, i.code limit 1;
     insert into deduction (village_id, id, household_id, version_id, item_id, state, seen_on, seen_by, facts,
       recorded_by_id, recorded_at, proposed_by_id, proposed_at, approved_by_id, noticed_at, noticed_how, answer_until,
       posted_at, points)
     select i.village_id, '${deduction}', '${found.id}', i.version_id, i.id, 'POSTED', '${seenOn}', '巡查组两人',
       '门口堆着旧木料', ${by('STEWARD')}, '${seenOn}', ${by('VERIFIER')}, '${addDays(seenOn, 1)}',
       ${by('SUPERVISOR')}, '${addDays(seenOn, 2)}', 'HAND', '${addDays(seenOn, 9)}',
       '${addDays(seenOn, 10)}', 30
     from item_of i;
     insert into deduction_step (village_id, id, deduction_id, kind, person_id, done_at)
     select '${found.villageId}', gen_random_uuid(), '${deduction}', s.kind::"DeductionStepKind", s.person, s.at::timestamptz
     from (values ('RECORD', ${by('STEWARD')}, '${seenOn}'), ('PROPOSE', ${by('VERIFIER')}, '${addDays(seenOn, 1)}'),
       ('APPROVE', ${by('SUPERVISOR')}, '${addDays(seenOn, 2)}')) s (kind, person, at);
     insert into attached_photo (village_id, id, photo_id, kind, subject, household_id, sort_order)
     select '${found.villageId}', gen_random_uuid(), p.id, 'DEDUCTION', '${deduction}', '${found.id}', 0
     from photo p where p.village_id = '${found.villageId}'
       and not exists (select from attached_photo x where x.village_id = p.village_id and x.photo_id = p.id)
     order by p.id limit 1;
     set local session_replication_role = 'origin';
     select ledger_post(i.village_id, 'DEDUCTION', '${deduction}', 0::smallint, '${found.id}', i.village_id, 30, -30,
       '${found.id}', (select id from resident where person_id = '${found.personId}' and household_id = '${found.id}'),
       '${seenOn}'::date, i.version_id, i.id, i.code, null, '扣分', null, ${by('SUPERVISOR')}, '${deduction}',
       '${addDays(seenOn, 10)}', true) from item_of i;
     commit`,
    [],
  );
  return { ...found, deduction } as Household;
}

async function openPage(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const { baseURL } = test.info().project.use;
  return (await browser.newContext({ ...(baseURL ? { baseURL } : {}), javaScriptEnabled })).newPage();
}

/** Takes back what is on its way or up of this kind and quarter. */
async function clear(period: string): Promise<void> {
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     update village_list l set state = 'WITHDRAWN', ended_at = now(), ended_by_id = l.drafted_by_id, end_reason = '另起一张'
     from village v where v.id = l.village_id and v.code = '${VILLAGE}' and l.kind = 'BLACK' and l.subject = 'HOUSEHOLD'
       and l.period = '${period}' and l.state not in ('EXPIRED', 'WITHDRAWN'); commit`,
    [],
  );
}

for (const javaScript of [true, false]) {
  test(`a black list of households, ${javaScript ? 'with' : 'without'} JavaScript @desktop`, async ({
    browser,
  }) => {
    // a quarter that is not closed yet, whatever the day
    const seenOn = addDays(today, -12);
    const period = quarterOf(seenOn);
    await clear(period);
    const [mine, other] = [await aDeducted(6, seenOn), await aDeducted(6, seenOn)];
    const [secretary, supervisor, verifier] = await Promise.all([
      anOfficial('SECRETARY'),
      anOfficial('SUPERVISOR'),
      anOfficial('VERIFIER'),
    ]);
    const [office, home, neighbour, nobody] = await Promise.all(
      [0, 1, 2, 3].map(() => openPage(browser, javaScript)),
    );
    if (!office || !home || !neighbour || !nobody) throw new Error('no pages');

    await enter(office, secretary, '/desk/lists/new');
    await office.getByLabel('黑榜', { exact: true }).check();
    await office.getByLabel('哪个季度').selectOption(period);
    await office.getByRole('button', { name: '看看台账' }).click();
    await expect(office.getByRole('cell', { name: new RegExp(mine.code) }).first()).toBeVisible();
    await office.getByRole('button', { name: '按这个起草' }).click();
    await expect(office.getByText('起草好了，等村务监督员审核。')).toBeVisible();
    const listId = /lists\/([0-9a-f-]{36})/.exec(office.url())?.[1] ?? '';
    const address = `/v/${VILLAGE}/lists/${listId}`;
    const desk = `/desk/lists/${listId}`;
    await expect(office.getByRole('button', { name: '审核通过' })).toHaveCount(0);

    await enter(office, supervisor, desk);
    await office.getByRole('button', { name: '审核通过' }).click();
    await expect(office.getByText('审核过了')).toBeVisible();
    // the secretary looks at what will hang there before it does
    await enter(office, secretary, desk);
    const preview = office.getByRole('link', { name: /存档网页/ });
    await expect(async () => {
      await office.reload();
      await expect(preview).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 90_000 });
    const file = await office.request.get((await preview.getAttribute('href')) ?? '');
    expect([file.status(), (await file.text()).includes('预览，尚未公示')]).toEqual([200, true]);
    await office.getByRole('button', { name: '开始公示' }).click();
    await expect(office.getByText('开始公示了')).toBeVisible();

    // the village's people see it, masked; nobody else
    expect((await nobody.goto(address))?.status()).toBe(410);
    await enter(neighbour, other, address);
    const row = (of: Household) => neighbour.locator('main').getByText(of.code);
    await expect(row(mine)).toBeVisible();
    await expect(neighbour.getByText(maskName(mine.name)).first()).toBeVisible();
    expect(await neighbour.content()).not.toContain(mine.name);
    await expect(neighbour.getByRole('heading', { name: '公布过的版本' })).toBeVisible();

    // the household is told at home, and objects: its row is suspended, for the neighbour and in the files
    await enter(home, mine, '/me');
    await home.locator(`a[href="${address}"]`).first().click();
    await home.getByRole('link', { name: '对这一行提异议' }).click();
    await home.getByLabel('哪里不对').fill('木料当天就搬走了，邻居可以作证');
    await home.getByRole('button', { name: '提异议' }).click();
    await expect(home).toHaveURL(/\/me\/objections\/[0-9a-f-]{36}/);
    const objection = new URL(home.url()).pathname;
    await neighbour.reload();
    await expect(row(mine)).toHaveCount(0);
    await expect(row(other)).toBeVisible();
    const files = await Promise.all(
      ['page.html', 'a4.html'].map(async (one) => (await neighbour.request.get(`${address}/${one}`)).text()),
    );
    for (const text of files) expect(text).not.toContain(mine.code);
    await home.goto(address);
    await expect(home.getByText('您家这一行先不公布')).toBeVisible();

    // taken back it stands again; repaired it is gone for good
    await home.goto(objection);
    await home.getByText('撤回这件异议').first().click();
    await home.getByRole('button', { name: '撤回', exact: true }).click();
    await expect(home.getByText('撤回这件异议')).toHaveCount(0);
    await neighbour.reload();
    await expect(row(mine)).toBeVisible();
    await home.goto(`/me/deductions/${mine.deduction}`);
    const photo = await makeCameraJpeg();
    if (javaScript) {
      await home.locator('input[type=file]').first().setInputFiles(photo);
    } else {
      await home.locator('.photo-plain input[type=file]').first().setInputFiles(photo);
      await home.getByRole('button', { name: '放上照片' }).first().click();
    }
    await expect(home.getByRole('img', { name: '第 1 张照片' })).toBeVisible();
    await home.getByRole('button', { name: '改好了，请来看' }).click();
    await expect(home.getByText('送到了。村里会来看')).toBeVisible();
    await neighbour.reload();
    await expect(row(mine), 'only claimed').toBeVisible();
    await enter(office, verifier, `/desk/deductions/${mine.deduction}`);
    await office.getByRole('button', { name: /去看过，改好了/ }).click();
    await expect(office.getByRole('button', { name: /去看过，改好了/ })).toHaveCount(0);
    await neighbour.reload();
    await expect(row(mine)).toHaveCount(0);
    await enter(office, secretary, desk);
    await expect(office.getByText('已整改，撤下')).toBeVisible();
    expect(await office.content()).not.toContain(mine.name);

    // withdrawn it is nowhere, at the office neither
    await office.getByText('撤回这张榜').first().click();
    await office.getByLabel('为什么撤回').fill('名单要重新核');
    await office.getByRole('button', { name: '撤回', exact: true }).click();
    await expect(office.getByText('撤回了')).toBeVisible();
    expect((await neighbour.goto(address))?.status()).toBe(410);
    for (const one of ['page.html', 'picture.png', 'a4.html'])
      expect((await neighbour.request.get(`${address}/${one}`)).status(), one).toBe(410);
    await office.goto(desk);
    await expect(office.getByText('这张黑榜不再公布')).toBeVisible();
    const left = await office.content();
    for (const word of [mine.name, other.name, mine.code, other.code]) expect(left).not.toContain(word);
    await home.goto('/me');
    await expect(home.locator(`a.line[href="${address}"], .notice-line a[href="${address}"]`)).toHaveCount(0);
    await Promise.all([office, home, neighbour, nobody].map((page) => page.context().close()));
  });
}
