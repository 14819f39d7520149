import 'server-only';
import { db } from './db';
import { isId, NIL_ID, newId } from './ids';
import type { RefusalView } from './refusal';

/** What a refused form shows again: why, and what was entered. */
export interface FormReturnView {
  refusal: RefusalView;
  entered: Record<string, string | string[]>;
}

const KEPT_MINUTES = 30;
/** never kept, not even for a minute */
const SECRET_FIELDS = new Set([
  'code',
  'password',
  '_token',
  'vote',
  'hallFor',
  'hallAgainst',
  'hallAbstained',
]);

/** Keeps a refused form's values for its session; answers the id that goes into the address. */
export async function keepFormReturn(
  sessionId: string | null,
  refusal: RefusalView,
  entered: Record<string, unknown>,
  now: Date,
): Promise<string> {
  const id = newId();
  const kept = Object.fromEntries(
    Object.entries(entered)
      .filter(([name, value]) => !SECRET_FIELDS.has(name) && isEnterable(value))
      .map(([name, value]) => [withoutNul(name), withoutNul(value as string | string[])]),
  ) as Record<string, string | string[]>;
  await db().formReturn.create({
    data: {
      id,
      sessionId: sessionId ?? NIL_ID,
      refusal: { ...refusal, fields: refusal.fields ?? {} },
      entered: kept,
      expiresAt: new Date(now.getTime() + KEPT_MINUTES * 60_000),
    },
    select: { id: true },
  });
  return id;
}

/** The refused form behind `?r=`, for the session it belongs to; null when there is none (any more). */
export async function readFormReturn(
  sessionId: string | null,
  r: string | string[] | undefined,
  now: Date,
): Promise<FormReturnView | null> {
  if (!isId(r)) return null;
  const row = await db().formReturn.findFirst({
    where: { id: r, sessionId: sessionId ?? NIL_ID, expiresAt: { gt: now } },
    select: { refusal: true, entered: true },
  });
  if (!row) return null;
  return {
    refusal: row.refusal as unknown as RefusalView,
    entered: row.entered as unknown as Record<string, string | string[]>,
  };
}

/** PostgreSQL's JSON takes no NUL. */
function withoutNul<T extends string | string[]>(value: T): T {
  const strip = (text: string) => text.replaceAll('\0', '');
  return (Array.isArray(value) ? value.map(strip) : strip(value)) as T;
}

function isEnterable(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
}
