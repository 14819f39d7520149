import { type APIResponse, expect, test } from '@playwright/test';
import { v7 } from 'uuid';
import { COMMANDS } from './commands';
import {
  doubled,
  foreignIds,
  HOSTILE_QUERIES,
  HOSTILE_VALUES,
  nested,
  WRONG_BODIES,
  WRONG_DAYS,
  WRONG_IDS,
  WRONG_REFERENCES,
  WRONG_VALUES,
} from './hostile';
import { Behind, faultsIn, readServerLog } from './installation';
import { MARKED } from './marks';
import { PAGES, type PageRow } from './pages';
import { queryNamesOf, routesOfApp } from './routes';
import { openWorld, type Who, type World } from './world';

// Bad input is refused in plain words, changes nothing and is never a fault. Made from the two tables of the access
// matrix and from what the pages read out of their addresses: a new page or command is tried without a line here.

interface Listed {
  name: string;
  input: { required?: string[]; properties?: Record<string, { type?: string; format?: string }> };
}

let world: World;
let behind: Behind;
let listed: Listed[];
let logBefore = 0;

test.beforeAll(async ({ baseURL }) => {
  world = await openWorld(baseURL ?? '');
  behind = await Behind.open();
  listed = (await (await world.of.nobody.get('/api/commands')).json()) as Listed[];
  logBefore = readServerLog().length;
});
test.afterAll(async () => {
  await behind?.close();
  await world?.close();
});

/** One of those who may see it, living in the resident's village where that matters. */
const readerOf = (row: PageRow): Who => (row.may === 'everyone' ? 'resident' : (row.may[0] ?? 'nobody'));

/** How far each kind of answer is from what was promised; empty when it is kept. */
async function wrongWithPage(answer: APIResponse): Promise<string> {
  const status = answer.status();
  if (![200, 204, 303, 307, 308, 400, 404, 405, 410, 414, 431].includes(status)) return `answered ${status}`;
  const body = await answer.text();
  // A page that breaks after its head was sent still says 200; what broke stands in it.
  if (/data-dgst="(?!NEXT_)/.test(body)) return `broke under way (${status})`;
  const isHtml = /text\/html/.test(answer.headers()['content-type'] ?? '');
  if (isHtml && [200, 404, 410].includes(status) && !/[\u4e00-\u9fff]/.test(body)) return 'said nothing';
  if (answer.headers()['set-cookie']?.includes('a=b')) return 'let a header in';
  return '';
}

async function visit(who: Who, tries: [name: string, address: string][]): Promise<string[]> {
  const wrong: string[] = [];
  const left = [...tries];
  const walk = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [name, address] = next;
      const said = await world.of[who]
        .get(address)
        .then(wrongWithPage, (error: Error) => error.message.slice(0, 120));
      if (said) wrong.push(`${name}: ${said} at ${address.slice(0, 120)}`);
    }
  };
  await Promise.all([walk(), walk(), walk(), walk()]);
  return wrong;
}

const fileOf = new Map(routesOfApp().map((one) => [one.route, one.file]));

test('the pages’ own words for their queries are found', () => {
  const names = (route: string) => queryNamesOf(fileOf.get(route) ?? '');
  expect(names('/v/[village]/ledger')).toEqual(expect.arrayContaining(['month', 'item', 'from']));
  expect(names('/v/[village]/ranking')).toEqual(expect.arrayContaining(['by', 'period', 'page']));
  expect(names('/me/log')).toContain('q');
  expect(names('/desk/log')).toContain('after');
});

for (const row of PAGES) {
  test(`${row.route}${row.which ?? ''} with a hostile address`, async () => {
    const who = readerOf(row);
    const own = row.address(world.own);
    const values = [...HOSTILE_VALUES, ...foreignIds(world.foreign, world.nothing)];
    const tries: [string, string][] = HOSTILE_QUERIES.map(([name, raw]) => [name, own + raw]);
    for (const name of queryNamesOf(fileOf.get(row.route) ?? '')) {
      for (const [what, raw] of values) tries.push([`${name} is ${what}`, `${own}?${name}=${raw}`]);
      for (const [what, raw] of doubled(name)) tries.push([`${name} is ${what}`, own + raw]);
    }
    const parts = own.split('/');
    row.route.split('/').forEach((part, at) => {
      if (!part.startsWith('[')) return;
      for (const [what, raw] of values) {
        // Nothing, and a way out, lead to another address.
        if (raw) tries.push([`${part} is ${what}`, parts.with(at, raw).join('/')]);
      }
    });
    expect(await visit(who, tries)).toEqual([]);
  });
}

test('an address longer than any line', async () => {
  const wrong = await visit('nobody', [
    ['a query of 40 kB', `/?q=${'a'.repeat(40_000)}`],
    ['a part of 40 kB', `/v/${'a'.repeat(40_000)}`],
    ['a thousand parts', '/a'.repeat(1000)],
  ]);
  expect(wrong).toEqual([]);
});

type Attempt = [name: string, body: string | Buffer, type: string];

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** How far an answer is from a refusal in plain words; empty when it is one. */
async function wrongWithRefusal(answer: APIResponse, type: string): Promise<string> {
  const status = answer.status();
  const body = await answer.text();
  if (status === 303) {
    const location = answer.headers().location ?? '';
    return type !== JSON_TYPE && /[?&]r=|^\/sign-in\?/.test(location) ? '' : `led on to ${location}`;
  }
  if (status < 400 || status >= 500 || status === 429) return `answered ${status}: ${body.slice(0, 200)}`;
  for (const secret of Object.values(MARKED)) if (body.includes(secret)) return 'repeated what was sent';
  if (!/json/.test(answer.headers()['content-type'] ?? '')) return `no JSON: ${body.slice(0, 100)}`;
  const said = JSON.parse(body) as { ok?: boolean; refusal?: { code?: string; sentence?: string } };
  const isRefusal =
    said.ok === false && said.refusal?.code && /[\u4e00-\u9fff]/.test(said.refusal.sentence ?? '');
  return isRefusal ? '' : `no refusal: ${body.slice(0, 200)}`;
}

/** So many at once: no more than the fewest that one person may ask for in a minute. */
const AT_ONCE = 4;

async function sendAll(who: Who, path: string, attempts: Attempt[]): Promise<string[]> {
  const wrong: string[] = [];
  for (let from = 0; from < attempts.length; from += AT_ONCE) {
    await behind.forgetRates();
    await Promise.all(
      attempts.slice(from, from + AT_ONCE).map(async ([name, body, type]) => {
        const said = await world.of[who]
          .post(path, { data: Buffer.from(body), headers: { 'content-type': type } })
          .then(
            (answer) => wrongWithRefusal(answer, type),
            (error: Error) => error.message.slice(0, 120),
          );
        if (said) wrong.push(`${name}: ${said}`);
      }),
    );
  }
  return wrong.sort();
}

const call = (id: string, input: string): string => `{"id":${id},"input":${input}}`;
const freshId = () => JSON.stringify(v7());

/** `input` as JSON with one field's value replaced by raw JSON. */
function withField(input: Record<string, unknown>, field: string, json: string): string {
  const others = Object.entries(input).filter(([name]) => name !== field);
  const pairs = others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${[...pairs, `${JSON.stringify(field)}:${json}`].join(',')}}`;
}

function attemptsAt(command: Listed, input: Record<string, unknown>): Attempt[] {
  const required = command.input.required ?? [];
  const fields = Object.entries(command.input.properties ?? {});
  const whole = JSON.stringify(input);
  const attempts: Attempt[] = [...WRONG_BODIES];
  for (const [name, id] of WRONG_IDS) attempts.push([`the id is ${name}`, call(id, whole), JSON_TYPE]);
  attempts.push(['without an id', `{"input":${whole}}`, JSON_TYPE]);
  for (const json of ['[]', '[[]]', '7', 'true', '"x"', nested(1000), nested(50_000)]) {
    attempts.push([`the input is ${json.slice(0, 10)}`, call(freshId(), json), JSON_TYPE]);
  }
  const deep = withField(input, 'aside', nested(50_000));
  attempts.push(['50,000 deep beside what is asked', call(freshId(), deep), JSON_TYPE]);
  for (const field of required) {
    // A list that is left out is an empty one.
    if (command.input.properties?.[field]?.type === 'array') continue;
    const { [field]: _, ...rest } = input;
    attempts.push([`without ${field}`, call(freshId(), JSON.stringify(rest)), JSON_TYPE]);
  }
  for (const [field, shape] of fields) {
    // What may be left empty says so in its shape.
    const mayBeNull = JSON.stringify(shape).includes('"null"');
    const isDay = /(?:On|^from|^until)$/.test(field);
    const wrong = [
      ...WRONG_VALUES.filter(([, json]) => !(mayBeNull && json === 'null')),
      ...(shape.format === 'uuid' ? WRONG_REFERENCES : []),
      ...(isDay ? WRONG_DAYS : []),
    ];
    for (const [what, json] of wrong) {
      const body = call(freshId(), withField(input, field, json));
      attempts.push([`${field} is ${what}`, body, JSON_TYPE]);
    }
    const twice = new URLSearchParams({ _id: v7(), _back: '/account' }).toString();
    attempts.push([`${field} twice`, `${twice}&${field}=a&${field}=b`, FORM_TYPE]);
    attempts.push([`${field} once and as a list`, `${twice}&${field}=a&${field}[]=b`, FORM_TYPE]);
    attempts.push([`${field} of NUL`, `${twice}&${field}=%00`, FORM_TYPE]);
    attempts.push([`${field} of half a character`, `${twice}&${field}=%ED%A0%80%00`, FORM_TYPE]);
  }
  if (required.length > 0) {
    attempts.push(['no input', `{"id":${freshId()}}`, JSON_TYPE]);
    attempts.push(['__proto__', call(freshId(), `{"__proto__":${whole}}`), JSON_TYPE]);
    attempts.push(['an empty form', '', FORM_TYPE]);
    attempts.push(['a form of prototypes', '__proto__=a&constructor=b&toString[]=c', FORM_TYPE]);
  }
  return attempts;
}

for (const [name, row] of Object.entries(COMMANDS)) {
  test(`${name} with a wrong body`, async () => {
    const who = row.may[0] ?? 'nobody';
    const command = listed.find((one) => one.name === name);
    if (!command) throw new Error(`${name} is not listed`);
    const before = await behind.settledFingerprint();
    const attempts = attemptsAt(command, row.input?.(world.own) ?? {});
    expect(await sendAll(who, `/api/commands/${name}`, attempts)).toEqual([]);
    expect(await sendAll('nobody', `/api/commands/${name}`, [...WRONG_BODIES])).toEqual([]);
    expect(await behind.fingerprint(), 'nothing has changed').toEqual(before);
  });
}

// Addresses that are written to without being commands. A body without any field signs out or changes the text size,
// and is right there.
const WRITTEN_TO: [path: string, who: Who][] = [
  ['/api/sign-in', 'nobody'],
  ['/api/sign-in/demo', 'nobody'],
  ['/api/photos', 'resident'],
  ['/api/photos', 'nobody'],
  ['/api/take-points', 'merchant'],
  ['/api/take-points', 'nobody'],
  ['/api/pay-code', 'nobody'],
  ['/api/shop-photos', 'merchant'],
  ['/api/shop-photos', 'nobody'],
  ['/api/shop-applications', 'nobody'],
  ['/api/commands/no-such-command', 'resident'],
  ['/api/commands/__proto__', 'resident'],
];

test('every address that is only written to is tried', () => {
  const tried = new Set(WRITTEN_TO.map(([path]) => path));
  const written = PAGES.filter((row) => row.status === 405 && !row.route.includes('['));
  const others = ['/api/sign-out', '/api/text-size'];
  expect(
    written.map((row) => row.route).filter((path) => !tried.has(path) && !others.includes(path)),
  ).toEqual([]);
});

for (const [path, who] of WRITTEN_TO) {
  test(`${path} with a wrong body, as ${who}`, async () => {
    const before = await behind.settledFingerprint();
    const fields: Attempt[] = ['request', 'code', 'phone', 'password', 'person', 'way'].flatMap((field) => [
      ...WRONG_VALUES.map(
        ([what, json]): Attempt => [`${field} is ${what}`, `{"${field}":${json}}`, JSON_TYPE],
      ),
      [`${field} twice`, `${field}=a&${field}=b`, FORM_TYPE],
      [`${field} of NUL`, `${field}=${MARKED.phone}%00`, FORM_TYPE],
    ]);
    expect(await sendAll(who, path, [...WRONG_BODIES, ...fields])).toEqual([]);
    expect(await behind.fingerprint(), 'nothing has changed').toEqual(before);
  });
}

for (const path of ['/api/sign-out', '/api/text-size']) {
  test(`${path} takes any body without a fault`, async () => {
    const before = await behind.settledFingerprint();
    for (const [what, body, type] of WRONG_BODIES) {
      const answer = await world.of.nobody.post(path, {
        data: Buffer.from(body),
        headers: { 'content-type': type },
      });
      expect(answer.status(), what).toBeLessThan(500);
    }
    expect(await behind.fingerprint(), 'nothing has changed').toEqual(before);
  });
}

test('none of it was a fault to the server', () => {
  expect(faultsIn(readServerLog().slice(logBefore))).toEqual([]);
});
