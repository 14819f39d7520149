import { mkdirSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import pg from 'pg';
import { ensureBrowser, findChromium } from './test/browser';
import { startInstallation } from './test/e2e';

// npm run screenshots: the pictures of the README, taken from the built product with the demo in it, so that they
// stay true. Phone pictures are 390 wide, the office's 1280.

const FOLDER = 'docs/pictures';
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };

interface Shot {
  name: string;
  who: 'nobody' | 'resident' | 'verifier' | 'secretary' | 'township' | 'merchant';
  path: string;
  /** asks for the end of the path */
  pathEnd?: string;
  size: typeof PHONE;
}

// the oldest that waits and shows something
const DEED_WITH_PHOTO = `select d.id::text as id from deed d join village v on v.id = d.village_id
  where v.code = 'qingzhu' and d.state = 'SUBMITTED' and d.event_id is null
    and exists (select 1 from deed_photo p where p.village_id = d.village_id and p.deed_id = d.id)
  order by d.submitted_at, d.id limit 1`;

const RED_LIST = `select l.id::text as id from village_list l join village v on v.id = l.village_id
  where v.code = 'qingzhu' and l.kind = 'RED' and l.subject = 'HOUSEHOLD' and l.state in ('PUBLICITY', 'FINAL')
  order by l.drafted_at desc, l.id limit 1`;

const SHOTS: Shot[] = [
  { name: 'me', who: 'resident', path: '/me', size: PHONE },
  { name: 'log', who: 'resident', path: '/me/log', size: PHONE },
  { name: 'ranking', who: 'resident', path: '/v/qingzhu/ranking', size: PHONE },
  { name: 'board', who: 'nobody', path: '/v/qingzhu', size: PHONE },
  { name: 'ledger', who: 'nobody', path: '/v/qingzhu/ledger', size: PHONE },
  { name: 'rulebook', who: 'nobody', path: '/v/qingzhu/rulebook', size: PHONE },
  { name: 'list', who: 'nobody', path: '/v/qingzhu/lists/', pathEnd: RED_LIST, size: PHONE },
  { name: 'hearing', who: 'nobody', path: '/v/binjiang/rulebook/draft', size: PHONE },
  { name: 'solvency', who: 'nobody', path: '/v/qingzhu/solvency', size: PHONE },
  {
    name: 'poster',
    who: 'nobody',
    path: '/v/qingzhu/lists/',
    pathEnd: `select id || '/a4.html' as id from (${RED_LIST}) red`,
    size: { width: 794, height: 1194 },
  },
  { name: 'desk', who: 'verifier', path: '/desk/deeds/', pathEnd: DEED_WITH_PHOTO, size: DESK },
  { name: 'people', who: 'secretary', path: '/desk/people', size: DESK },
  { name: 'office', who: 'township', path: '/office', size: DESK },
  { name: 'shops', who: 'resident', path: '/v/qingzhu/shops', size: PHONE },
  { name: 'pay', who: 'resident', path: '/me/pay', size: PHONE },
  { name: 'take', who: 'merchant', path: '/shop/take', size: PHONE },
  { name: 'shop', who: 'merchant', path: '/shop', size: PHONE },
  { name: 'alliance', who: 'secretary', path: '/desk/alliance', size: DESK },
];

const SQL: Record<Exclude<Shot['who'], 'nobody'>, string> = {
  resident: `select r.person_id::text as id from resident r join village v on v.id = r.village_id
             join account a on a.village_id = v.id and a.id = r.household_id
             where v.code = 'qingzhu' and r.person_id is not null and r.relation = 'HEAD'
               and not exists (select 1 from appointment b where b.person_id = r.person_id)
               and not exists (select 1 from list_row o join village_list l on l.village_id = o.village_id and l.id = o.list_id
                               where o.village_id = v.id and o.household_id = r.household_id and l.kind = 'BLACK')
             order by a.balance desc, r.id limit 1`,
  verifier: `select a.person_id::text as id from appointment a join village v on v.id = a.village_id
             where v.code = 'qingzhu' and a.role = 'VERIFIER' and a.until_day is null order by a.created_at, a.id limit 1`,
  secretary: `select a.person_id::text as id from appointment a join village v on v.id = a.village_id
              where v.code = 'qingzhu' and a.role = 'SECRETARY' and a.until_day is null limit 1`,
  merchant: `select m.owner_id::text as id from merchant m join alliance_terms t on t.merchant_id = m.id
             join village v on v.id = t.village_id
             where v.code = 'qingzhu' and m.state = 'ADMITTED' and not m.is_charity and t.accepted_at is not null
               and t.ended_at is null and m.owner_id is not null
             order by (select count(*) from redemption r where r.merchant_id = m.id) desc, m.id limit 1`,
  township: `select person_id::text as id from appointment where role = 'TOWNSHIP' and until_day is null limit 1`,
};

/** Opens an address; a document is made by a job, for which it waits a minute. */
async function openPage(page: Page, address: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const answer = await page.goto(address, { waitUntil: 'networkidle' });
    if (answer?.ok()) return;
    await page.waitForTimeout(1000);
  }
  throw new Error(`${address} did not open`);
}

async function main(): Promise<void> {
  const advice = ensureBrowser();
  if (advice) throw new Error(advice);
  mkdirSync(FOLDER, { recursive: true });
  const installation = await startInstallation('screenshots');
  const executablePath = findChromium() ?? undefined;
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const client = new pg.Client({ connectionString: installation.databaseUrl });
  await client.connect();
  try {
    for (const shot of SHOTS) {
      const context = await browser.newContext({
        baseURL: installation.url,
        viewport: shot.size,
        deviceScaleFactor: 1,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        extraHTTPHeaders: { 'x-forwarded-for': '10.3.0.1' },
      });
      if (shot.who !== 'nobody') {
        const { rows } = await client.query<{ id: string }>(SQL[shot.who]);
        const answer = await context.request.post('/api/sign-in/demo', {
          data: { person: rows[0]?.id },
          headers: { origin: installation.url },
        });
        if (!answer.ok()) throw new Error(`${shot.who} could not sign in`);
      }
      const page = await context.newPage();
      const end = shot.pathEnd ? (await client.query<{ id: string }>(shot.pathEnd)).rows[0]?.id : '';
      await openPage(page, `${shot.path}${end ?? ''}`);
      await page.screenshot({ path: `${FOLDER}/${shot.name}.png` });
      console.log(`${FOLDER}/${shot.name}.png`);
      await context.close();
    }
  } finally {
    await client.end();
    await browser.close();
    await installation.stop();
  }
}

await main();
process.exit(0);
