import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { log } from '@/lib/platform/log';
import { DOCUMENT_POLICY, htmlDocument } from '@/lib/platform/print/shell';
import { documentStore } from '@/lib/platform/storage';
import { type AskedDocument, findAskedDocument } from './reads';
import { FILES, type FileOf, servingOf } from './rules';
import { sayCalled, sayKind } from './wording';

// GET /v/<village>/lists/<id>/<file>[?save]
//
// A document may have to vanish, so nobody may keep one without asking: browsers ask each time (304 while it is the
// same), and what stands between may answer by itself for a minute, of what everyone may see and of nothing else.

const VILLAGE_CODE = /^[a-z][a-z0-9-]{1,31}$/;
/** Seconds for which what stands between may answer by itself. */
export const SHARED_CACHE_SECONDS = 60;

const SAFE = {
  'content-security-policy': DOCUMENT_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

export interface DocumentHttp {
  village: string;
  list: string;
  file: string;
  /** asked for only when the answer depends on it */
  actor: () => Promise<Actor | null>;
  now: Date;
}

/** Answers with a document of a list; 404 to whom it is not there, 410 when it is no longer published. */
export async function answerDocument(request: Request, http: DocumentHttp): Promise<Response> {
  const file = Object.hasOwn(FILES, http.file) ? FILES[http.file] : undefined;
  const today = dayOf(http.now);
  const asked =
    file && VILLAGE_CODE.test(http.village)
      ? await findAskedDocument(db(), http.village, http.list, file.kind, today)
      : null;
  if (!file || !asked) return absent();
  // Most ask for what everyone may see: they are answered without looking up who they are.
  const isOpen = servingOf(asked, null, today) === 'PUBLIC';
  const serving = isOpen ? 'PUBLIC' : servingOf(asked, await http.actor(), today);
  if (serving === 'ABSENT') return absent();
  if (serving === 'ANEW') return beingMade(asked);
  if (serving === 'GONE' || !asked.hash) return gone(asked);
  return serve(request, asked, asked.hash, file, serving);
}

async function serve(
  request: Request,
  asked: AskedDocument,
  hash: string,
  file: FileOf,
  serving: 'PUBLIC' | 'MEMBERS',
): Promise<Response> {
  const headers = {
    ...SAFE,
    etag: `"${hash}"`,
    'cache-control':
      serving === 'PUBLIC' ? `public, max-age=0, s-maxage=${SHARED_CACHE_SECONDS}` : 'private, no-store',
    ...(serving === 'PUBLIC' ? {} : { vary: 'cookie' }),
  };
  if (knows(request, hash)) return new Response(null, { status: 304, headers });
  const stored = await documentStore().get(hash);
  if (!stored) {
    log.error({ hash }, 'a document has lost its file');
    return lost(asked);
  }
  const isSaved = new URL(request.url).searchParams.has('save');
  return new Response(stored.stream, {
    headers: {
      ...headers,
      'content-type': file.mediaType,
      'content-length': String(stored.bytes),
      'content-disposition': disposition(asked, file, isSaved),
    },
  });
}

/** Whether the asker has this very document, by If-None-Match; a proxy that packs it marks the tag as weak. */
function knows(request: Request, hash: string): boolean {
  return (request.headers.get('if-none-match') ?? '')
    .split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === `"${hash}"`);
}

/** 青竹村红榜2026Q3 先进个人 A3.pdf, in the form for all browsers and in letters for the oldest. */
function disposition(asked: AskedDocument, file: FileOf, isSaved: boolean): string {
  const name = `${asked.villageName}${sayKind(asked.kind)}${asked.period} ${sayCalled(asked)}${file.suffix}`;
  const plain = `${asked.villageCode}-${asked.kind.toLowerCase()}-${asked.subject.toLowerCase()}-${asked.period}${file.suffix.replace(' ', '-')}`;
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${isSaved ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const PLAIN =
  'body{margin:0;background:#faf8f3;color:#1b1a18;font:18px/1.6 "PingFang SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif}' +
  'main{max-width:560px;margin:0 auto;padding:72px 20px}h1{font-size:28px;line-height:1.3;margin:0 0 12px}a{color:#b3201f;display:inline-block;padding:12px 0}';

function plainPage(status: number, title: string, body: string): Response {
  return new Response(htmlDocument({ title, css: PLAIN, body: `<main><h1>${title}</h1>${body}</main>` }), {
    status,
    headers: { ...SAFE, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function absent(): Response {
  return plainPage(404, '没有找到', '<p>没有这一页，请看看网址有没有写错。<p><a href="/">回首页</a>');
}

function gone(asked: AskedDocument): Response {
  const lists = `/v/${asked.villageCode}/lists`;
  return plainPage(
    410,
    '已不再公布',
    `<p>这张榜到期了，或者村里撤回了，名字不再公布。<p><a href="${lists}">看现在公布的榜</a>`,
  );
}

/** The list is up, and what is asked for was taken out of public a moment ago: a consent, a correction. */
function beingMade(asked: AskedDocument): Response {
  return stillUp(asked, '正在换新的，过一两分钟再看', '榜上有改动，旧的已经撤下，新的马上做好。');
}

function lost(asked: AskedDocument): Response {
  return stillUp(asked, '这份文件打不开了', '榜还在公布，请看网页上的。要图片、要打印，请告诉村里。');
}

function stillUp(asked: AskedDocument, title: string, why: string): Response {
  const list = `/v/${asked.villageCode}/lists/${asked.listId}`;
  return plainPage(410, title, `<p>${why}<p><a href="${list}">看榜现在的样子</a>`);
}
