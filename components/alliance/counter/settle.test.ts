import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dropWaiting, findWaiting, keepWaiting, settle, type Waiting } from './settle';

// What a phone knows of what it has sent, whatever the network does.

const waiting = (): Waiting => ({
  id: '01900000-0000-7000-8000-000000000001',
  owner: 'shop',
  path: '/api/take-points',
  input: { code: '12345678', points: 5 },
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
    const { sent } = serve({ body: { ok: true, found: false } });
    const old = { ...waiting(), pressedAt: Date.now() - 91_000 };
    expect((await settled(old, false)).said).toEqual({ kind: 'never' });
    expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(0);
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
  dropWaiting('shop', '/api/take-points');
  expect(findWaiting('shop', '/api/take-points')).toBeNull();
  vi.stubGlobal('localStorage', undefined);
  keepWaiting(one);
  expect(findWaiting('shop', '/api/take-points'), 'where nothing can be kept').toBeNull();
});
