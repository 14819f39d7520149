import type { Browser, Page } from '@playwright/test';
import { v7 } from 'uuid';
import { addDays, dayOf } from '@/lib/platform/clock';
import { anOfficial, askDatabase, enter, expect, makeCameraJpeg, test } from '../fixtures';

// What the journeys of deductions and of objections share.

/** Each size works in a village of its own. */
export const villageOf = (project: string) => (project === 'phone' ? 'xinghua' : 'qingzhu');

export interface Household {
  id: string;
  code: string;
  personId: string;
}

/**
 * A household that nobody of the office has to stand back from, with a head who signs in and no deduction yet. Each file
 * counts from an end of its own, since a small village has few of them and files run side by side.
 */
export async function aHousehold(
  village: string,
  offset: number,
  end: 'first' | 'last' = 'last',
): Promise<Household> {
  const [household] = await askDatabase<Household & Record<string, unknown>>(
    `select h.id::text, h.code, r.person_id::text as "personId" from household h join village v on v.id = h.village_id
     join resident r on r.village_id = h.village_id and r.household_id = h.id and r.relation = 'HEAD'
       and r.left_on is null and r.person_id is not null
     where v.code = $1 and h.left_on is null and not (h.is_five_guarantee or h.is_disabled or h.is_absent)
       and not exists (select from deduction d where d.village_id = h.village_id and d.household_id = h.id)
       and not exists (select from appointment a where a.village_id = h.village_id
                       and recusal(h.village_id, h.id, null, a.person_id) is not null)
     order by h.id ${end === 'last' ? 'desc' : 'asc'} offset $2 limit 1`,
    [village, offset],
  );
  if (!household) throw new Error(`no household number ${offset} in ${village}`);
  return household;
}

/** A page of a browser of its own. */
export async function aPage(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const { baseURL, viewport } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(viewport ? { viewport } : {}),
    javaScriptEnabled,
  });
  return context.newPage();
}

/** Where a deduction stands. */
export async function stateOf(id: string): Promise<string> {
  const [row] = await askDatabase<{ state: string }>('select state::text from deduction where id = $1', [id]);
  return row?.state ?? '';
}

/** The id at the end of the page's address. */
export const idOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** Does something without the pages, which other journeys show; answers what it is about. */
async function act(page: Page, person: { personId: string }, name: string, input: unknown): Promise<string> {
  await enter(page, person, '/me');
  const data = { id: v7(), input };
  const headers = { origin: new URL(page.url()).origin };
  const send = () => page.request.post(`/api/commands/${name}`, { data, headers });
  // a server that closes an idle connection just then is asked again: the same id is the same command
  const answer = await send().catch(send);
  const body = await answer.text();
  expect(answer.ok(), `${name}: ${body}`).toBe(true);
  return (JSON.parse(body) as { outcome: { subject: string } }).outcome.subject;
}

/** A deduction whose notice was served today: recorded and proposed by the first verifier. */
export async function aNotice(page: Page, village: string, household: Household): Promise<string> {
  const [verifier, supervisor] = await Promise.all([
    anOfficial('VERIFIER', 0, village),
    anOfficial('SUPERVISOR', 0, village),
  ]);
  const today = dayOf(new Date());
  const [item] = await askDatabase<{ id: string }>(
    `select i.id::text from item i join village v on v.id = i.village_id
     where v.code = $1 and i.code = 'PUBLIC_GOOD-04' and i.version_id = rulebook_version_on(v.id, $2::date)`,
    [village, today],
  );
  const deductionId = await act(page, verifier, 'record-deduction', {
    householdId: household.id,
    itemId: item?.id,
    seenOn: today,
    seenBy: '护路员和组长',
    facts: '水渠边的护栏被撞弯了一段，没有修',
  });
  await act(page, verifier, 'propose-deduction', { deductionId });
  await act(page, supervisor, 'approve-deduction', { deductionId, how: ['HAND'] });
  return deductionId;
}

/** Lets the days to answer have passed, behind the program's back. */
export async function letDaysPass(deductionId: string): Promise<void> {
  const last = addDays(dayOf(new Date()), -1);
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     update deduction set answer_until = '${last}', noticed_at = noticed_at - interval '8 days' where id = '${deductionId}';
     commit`,
    [],
  );
}

/** Puts a photo on the form of the page. */
export async function addPhoto(page: Page, javaScript: boolean): Promise<void> {
  const photo = await makeCameraJpeg();
  if (javaScript) {
    await page.locator('input[type=file]').first().setInputFiles(photo);
  } else {
    await page.locator('.photo-plain input[type=file]').setInputFiles(photo);
    await page.getByRole('button', { name: '放上照片' }).click();
  }
  await expect(page.getByRole('img', { name: '第 1 张照片' })).toBeVisible();
}
