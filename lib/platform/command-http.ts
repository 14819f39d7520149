import 'server-only';
import { z } from 'zod';
import type { Actor } from '@/lib/auth/types';
import { type Command, type CommandResult, runCommand } from './command';
import { databaseFault } from './db';
import { keepFormReturn } from './form-return';
import { isFreshId, newId } from './ids';
import { log } from './log';
import { isJson, refuseForeignOrigin } from './origin';
import { Refusal, type RefusalView, refuse } from './refusal';
import { refusedElsewhere, senderOf, withParam } from './refused-form';

// POST /api/commands/<name>: JSON for scripts and the outbox, plain forms for pages without JavaScript.
//
// A form carries, beside its fields: `_id` (made when the page was rendered, so a double tap is one command),
// `_back` (where a refusal is shown), `_next` (where success leads; `{subject}` is filled in), `_token`, and on the pages
// of a shop `_shop` (which one), of a resident `_home` and of a desk `_desk` (of which village); JSON says `shop`, `home`
// and `desk`.

/** A command's body: rulebooks and event sheets fit, photos don't belong here. */
const BODY_BYTES_MOST = 256 * 1024;
const FIELDS_MOST = 2000;
/** No command takes more than a list of objects. */
const DEPTH_MOST = 16;

export interface CommandHttp {
  commands: ReadonlyMap<string, Command>;
  actor: Actor | null;
  /** the caller's network address */
  address: string;
  /** what the caller's browser says of itself */
  device?: string | undefined;
  now: Date;
}

/** Answers a POST to a command's address. Never throws; a fault becomes a 500 with a number to quote. */
export async function answerCommand(request: Request, name: string, http: CommandHttp): Promise<Response> {
  const asJson = isJson(request);
  let form: FormBody | null = null;
  try {
    const found = http.commands.get(name);
    if (!found) throw refuse('UNKNOWN_COMMAND');
    const body = await readBody(request);
    if (asJson) {
      mustBeOurs(request, http, null);
      const result = await runCommand(found, { ...http, ...parseJsonBody(body), limited: true });
      return jsonAnswer(result);
    }
    form = parseFormBody(request, body);
    mustBeOurs(request, http, form.token);
    const id = isFreshId(form.id) ? form.id : newId();
    const { input, shop, home, desk } = form;
    const result = await runCommand(found, { ...http, id, input, shop, home, desk, limited: true });
    return await formAnswer(result, form, name, http);
  } catch (error) {
    if (error instanceof Refusal) {
      const result = { ok: false as const, refusal: error.view };
      return asJson || !form ? jsonAnswer(result) : await formAnswer(result, form, name, http);
    }
    return answerFault(error, name, asJson);
  }
}

/** Writes down what broke under a number, and answers that number alone. */
export function answerFault(error: unknown, command: string, asJson: boolean): Response {
  const number = newId().slice(-12);
  const fault = error instanceof Error ? error.name : 'unknown';
  // what the database objected to, without its words: those quote rows
  const { code, constraint } = databaseFault(error) ?? {};
  log.error({ number, command, fault, code, constraint, stack: stackOf(error) }, 'fault');
  return faultAnswer(number, asJson);
}

function mustBeOurs(request: Request, http: CommandHttp, token: string | null): void {
  const refusal = refuseForeignOrigin(request, http.actor?.sessionId ?? '', token, http.now);
  if (refusal) throw refusal;
}

/** Reads at most `most` bytes, without trusting Content-Length. Refuses BODY_TOO_LARGE, BODY_UNREADABLE. */
export async function readBody(request: Request, most = BODY_BYTES_MOST): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw refuse('BODY_TOO_LARGE');
  const reader = request.body?.getReader();
  if (!reader) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > most) {
      await reader.cancel();
      throw refuse('BODY_TOO_LARGE');
    }
    parts.push(value);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw refuse('BODY_UNREADABLE');
  }
}

const jsonShape = z.object({
  id: z.string(),
  input: z.unknown(),
  shop: z.string().nullish(),
  home: z.string().nullish(),
  desk: z.string().nullish(),
});

interface JsonBody {
  id: string;
  input: unknown;
  shop: string | null;
  home: string | null;
  desk: string | null;
}

/** The id and the input of a command's JSON body, and the shop, home or desk whose page sent it. Refuses BODY_UNREADABLE. */
export function parseJsonBody(body: string): JsonBody {
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    throw refuse('BODY_UNREADABLE');
  }
  // Hashing and checking go down by recursion.
  if (isDeeperThan(raw, DEPTH_MOST)) throw refuse('BODY_UNREADABLE');
  const parsed = jsonShape.safeParse(raw);
  if (!parsed.success) throw refuse('BODY_UNREADABLE');
  const { id, input, shop = null, home = null, desk = null } = parsed.data;
  return { id, input, shop, home, desk };
}

function isDeeperThan(value: unknown, most: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level
      .filter((one): one is object => typeof one === 'object' && one !== null)
      .flatMap((one): unknown[] => Object.values(one));
  }
  return false;
}

interface FormBody {
  id: string | null;
  back: string;
  next: string;
  token: string | null;
  shop: string | null;
  home: string | null;
  desk: string | null;
  input: Record<string, string | string[]>;
}

function parseFormBody(request: Request, body: string): FormBody {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) {
    throw refuse('BODY_UNREADABLE');
  }
  const fields = [...new URLSearchParams(body)];
  if (fields.length > FIELDS_MOST) throw refuse('BODY_TOO_LARGE');
  const input: Record<string, string | string[]> = Object.create(null);
  const control: Record<string, string> = Object.create(null);
  for (const [name, value] of fields) {
    if (name.startsWith('_')) {
      if (name in control) throw refuse('BODY_UNREADABLE');
      control[name] = value;
    } else if (name.endsWith('[]')) {
      const key = name.slice(0, -2);
      const kept = input[key];
      if (Array.isArray(kept)) kept.push(value);
      else if (kept === undefined) input[key] = [value];
      else throw refuse('BODY_UNREADABLE');
    } else {
      if (name in input) throw refuse('BODY_UNREADABLE');
      input[name] = value;
    }
  }
  return {
    id: control._id ?? null,
    back: ownPath(control._back, '/'),
    next: ownPath(control._next, ownPath(control._back, '/')),
    token: control._token ?? null,
    shop: control._shop ?? null,
    home: control._home ?? null,
    desk: control._desk ?? null,
    input: { ...input },
  };
}

/** A path of this site, whatever a form says; never another host, nor what becomes one once a browser has read it. */
export function ownPath(path: string | undefined, otherwise: string): string {
  if (!path || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return otherwise;
  return new URL(path, 'http://here').pathname.startsWith('//') ? otherwise : path;
}

/** A command's result as scripts read it. */
export function jsonAnswer(result: CommandResult): Response {
  const status = result.ok ? 200 : result.refusal.status;
  return Response.json(result, { status, headers: { 'cache-control': 'no-store' } });
}

async function formAnswer(
  result: CommandResult,
  form: FormBody,
  name: string,
  http: CommandHttp,
): Promise<Response> {
  if (result.ok) {
    const next = form.next.replace('{subject}', encodeURIComponent(result.outcome.subject ?? ''));
    return seeOther(withParam(next, 'ok', name));
  }
  return seeOther(await backWithRefusal(form.back, result.refusal, form.input, http));
}

async function backWithRefusal(
  back: string,
  refusal: RefusalView,
  entered: Record<string, string | string[]>,
  http: CommandHttp,
): Promise<string> {
  // Nothing is kept: who signs in has another session, which may not see what was entered without one.
  if (refusal.code === 'SIGN_IN_FIRST') return `/sign-in?next=${encodeURIComponent(back)}`;
  const elsewhere = await refusedElsewhere(refusal, http);
  if (elsewhere) return elsewhere;
  return withParam(back, 'r', await keepFormReturn(senderOf(http), refusal, entered, http.now));
}

/** Leads a form on to a page; `cookies` are Set-Cookie lines. */
export function seeOther(location: string, cookies: string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** What a person or script sees of a fault: a number to quote, nothing else. */
export function faultAnswer(number: string, asJson: boolean): Response {
  const sentence = `系统出了差错，没有办成，什么都没有改动。请把这个号码告诉村里：${number}`;
  if (asJson) return Response.json({ ok: false, fault: number, sentence }, { status: 500 });
  return new Response(
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>出了差错</title><h1>没有办成</h1><p>${sentence}</p>`,
    { status: 500, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } },
  );
}

function stackOf(error: unknown): string {
  // The message may carry what someone typed; the frames don't.
  return error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 8)
        .join('\n')
    : '';
}

/** All commands with their JSON schema, as GET /api/commands lists them. */
export function describeCommands(commands: ReadonlyMap<string, Command>): object[] {
  return [...commands.values()]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((one) => ({
      name: one.name,
      title: one.title,
      seat: one.seat,
      address: `/api/commands/${one.name}`,
      input: z.toJSONSchema(one.input, { io: 'input', unrepresentable: 'any' }),
    }));
}
