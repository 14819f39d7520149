import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { plain } from './plain';
import type { KillVillage } from './village';

// People who don't give up: each asks with an id of its own making, and asks again with the same id until it is
// answered, as the phone's outbox does. Now and then the same request is sent twice at once, or once more long after.

export interface Acknowledged {
  id: string;
  name: 'submit-deed' | 'approve-deed' | 'take-points';
  outcome: Record<string, unknown>;
}

export interface Told {
  acknowledged: Acknowledged[];
  /** ids that were refused, with the refusal's code */
  refused: Map<string, string>;
  /** requests that got no answer: the connection broke, or a fault was all there was */
  unanswered: number;
  /** what must never be told, in words */
  wrong: string[];
}

interface Answer {
  ok: boolean;
  outcome?: Record<string, unknown>;
  repeated?: boolean;
  refusal?: { code: string };
}

interface Ask {
  id: string;
  name: Acknowledged['name'];
  input: Record<string, unknown>;
  cookie: string;
}

/** What a rulebook may answer to an honest request; anything else would be the fault's doing. */
const HONEST_REFUSALS = new Set([
  'CAP_REACHED',
  'CAP_WOULD_CUT',
  'MONTH_CAP_REACHED',
  // a restart took longer than the code's minute, or its household has spent what it earned
  'CODE_EXPIRED',
  'NOT_ENOUGH_POINTS',
]);
const PATIENCE_MS = 120_000;
const CLIENTS = 8;

export class Clients {
  readonly told: Told = { acknowledged: [], refused: new Map(), unanswered: 0, wrong: [] };
  private readonly cookies = new Map<string, string>();
  private isOver = false;
  private running: Promise<void>[] = [];

  constructor(
    private readonly url: string,
    private readonly village: KillVillage,
  ) {}

  /** Signs everyone in. */
  async enter(): Promise<void> {
    const people = [
      ...this.village.reporters.map((one) => one.personId),
      ...this.village.verifiers,
      ...this.village.shops.map((one) => one.personId),
    ];
    for (const person of people) {
      const answer = await fetch(`${this.url}/api/sign-in/demo`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: this.url },
        body: JSON.stringify({ person }),
      });
      if (!answer.ok) throw new Error(`signing in answered ${answer.status}`);
      const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
      this.cookies.set(person, cookie.join('; '));
    }
  }

  begin(): void {
    this.running = Array.from({ length: CLIENTS }, (_, n) => this.live(n));
  }

  /** Lets everyone finish what they are at, until each of their requests is answered. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.running);
  }

  private async live(first: number): Promise<void> {
    const { reporters, verifiers, items, day } = this.village;
    for (let n = first; !this.isOver; n += CLIENTS) {
      const reporter = reporters[n % reporters.length];
      const verifier = verifiers[n % verifiers.length] ?? '';
      const itemId = items[Math.floor(n / reporters.length) % items.length];
      if (!reporter) return;
      const input = { residentId: reporter.residentId, itemId, deedOn: day };
      const submitted = await this.ask('submit-deed', input, reporter.personId);
      if (!submitted?.outcome?.subject) continue;
      const approved = await this.ask('approve-deed', { deedId: submitted.outcome.subject }, verifier);
      if (approved === null) return;
      if (!(await this.spend(reporter.personId, n))) return;
    }
  }

  /** Shows a code and lets a shop take a point by it; false when patience ran out. */
  private async spend(resident: string, n: number): Promise<boolean> {
    const shop = this.village.shops[n % this.village.shops.length];
    const code = await this.showCode(resident);
    if (!shop || !code) return true;
    return (await this.ask('take-points', { code, points: 1 }, shop.personId)) !== null;
  }

  /** A code is not asked for twice: whose answer is lost asks for another. Null when there is none now. */
  private async showCode(person: string): Promise<string | null> {
    const answer = await this.post('/api/pay-code', {}, this.cookies.get(person) ?? '');
    return (answer as { code?: string } | null)?.code ?? null;
  }

  /** One command, asked until it is answered. Null when patience ran out, which is wrong. */
  private async ask(name: Ask['name'], input: Ask['input'], person: string): Promise<Answer | null> {
    const one: Ask = { id: v7(), name, input, cookie: this.cookies.get(person) ?? '' };
    const isTwice = Math.random() < 0.3;
    const [answer, other] = await Promise.all([this.insist(one), isTwice ? this.insist(one) : null]);
    if (!answer || (isTwice && !other)) {
      this.told.wrong.push(`${name} ${one.id} was never answered`);
      return null;
    }
    if (!answer.ok) {
      const code = answer.refusal?.code ?? '';
      this.told.refused.set(one.id, code);
      if (!HONEST_REFUSALS.has(code)) this.told.wrong.push(`${name} ${one.id} was refused: ${code}`);
      return answer;
    }
    this.told.acknowledged.push({ id: one.id, name, outcome: answer.outcome ?? {} });
    if (other) this.compare(one, answer, other, 'at once');
    if (Math.random() < 0.2) {
      const again = await this.insist(one);
      if (again) this.compare(one, answer, again, 'again');
      if (!again?.repeated) this.told.wrong.push(`${name} ${one.id} was done again when asked again`);
    }
    return answer;
  }

  private compare(one: Ask, first: Answer, second: Answer, when: string): void {
    if (plain(first.outcome) === plain(second.outcome)) return;
    this.told.wrong.push(`${one.name} ${one.id} was answered differently when sent ${when}`);
  }

  private async insist(one: Ask): Promise<Answer | null> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const answer = await this.send(one);
      if (answer) return answer;
      this.told.unanswered += 1;
      await pause(50 + Math.random() * 150);
    }
    return null;
  }

  /** One request; null when it must be sent again. */
  private async send({ id, name, input, cookie }: Ask): Promise<Answer | null> {
    // a counter has a door of its own; now and then the other one is tried
    const own = name === 'take-points' && Math.random() < 0.7;
    return this.post(own ? `/api/${name}` : `/api/commands/${name}`, { id, input }, cookie);
  }

  private async post(path: string, body: object, cookie: string): Promise<Answer | null> {
    try {
      const response = await fetch(`${this.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: this.url, cookie },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      });
      const said = await response.text();
      if (response.status >= 500 || response.status === 429) return null;
      return JSON.parse(said) as Answer;
    } catch {
      return null;
    }
  }
}
