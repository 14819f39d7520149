import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { drawVoucherCode } from '@/lib/rewards/voucher/code';
import { aResident, askDatabase, type DemoPerson, enter, expect, test } from '../fixtures';

// A shop of its own for each test, with people, terms and offers, written past the commands: how it came to be is
// another's story. And a household with points.

export interface Shop {
  id: string;
  name: string;
  staff: { personId: string };
  villageId: string;
  soap: string;
  rice: string;
}

const TERMS_FREE_MOST = 25;

/** A shop that takes the points of a village: 洗衣液 20 分, 大米 30 分; above 25 points the resident confirms. */
export async function aShop(villageCode: string, freeMost = TERMS_FREE_MOST): Promise<Shop> {
  const [shop, staff, terms, soap, rice] = Array.from({ length: 5 }, () => v7());
  const name = `试用小店${randomInt(1000, 9999)}`;
  const phone = `198${String(randomInt(100_000_000)).padStart(8, '0').slice(-8)}`;
  const [village] = await askDatabase<{ id: string; township: string; by: string }>(
    `select v.id::text, v.township_id::text as township,
       (select person_id::text from appointment where village_id = v.id and role = 'SECRETARY' limit 1) as by
     from village v where v.code = $1`,
    [villageCode],
  );
  if (!village) throw new Error(`no village ${villageCode}`);
  await askDatabase(
    `begin;
     insert into person (id, name, phone) values ('${staff}', '毕有粮', '${phone}');
     select merchant_apply('${shop}', gen_random_uuid(), '${village.township}', '${name}', '日用品', '村口', '', '毕有粮', '',
       false, 'shiyongxiaodian', now() - interval '2 days');
     insert into appointment (id, person_id, role, merchant_id, from_day)
       values (gen_random_uuid(), '${staff}', 'MERCHANT', '${shop}', current_date - 30);
     select merchant_admit('${shop}', gen_random_uuid(), '${staff}', gen_random_uuid(), (select person_id from appointment
       where township_id = '${village.township}' and role = 'TOWNSHIP' limit 1), now() - interval '1 day');
     insert into alliance_terms (village_id, id, merchant_id, reference_fen, settlement_day, free_most, signed_by_id,
       signed_at, accepted_by_id, accepted_at)
       values ('${village.id}', '${terms}', '${shop}', 100, 10, ${freeMost}, '${village.by}', now(), '${staff}', now());
     insert into offer (village_id, id, merchant_id, category, title, points, valid_from, created_at) values
       ('${village.id}', '${soap}', '${shop}', 'DAILY_GOODS', '洗衣液 1 瓶', 20, current_date - 1, now()),
       ('${village.id}', '${rice}', '${shop}', 'DAILY_GOODS', '大米 5 公斤', 30, current_date - 1, now() + interval '1 second');
     commit`,
    [],
  );
  return {
    id: shop ?? '',
    name,
    staff: { personId: staff ?? '' },
    villageId: village.id,
    soap: soap ?? '',
    rice: rice ?? '',
  };
}

/** What a household can spend. */
export async function balanceOf(person: DemoPerson): Promise<number> {
  const [row] = await askDatabase<{ balance: string }>(
    'select balance from account where village_id = $1 and id = $2',
    [person.villageId, person.householdId],
  );
  return Number(row?.balance ?? 0);
}

/** Tests of one file and size run one after another: each such row has two households of its own. */
const FIRST = { counter: 20, shops: 21, paper: 24, doubt: 25, shelf: 26 };

/** A resident of 青竹村 whose household has at least so many points more than it had. */
export async function aPayer(of: keyof typeof FIRST, points: number): Promise<DemoPerson> {
  const isDesktop = test.info().project.name === 'desktop';
  return withPoints(await aResident('phone', FIRST[of] + (isDesktop ? 2 : 0)), points);
}

/** The same person, whose household has so many points more. */
export async function withPoints(person: DemoPerson, points: number): Promise<DemoPerson> {
  await askDatabase(
    `select ledger_post($1, 'AWARD', found_award($1, $2, $4, $3, 0, current_date, now()), 0::smallint, $1, $2, $3, 0, $2, $4, current_date, null, null,
       null, null, '', null, (select person_id from appointment where village_id = $1 and role = 'VERIFIER' limit 1),
       gen_random_uuid(), now())`,
    [person.villageId, person.householdId, points, person.residentId],
  );
  return person;
}

/** Opens a page of its own, as somebody, on a phone or a desk like the project's. */
export async function openAs(
  browser: Browser,
  person: { personId: string },
  path: string,
  options: { javaScriptEnabled?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const { baseURL, viewport, deviceScaleFactor, hasTouch, isMobile } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(viewport ? { viewport } : {}),
    ...(deviceScaleFactor ? { deviceScaleFactor } : {}),
    ...(hasTouch ? { hasTouch } : {}),
    ...(isMobile ? { isMobile } : {}),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...options,
    extraHTTPHeaders: { 'x-forwarded-for': `10.3.${randomInt(250)}.${randomInt(1, 250)}` },
  });
  const page = await context.newPage();
  await enter(page, person, path);
  return { context, page };
}

/** A browser whose camera sees a picture: held up in front of it, on a grey table. */
export async function withCamera(picture: Buffer): Promise<Browser> {
  const info = test.info();
  const frame = await sharp(picture)
    .resize(840, 640, { fit: 'contain', background: '#8a8f8c' })
    .extend({ top: 40, bottom: 40, left: 60, right: 60, background: '#8a8f8c' })
    .jpeg({ quality: 92 })
    .toBuffer();
  const film = info.outputPath(`camera-${randomInt(1e9)}.mjpeg`);
  writeFileSync(film, Buffer.concat([frame, frame, frame, frame]));
  const { launchOptions } = info.project.use;
  return chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions?.args ?? []),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
}

/** Both screens show the shop, what it was for, the points and the same four digits. */
export async function expectBothShow(
  pages: [Page, Page],
  shown: { shop: Shop; what: string; points: number },
): Promise<void> {
  for (const page of pages) {
    await expect(page.locator('.receipt-who')).toContainText(`付给${shown.shop.name}`);
    await expect(page.locator('.receipt-what')).toHaveText(shown.what);
    await expect(page.locator('.receipt-points')).toHaveText(`${shown.points} 分`);
  }
  expect(await receiptOn(pages[0])).toBe(await receiptOn(pages[1]));
}

/** The eight digits that a phone shows. */
export async function shownDigits(page: Page): Promise<string> {
  await expect(page.locator('.pay-digits')).toHaveText(/^\d{4} \d{4}$/);
  return ((await page.locator('.pay-digits').textContent()) ?? '').replace(/\D/g, '');
}

/** The four digits that a page shows. */
export async function receiptOn(page: Page): Promise<string> {
  const receipt = page.locator('.receipt-number b');
  await expect(receipt).toHaveText(/^\d{4}$/);
  return (await receipt.textContent()) ?? '';
}

/** How many postings there are of a shop, and their sum. */
export async function takenBy(shop: Shop): Promise<{ count: number; points: number }> {
  const [row] = await askDatabase<{ count: string; points: string }>(
    `select count(*) as count, coalesce(sum(case when p.credit_id = $2 then p.points else -p.points end), 0) as points
     from posting p where p.village_id = $1 and $2 in (p.credit_id, p.debit_id)`,
    [shop.villageId, shop.id],
  );
  return { count: Number(row?.count ?? 0), points: Number(row?.points ?? 0) };
}

/** A voucher of a household that can be used, written past the rules; answers its code. */
export async function aVoucher(person: DemoPerson): Promise<string> {
  return (await aBatch(person)).code;
}

/** The same, and the batch by which the village prints it. */
export async function aBatch(person: DemoPerson): Promise<{ code: string; batch: string }> {
  const code = drawVoucherCode();
  const [list, batch] = [v7(), v7()];
  const by = (role: string) =>
    `(select person_id from appointment where village_id = '${person.villageId}' and role = '${role}' limit 1)`;
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, top, drafted_by_id,
       drafted_at, checked_by_id, checked_at, published_by_id, public_from, public_until, final_at, expires_on, ended_at)
     select '${person.villageId}', '${list}', 'RED', 'HOUSEHOLD', '2018Q1', v.id, 'EXPIRED', '2018-04-01', 10,
       ${by('SECRETARY')}, '2018-04-01', ${by('SUPERVISOR')}, '2018-04-02', ${by('SECRETARY')}, '2018-04-02',
       '2018-04-09', '2018-04-10', '2019-04-10', '2019-04-11'
     from rulebook_version v where v.village_id = '${person.villageId}' order by v.number limit 1;
     insert into voucher_batch (village_id, id, list_id, buys, points, expires_on, is_whole, issued_by_id, issued_at,
       confirmed_by_id, confirmed_at)
     values ('${person.villageId}', '${batch}', '${list}', '毛巾一条', 5, '2099-12-31', true, ${by('SECRETARY')}, now(),
       ${by('SUPERVISOR')}, now());
     insert into voucher (village_id, id, batch_id, household_id, code)
     values ('${person.villageId}', gen_random_uuid(), '${batch}', '${person.householdId}', '${code}');
     commit`,
    [],
  );
  return { code, batch };
}
