import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askById, settle, watchAsked } from './settle';
import { dropWaiting, findWaiting, keepWaiting, type Waiting } from './waiting';

// What a phone knows of what it has sent, whatever the network does.

const waiting = (): Waiting => ({
  id: '01900000-0000-7000-8000-000000000001',
  owner: 'shop',
  path: '/api/take-points',
  input: { code: '12345678', points: 5 },
  about: '按分数收，5 分',
  pressedAt: Date.now(),
});

const taken = { subject: waiting().id, villageId: 'v', state: 'POSTED', receipt: '4821', points: 5 };

/** A server that answers each request by the next of these; an error is a network that is lost. */
function serve(...answers: (Error | { status?: number; body: object })[]): { sent: string[] } {
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
    sent.push(`${init?.method ?? 'GET'} ${address}`);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (!next || next instanceof Error) throw next ?? new Error('nothing');
    return Response.json(next.body, { status: next.status ?? 200 });
  });
  return { sent };
}

const lost = new TypeError('fetch failed');

async function settled(one = waiting(), isNew = true) {
  const unknown = vi.fn();
  const doing = settle(one, { isNew, signal: new AbortController().signal, onUnknown: unknown });
  await vi.runAllTimersAsync();
  return { said: await doing, unknown };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what was sent', () => {
  test('is known by its answer', async () => {
    const { sent } = serve({ body: { ok: true, outcome: taken } });
    const { said, unknown } = await settled();
    expect(said).toMatchObject({ kind: 'known', redemption: { receipt: '4821', askedPoints: 5 } });
    expect(unknown).not.toHaveBeenCalled();
    expect(sent).toHaveLength(1);
  });

  test('is refused in the server’s words, and nothing is asked further', async () => {
    const refusal = { code: 'NOT_ENOUGH_POINTS', sentence: '积分不够', next: '', params: { short: 2 } };
    const { sent } = serve({ status: 409, body: { ok: false, refusal } });
    expect((await settled()).said).toEqual({ kind: 'refused', refusal });
    expect(sent).toHaveLength(1);
  });

  test('whose answer was lost is asked for by its id, and not sent again when it is there', async () => {
    const { sent } = serve(lost, lost, { body: { ok: true, found: true, ...taken } });
    const { said, unknown } = await settled();
    expect(said).toMatchObject({ kind: 'known', redemption: { receipt: '4821' } });
    expect(unknown).toHaveBeenCalledTimes(1);
    expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });

  test('that never arrived is sent again under its id while the code is good', async () => {
    const { sent } = serve(
      lost,
      { body: { ok: true, found: false } },
      { body: { ok: true, outcome: taken } },
    );
    expect((await settled()).said).toMatchObject({ kind: 'known' });
    expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(2);
  });

  test('and isn’t there a minute and a half later never came', async () => {
    const { sent } = serve(lost, { body: { ok: true, found: false } }, lost, {
      body: { ok: true, found: false },
    });
    const from = performance.now();
    expect((await settled()).said).toEqual({ kind: 'never' });
    expect(performance.now() - from).toBeGreaterThan(90_000);
    expect(sent.filter((one) => one.startsWith('POST')).length).toBeGreaterThan(1);
  });

  test('after a reload is asked for and never sent again, however long ago it was pressed', async () => {
    for (const ago of [0, 91_000, 5 * 86_400_000, -3_600_000]) {
      const { sent } = serve({ body: { ok: true, found: false } });
      const from = performance.now();
      const old = { ...waiting(), pressedAt: Date.now() - ago };
      expect((await settled(old, false)).said, String(ago)).toEqual({ kind: 'never' });
      // what was under way when the page was reloaded has its time, whatever the date says
      expect(performance.now() - from, String(ago)).toBeGreaterThan(90_000);
      expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(0);
      expect(sent[0]).toBe(`GET /api/redemptions/${old.id}?owner=shop`);
    }
  });

  for (const [what, hours] of [
    ['ahead', 1],
    ['back', -1],
  ] as const)
    test(`is neither given up nor sent again while the phone’s date jumps an hour ${what}`, async () => {
      const none = { body: { ok: true, found: false } };
      // it arrives late: after the phone has asked twice in vain
      const { sent } = serve(lost, none, none, { body: { ok: true, found: true, ...taken } });
      const doing = settle(waiting(), {
        isNew: true,
        signal: new AbortController().signal,
        onUnknown: () => vi.setSystemTime(Date.now() + hours * 3_600_000),
      });
      await vi.runAllTimersAsync();
      expect(await doing).toMatchObject({ kind: 'known', redemption: { receipt: '4821' } });
      expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(1);
      // and what never arrives is given up after the same time
      serve(lost, none);
      const from = performance.now();
      const other = settle(waiting(), {
        isNew: true,
        signal: new AbortController().signal,
        onUnknown: () => vi.setSystemTime(Date.now() + hours * 3_600_000),
      });
      await vi.runAllTimersAsync();
      expect(await other).toEqual({ kind: 'never' });
      expect(performance.now() - from).toBeGreaterThan(90_000);
      expect(performance.now() - from).toBeLessThan(95_000);
    });

  test('is not sent again by a phone that slept for hours', async () => {
    const none = { body: { ok: true, found: false } };
    const { sent } = serve(lost, none, none, { body: { ok: true, found: true, ...taken } });
    const doing = settle(
      { ...waiting(), pressedAt: Date.now() - 3 * 3_600_000 },
      {
        isNew: true,
        signal: new AbortController().signal,
        onUnknown: () => undefined,
      },
    );
    await vi.runAllTimersAsync();
    await doing;
    expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });

  test('is not known to be refused when only asking again was, because too much was asked', async () => {
    const busy = { status: 429, body: { ok: false, refusal: { code: 'TOO_MANY_REQUESTS' } } };
    serve(lost, { body: { ok: true, found: false } }, busy, { body: { ok: true, found: true, ...taken } });
    expect((await settled()).said).toMatchObject({ kind: 'known' });
  });

  test('is not taken for undone by a server’s fault', async () => {
    serve({ status: 500, body: { ok: false, fault: 'x' } }, { body: { ok: true, found: true, ...taken } });
    const { said, unknown } = await settled();
    expect(unknown).toHaveBeenCalled();
    expect(said).toMatchObject({ kind: 'known' });
  });

  test('by somebody signed out is not taken', async () => {
    serve({ status: 401, body: { ok: false, refusal: { code: 'SIGN_IN_FIRST' } } });
    expect((await settled()).said).toEqual({ kind: 'signed-out' });
  });

  const out = { status: 401, body: { ok: false, refusal: { code: 'SIGN_IN_FIRST' } } };
  const other = { status: 403, body: { ok: false, refusal: { code: 'NOT_ALLOWED' } } };

  test('by somebody signed out since, or another one, is not known, and that ends the asking', async () => {
    for (const shut of [out, other]) {
      serve(lost, shut);
      expect((await settled()).said).toEqual({ kind: 'shut-out' });
      serve(shut);
      expect(await askById('x')).toBe('shut-out');
      const known = { id: 'x', villageId: 'v' } as Parameters<typeof watchAsked>[0];
      const watching = watchAsked(known, 'shop', new AbortController().signal);
      await vi.runAllTimersAsync();
      expect(await watching).toBe('shut-out');
    }
    // turned away when it was sent again: the first may have arrived
    serve(lost, { body: { ok: true, found: false } }, out);
    expect((await settled()).said).toEqual({ kind: 'shut-out' });
  });
});

test('what waits is kept for its owner and address alone, until it is known', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  const one = waiting();
  keepWaiting(one);
  expect(findWaiting('shop', '/api/take-points')).toEqual(one);
  expect(findWaiting('other', '/api/take-points')).toBeNull();
  expect(findWaiting('shop', '/api/commands/redeem-voucher')).toBeNull();
  dropWaiting({ ...one, id: '01900000-0000-7000-8000-000000000002' });
  expect(findWaiting('shop', '/api/take-points'), 'another page has sent it').toEqual(one);
  dropWaiting(one);
  expect(findWaiting('shop', '/api/take-points')).toBeNull();
  vi.stubGlobal('localStorage', undefined);
  keepWaiting(one);
  dropWaiting(one);
  expect(findWaiting('shop', '/api/take-points'), 'where nothing can be kept').toBeNull();
});
