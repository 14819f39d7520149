import { expect, test } from '@playwright/test';
import { COMMANDS, TWICE } from './commands';
import { PAGES } from './pages';
import { routesOfApp } from './routes';
import { EVERYONE, openWorld, RESIDENTS, type Who, type World } from './world';

// Nobody where they don't belong: every address and every command, as everyone. A new address or command without a
// row in pages.ts or commands.ts fails here.

let world: World;
test.beforeAll(async ({ baseURL }) => {
  world = await openWorld(baseURL ?? '');
});
test.afterAll(() => world?.close());

/** What all residents may, an official who lives in a village may too. */
const sitsAsResident = (may: readonly Who[], who: Who) => may === RESIDENTS && world.alsoResidents.has(who);

let count = 0;
const freshId = () =>
  `01900000-0000-7000-8000-${(Date.now() * 1000 + ++count).toString(16).padStart(12, '0').slice(-12)}`;

async function ask(who: Who, name: string, input: unknown) {
  const answer = await world.of[who].post(`/api/commands/${name}`, { data: { id: freshId(), input } });
  return { status: answer.status(), body: await answer.text() };
}

test('every address has a row', async () => {
  const rows = PAGES.map((row) => row.route).sort((a, b) => a.localeCompare(b));
  expect([...new Set(rows)], 'give it a row in e2e/access/page-rows').toEqual([
    ...new Set(routesOfApp().map((one) => one.route)),
  ]);
});

test('every command has a row', async () => {
  const listed = (await (await world.of.nobody.get('/api/commands')).json()) as
    | { name: string }[]
    | { commands: { name: string }[] };
  const names = (Array.isArray(listed) ? listed : listed.commands).map((one) => one.name).sort();
  expect(Object.keys(COMMANDS).sort(), 'give it a row in e2e/access/command-rows').toEqual(names);
  expect(TWICE, 'one row hides the other').toEqual([]);
});

for (const row of PAGES) {
  test(`${row.route}${row.which ?? ''} is seen by those who may, and by nobody else`, async () => {
    for (const who of EVERYONE) {
      const isOwn = who !== 'stranger' && who !== 'otherVerifier';
      const answer = await world.of[who].get(row.address(isOwn ? world.own : world.foreign));
      const may = row.may === 'everyone' || row.may.includes(who) || sitsAsResident(row.may, who);
      if (may) {
        expect(answer.status(), `${who} may`).toBe(row.status ?? 200);
      } else if (who === 'nobody' && answer.status() !== 404 && answer.status() !== 401) {
        expect([303, 307], 'nobody is led to sign in').toContain(answer.status());
        expect(answer.headers().location).toContain('/sign-in');
      } else {
        expect([401, 404, 405], `${who} may not: got ${answer.status()}`).toContain(answer.status());
      }
    }
  });

  if (row.isAbout) {
    test(`${row.route} of another village is answered like one that isn’t there`, async () => {
      const may = row.may === 'everyone' ? [] : row.may;
      for (const who of may) {
        const isForeigner = who === 'stranger' || who === 'otherVerifier';
        const theirs = await world.of[who].get(row.address(isForeigner ? world.own : world.foreign));
        const none = await world.of[who].get(row.address(world.nothing));
        expect(theirs.status(), who).toBe(404);
        expect(none.status(), who).toBe(404);
      }
    });
  }
}

for (const [name, row] of Object.entries(COMMANDS)) {
  test(`${name} is refused to those who may not`, async () => {
    for (const who of EVERYONE) {
      if (row.may.includes(who) || sitsAsResident(row.may, who)) continue;
      const isOwn = who !== 'stranger' && who !== 'otherVerifier';
      const input = row.input?.(isOwn ? world.own : world.foreign) ?? {};
      const answer = await ask(who, name, input);
      if (who === 'nobody') {
        expect(answer.status).toBe(401);
        expect(answer.body).toContain('SIGN_IN_FIRST');
      } else {
        // What is wrong with the input is not told to someone who may not ask.
        expect([403, 422], `${who}: ${answer.body}`).toContain(answer.status);
        if (row.input) expect(answer.body, who).toContain('NOT_ALLOWED');
      }
    }
  });

  if (row.input) {
    test(`${name} about another village’s things is answered like one about nothing`, async () => {
      for (const who of row.may) {
        if (who === 'nobody') continue;
        const isForeigner = who === 'stranger' || who === 'otherVerifier';
        const theirs = await ask(who, name, row.input?.(isForeigner ? world.own : world.foreign));
        const none = await ask(who, name, row.input?.(world.nothing));
        expect(theirs.status, `${who}: ${theirs.body}`).toBeGreaterThanOrEqual(400);
        expect(theirs.status).toBeLessThan(500);
        expect(theirs, who).toEqual(none);
      }
    });
  }
}
