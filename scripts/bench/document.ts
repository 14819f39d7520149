import { rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { v7 } from 'uuid';
import { renderPage } from '@/lib/lists/documents/page';
import { someFacts, someRows } from '@/lib/lists/documents/testing/facts';
import { openDiskStore } from '@/lib/platform/storage';
import { ensureBuilt } from '../build';
import { startInstallation } from '../test/e2e';
import { measurePairs, tell } from './ratio';

// (d) The page of a published list of 300 households, against a static file of the same bytes in the same server's
// public folder: what it costs that a document is looked up in the database each time, so that it can vanish.

const CLIENTS = 12;
const REQUESTS = 1500;
const PAIRS = 7;
const STATIC = 'bench-list.html';

const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });

function get(
  base: URL,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; bytes: number }> {
  return new Promise((done, fail) => {
    const sent = request({ agent, host: base.hostname, port: base.port, path, headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('end', () => done({ status: answer.statusCode ?? 0, bytes }));
    });
    sent.on('error', fail);
    sent.end();
  });
}

/** Asks so many times, `CLIENTS` at a time; answers how many a second. Every answer must be the whole document. */
async function load(
  base: URL,
  path: string,
  headers: Record<string, string>,
  want: { status: number; bytes: number | null },
) {
  let left = REQUESTS;
  const client = async () => {
    while (left-- > 0) {
      const { status, bytes } = await get(base, path, headers);
      if (status !== want.status || (want.bytes !== null && bytes !== want.bytes))
        throw new Error(`${path} answered ${status}, ${bytes} bytes`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (REQUESTS * 1000) / (performance.now() - start);
}

/** A list before the public whose page this is, written behind the program's back; answers its address. */
async function publish(databaseUrl: string, hash: string, bytes: number): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const id = v7();
    await client.query("set session_replication_role = 'replica'");
    await client.query(
      `insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, audience, drafted_by_id,
         drafted_at, public_from, public_until)
       select v.id, $1, 'RED', 'HOUSEHOLD', '2026Q3', r.id, 'PUBLICITY', now(), 'EVERYONE', $1, now(), current_date, current_date + 7
       from village v join rulebook_version r on r.village_id = v.id where v.code = 'qingzhu' limit 1`,
      [id],
    );
    const page = { id: v7(), kind: 'HTML', hash, bytes, mediaType: 'text/html; charset=utf-8' };
    await client.query(
      `select list_documents_put(village_id, id, 1, $2::jsonb, now()) from village_list where id = $1`,
      [id, JSON.stringify([page])],
    );
    return `/v/qingzhu/lists/${id}/page.html`;
  } finally {
    await client.end();
  }
}

/** Runs (d) and prints it. */
export async function benchDocument(): Promise<void> {
  const page = Buffer.from(renderPage(someFacts({ rows: someRows(300, ['陈×芳', '欧阳××', '李素珍']) }), {}));
  const file = join(await ensureBuilt(() => console.log('· building …')), 'public', STATIC);
  writeFileSync(file, page);
  try {
    const installation = await startInstallation('bench');
    try {
      const hash = await openDiskStore(resolve('.test', 'bench', 'documents'), '.doc').put(page);
      const address = await publish(installation.databaseUrl, hash, page.length);
      const base = new URL(installation.url);
      const whole = { status: 200, bytes: page.length };
      console.log(`the page of 300 households: ${page.length} bytes`);
      tell(
        '(d) a published list, whole',
        'page.html',
        'the same bytes in public/',
        'requests/s',
        await measurePairs(
          PAIRS,
          () => load(base, address, {}, whole),
          () => load(base, `/${STATIC}`, {}, whole),
        ),
        '≥ 0.20',
      );
      const same = { status: 304, bytes: 0 };
      tell(
        '(d) a published list, asked again by who has it',
        'page.html, 304',
        'the same bytes in public/, whole',
        'requests/s',
        await measurePairs(
          PAIRS,
          () => load(base, address, { 'if-none-match': `"${hash}"` }, same),
          () => load(base, `/${STATIC}`, {}, whole),
        ),
        'none set',
      );
      const packed = { status: 200, bytes: null };
      const gzip = { 'accept-encoding': 'gzip' };
      tell(
        '(d) a published list, packed by the server',
        'page.html',
        'the same bytes in public/',
        'requests/s',
        await measurePairs(
          PAIRS,
          () => load(base, address, gzip, packed),
          () => load(base, `/${STATIC}`, gzip, packed),
        ),
        'none set',
      );
    } finally {
      agent.destroy();
      await installation.stop();
    }
  } finally {
    rmSync(file, { force: true });
  }
}
