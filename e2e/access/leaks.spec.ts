import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { v7 } from 'uuid';
import { COMMANDS } from './commands';
import { Behind, readServerLog } from './installation';
import { MARKED } from './marks';
import { PAGES, type PageRow } from './pages';
import {
  NOBODY,
  namesIn,
  phonesIn,
  type Reader,
  readSecrets,
  type Secrets,
  sessionsIn,
  vouchersIn,
} from './secrets';
import { EVERYONE, openWorld, type Who, type World } from './world';

// No number, code, session or private name where it doesn't belong: in what others receive, and in what the server
// wrote down. Runs after all other specs, so that the log holds everything they made the server do.

let world: World;
let behind: Behind;
let secrets: Secrets;
/** heads of households that agreed to be named on red lists */
let consented: { name: string }[];
let readers: Record<Who, Reader>;
let cookies: Record<Who, string[]>;

test.beforeAll(async ({ baseURL }) => {
  world = await openWorld(baseURL ?? '');
  behind = await Behind.open();
  secrets = await readSecrets(behind);
  consented = await behind.ask<{ name: string }>(
    `select r.name from consent c
     join resident r on r.village_id = c.village_id and r.household_id = c.household_id and r.relation = 'HEAD'
     where c.withdrawn_at is null`,
    [],
  );
  readers = Object.fromEntries(
    await Promise.all(EVERYONE.map(async (who) => [who, await readerOf(who)])),
  ) as typeof readers;
  cookies = Object.fromEntries(
    await Promise.all(
      EVERYONE.map(async (who) => [
        who,
        (await world.of[who].storageState()).cookies
          .filter((cookie) => cookie.name.endsWith('session'))
          .map((cookie) => cookie.value),
      ]),
    ),
  ) as typeof cookies;
});
test.afterAll(async () => {
  await behind?.close();
  await world?.close();
});

async function readerOf(who: Who): Promise<Reader> {
  const personId = world.people[who];
  if (!personId) return NOBODY;
  const homes = await behind.ask<{ id: string }>(
    'select household_id::text as id from resident where person_id = $1 and left_on is null',
    [personId],
  );
  const desks = await behind.ask<{ id: string }>(
    `select village_id::text as id from appointment
     where person_id = $1 and village_id is not null and until_day is null limit 1`,
    [personId],
  );
  const officials = await behind.ask<{ id: string }>(
    `with mine as (select * from appointment where person_id = $1 and until_day is null)
     select a.person_id::text as id from appointment a
     where a.village_id in (select village_id from resident where person_id = $1 and left_on is null)
        or a.merchant_id in (select merchant_id from mine)
        -- An office knows the people of the shops it has signed with, and they the office that signed.
        or a.merchant_id in (select t.merchant_id from alliance_terms t join mine on mine.village_id = t.village_id)
        or a.village_id in (select t.village_id from alliance_terms t join mine on mine.merchant_id = t.merchant_id)
        -- A township admits shops and reads who of its villages did something for them; a district reads all that.
        or a.merchant_id in (select m.id from merchant m join township t on t.id = m.township_id
                            join mine on mine.township_id = t.id or mine.district_id = t.district_id)
        or a.village_id in (select v.id from village v join township t on t.id = v.township_id
                            join mine on mine.township_id = t.id or mine.district_id = t.district_id)
        or a.township_id in (select t.id from township t join mine on mine.district_id = t.district_id)`,
    [personId],
  );
  return {
    personId,
    householdIds: homes.map((home) => home.id),
    deskVillageId: desks[0]?.id ?? null,
    officialIds: officials.map((official) => official.id),
  };
}

/** A few characters on both sides of where a text says something. */
function around(words: string, text: string): string {
  const at = text.indexOf(words);
  return text.slice(Math.max(0, at - 30), at + words.length + 30).replace(/\s+/g, ' ');
}

/** What is found in a text that its reader may not have, in words. */
function leaksIn(text: string, reader: Reader, isSignIn = false): string[] {
  const ownCookies = EVERYONE.flatMap((who) => cookies[who]);
  return [
    ...phonesIn(text, secrets, reader).map((phone) => `the number ${phone}`),
    // The demo's page for signing in offers its people by name.
    ...(isSignIn
      ? []
      : namesIn(text, secrets, reader).map((name) => `the name ${name}: ${around(name, text)}`)),
    ...sessionsIn(text, secrets, reader).map((id) => `the session ${id}`),
    ...vouchersIn(text, secrets, reader).map((code) => `the voucher ${code}`),
    ...ownCookies.filter((cookie) => text.includes(cookie)).map(() => 'the cookie of a session'),
  ];
}

/** On the public's pages names are masked for the office too: it prints and forwards them. */
const asReaderOf = (row: PageRow, reader: Reader): Reader =>
  row.may === 'everyone' ? { ...reader, deskVillageId: null, officialIds: [] } : reader;

test('a search for secrets finds one', () => {
  const [phone = ''] = secrets.phones.keys();
  const [session = ''] = secrets.sessions.keys();
  const resident = secrets.names.find((name) => name.householdId !== null && !name.isNamed);
  const text = `<p>${phone}</p>{"name":"${resident?.name}","session":"${session}"}`;
  expect(secrets.phones.size).toBeGreaterThan(100);
  expect(leaksIn(text, NOBODY)).toHaveLength(3);
  const [voucher = '', household = ''] = [...secrets.vouchers][0] ?? [];
  const spaced = `>${voucher.match(/.{4}/g)?.join(' ')}<`;
  expect(leaksIn(spaced, NOBODY)).toEqual([`the voucher ${voucher}`]);
  expect(leaksIn(spaced, { ...NOBODY, householdIds: [household] })).toEqual([]);
  const own = { ...NOBODY, personId: secrets.phones.get(phone) ?? '' };
  expect(phonesIn(text, secrets, own)).toEqual([]);
  expect(namesIn(text, secrets, { ...NOBODY, householdIds: [resident?.householdId ?? ''] })).toEqual([]);
  expect(leaksIn(`x${cookies.resident[0]}x`, NOBODY)).toEqual(['the cookie of a session']);
  expect(phonesIn(`a${phone} 0${phone}`, secrets, NOBODY), 'part of a longer number').toEqual([]);
});

for (const row of PAGES) {
  test(`${row.route}${row.which ?? ''} shows nobody what is another’s`, async () => {
    for (const who of EVERYONE) {
      const reader = asReaderOf(row, readers[who]);
      for (const of of [world.own, world.foreign]) {
        const answer = await world.of[who].get(row.address(of));
        const text = await answer.text();
        const said = row.namesConsented
          ? consented.reduce((left, { name }) => left.replaceAll(name, '\n'), text)
          : text;
        expect(leaksIn(said, reader, row.route === '/sign-in'), `${who}, ${answer.status()}`).toEqual([]);
      }
    }
  });
}

test('the export of one’s household holds no number of others', async () => {
  await behind.forgetRates();
  const opened = await world.of.resident.post('/api/commands/export-household', {
    data: { id: v7(), input: {} },
  });
  expect(opened.ok()).toBe(true);
  const file = await world.of.resident.get('/me/profile/export');
  expect(file.status()).toBe(200);
  expect(leaksIn(await file.text(), readers.resident)).toEqual([]);
});

test('refusals name nobody', async () => {
  await behind.forgetRates();
  for (const [name, row] of Object.entries(COMMANDS)) {
    if (!row.input) continue;
    for (const who of ['nobody', 'neighbour', 'stranger', 'merchant', 'otherVerifier'] as const) {
      if (row.may.includes(who) && who !== 'stranger' && who !== 'otherVerifier') continue;
      const answer = await world.of[who].post(`/api/commands/${name}`, {
        data: { id: v7(), input: row.input(world.own) },
      });
      expect(answer.status(), `${name}, ${who}`).toBeGreaterThanOrEqual(400);
      expect(leaksIn(await answer.text(), readers[who]), `${name}, ${who}`).toEqual([]);
    }
  }
});

test('what people type to prove who they are is written down nowhere', async () => {
  await behind.forgetRates();
  const phone = [...secrets.phones].find(([, person]) => person === world.people.neighbour)?.[0] ?? '';
  const asked = await world.of.nobody.post('/api/commands/request-sign-in-code', {
    data: { id: v7(), input: { phone } },
  });
  const { outcome } = (await asked.json()) as { outcome: { subject: string } };
  const page = await (await world.of.nobody.get(`/sign-in?step=code&c=${outcome.subject}`)).text();
  const code = /演示验证码：(\d{6})/.exec(page)?.[1] ?? '';
  expect(code).toMatch(/^\d{6}$/);
  expect(page, 'the page shows the number masked').not.toContain(phone);
  const wrong = { way: 'password', phone, password: MARKED.password };
  for (const entered of [wrong, { way: 'code', request: outcome.subject, code: '000000' }]) {
    const refused = await world.of.nobody.post('/api/sign-in', { data: entered });
    expect(refused.status()).toBeGreaterThanOrEqual(400);
    const said = await refused.text();
    for (const secret of [phone, code, MARKED.password]) expect(said).not.toContain(secret);
  }
  const signedIn = await world.of.nobody.post('/api/sign-in', {
    data: { way: 'code', request: outcome.subject, code },
  });
  expect(signedIn.ok()).toBe(true);
  const cookie = /session=([^;]+)/.exec(signedIn.headers()['set-cookie'] ?? '')?.[1] ?? '';
  expect(cookie.length).toBeGreaterThan(50);

  const log = readServerLog();
  const isWritten = (secret: string) => new RegExp(`(?<![0-9a-zA-Z])${secret}(?![0-9a-zA-Z])`).test(log);
  expect([phone, code, MARKED.password].filter(isWritten), 'in the log').toEqual([]);
  expect(log.includes(cookie), 'the cookie in the log').toBe(false);
  const kept = await behind.ask<{ name: string }>(
    `select 'sign_in_code' as name from sign_in_code t where t::text ~ ('\\D' || $1 || '\\D') and id = $2
     union all select 'command_log' from command_log t where t::text like '%' || $3 || '%'
     union all select 'rate_count' from rate_count t where t::text like '%' || $3 || '%'
     union all select 'form_return' from form_return t where t::text like '%' || $4 || '%'`,
    [code, outcome.subject, phone, MARKED.password],
  );
  expect(kept, 'in the database').toEqual([]);
  const [record] = await behind.ask<{ hash: string }>(
    `select input_hash as hash from command_log where name = 'request-sign-in-code' and subject = $1`,
    [outcome.subject],
  );
  // There are so few numbers that a plain hash of one is the number.
  const plain = createHash('sha256').update(JSON.stringify(['request-sign-in-code', '', [['phone', phone]]]));
  expect(record?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(record?.hash).not.toBe(plain.digest('hex'));
});

test('the server’s log knows nobody', () => {
  const log = readServerLog();
  expect(log, 'there is a log').toContain('"level":30');
  expect(leaksIn(log, NOBODY)).toEqual([]);
  expect(Object.values(MARKED).filter((secret) => log.includes(secret))).toEqual([]);
});

test('the record of commands knows no number', async () => {
  const rows = await behind.ask<{ text: string }>(
    `select t::text as text from command_log t where t::text ~ '1[3-9][0-9]{9}'
     union all select t::text from access_log t where t::text ~ '1[3-9][0-9]{9}'
     union all select t::text from message t where t::text ~ '1[3-9][0-9]{9}'
     union all select t::text from rate_count t where t::text ~ '1[3-9][0-9]{9}'`,
  );
  const typed = new Map([[MARKED.phone, '']]);
  const known = { ...secrets, phones: new Map([...secrets.phones, ...typed]) };
  expect(rows.flatMap((row) => phonesIn(row.text, known, { ...NOBODY, personId: 'nobody' }))).toEqual([]);
});
