// The headers that every answer carries. proxy.ts sets them; what it leaves out sets them itself.

/** The Content-Security-Policy of an answer that is no page: nothing in it may do anything. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

const BASE_HTTPS = (process.env.BASE_URL ?? '').startsWith('https://');

/** Sets the safe headers on an answer, and its Content-Security-Policy. Answers the same object. */
export function setSafeHeaders<T extends Response>(response: T, policy: string = API_POLICY): T {
  const { headers } = response;
  headers.set('content-security-policy', policy);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'same-origin');
  headers.set('x-frame-options', 'DENY');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=()');
  if (BASE_HTTPS) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  return response;
}
