import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

// What a request may ask for. Next answers a path whose escapes are no UTF-8 with a bare 500, and PostgreSQL takes no
// NUL in a text, so that every page that looks something up would have to guard itself. Both are settled before
// anything of Next sees the request.

/** Nothing is there, so that the answer is the product's own "not found". */
const NOWHERE = '/-';

/** `url` as pages may rely on it: a path that can be decoded, and no NUL anywhere. */
export function readableUrl(url: string): string {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const query = at < 0 ? '' : url.slice(at);
  return `${isReadable(path) ? path : NOWHERE}${query.replace(/%00|\0/g, '')}`;
}

function isReadable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}

const settled = globalThis as unknown as { cunfenUrlsSettled?: boolean };

/** Begins to settle the address of each request of this process; called once, at its start. */
export function settleUrls(): void {
  if (settled.cunfenUrlsSettled) return;
  settled.cunfenUrlsSettled = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.url) request.url = readableUrl(request.url);
  });
}
