import { findVillageOf } from '../../village';

/**
 * Where the address of a list leads that is over, was withdrawn, is not for the reader or never was: one answer for all
 * of them, 410, whole without a script. A page could not say it so: Next leaves a page that is not found to JavaScript.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ village: string }> },
): Promise<Response> {
  const village = await findVillageOf(params);
  if (!village) return new Response('没有这个村。', { status: 404, headers: HEADERS('text/plain') });
  const nonce =
    /'nonce-([A-Za-z0-9+/=]+)'/.exec(request.headers.get('content-security-policy') ?? '')?.[1] ?? '';
  const isLarge = /(?:^|;\s*)text=large(?:;|$)/.test(request.headers.get('cookie') ?? '');
  const name = village.name.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const html = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>不再公布 · ${name} · 村分</title>
<style nonce="${nonce}">
html{font-size:${isLarge ? 30 : 18}px}
body{margin:0;background:#faf8f3;color:#1b1a18;font-family:'PingFang SC','Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',system-ui,sans-serif;line-height:1.6}
main{max-width:34rem;margin:0 auto;padding:12vh 1.1rem 2rem}
p.place{margin:0 0 1rem;font-family:'Songti SC','Noto Serif CJK SC','Noto Serif SC',SimSun,serif;font-size:1.3rem;font-weight:700;letter-spacing:.1em}
h1{margin:0 0 .6rem;padding-top:1.4rem;border-top:1px solid #ddd6c9;font-size:1.3rem;line-height:1.35}
a{display:inline-flex;align-items:center;min-height:${isLarge ? 60 : 48}px;margin-top:.8rem;padding:0 1.2rem;border:1px solid #1b1a18;color:inherit;text-decoration:none}
</style></head>
<body><main><p class="place">${name}</p><h1>这张榜已不再公布</h1>
<p>榜到期、撤回以后就看不到了。没有这张榜，或者不是给您看的，也是这样回答；本村的村民请先登录再看。</p>
<a href="/v/${village.code}/lists">看正在公布的榜</a></main></body></html>
`;
  return new Response(html, { status: 410, headers: HEADERS('text/html') });
}

const HEADERS = (type: string) => ({ 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
