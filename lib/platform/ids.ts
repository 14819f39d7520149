import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

/** The id that stands where no village does (signing in, a district's acts). */
export const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** A fresh UUIDv7: sortable by time, safe to make on any device. */
export function newId(): string {
  return v7();
}

/** A UUIDv7 whose time part is `at`: for records that must sort by a given moment, as a seed's do. */
export function newIdAt(at: Date): string {
  return v7({ msecs: at.getTime() });
}

/**
 * The same id for the same words, always: for rows that may exist once (a quarter's budget account) and for seeds.
 * Formed like a version 8 UUID (vendor-specific) from sha-256.
 */
export function idFromWords(...words: string[]): string {
  const bytes = createHash('sha256').update(words.join('\u001f')).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * Whether `text` may be the id of what somebody begins: a UUIDv7, as every page and phone of ours makes them. Those that
 * the server reckons from words (`idFromWords`, and the ledger's own in SQL) are of version 8 and can be reckoned by
 * anybody, so nobody brings one from outside and takes the place that it is meant for.
 */
export function isFreshId(text: unknown): text is string {
  return isId(text) && /^.{14}7.{4}[89ab]/.test(text);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` is a UUID in its one canonical, lower-case form. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}
