import type { RedemptionState } from '@/lib/alliance/counter/types';
import type { Waiting } from './waiting';

// What a phone at a counter knows of something it has sent: taken, not taken, or not known yet. Nothing is ever sent
// under a second id before the first is known, also over a reload: what waits is kept on the phone with its id.
//
// A phone's date may be an hour wrong and may jump while it waits, so nothing is ever called not taken by it: that is
// counted by the clock of this page, from the press, or after a reload from when the page began to ask. That clock
// may stand still while a phone sleeps, which makes it wait longer.

/** A redemption as it is known. */
export interface Known {
  id: string;
  villageId: string;
  state: RedemptionState;
  receipt: string;
  points: number;
  askedPoints: number;
  title: string;
  merchantName?: string;
  heldUntil?: string | null;
  /** how long ago it was made and the moment in words, by the server's clock; where it was asked for by its id */
  secondsAgo?: number;
  when?: string;
}

export interface RefusalSaid {
  code: string;
  sentence: string;
  next: string;
  params?: Record<string, string | number>;
  fields?: Record<string, string>;
}

export type Settled =
  | { kind: 'known'; redemption: Known }
  | { kind: 'refused'; refusal: RefusalSaid }
  /** it never came, and can come no more */
  | { kind: 'never' }
  /** turned away at the door: nothing was taken */
  | { kind: 'signed-out' }
  /** sent, and then signed out, or somebody else signed in: it may have been taken, and this phone isn't told */
  | { kind: 'shut-out' };

type Sent = Settled | { kind: 'away' };

const ANSWER_MS_MOST = 8000;
const ASK_EVERY_MS = 2000;
/** Sent again under its id while the code can still be good. */
const RESEND_MS_MOST = 60_000;
/** After so long nothing that was under way can arrive any more. */
const OVER_MS = 90_000;

async function answerOf(
  address: string,
  init?: RequestInit,
): Promise<{ status: number; body: Answer } | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ANSWER_MS_MOST);
  try {
    const response = await fetch(address, { ...init, signal: abort.signal, cache: 'no-store' });
    return { status: response.status, body: (await response.json()) as Answer };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

interface Answer extends Partial<Known> {
  ok?: boolean;
  found?: boolean;
  outcome?: Partial<Known> & { subject?: string };
  refusal?: RefusalSaid;
}

function knownOf(id: string, from: Partial<Known>): Known {
  return {
    ...from,
    id,
    villageId: from.villageId ?? '',
    state: from.state ?? 'POSTED',
    receipt: from.receipt ?? '',
    points: from.points ?? 0,
    askedPoints: from.askedPoints ?? from.points ?? 0,
    title: from.title ?? '',
  };
}

/** Sends JSON once. Never throws; `away` when there was no answer, so that nobody knows. */
export async function send(
  path: string,
  id: string,
  input: Waiting['input'],
  { shop, home }: Pick<Waiting, 'shop' | 'home'> = {},
): Promise<Sent> {
  const answer = await answerOf(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, input, shop, home }),
  });
  if (!answer) return { kind: 'away' };
  const { status, body } = answer;
  if (status === 401) return { kind: 'signed-out' };
  if (body.ok && body.outcome)
    return { kind: 'known', redemption: knownOf(body.outcome.subject ?? id, body.outcome) };
  // A refusal has rolled back; a fault may have come after the work was done.
  return body.refusal ? { kind: 'refused', refusal: body.refusal } : { kind: 'away' };
}

/**
 * Asks what became of an id; asking creates nothing. `owner` is the merchant or household that sent it: who is neither
 * any more is told so, and not that there is nothing.
 */
export async function askById(
  id: string,
  { owner = '', villageId = '' } = {},
): Promise<Known | 'none' | 'away' | 'shut-out'> {
  const query = new URLSearchParams({
    ...(owner ? { owner } : {}),
    ...(villageId ? { village: villageId } : {}),
  });
  const answer = await answerOf(`/api/redemptions/${id}${query.size > 0 ? `?${query}` : ''}`);
  if (answer?.status === 401 || answer?.status === 403) return 'shut-out';
  if (!answer?.body.ok) return 'away';
  return answer.body.found ? knownOf(id, answer.body) : 'none';
}

/** A pause that `signal` ends early. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}

/** Refusals of a moment: what was sent before may still arrive after them. */
const PASSING = ['BUSY', 'TOO_MANY_REQUESTS'];

/** Whether it may be sent again: fresh by both clocks, for one of them may have stood still and the other jumped. */
function isFresh(waiting: Waiting, age: number): boolean {
  const byDate = Date.now() - waiting.pressedAt;
  return age < RESEND_MS_MOST && byDate >= 0 && byDate < RESEND_MS_MOST;
}

/**
 * Sends what waits and asks until its outcome is known; `isNew` when it was not sent before, else it is only asked for.
 * `onUnknown` is called once, when no answer came. Null when it was stopped.
 */
export async function settle(
  waiting: Waiting,
  { isNew, signal, onUnknown }: { isNew: boolean; signal: AbortSignal; onUnknown: () => void },
): Promise<Settled | null> {
  const from = performance.now();
  if (isNew) {
    const sent = await send(waiting.path, waiting.id, waiting.input, waiting);
    if (sent.kind !== 'away') return sent;
  }
  onUnknown();
  while (!signal.aborted) {
    const age = performance.now() - from;
    const asked = await askById(waiting.id, { owner: waiting.owner });
    if (typeof asked === 'object') return { kind: 'known', redemption: asked };
    if (asked === 'shut-out') return { kind: 'shut-out' };
    if (asked === 'none') {
      if (age > OVER_MS) return { kind: 'never' };
      if (isNew && isFresh(waiting, age)) {
        const sent = await send(waiting.path, waiting.id, waiting.input, waiting);
        if (sent.kind === 'signed-out') return { kind: 'shut-out' };
        const isPassing = sent.kind === 'refused' && PASSING.includes(sent.refusal.code);
        if (sent.kind !== 'away' && !isPassing) return sent;
      }
    }
    await pause(ASK_EVERY_MS, signal);
  }
  return null;
}

/** Asks what was asked of a resident until he has answered or its time is over. Null when it was stopped. */
export async function watchAsked(
  { id, villageId }: Known,
  owner: string,
  signal: AbortSignal,
): Promise<Known | 'shut-out' | null> {
  while (!signal.aborted) {
    await pause(ASK_EVERY_MS, signal);
    if (signal.aborted) return null;
    const asked = await askById(id, { owner, villageId });
    if (asked === 'shut-out' || (typeof asked === 'object' && asked.state !== 'ASKED')) return asked;
  }
  return null;
}
