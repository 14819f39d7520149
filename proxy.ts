import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { API_POLICY, setSafeHeaders } from '@/lib/platform/answer-headers';

// Headers only. Who may see what is decided where it is shown, never here.

const BASE_HTTPS = (process.env.BASE_URL ?? '').startsWith('https://');
const IN_DEVELOPMENT = process.env.NODE_ENV === 'development';

/** Gives each page its Content-Security-Policy with a nonce, tells it its own path, and sets the safe headers. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const headers = new Headers(request.headers);
  headers.set('x-cunfen-path', `${pathname}${search}`);
  const isPage = !pathname.startsWith('/api/');
  const policy = isPage ? pagePolicy(randomBytes(16).toString('base64'), SCANS.test(pathname)) : API_POLICY;
  // Next reads the nonce out of this request header and puts it on its own scripts.
  if (isPage) headers.set('content-security-policy', policy);
  else headers.delete('content-security-policy');
  return setSafeHeaders(NextResponse.next({ request: { headers } }), policy);
}

// The shop's pages with a camera: where a phone has no reader of its own, one runs as WebAssembly, and from this site alone.
const SCANS = /^\/shop\/(take|voucher)\/?$/;

function pagePolicy(nonce: string, scans: boolean): string {
  const lines = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${scans ? " 'wasm-unsafe-eval'" : ''}${IN_DEVELOPMENT ? " 'unsafe-eval'" : ''}`,
    // The development server writes style elements of its own.
    `style-src 'self' ${IN_DEVELOPMENT ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${IN_DEVELOPMENT ? ' ws:' : ''}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  if (BASE_HTTPS) lines.push('upgrade-insecure-requests');
  return lines.join('; ');
}

// Photos set their own headers: Next would hold an upload in memory for this function, and cut it off at 10 MB. So do
// published documents, whose policy is stricter: a second one here would not be replaced but added. And so does a counter,
// where passing through here would cost a third of what the whole answer costs (decision 0062).
export const config = {
  matcher: [
    '/((?!_next/static|_next/image|api/photos|api/take-points$|v/[^/]+/lists/[^/]+/[^/]+\\.(?:html|png|pdf)$).*)',
  ],
};
