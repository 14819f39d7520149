import 'server-only';
import { createHash, createHmac } from 'node:crypto';
import type { z } from 'zod';
import type { Actor, Seat } from '@/lib/auth/types';
import { databaseFault, db, Prisma } from './db';
import { refusalOfOtherDesk } from './desk-said';
import { env } from './env';
import { homeSaid, refusalOtherHome } from './home-said';
import { isFreshId, isId, NIL_ID } from './ids';
import { hitRate, type RateLimit } from './rate';
import { Refusal, type RefusalCode, type RefusalView, refuse } from './refusal';
import { REFUSALS } from './refusal-catalogue';
import { refusalElsewhere } from './shop-said';

// The one way in which anything is written. A command is parsed, authorized, run in one transaction, and logged in
// that same transaction under the id its caller made. The log is append-only, so it is both the proof of who did
// what and the reason why a repeated request does nothing twice:
//
//   command_begin(village, id)   takes a lock on the id and answers an earlier outcome, if there is one
//   run(...)                     the domain's work
//   insert into command_log      id, hash of the input, who, outcome
//
// Everything between is rolled back together by a refusal or a fault.

export type Tx = Prisma.TransactionClient;

/** The actor as a command of a seat may rely on him: the seat is filled. */
export type Seated<S extends Seat> = S extends 'anyone'
  ? Actor | null
  : S extends 'resident' | 'desk' | 'office' | 'shop'
    ? Actor & { [K in S]: NonNullable<Actor[K]> }
    : Actor;

export interface CommandOutcome {
  /** what the command made or changed */
  subject?: string;
  [key: string]: string | number | boolean | null | undefined | string[] | Record<string, string>[];
}

export interface CommandSpec<S extends Seat, Shape extends z.ZodType> {
  /** verb-noun, its address for ever */
  name: string;
  /** as the audit page says it */
  title: string;
  seat: S;
  input: Shape;
  /** what of the input the log keeps: no phone numbers, no codes, no free text about people */
  keep: (input: z.output<Shape>) => Record<string, unknown>;
  /**
   * what of the input the log's hash covers; all of it by default. Who holds the hash's key could try the few values of
   * a vote and read it out of the hash, so it is left out: the same id with another value is then the same command.
   */
  hashOf?: (input: z.output<Shape>) => Record<string, unknown>;
  /** of seat `shop`, `desk` or `resident`: means no shop or village that a page shows, but all of the person's */
  ofAnyPlace?: true;
  /** requests by one person (or address) in a minute; 60 by default */
  perMinute?: number;
  /** pure and coarse: by role; what depends on the subject is checked in `run` by a policy */
  may: (actor: Seated<S>, input: z.output<Shape>) => true | RefusalCode;
  run: (call: CommandCall<S, z.output<Shape>>) => Promise<CommandOutcome>;
  /** what a repeated request does once more: a page out of the browser's memory means to go there again, by its old id */
  again?: (call: CommandCall<S, z.output<Shape>>) => Promise<void>;
}

export interface CommandCall<S extends Seat, Input> {
  actor: Seated<S>;
  input: Input;
  /** the caller's id of this command */
  id: string;
  now: Date;
  tx: Tx;
  /** the village of the seat; the nil id outside villages */
  villageId: string;
  /** the caller's network address, '' when there is none */
  address: string;
  /** what the caller's browser says of itself (lib/auth/known-device.ts) */
  device?: string | undefined;
}

/** A command whose types have been checked where it was made, as the register keeps it. */
export interface Command {
  readonly name: string;
  readonly title: string;
  readonly seat: Seat;
  readonly input: z.ZodType;
  readonly ofAnyPlace?: true;
  readonly perMinute: number;
  readonly keep: (input: never) => Record<string, unknown>;
  readonly hashOf?: (input: never) => Record<string, unknown>;
  readonly may: (actor: never, input: never) => true | RefusalCode;
  readonly run: (call: never) => Promise<CommandOutcome>;
  readonly again?: (call: never) => Promise<void>;
}

/** Defines a command. */
export function command<S extends Seat, Shape extends z.ZodType>(spec: CommandSpec<S, Shape>): Command {
  return { perMinute: 60, ...spec };
}

export type CommandResult =
  | { ok: true; outcome: CommandOutcome; repeated: boolean }
  | { ok: false; refusal: RefusalView };

export interface CommandRequest {
  actor: Actor | null;
  id: string;
  /** as it came; parsed here */
  input: unknown;
  now: Date;
  address?: string;
  device?: string | undefined;
  /** the shop whose page sent it, null where it said none; left out by the seed and jobs, which have no pages */
  shop?: string | null;
  /** the same of the village whose resident's page sent it */
  home?: string | null;
  /** and of the village whose desk's page sent it */
  desk?: string | null;
  /** somebody's, not the seed's or a job's: counts against the rate limit, and its id is a fresh one (`isFreshId`) */
  limited?: boolean;
}

const RETRIES_MOST = 4;

/**
 * Runs a command once for its id. Answers the outcome, or the refusal that rolled it back. The same id with the same
 * input answers the first outcome again and changes nothing; with other input it is refused. Throws only on faults.
 */
export async function runCommand(command: Command, request: CommandRequest): Promise<CommandResult> {
  try {
    return await runOrThrow(command, request);
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal) return { ok: false, refusal: refusal.view };
    throw error;
  }
}

async function runOrThrow(command: Command, request: CommandRequest): Promise<CommandResult> {
  const { actor, id, now } = request;
  if (!(request.limited ? isFreshId : isId)(id)) throw refuse('BAD_INPUT', {}, 'id');
  if (command.seat !== 'anyone' && !actor) throw refuse('SIGN_IN_FIRST');
  if (!hasSeat(command.seat, actor)) throw refuse('NOT_ALLOWED');
  if (request.limited) await keepToRate(command, request);
  const input = parseInput(command.input, request.input);
  const answer = command.may(actor as never, input as never);
  if (answer !== true) throw refuse(answer);
  const villageId = villageOfSeat(command.seat, request);
  const hashed = command.hashOf ? command.hashOf(input as never) : request.input;
  const inputHash = hashOfPerson(hashInput(command.name, hashed), actor?.personId ?? '');
  for (let attempt = 1; ; attempt++) {
    try {
      return await db().$transaction(
        async (tx) => {
          const call: CommandCall<Seat, unknown> = {
            actor: actor as Actor,
            input,
            id,
            now,
            tx,
            villageId,
            address: request.address ?? '',
            device: request.device,
          };
          const earlier = await tx.$queryRaw<{ name: string; input_hash: string; outcome: CommandOutcome }[]>`
            select name, input_hash, outcome from command_begin(${villageId}::uuid, ${id}::uuid)`;
          const first = earlier[0];
          if (first) {
            if (first.name !== command.name || first.input_hash !== inputHash)
              throw refuse('SAME_ID_OTHER_CONTENT');
            await command.again?.(call as never);
            return { ok: true as const, outcome: first.outcome, repeated: true };
          }
          // after the look at what was done: a phone that asks again is told, wherever its owner stands by now
          const elsewhere = refusalOfPlace(command, request);
          if (elsewhere) throw refuse(elsewhere.code, elsewhere.params);
          const outcome = await command.run(call as never);
          await tx.commandLog.create({
            data: {
              villageId,
              id,
              name: command.name,
              personId: actor?.personId ?? null,
              seat: seatOf(command.seat, actor),
              inputHash,
              input: asJson(command.keep(input as never)),
              outcome: asJson(outcome),
              subject: outcome.subject ?? null,
              address: request.address ?? '',
              loggedAt: now,
            },
            select: { id: true },
          });
          return { ok: true as const, outcome, repeated: false };
        },
        { maxWait: 10_000, timeout: 20_000 },
      );
    } catch (error) {
      const code = databaseFault(error)?.code;
      const passing = code === '40001' || code === '40P01';
      if (!passing || attempt >= RETRIES_MOST) throw error;
    }
  }
}

/** The refusal behind an error: thrown as one, or raised by a SQL function as `CF001` with `CODE {params}`. */
export function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  // No connection came free, or the transaction took too long: rolled back either way.
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2028') return refuse('BUSY');
  const fault = databaseFault(error);
  if (!fault) return null;
  if (fault.code === 'CF001') {
    const said = /([A-Z][A-Z_]+)(?: (\{.*\}))?/.exec(fault.message);
    if (said?.[1] && said[1] in REFUSALS) {
      return refuse(said[1] as RefusalCode, said[2] ? (JSON.parse(said[2]) as Record<string, string>) : {});
    }
  }
  if (fault.code === '40001' || fault.code === '40P01' || fault.code === '57014') return refuse('BUSY');
  return null;
}

/** As it will be read back: what is undefined is left out. */
function asJson(value: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;
}

/** Why a page's command isn't done where the session stands by now. */
function refusalOfPlace(command: Command, { actor, shop, home, desk }: CommandRequest): RefusalView | null {
  if (command.ofAnyPlace) return null;
  if (command.seat === 'shop') return refusalElsewhere(actor, shop);
  if (command.seat === 'resident') return refusalOtherHome(actor, home);
  return command.seat === 'desk' ? refusalOfOtherDesk(actor, desk) : null;
}

function hasSeat(seat: Seat, actor: Actor | null): boolean {
  if (seat === 'anyone') return true;
  if (!actor) return false;
  return seat === 'person' || actor[seat] !== null;
}

/** Whose log is looked into and written: of a home or desk that a page says, its own, so that what it asked before is found. */
function villageOfSeat(seat: Seat, { actor, home, desk }: CommandRequest): string {
  if (seat === 'resident') return homeSaid(actor, home)?.villageId ?? NIL_ID;
  if (seat !== 'desk') return NIL_ID;
  const said = actor?.desks.find((one) => one.villageId === desk) ?? actor?.desk;
  return said?.villageId ?? NIL_ID;
}

function seatOf(seat: Seat, actor: Actor | null): string {
  if (seat === 'desk') return actor?.desk?.roles.join(',') ?? '';
  if (seat === 'office') return actor?.office?.level ?? '';
  return seat.toUpperCase();
}

async function keepToRate(command: Command, request: CommandRequest): Promise<void> {
  const who = request.actor?.personId ?? request.address ?? '';
  const limit: RateLimit = { key: `command:${command.name}:${who}`, most: command.perMinute, seconds: 60 };
  const wait = await hitRate(db(), limit, request.now);
  if (wait > 0) throw refuse('TOO_MANY_REQUESTS', { seconds: wait });
}

/** The input in its shape. Refuses BAD_INPUT with a sentence for each field. */
export function parseInput(shape: z.ZodType, raw: unknown): unknown {
  const parsed = shape.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = Object.create(null);
  for (const issue of parsed.error.issues) {
    const name = issue.path.map(String).join('.') || 'input';
    fields[name] ??= /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '没有填对';
  }
  const [first] = Object.keys(fields);
  throw new Refusal('BAD_INPUT', {}, first, { ...fields });
}

/**
 * Hash of what was asked: keys in order, so that the same request hashes the same however it was written down. Keyed,
 * because a number or a password among few is found again by a plain hash of it.
 */
export function hashInput(name: string, raw: unknown): string {
  return createHmac('sha256', env().AUTH_SECRET)
    .update(JSON.stringify([name, sorted(raw)]))
    .digest('hex');
}

/** The hash that the log keeps: of what was asked and who asked. `take_points` (shop_take.sql) makes the same. */
function hashOfPerson(hash: string, personId: string): string {
  return createHash('sha256').update(`${hash}:${personId}`).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const record = value as Record<string, unknown>;
  return Object.keys(record)
    .sort()
    .map((key) => [key, sorted(record[key])]);
}
