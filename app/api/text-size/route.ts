const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * POST text=large|standard: remembers the text size in a cookie and leads back to the page it was asked on. It changes
 * nothing but how this browser shows the pages, so it is no command.
 */
export async function POST(request: Request): Promise<Response> {
  const form = new URLSearchParams((await request.text()).slice(0, 2000));
  const large = form.get('text') === 'large';
  const cookie = large
    ? `text=large; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly`
    : 'text=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly';
  return new Response(null, {
    status: 303,
    headers: { location: pathBack(request), 'set-cookie': cookie, 'cache-control': 'no-store' },
  });
}

/** The path of the page that asked, when it is one of ours; a foreign or missing referrer leads to the front page. */
function pathBack(request: Request): string {
  try {
    const from = new URL(request.headers.get('referer') ?? '');
    if (from.host !== request.headers.get('host')) return '/';
    const path = `${from.pathname}${from.search}`;
    return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path) ? path : '/';
  } catch {
    return '/';
  }
}
