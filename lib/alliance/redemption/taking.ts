import 'server-only';
import { cookieOf, sessionIdOf } from '@/lib/auth/cookie';
import { setSafeHeaders } from '@/lib/platform/answer-headers';
import {
  asRefusal,
  type CommandOutcome,
  type CommandResult,
  hashInput,
  parseInput,
} from '@/lib/platform/command';
import { answerFault, jsonAnswer, parseJsonBody, readBody } from '@/lib/platform/command-http';
import { askPrepared, databaseFault } from '@/lib/platform/db';
import { isFreshId, isId } from '@/lib/platform/ids';
import { isJson, refuseForeignOrigin } from '@/lib/platform/origin';
import { Refusal, type RefusalCode, type RefusalParams, refuse } from '@/lib/platform/refusal';
import { pointsAsked, type TakePointsInput, takePointsInput } from './schema';

// POST /api/take-points: the command take-points in one round trip to the database, for phones at a counter. Who asks,
// how often, whether it was asked before, the taking and the log are one SQL function (shop_take.sql). The same
// command through /api/commands answers the same to the same id.

export const TAKE_POINTS = 'take-points';

/** Requests of one person at a counter in a minute. */
export const TAKES_A_MINUTE = 60;

const BODY_BYTES_MOST = 4096;
const TRIES_MOST = 4;

/** What of the input says what was asked: the same from JSON and from a form. */
export function takenBy(input: TakePointsInput): Record<string, unknown> {
  const { code, offerId, partial } = input;
  return { code, offerId, points: pointsAsked(input), partial };
}

interface Answer {
  refusal: RefusalCode | null;
  params: RefusalParams | null;
  outcome: CommandOutcome;
  repeated: boolean;
}

const SQL = 'select * from take_points($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)';

/** Answers a POST of a counter. Never throws; a fault becomes a 500 with a number to quote. */
export async function answerTakePoints(request: Request, address: string, now: Date): Promise<Response> {
  // proxy.ts leaves this address out
  return setSafeHeaders(await answer(request, address, now));
}

async function answer(request: Request, address: string, now: Date): Promise<Response> {
  try {
    return jsonAnswer(await take(request, address, now));
  } catch (error) {
    const refusal = asRefusal(error);
    return refusal ? jsonAnswer({ ok: false, refusal: refusal.view }) : answerFault(error, TAKE_POINTS, true);
  }
}

async function take(request: Request, address: string, now: Date): Promise<CommandResult> {
  if (!isJson(request)) throw refuse('BODY_UNREADABLE');
  const foreign = refuseForeignOrigin(request, '', null, now);
  if (foreign) throw foreign;
  const sessionId = await sessionIdOf(cookieOf(request));
  if (!sessionId) throw refuse('SIGN_IN_FIRST');
  const { id, input, shop } = parseJsonBody(await readBody(request, BODY_BYTES_MOST));
  if (!isFreshId(id)) throw refuse('BAD_INPUT', {}, 'id');
  if (shop !== null && !isId(shop)) throw refuse('BAD_INPUT', {}, 'shop');
  const asked = parseInput(takePointsInput, input) as TakePointsInput;
  const hash = hashInput(TAKE_POINTS, takenBy(asked));
  const { code, offerId = null, partial } = asked;
  const taken = await ask([
    sessionId,
    id,
    hash,
    code,
    offerId,
    pointsAsked(asked) ?? null,
    partial,
    address,
    TAKES_A_MINUTE,
    now,
    shop,
  ]);
  if (taken.refusal) throw new Refusal(taken.refusal, taken.params ?? {});
  return { ok: true, outcome: taken.outcome, repeated: taken.repeated };
}

async function ask(values: unknown[]): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const [answer] = await askPrepared<Answer>(TAKE_POINTS, SQL, values);
      if (!answer) throw new Error('take_points answered nothing');
      return answer;
    } catch (error) {
      const code = databaseFault(error)?.code;
      if ((code !== '40001' && code !== '40P01') || attempt >= TRIES_MOST) throw error;
    }
  }
}
