import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { newId } from '@/lib/platform/ids';
import { openPress } from '@/lib/platform/print/press';
import { openDiskStore, useDocumentStore } from '@/lib/platform/storage';
import { actorFor, aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, type WorkingVillage } from '@/lib/testing/working-village';
import { answerDocument } from './http';
import { makeListDocuments } from './make';
import { aList, EXPIRED, finalUntil, type ListBuilt, WITHDRAWN } from './testing/a-list';

const { prisma, owner } = await testDb();
vi.setConfig({ testTimeout: 120_000 });
const folder = await mkdtemp(join(tmpdir(), 'cunfen-served-'));
const press = openPress();
// A PDF's bytes are not looked into here.
const print = async () => new TextEncoder().encode('%PDF-1.7 of a poster');

let village: WorkingVillage;
let resident: Actor;
let office: Actor;
let neighbour: Actor;

beforeAll(async () => {
  useDocumentStore(openDiskStore(folder, '.doc'));
  village = await aWorkingVillage({ settings: { blackListOn: true } });
  resident = await actorFor(village.household(0).head.personId);
  office = await actorFor(village.steward);
  neighbour = await actorFor((await aVillage({ households: 1 })).household(0).head.personId);
});
afterAll(async () => {
  press.close();
  await rm(folder, { recursive: true, force: true });
});

async function made(columns = ''): Promise<ListBuilt> {
  const list = await aList(owner, village, columns);
  await makeListDocuments(prisma, village.id, list.id, TEST_NOW, { press, print });
  return list;
}

interface Asking {
  actor?: Actor | null;
  headers?: Record<string, string>;
  now?: Date;
  query?: string;
  villageCode?: string;
}

function ask(
  list: string,
  file = 'page.html',
  { actor = null, headers, now = TEST_NOW, query = '', villageCode }: Asking = {},
) {
  const code = villageCode ?? village.code;
  const request = new Request(
    `http://localhost:3000/v/${code}/lists/${list}/${file}${query}`,
    headers ? { headers } : {},
  );
  return answerDocument(request, { village: code, list, file, actor: async () => actor, now });
}

describe('a document everyone may see', () => {
  it('is answered with its hash as its tag, for a minute to what stands between, and can run nothing', async () => {
    const list = await made();
    const types = {
      'page.html': 'text/html; charset=utf-8',
      'picture.png': 'image/png',
      'a3.html': 'text/html; charset=utf-8',
      'a4.html': 'text/html; charset=utf-8',
      'a3.pdf': 'application/pdf',
      'a4.pdf': 'application/pdf',
    };
    for (const [file, type] of Object.entries(types)) {
      const answer = await ask(list.id, file);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(type);
      expect(answer.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60');
      expect(answer.headers.get('content-length')).toBe(String(bytes.length));
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      const policy = answer.headers.get('content-security-policy') ?? '';
      for (const part of [
        "default-src 'none'",
        "script-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
      ]) {
        expect(policy.split('; ')).toContain(part);
      }
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('is not sent again to whoever has it', async () => {
    const list = await made();
    const etag = (await ask(list.id)).headers.get('etag') ?? '';
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const answer = await ask(list.id, 'page.html', { headers: { 'if-none-match': tag } });
      expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([304, etag, '']);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60');
    }
    expect((await ask(list.id, 'page.html', { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
  });

  it('has a name that says what it is, when it is saved', async () => {
    const list = await made();
    const shown = (await ask(list.id, 'a3.pdf')).headers.get('content-disposition') ?? '';
    expect(shown).toBe(
      `inline; filename="${village.code}-red-household-${list.period}-A3.pdf"; filename*=UTF-8''${encodeURIComponent(`测试村红榜${list.period} 红榜之家 A3.pdf`)}`,
    );
    const saved = await ask(list.id, 'picture.png', { query: '?save' });
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; /);
  });

  it('is no longer answered once it is retired, by its old tag neither', async () => {
    const list = await made();
    const etag = (await ask(list.id)).headers.get('etag') ?? '';
    await owner.query(`select list_documents_retire($1, $2, '一户撤回了同意', now())`, [village.id, list.id]);
    for (const headers of [{ 'if-none-match': '"x"' }, { 'if-none-match': etag }]) {
      const answer = await ask(list.id, 'page.html', { headers });
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([410, 'no-store']);
      const said = await answer.text();
      expect(said).toContain('正在换新的，过一两分钟再看');
      expect(said).toContain(`href="/v/${village.code}/lists/${list.id}"`);
      expect(said).not.toContain('不再公布');
    }
    await makeListDocuments(prisma, village.id, list.id, TEST_NOW, { press, print });
    const anew = await ask(list.id, 'page.html', { headers: { 'if-none-match': etag } });
    expect(anew.status).toBe(200);
    expect(anew.headers.get('etag')).not.toBe(etag);
  });

  it('is gone the day after its last one, whether or not a job has seen to it; and when it is withdrawn', async () => {
    const list = await made(finalUntil('2026-11-24'));
    const midnight = new Date('2026-11-24T16:00:00Z');
    expect((await ask(list.id, 'page.html', { now: new Date(midnight.getTime() - 1) })).status).toBe(200);
    expect((await ask(list.id, 'page.html', { now: midnight })).status).toBe(410);
    for (const columns of [WITHDRAWN, EXPIRED]) {
      await list.set(columns);
      for (const actor of [null, resident, office]) {
        const answer = await ask(list.id, 'picture.png', { actor });
        const said = await answer.text();
        expect([answer.status, said.includes('已不再公布'), said.includes('正在换新')]).toEqual([
          410,
          true,
          false,
        ]);
      }
    }
  });

  it('that was never made while the others are out is not there, and nobody is told to wait for it', async () => {
    const list = await aList(owner, village);
    await makeListDocuments(prisma, village.id, list.id, TEST_NOW, { press, print: async () => null });
    expect((await ask(list.id, 'a3.html')).status).toBe(200);
    expect((await ask(list.id, 'a3.pdf')).status).toBe(404);
  });
});

describe('what is not for everyone', () => {
  it('a black list of the village alone is shown to its people, kept by nobody, and to others is not there', async () => {
    const list = await made(`kind = 'BLACK', audience = 'VILLAGE'`);
    const nothing = await ask(newId());
    const absent = { status: nothing.status, headers: [...nothing.headers], body: await nothing.text() };
    expect(absent.status).toBe(404);
    for (const actor of [null, neighbour]) {
      const answer = await ask(list.id, 'page.html', { actor });
      expect({ status: answer.status, headers: [...answer.headers], body: await answer.text() }).toEqual(
        absent,
      );
    }
    for (const actor of [resident, office]) {
      const answer = await ask(list.id, 'page.html', { actor });
      expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('vary')]).toEqual([
        200,
        'private, no-store',
        'cookie',
      ]);
      expect(await answer.text()).toContain('<h1>黑榜</h1>');
    }
    await list.set(WITHDRAWN);
    const ended = await ask(list.id, 'page.html', { actor: neighbour });
    expect({ status: ended.status, headers: [...ended.headers], body: await ended.text() }).toEqual(absent);
  });

  it('a list in preparation is shown to its own office', async () => {
    const list = await made(
      `state = 'CHECKED', public_from = null, public_until = null, published_by_id = null`,
    );
    for (const actor of [null, neighbour, resident])
      expect((await ask(list.id, 'a3.html', { actor })).status).toBe(404);
    const answer = await ask(list.id, 'a3.html', { actor: office });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(await answer.text()).toContain('预览，尚未公示');
  });

  it('an address that is none is not there', async () => {
    const list = await made();
    const other = await aVillage({ households: 1 });
    for (const answer of [
      await ask(list.id, 'a5.html'),
      await ask(list.id, '__proto__'),
      await ask(list.id, 'constructor'),
      await ask(list.id.toUpperCase()),
      await ask("' or 1=1"),
      await ask(list.id, 'page.html', { villageCode: other.code }),
      await ask(list.id, 'page.html', { villageCode: 'Üml\u0000' }),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });
});
