import { test as base, expect, type Page } from '@playwright/test';
import pg from 'pg';
import { aJpeg } from '@/lib/testing/photo-corpus';

// What journeys share: people of the demo district, ways to sign in, a photo as a phone's camera writes it. Each test
// comes from a network address of its own, so that rate limits don't meet.

export interface DemoPerson {
  personId: string;
  name: string;
  phone: string;
  villageCode: string;
  villageId: string;
  /** null for officials who live elsewhere */
  householdId: string | null;
  residentId: string | null;
}

export type OfficeRole = 'VERIFIER' | 'SECRETARY' | 'STEWARD' | 'SUPERVISOR';

async function ask<Row extends pg.QueryResultRow>(sql: string, params: unknown[]): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: process.env.E2E_DATABASE_URL,
    connectionTimeoutMillis: 30_000,
    statement_timeout: 60_000,
  });
  await client.connect();
  try {
    return (await client.query<Row>(sql, params)).rows;
  } finally {
    await client.end();
  }
}

/** Asks the database behind the page, to see what is true. */
export const askDatabase = ask;

/**
 * A resident of the demo with a phone and no office, another one for each `index`. Tests that change something take
 * one of their own; projects run side by side, so each has its own range.
 */
export async function aResident(
  project: string,
  index: number,
  villageCode = 'qingzhu',
): Promise<DemoPerson> {
  const offset = index + (project === 'desktop' ? 10 : 0);
  const [person] = await ask<DemoPerson & pg.QueryResultRow>(
    `select p.id::text as "personId", p.name, p.phone, v.code as "villageCode", v.id::text as "villageId",
       r.household_id::text as "householdId", r.id::text as "residentId"
     from resident r join village v on v.id = r.village_id join person p on p.id = r.person_id
     where v.code = $1 and r.left_on is null and p.phone is not null
       and r.relation = 'HEAD' and not exists (select 1 from appointment a where a.person_id = p.id)
       and (select count(*) from resident o where o.village_id = r.village_id and o.household_id = r.household_id
            and o.left_on is null) > 1
     order by r.household_id offset $2 limit 1`,
    [villageCode, offset],
  );
  if (!person) throw new Error(`the demo has no ${offset + 1} residents who can sign in to ${villageCode}`);
  return person;
}

/** Someone of the village's office. */
export async function anOfficial(role: OfficeRole, index = 0, villageCode = 'qingzhu'): Promise<DemoPerson> {
  const [person] = await ask<DemoPerson & pg.QueryResultRow>(
    `select p.id::text as "personId", p.name, p.phone, v.code as "villageCode", v.id::text as "villageId",
       r.household_id::text as "householdId", r.id::text as "residentId"
     from appointment a join village v on v.id = a.village_id join person p on p.id = a.person_id
     left join resident r on r.village_id = v.id and r.person_id = p.id and r.left_on is null
     where v.code = $1 and a.role = $2::"Role" and a.until_day is null order by a.created_at, a.id offset $3 limit 1`,
    [villageCode, role, index],
  );
  if (!person) throw new Error(`the demo has no ${role} number ${index + 1} in ${villageCode}`);
  return person;
}

/** Signs in as anyone of the demo district, and opens a page. */
export async function enter(page: Page, person: { personId: string }, path: string): Promise<void> {
  const origin = new URL(test.info().project.use.baseURL ?? 'http://localhost:3000').origin;
  const answer = await page.request.post('/api/sign-in/demo', {
    data: { person: person.personId },
    headers: { origin },
  });
  expect(answer.ok(), `signing in: ${answer.status()}`).toBe(true);
  await page.goto(path);
}

/** Signs in by one tap on the sign-in page: only the people offered there. */
export async function signInByTap(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Signs in as people do: number, then the code, which the demo shows. */
export async function signInByCode(page: Page, phone: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('手机号').fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  const shown = await page.getByText(/演示验证码：\d{6}/).textContent();
  await page.getByLabel('验证码').fill(/\d{6}/.exec(shown ?? '')?.[0] ?? '');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

let photosMade = 0;

/** A photo as a phone writes it: large, turned by its metadata, with time and place; another scene each time. */
export async function makeCameraJpeg(seed = Date.now() + ++photosMade): Promise<{
  name: string;
  mimeType: string;
  buffer: Buffer;
}> {
  const buffer = await aJpeg({
    seed: seed % 1_000_003,
    width: 2400,
    height: 1800,
    orientation: 6,
    quality: 88,
  });
  return { name: `IMG_${seed}.jpg`, mimeType: 'image/jpeg', buffer };
}

let addresses = 0;

export const test = base.extend({
  extraHTTPHeaders: async ({ extraHTTPHeaders }, use, info) => {
    addresses += 1;
    const mine = `10.2.${info.workerIndex % 250}.${(addresses % 250) + 1}`;
    await use({ ...extraHTTPHeaders, 'x-forwarded-for': mine });
  },
});

export { expect };
