// What a phone at a counter knows of something it has sent: taken, not taken, or not known yet. Nothing is ever sent
// under a second id before the first is known, also over a reload: what waits is kept on the phone with its id.

/** Something sent whose outcome isn't known yet. */
export interface Waiting {
  /** the redemption's id, made here */
  id: string;
  /** merchant or household: nobody else on this phone asks for it */
  owner: string;
  /** address it is sent to */
  path: string;
  /** the shop whose page it was pressed on */
  shop?: string;
  input: Record<string, string | number | boolean>;
  /** when it was pressed, by this phone's clock */
  pressedAt: number;
}

/** A redemption as it is known. */
export interface Known {
  id: string;
  villageId: string;
  state: string;
  receipt: string;
  points: number;
  askedPoints: number;
  title: string;
  merchantName?: string;
  heldUntil?: string | null;
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
  | { kind: 'signed-out' };

type Sent = Settled | { kind: 'away' };

const ANSWER_MS_MOST = 8000;
const ASK_EVERY_MS = 2000;
/** Sent again under its id while the code can still be good. */
const RESEND_MS_MOST = 60_000;
/** After so long nothing that was under way can arrive any more. */
const OVER_MS = 90_000;

const keyOf = (owner: string, path: string) => `cunfen-waiting-${owner}-${path}`;

/** Keeps what waits; where this browser keeps nothing, the page alone knows it. */
export function keepWaiting(waiting: Waiting): void {
  try {
    localStorage.setItem(keyOf(waiting.owner, waiting.path), JSON.stringify(waiting));
  } catch {
    // Private mode: a reload forgets it, and the list of today tells.
  }
}

/** Lets go of what is known now. */
export function dropWaiting(owner: string, path: string): void {
  try {
    localStorage.removeItem(keyOf(owner, path));
  } catch {
    // Nothing was kept.
  }
}

/** What was sent from this phone to an address and isn't known yet; null when nothing. */
export function findWaiting(owner: string, path: string): Waiting | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(owner, path)) ?? 'null') as Waiting | null;
    return kept?.owner === owner && kept.path === path && typeof kept.id === 'string' ? kept : null;
  } catch {
    return null;
  }
}

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
export async function send(path: string, id: string, input: Waiting['input'], shop?: string): Promise<Sent> {
  const answer = await answerOf(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, input, shop }),
  });
  if (!answer) return { kind: 'away' };
  const { status, body } = answer;
  if (status === 401) return { kind: 'signed-out' };
  if (body.ok && body.outcome)
    return { kind: 'known', redemption: knownOf(body.outcome.subject ?? id, body.outcome) };
  // A refusal has rolled back; a fault may have come after the work was done.
  return body.refusal ? { kind: 'refused', refusal: body.refusal } : { kind: 'away' };
}

/** Asks what became of an id; asking creates nothing. */
export async function askById(id: string, villageId = ''): Promise<Known | 'none' | 'away'> {
  const answer = await answerOf(`/api/redemptions/${id}${villageId ? `?village=${villageId}` : ''}`);
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

/**
 * Sends what waits and asks until its outcome is known; `isNew` when it was not sent before. `onUnknown` is called
 * once, when no answer came. Null when it was stopped.
 */
export async function settle(
  waiting: Waiting,
  { isNew, signal, onUnknown }: { isNew: boolean; signal: AbortSignal; onUnknown: () => void },
): Promise<Settled | null> {
  if (isNew) {
    const sent = await send(waiting.path, waiting.id, waiting.input, waiting.shop);
    if (sent.kind !== 'away') return sent;
  }
  onUnknown();
  while (!signal.aborted) {
    const asked = await askById(waiting.id);
    if (typeof asked === 'object') return { kind: 'known', redemption: asked };
    if (asked === 'none') {
      const age = Date.now() - waiting.pressedAt;
      if (age > OVER_MS) return { kind: 'never' };
      if (age < RESEND_MS_MOST) {
        const sent = await send(waiting.path, waiting.id, waiting.input, waiting.shop);
        if (sent.kind !== 'away') return sent;
      }
    }
    await pause(ASK_EVERY_MS, signal);
  }
  return null;
}

/** Asks what was asked of a resident until he has answered or its time is over. Null when it was stopped. */
export async function watchAsked(known: Known, signal: AbortSignal): Promise<Known | null> {
  while (!signal.aborted) {
    await pause(ASK_EVERY_MS, signal);
    if (signal.aborted) return null;
    const asked = await askById(known.id, known.villageId);
    if (typeof asked === 'object' && asked.state !== 'ASKED') return asked;
  }
  return null;
}
