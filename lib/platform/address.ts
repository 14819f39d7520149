import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { env } from './env';

// Where a request came from. A route handler sees headers only, and a caller may write X-Forwarded-For himself (Next
// keeps what it finds there). So the address is taken from the socket before anything of Next sees the request, and
// put into a header of ours, whatever the caller had written there.

const STAMP = 'x-cunfen-address';

const stamped = globalThis as unknown as { cunfenAddressesStamped?: boolean };

/** Begins to write the socket's address into each request of this process; called once, at its start. */
export function stampAddresses(): void {
  if (stamped.cunfenAddressesStamped) return;
  stamped.cunfenAddressesStamped = true;
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    request.headers[STAMP] = socket.remoteAddress ?? '';
  });
}

/**
 * The caller's network address: the socket's, or behind a proxy of ours (TRUST_PROXY) the last entry of
 * X-Forwarded-For, which is the one that proxy wrote. Of IPv6 the network (/64) is answered: a household has a whole
 * one, so single addresses could not be limited. '' when unknown.
 */
export function addressOf(headers: Headers): string {
  if (env().TRUST_PROXY) {
    const last = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
    if (last) return networkOf(last);
  }
  return networkOf(headers.get(STAMP) ?? '');
}

/** An address as it is counted and logged: IPv4 whole, IPv6 as its /64; '' when it is neither. */
export function networkOf(address: string): string {
  const bare = address.replace(/^\[|\](:\d+)?$|%.*$/g, '').replace(/^::ffff:(?=\d+\.)/i, '');
  const v4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(bare);
  if (v4?.[1]) return v4[1];
  if (!/^[0-9a-f:]{2,39}$/i.test(bare) || !bare.includes(':')) return '';
  const [head = '', tail] = bare.toLowerCase().split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
