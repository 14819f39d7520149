import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '@/lib/auth/types';
import { submitDeed, withdrawDeed } from '@/lib/deeds/commands';
import { approveDeed } from '@/lib/deeds/decisions';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, type WorkingVillage } from '@/lib/testing/working-village';
import { command } from './command';
import { answerCommand, ownPath } from './command-http';
import { readFormReturn } from './form-return';
import { newId } from './ids';
import { formToken } from './origin';
import { withParam } from './refused-form';

process.env.AUTH_SECRET = 'x'.repeat(40);
process.env.LOG_LEVEL = 'silent';
const { prisma, owner } = await testDb();
// Without their rate limits: a refusal here must be for what is wrong, never for being the thirty-first.
const commands = new Map(
  [submitDeed, withdrawDeed, approveDeed].map((one) => [one.name, { ...one, perMinute: 1_000_000 }]),
);

let v: WorkingVillage;
let actor: Actor;
beforeAll(async () => {
  v = await aWorkingVillage();
  actor = await v.actorOf(v.household(0).head.personId);
});

type Headers = Record<string, string>;

function send(name: string, body: BodyInit, headers: Headers, by: Actor | null = actor): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/commands/${name}`, {
    method: 'POST',
    body,
    headers: { host: 'localhost:3000', 'sec-fetch-site': 'same-origin', ...headers },
  });
  return answerCommand(request, name, { commands, actor: by, address: '10.9.9.9', now: TEST_NOW });
}

const json = (name: string, input: unknown, id = newId(), by?: Actor | null) =>
  send(name, JSON.stringify({ id, input }), { 'content-type': 'application/json' }, by);

const form = (name: string, fields: [string, string][], headers: Headers = {}, by?: Actor | null) =>
  send(
    name,
    new URLSearchParams(fields),
    { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    by,
  );

const good = () => ({ residentId: v.household(0).head.id, itemId: v.item('CIVIC-03'), deedOn: TEST_DAY });
const goodFields = (): [string, string][] => Object.entries(good());

/** How much the database holds that a refused request could have changed. */
async function weight(): Promise<string> {
  const { rows } = await owner.query(
    `select (select count(*) from deed) as deeds, (select count(*) from posting) as postings,
            (select count(*) from command_log) as commands, (select count(*) from deed_photo) as photos`,
  );
  return JSON.stringify(rows[0]);
}

describe('JSON', () => {
  test('answers 200 with the outcome, and the same for the same id', async () => {
    const id = newId();
    const first = await json('submit-deed', good(), id);
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({ ok: true, outcome: { subject: id }, repeated: false });
    expect(await (await json('submit-deed', good(), id)).json()).toMatchObject({ repeated: true });
    expect((await json('submit-deed', { ...good(), note: '别的' }, id)).status).toBe(409);
  });

  test('answers a refusal with its status and sentence', async () => {
    const response = await json('submit-deed', { ...good(), deedOn: '2026-11-25' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      ok: false,
      refusal: { code: 'DAY_IN_FUTURE', field: 'deedOn', sentence: '日期还没到。' },
    });
    expect((await json('submit-deed', good(), newId(), null)).status).toBe(401);
    expect((await json('approve-deed', { deedId: newId() })).status).toBe(403);
    expect((await json('no-such-command', {})).status).toBe(404);
    expect((await json('toString', {})).status).toBe(404);
  });
});

describe('forms', () => {
  test('success leads to the next page with the subject filled in', async () => {
    const id = newId();
    const response = await form('submit-deed', [
      ...goodFields(),
      ['_id', id],
      ['_back', '/me/log/x'],
      ['_next', '/me/deeds/{subject}'],
    ]);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/me/deeds/${id}?ok=submit-deed`);
  });

  test('a refusal leads back, with the reason and what was entered', async () => {
    const response = await form('submit-deed', [
      ...goodFields().filter(([name]) => name !== 'deedOn'),
      ['deedOn', '2026-12-01'],
      ['note', '桥头到老井'],
      ['photos[]', newId()],
      ['_back', '/me/log/x?photo=1'],
    ]);
    expect(response.status).toBe(303);
    const location = new URL(response.headers.get('location') ?? '', 'http://here');
    expect(location.pathname).toBe('/me/log/x');
    expect(location.searchParams.get('photo')).toBe('1');
    const shown = await readFormReturn(actor.sessionId, location.searchParams.get('r') ?? '', TEST_NOW);
    expect(shown?.refusal.code).toBe('DAY_IN_FUTURE');
    expect(shown?.entered).toMatchObject({ note: '桥头到老井', deedOn: '2026-12-01' });
    expect(
      await readFormReturn(newId(), location.searchParams.get('r') ?? '', TEST_NOW),
      'another session',
    ).toBe(null);
    const late = new Date(TEST_NOW.getTime() + 31 * 60_000);
    expect(await readFormReturn(actor.sessionId, location.searchParams.get('r') ?? '', late)).toBe(null);
  });

  test('signed out, leads to signing in and back', async () => {
    const response = await form('submit-deed', [...goodFields(), ['_back', '/me/log']], {}, null);
    expect(response.headers.get('location')).toBe('/sign-in?next=%2Fme%2Flog');
  });

  for (const evil of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '/a\r\nset-cookie: x',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
  ]) {
    test(`never leads to ${JSON.stringify(evil)}`, async () => {
      const response = await form('submit-deed', [...goodFields(), ['_back', evil], ['_next', evil]]);
      const location = response.headers.get('location') ?? '';
      expect(new URL(location, 'http://localhost:3000').origin).toBe('http://localhost:3000');
      expect(location.startsWith('/?')).toBe(true);
    });
  }
});

test('a path that becomes another host’s stays here', () => {
  for (const path of ['/.//evil.example/a', '/a/..//evil.example/a', '/..//../\t//evil.example/a']) {
    expect(new URL(withParam(path, 'ok', 'x'), 'http://here').host).toBe('here');
    expect(ownPath(path, '/otherwise')).toBe('/otherwise');
  }
  expect(withParam('/a//b?r=1', 'ok', 'x')).toBe('/a//b?ok=x');
});

describe('what is kept of refused forms', () => {
  const kept = async () => Number((await owner.query('select count(*) from form_return')).rows[0].count);
  const anyone = command({
    name: 'knock',
    title: '敲门',
    seat: 'anyone',
    input: z.object({ day: z.literal('today'), note: z.string().optional() }),
    perMinute: 1_000_000,
    keep: () => ({}),
    may: () => true,
    run: async () => ({}),
  });
  let address = 0;
  const knocks = (perMinute = 1_000_000) => {
    const from = `10.8.8.${++address}`;
    return async (fields: Record<string, string>, now = TEST_NOW) => {
      const request = new Request('http://localhost:3000/api/commands/knock', {
        method: 'POST',
        body: new URLSearchParams({ _back: '/knock', ...fields }),
        headers: { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' },
      });
      const one = new Map([['knock', { ...anyone, perMinute }]]);
      const answer = await answerCommand(request, 'knock', {
        commands: one,
        actor: null,
        address: from,
        now,
      });
      const location = new URL(answer.headers.get('location') ?? '', 'http://here');
      expect(location.pathname).toBe('/knock');
      return location.searchParams.get('r') ?? '';
    };
  };

  test('nothing where one has to sign in first', async () => {
    const before = await kept();
    await form(
      'submit-deed',
      [...goodFields(), ['note', '长'.repeat(20_000)], ['_back', '/me/log']],
      {},
      null,
    );
    expect(await kept()).toBe(before);
  });

  test('of rate from somebody not signed in what is soon typed, not more, and tells him nonetheless', async () => {
    const knock = knocks(0);
    const short = await readFormReturn(null, await knock({ day: 'today', phone: '13800001011' }), TEST_NOW);
    expect(short).toMatchObject({
      entered: { phone: '13800001011' },
      refusal: { code: 'TOO_MANY_REQUESTS', status: 429 },
    });
    const before = await kept();
    const r = await knock({ day: 'today', note: '写了很多'.repeat(100) });
    expect(await kept()).toBe(before);
    const shown = await readFormReturn(null, r, TEST_NOW);
    expect(shown).toMatchObject({ entered: {}, refusal: { code: 'TOO_MANY_REQUESTS', status: 429 } });
    expect(shown?.refusal.next).toMatch(/等 \d+ 秒/);
    expect(await readFormReturn(newId(), r, TEST_NOW), 'another session').toBe(null);
    expect(await readFormReturn(null, r, new Date(TEST_NOW.getTime() + 31 * 60_000)), 'late').toBe(null);
    expect(await readFormReturn(null, r.replace(/.\./, '.'), TEST_NOW), 'made up').toBe(null);
    expect(await readFormReturn(null, 'abc', TEST_NOW)).toBe(null);
  });

  test('what people type, and none of what they don’t', async () => {
    const knock = knocks();
    const shown = async (note: string) => readFormReturn(null, await knock({ day: 'x', note }), TEST_NOW);
    expect((await shown('写'.repeat(4000)))?.entered).toMatchObject({ note: '写'.repeat(4000) });
    const long = await shown('写'.repeat(6000));
    expect(long?.refusal.code).toBe('BAD_INPUT');
    expect(long?.entered).toEqual({});
    // a covenant as long as one may be, of somebody who is signed in
    const response = await form('submit-deed', [
      ['note', '长'.repeat(10_000)],
      ['_back', '/me/log'],
    ]);
    const r = new URL(response.headers.get('location') ?? '', 'http://here').searchParams.get('r') ?? '';
    expect((await readFormReturn(actor.sessionId, r, TEST_NOW))?.entered.note).toHaveLength(10_000);
  });

  test('only so many of an address in an hour; beyond, the refusal is in the link', async () => {
    const knock = knocks();
    for (let n = 0; n < 600; n += 60) {
      await Promise.all(Array.from({ length: 60 }, () => knock({ day: 'x' })));
    }
    const before = await kept();
    const r = await knock({ day: 'x', note: '还有' });
    expect(await kept()).toBe(before);
    expect(await readFormReturn(null, r, TEST_NOW)).toMatchObject({
      entered: {},
      refusal: { code: 'BAD_INPUT', field: 'day' },
    });
    await knock({ day: 'x' }, new Date(TEST_NOW.getTime() + 3_600_000));
    expect(await kept()).toBe(before + 1);
  });
});

describe('where a request comes from', () => {
  const cases: [string, Headers, number][] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['the address bar', { 'sec-fetch-site': 'none' }, 200],
  ];
  for (const [what, headers, status] of cases) {
    test(`${what}: ${status}`, async () => {
      const response = await send('submit-deed', JSON.stringify({ id: newId(), input: good() }), {
        'content-type': 'application/json',
        ...headers,
      });
      expect(response.status).toBe(status);
    });
  }

  const bare = (headers: Headers, fields: [string, string][]) => {
    const request = new Request('http://localhost:3000/api/commands/submit-deed', {
      method: 'POST',
      body: new URLSearchParams([...goodFields(), ...fields]),
      headers: { host: 'localhost:3000', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    return answerCommand(request, 'submit-deed', { commands, actor, address: '', now: TEST_NOW });
  };

  test('an old browser is known by its Origin', async () => {
    expect((await bare({ origin: 'http://localhost:3000' }, [])).headers.get('location')).toMatch(
      /ok=submit-deed/,
    );
    expect((await bare({ origin: 'http://evil.example' }, [])).headers.get('location')).toMatch(/\?r=/);
    expect((await bare({ origin: 'null' }, [])).headers.get('location')).toMatch(/\?r=/);
  });

  test('one that says nothing needs the form’s token, of this session', async () => {
    expect((await bare({}, [])).headers.get('location')).toMatch(/\?r=/);
    const token = formToken(actor.sessionId, TEST_NOW);
    expect((await bare({}, [['_token', token]])).headers.get('location')).toMatch(/ok=submit-deed/);
    expect((await bare({}, [['_token', formToken(newId(), TEST_NOW)]])).headers.get('location')).toMatch(
      /\?r=/,
    );
  });
});

describe('bad input never gives 5xx and changes nothing', () => {
  const wrongInputs: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a text', 'abc'],
    ['a list', []],
    ['wrong types', { residentId: 1, itemId: {}, deedOn: [], quantity: {}, note: 5, photos: 'x' }],
    ['an unknown item', { itemId: newId() }],
    ['an unknown resident', { residentId: newId() }],
    ['NUL in the note', { note: 'a\u0000b' }],
    ['a lone surrogate', { note: 'a\ud800b' }],
    ['bidirectional overrides', { note: '\u202eabc' }],
    ['a note too long', { note: '长'.repeat(201) }],
    ['no such day', { deedOn: '2026-02-30' }],
    ['a day in another form', { deedOn: '24/11/2026' }],
    ['quantity zero', { quantity: 0 }],
    ['quantity negative', { quantity: -3 }],
    ['quantity huge', { quantity: 1e21 }],
    ['quantity a fraction', { quantity: '1.5' }],
    ['quantity where the item has none', { quantity: 2 }],
    ['an upper-case id', { itemId: newId().toUpperCase() }],
    ['seven photos', { photos: Array.from({ length: 7 }, newId) }],
    ['foreign photos', { photos: [newId()] }],
    ['SQL', { itemId: "'; drop table posting; --" }],
    ['a prototype', JSON.parse('{"__proto__":{"itemId":"x"},"constructor":{"prototype":{"a":1}}}')],
  ];
  for (const [what, wrong] of wrongInputs) {
    test(`JSON with ${what}`, async () => {
      const before = await weight();
      const input =
        wrong && typeof wrong === 'object' && !Array.isArray(wrong) ? { ...good(), ...wrong } : wrong;
      if (what === 'a prototype')
        Object.defineProperty(input, 'itemId', { value: undefined, enumerable: true });
      const response = await json('submit-deed', input);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(429);
      const body = (await response.json()) as { refusal: { sentence: string; next: string } };
      expect(body.refusal.sentence).toMatch(/[\u4e00-\u9fff]/);
      expect(body.refusal.next).toMatch(/[\u4e00-\u9fff]/);
      expect(await weight()).toBe(before);
    });
  }

  const wrongBodies: [string, BodyInit, string][] = [
    ['no JSON', '{', 'application/json'],
    ['JSON without id', '{"input":{}}', 'application/json'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe]), 'application/json'],
    ['deep nesting', '['.repeat(100_000), 'application/json'],
    ['a body too large', `{"id":"x","input":"${'a'.repeat(300_000)}"}`, 'application/json'],
    ['multipart', '--x\r\n\r\n', 'multipart/form-data; boundary=x'],
    ['plain text', 'hello', 'text/plain'],
    ['a doubled key', 'itemId=a&itemId=b', 'application/x-www-form-urlencoded'],
    ['a doubled control key', '_id=a&_id=b', 'application/x-www-form-urlencoded'],
    ['a key that is both one and many', 'photos=a&photos[]=b', 'application/x-www-form-urlencoded'],
    ['__proto__ as a key', '__proto__=a&__proto__[]=b', 'application/x-www-form-urlencoded'],
    [
      '3000 keys',
      Array.from({ length: 3000 }, (_, n) => `k${n}=1`).join('&'),
      'application/x-www-form-urlencoded',
    ],
  ];
  for (const [what, body, type] of wrongBodies) {
    test(`a body that is ${what}`, async () => {
      const before = await weight();
      const response = await send('submit-deed', body, { 'content-type': type });
      const led = response.status === 303 && /\?r=/.test(response.headers.get('location') ?? '');
      expect(led || (response.status >= 400 && response.status < 500)).toBe(true);
      expect(await weight()).toBe(before);
    });
  }

  test('rare characters and full-width digits are kept and understood', async () => {
    const response = await json('submit-deed', {
      ...good(),
      itemId: v.item('VOLUNTEER-01'),
      quantity: '２',
      note: '和𠮷田、䶮、㛃、阿依古丽·买买提一起',
    });
    expect(response.status).toBe(200);
    const { outcome } = (await response.json()) as { outcome: { subject: string } };
    const deed = await prisma.deed.findFirstOrThrow({ where: { villageId: v.id, id: outcome.subject } });
    expect(deed.note).toBe('和𠮷田、䶮、㛃、阿依古丽·买买提一起');
    expect(deed.quantity).toBe(2);
  });

  test('a fault shows a number to quote and nothing else', async () => {
    const broken = new Map([
      [
        'submit-deed',
        {
          ...submitDeed,
          perMinute: 1_000_000,
          run: async () => {
            throw new Error('秘密 13800000000');
          },
        },
      ],
    ]);
    const request = new Request('http://localhost:3000/api/commands/submit-deed', {
      method: 'POST',
      body: JSON.stringify({ id: newId(), input: good() }),
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    });
    const response = await answerCommand(request, 'submit-deed', {
      commands: broken,
      actor,
      address: '',
      now: TEST_NOW,
    });
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(body).not.toContain('秘密');
    expect(body).toMatch(/请把这个号码告诉村里：[0-9a-f]{12}/);
  });
});
