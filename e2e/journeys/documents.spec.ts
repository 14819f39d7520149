import { readCodes } from '@/lib/lists/documents/testing/read-code';
import { newId } from '@/lib/platform/ids';
import { aResident, askDatabase, enter, expect, test } from '../fixtures';

// The documents of a list, from the job that makes them to the reader's hands. How a list comes about is another
// journey; here it is written behind the program's back.

/** A list of three households before the public for a quarter long past, whose documents are asked for; and its address. */
async function aList(period: string, columns = ''): Promise<{ id: string; path: string }> {
  const id = newId();
  await askDatabase(
    `with quiet as (select set_config('session_replication_role', 'replica', false)),
     made as (
       insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, top, audience,
         drafted_by_id, drafted_at, checked_by_id, checked_at, published_by_id, public_from, public_until)
       select v.id, $1, 'RED', 'HOUSEHOLD', $2, r.id, 'PUBLICITY', now(), 3, 'EVERYONE', p.id, now(), q.id, now(), p.id,
         current_date - 1, current_date + 6
       from quiet, village v join rulebook_version r on r.village_id = v.id and r.state = 'ADOPTED', person p, person q
       where v.code = 'qingzhu' and q.id <> p.id order by r.number desc, p.id, q.id limit 1
       returning village_id)
     insert into list_row (village_id, id, list_id, rank, household_id, points, state)
     select m.village_id, gen_random_uuid(), $1, row_number() over (order by h.code), h.id, 50, 'STANDING'
     from made m join household h on h.village_id = m.village_id order by h.code limit 3`,
    [id, period],
  );
  await change(id, columns || 'top = 3');
  return { id, path: `/v/qingzhu/lists/${id}` };
}

/** Sets columns of a list's row, whatever its triggers say, and has its documents made anew. */
async function change(id: string, columns: string): Promise<void> {
  await askDatabase(
    `do $$ begin
       perform set_config('session_replication_role', 'replica', true);
       update village_list set ${columns} where id = '${id}';
       perform set_config('session_replication_role', 'origin', true);
       perform list_documents_retire(village_id, id, '名单有更正', now()) from village_list where id = '${id}';
     end $$`,
    [],
  );
}

test('a checked list becomes documents, and a withdrawn one is gone @desktop', async ({ page, request }) => {
  const { id, path } = await aList('2019Q1');
  await expect
    .poll(async () => (await request.get(`${path}/page.html`)).status(), { timeout: 60_000 })
    .toBe(200);

  const answer = await request.get(`${path}/page.html`);
  const headers = answer.headersArray().map(({ name, value }) => [name.toLowerCase(), value] as const);
  const policies = headers.filter(([name]) => name === 'content-security-policy');
  expect(policies, 'one policy, the document’s own').toHaveLength(1);
  expect(policies[0]?.[1]).toContain("script-src 'none'");
  const known = await request.get(`${path}/page.html`, {
    headers: { 'if-none-match': answer.headers().etag ?? '' },
  });
  expect(known.status()).toBe(304);

  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (one) => complaints.push(one.url()));
  await page.setViewportSize({ width: 1122, height: 1587 });
  await page.goto(`${path}/a3.html`);
  await expect(page.getByRole('heading', { name: '红榜' })).toBeVisible();
  await expect(page.locator('.row')).toHaveCount(3);
  expect(await page.evaluate(() => [...document.fonts].map((font) => font.status))).not.toContain('error');
  expect(complaints.filter((one) => !one.endsWith('/a3.html') && !one.startsWith('data:font/'))).toEqual([]);
  const origin = new URL(page.url()).origin;
  expect(await readCodes(await page.locator('section').first().screenshot())).toEqual([`${origin}${path}`]);
  expect(await readCodes(await (await request.get(`${path}/picture.png`)).body())).toEqual([
    `${origin}${path}`,
  ]);

  await change(
    id,
    `state = 'WITHDRAWN', ended_at = now(), ended_by_id = published_by_id, end_reason = '名单有误'`,
  );
  for (const file of ['page.html', 'picture.png', 'a3.html', 'a4.pdf']) {
    expect((await request.get(`${path}/${file}`)).status(), file).toBe(410);
  }
  await page.goto(`${path}/page.html`);
  await expect(page.getByRole('heading')).toHaveText('已不再公布');
});

test('a black list of the village alone is there for its people only @desktop', async ({ page, request }) => {
  const { path } = await aList('2019Q2', `kind = 'BLACK', audience = 'VILLAGE'`);
  await enter(page, await aResident('desktop', 9), '/me');
  await expect
    .poll(async () => (await page.request.get(`${path}/page.html`)).status(), { timeout: 60_000 })
    .toBe(200);
  expect((await page.request.get(`${path}/page.html`)).headers()['cache-control']).toBe('private, no-store');
  expect((await request.get(`${path}/page.html`)).status()).toBe(404);
});
