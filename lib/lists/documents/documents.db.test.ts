import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeListDocumentsJob } from '@/lib/jobs/make-list-documents';
import { sweepDocumentFiles } from '@/lib/jobs/sweep-document-files';
import { asApp } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { openPress } from '@/lib/platform/print/press';
import { contentAddressOf, documentStore, openDiskStore, useDocumentStore } from '@/lib/platform/storage';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, type WorkingVillage } from '@/lib/testing/working-village';
import { makeListDocuments } from './make';
import { findAskedDocument, listCurrentDocuments, listEditions, listUndocumented } from './reads';
import { aConsent, aList, behindTheScenes, DRAFT, EXPIRED, finalUntil, WITHDRAWN } from './testing/a-list';

const { prisma, owner, url } = await testDb();
vi.setConfig({ testTimeout: 120_000 });
const folder = await mkdtemp(join(tmpdir(), 'cunfen-documents-'));
const press = openPress();
const print = async () => null;
const WITHDRAW_CONSENT = 'update consent set withdrawn_at = $2, withdrawn_by_id = given_by_id where id = $1';
let village: WorkingVillage;

beforeAll(async () => {
  useDocumentStore(openDiskStore(folder, '.doc'));
  village = await aWorkingVillage();
});
afterAll(async () => {
  press.close();
  await rm(folder, { recursive: true, force: true });
});

const make = (listId: string, now = TEST_NOW) =>
  makeListDocuments(prisma, village.id, listId, now, { press, print });
const rowsOf = (listId: string) =>
  prisma.listDocument.findMany({
    where: { villageId: village.id, listId },
    orderBy: [{ edition: 'asc' }, { kind: 'asc' }],
  });
const retire = (listId: string, why = '名单有更正', on: pg.Pool | pg.PoolClient = owner) =>
  on.query('select list_documents_retire($1, $2, $3, $4)', [village.id, listId, why, TEST_NOW]);
async function textOf(hash: string): Promise<string> {
  const stored = await documentStore().get(hash);
  return stored ? new Response(stored.stream).text() : '';
}
const pageOf = async (listId: string) => {
  const page = await prisma.listDocument.findFirst({
    where: { villageId: village.id, listId, kind: 'HTML', retiredAt: null },
  });
  return page ? textOf(page.hash) : null;
};

describe('making the documents of a list', () => {
  it('stores each under the hash of its bytes, once, and finds nothing to do the next time', async () => {
    const list = await aList(owner, village);
    expect(await make(list.id)).toEqual({ made: 4 });
    const rows = await rowsOf(list.id);
    expect(rows.map((row) => [row.kind, row.edition, row.replaces, row.retiredAt])).toEqual(
      ['HTML', 'PNG', 'POSTER_A3', 'POSTER_A4'].map((kind) => [kind, 1, null, null]),
    );
    for (const row of rows) {
      const stored = await documentStore().get(row.hash);
      const bytes = new Uint8Array(await new Response(stored?.stream).arrayBuffer());
      expect([contentAddressOf(bytes), bytes.length]).toEqual([row.hash, row.bytes]);
    }
    expect(await make(list.id)).toEqual({ made: 0 });
    expect(await make(list.id, new Date(TEST_NOW.getTime() + 3_600_000))).toEqual({ made: 0 });
    expect(await rowsOf(list.id)).toEqual(rows);
  });

  it('makes none of a draft, of a list that has ended, of one of another village and of none at all', async () => {
    for (const columns of [DRAFT, WITHDRAWN, EXPIRED, finalUntil('2026-11-23')]) {
      const list = await aList(owner, village, columns);
      expect(await make(list.id), columns).toEqual({ made: 0 });
      expect(await rowsOf(list.id)).toEqual([]);
    }
    const list = await aList(owner, village, finalUntil('2026-11-24'));
    const other = await aWorkingVillage({ households: 1 });
    expect(await makeListDocuments(prisma, other.id, list.id, TEST_NOW, { press, print })).toEqual({
      made: 0,
    });
    expect(await make(newId())).toEqual({ made: 0 });
    expect(await make(list.id)).toEqual({ made: 4 });
  });

  it('puts in one edition when several make it at once', async () => {
    const list = await aList(owner, village);
    const made = await Promise.all([1, 2, 3].map(() => make(list.id)));
    expect(made.map((one) => one.made).sort()).toEqual([0, 0, 4]);
    expect(await rowsOf(list.id)).toHaveLength(4);
  });

  it('names in the next edition what it takes the place of', async () => {
    const list = await aList(owner, village);
    await make(list.id);
    const [first] = await rowsOf(list.id);
    await retire(list.id);
    expect(await listCurrentDocuments(prisma, village.id, list.id)).toEqual([]);
    expect(await listUndocumented(prisma)).toContainEqual({ villageId: village.id, listId: list.id });
    await makeListDocumentsJob.run({ villageId: village.id, listId: list.id }, TEST_NOW);
    const second = await prisma.listDocument.findFirstOrThrow({
      where: { villageId: village.id, listId: list.id, kind: 'HTML', edition: 2 },
    });
    expect(second.replaces).toBe(first?.id);
    const [current] = await listCurrentDocuments(prisma, village.id, list.id);
    expect(current).toMatchObject({ kind: 'HTML', edition: 2, file: 'page.html' });
    const editions = await listEditions(prisma, village.id, list.id);
    expect(editions.map((one) => [one.edition, one.retiredWhy])).toEqual([
      [2, ''],
      [1, '名单有更正'],
    ]);
    expect(await textOf(second.hash)).toContain(`第 2 版，代替 ${editions[1]?.number}`);
  });

  it('makes new ones when what a list says changed without a word', async () => {
    const list = await aList(owner, village);
    await make(list.id);
    await behindTheScenes(owner, `update list_row set state = 'SUSPENDED' where list_id = $1 and rank = 1`, [
      list.id,
    ]);
    expect(await make(list.id)).toEqual({ made: 4 });
    expect((await rowsOf(list.id)).filter((row) => row.retiredAt === null).map((row) => row.edition)).toEqual(
      [2, 2, 2, 2],
    );
    expect(await pageOf(list.id)).not.toContain('<td>1</td>');
  });
});

describe('a consent that is withdrawn while documents are made', () => {
  const name = () => village.household(0).head.name;
  const withdraw = async (consent: string, listId: string) => {
    await behindTheScenes(owner, WITHDRAW_CONSENT, [consent, TEST_NOW]);
    await retire(listId, '一户撤回了同意');
  };

  it('is in the edition that comes out, when it happens during the rendering', async () => {
    const list = await aList(owner, village);
    const consent = await aConsent(owner, village, 0);
    let printed = 0;
    const seen: string[] = [];
    const meanwhile = async (html: string) => {
      seen.push(html);
      if (printed++ === 0) await withdraw(consent, list.id);
      return null;
    };
    expect(
      await makeListDocuments(prisma, village.id, list.id, TEST_NOW, { press, print: meanwhile }),
    ).toEqual({ made: 4 });
    expect([seen[0]?.includes(name()), seen.at(-1)?.includes(name())]).toEqual([true, false]);
    for (const row of await rowsOf(list.id)) {
      if (row.kind !== 'PNG') expect((await textOf(row.hash)).includes(name()), row.kind).toBe(false);
    }
  });

  it('is waited for, when it holds the list and is not committed yet', async () => {
    const list = await aList(owner, village);
    const consent = await aConsent(owner, village, 0);
    const client = await owner.connect();
    await client.query("set session_replication_role = 'replica'");
    await client.query('begin');
    await client.query(WITHDRAW_CONSENT, [consent, TEST_NOW]);
    await retire(list.id, '一户撤回了同意', client);
    const making = make(list.id);
    try {
      await vi.waitUntil(
        async () =>
          (
            await owner.query(
              `select from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'list_documents_lock'`,
            )
          ).rowCount,
        { timeout: 15_000 },
      );
    } finally {
      await client.query('commit');
    }
    await client.query("set session_replication_role = 'origin'");
    client.release();
    expect(await making).toEqual({ made: 4 });
    expect((await pageOf(list.id))?.includes(name())).toBe(false);
  });

  it('takes the edition with it, when that is being put in just then', async () => {
    const list = await aList(owner, village);
    const [maker, withdrawer] = [await owner.connect(), await owner.connect()];
    await maker.query('begin');
    await maker.query('select list_documents_lock($1, $2)', [village.id, list.id]);
    await maker.query('select list_documents_put($1, $2, 1, $3, $4)', [
      village.id,
      list.id,
      aPage(),
      TEST_NOW,
    ]);
    const retired = retire(list.id, '一户撤回了同意', withdrawer);
    try {
      await vi.waitUntil(
        async () =>
          (
            await owner.query(
              `select from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'list_documents_retire'`,
            )
          ).rowCount,
        { timeout: 15_000 },
      );
    } finally {
      await maker.query('commit');
    }
    await retired;
    maker.release();
    withdrawer.release();
    expect(await rowsOf(list.id)).toMatchObject([{ edition: 1, retiredWhy: '一户撤回了同意' }]);
    expect(await listCurrentDocuments(prisma, village.id, list.id)).toEqual([]);
  });
});

const aPage = (more: object = {}) =>
  JSON.stringify([
    {
      id: newId(),
      kind: 'HTML',
      hash: 'a'.repeat(64),
      bytes: 1,
      mediaType: 'text/html; charset=utf-8',
      ...more,
    },
  ]);

describe('a published document, to whoever owns the tables,', () => {
  it('never changes, and is never deleted', async () => {
    const list = await aList(owner, village);
    await make(list.id);
    const where = `where list_id = '${list.id}' and kind = 'HTML'`;
    for (const sql of [
      `update list_document set hash = repeat('0', 64) ${where}`,
      `update list_document set bytes = 1 ${where}`,
      `update list_document set edition = 7 ${where}`,
      `update list_document set media_type = 'text/plain' ${where}`,
      `update list_document set retired_why = 'x' ${where}`,
      `update list_document set retired_at = now(), hash = repeat('0', 64) ${where}`,
      `update list_document set list_id = gen_random_uuid() ${where}`,
      `delete from list_document ${where}`,
      'truncate list_document',
      'truncate village_list cascade',
    ]) {
      await expect(owner.query(sql), sql).rejects.toMatchObject({ code: '23514' });
    }
    await owner.query(`update list_document set retired_at = now(), retired_why = '一次' ${where}`);
    for (const sql of [
      `update list_document set retired_at = null ${where}`,
      `update list_document set retired_at = now() ${where}`,
      `update list_document set retired_why = '再一次' ${where}`,
    ]) {
      await expect(owner.query(sql), sql).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('comes into being as the next edition of a list that shows something, and not otherwise', async () => {
    const put = (listId: string, edition: number, page = aPage()) =>
      owner.query('select list_documents_put($1, $2, $3, $4, $5)', [
        village.id,
        listId,
        edition,
        page,
        TEST_NOW,
      ]);
    const list = await aList(owner, village);
    for (const edition of [0, 2])
      await expect(put(list.id, edition)).rejects.toMatchObject({ code: '23514' });
    for (const bad of [
      { hash: 'A'.repeat(64) },
      { hash: 'a' },
      { bytes: 0 },
      { mediaType: 'text/html' },
      { mediaType: 'application/pdf' },
    ]) {
      await expect(put(list.id, 1, aPage(bad)), JSON.stringify(bad)).rejects.toMatchObject({ code: '23514' });
    }
    await put(list.id, 1);
    // One of a kind is out: the old one must be retired first.
    await expect(put(list.id, 2)).rejects.toMatchObject({ code: '23505' });
    await retire(list.id);
    const insert = (replaces: string | null, edition: number, retired: string | null = null) =>
      owner.query(
        `insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, replaces, made_at, retired_at)
         values ($1, gen_random_uuid(), $2, 'HTML', $4, repeat('b', 64), 1, 'text/html; charset=utf-8', $3, now(), $5)`,
        [village.id, list.id, replaces, edition, retired],
      );
    const [first] = await rowsOf(list.id);
    await expect(insert(null, 2)).rejects.toMatchObject({ code: '23514' });
    await expect(insert(newId(), 2)).rejects.toMatchObject({ code: '23514' });
    await expect(insert(first?.id ?? null, 1)).rejects.toMatchObject({ code: '23514' });
    await expect(insert(first?.id ?? null, 2, '2026-11-24')).rejects.toMatchObject({ code: '23514' });
    for (const columns of [DRAFT, WITHDRAWN, EXPIRED, finalUntil('2026-11-23')]) {
      const ended = await aList(owner, village, columns);
      await expect(put(ended.id, 1), columns).rejects.toMatchObject({ code: '23514' });
    }
    await expect(put(newId(), 1)).rejects.toThrow();
  });

  it('is beyond the reach of the program but for those two ways', async () => {
    const app = new pg.Client({ connectionString: asApp(url) });
    await app.connect();
    for (const sql of [
      `update list_document set retired_at = now()`,
      'delete from list_document',
      'truncate list_document',
      `insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, made_at)
       values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'HTML', 1, repeat('a', 64), 1, 'text/html; charset=utf-8', now())`,
    ]) {
      await expect(app.query(sql), sql).rejects.toMatchObject({ code: '42501' });
    }
    await app.end();
  });

  it('has new ones made in its place, by a job of the same transaction', async () => {
    const list = await aList(owner, village);
    const queued = async () =>
      (await owner.query('select from graphile_worker.jobs where key = $1', [`list-documents:${list.id}`]))
        .rowCount;
    const client = await owner.connect();
    await client.query('begin');
    await retire(list.id, '', client);
    await client.query('rollback');
    client.release();
    expect(await queued()).toBe(0);
    await retire(list.id);
    await retire(list.id);
    expect(await queued()).toBe(1);
  });
});

it('finds what an address leads to with one query', async () => {
  const list = await aList(owner, village);
  await make(list.id);
  const find = (code: string, id: string) => findAskedDocument(prisma, code, id, 'HTML', TEST_DAY);
  expect(await find(village.code, list.id)).toMatchObject({
    hasDocument: true,
    lastDay: '2027-11-27',
    wasPublic: true,
  });
  await list.set(`state = 'FINAL', final_at = '2026-11-27T16:05:00Z', expires_on = '2026-12-24'`);
  expect(await find(village.code, list.id)).toMatchObject({ lastDay: '2026-12-24' });
  await list.set(`kind = 'BLACK', state = 'PUBLICITY', final_at = null, expires_on = null`);
  expect(await find(village.code, list.id)).toMatchObject({ lastDay: '2027-02-25' });
  expect([
    await find('nowhere', list.id),
    await find(village.code, newId()),
    await find(village.code, 'x'),
  ]).toEqual([null, null, null]);
  expect(await countQueries((db) => findAskedDocument(db, village.code, list.id, 'HTML', TEST_DAY))).toBe(1);
});

it('sweeps away files that no document names, a day later', async () => {
  const list = await aList(owner, village);
  await make(list.id);
  const [kept] = await rowsOf(list.id);
  const orphan = await documentStore().put(new TextEncoder().encode('set, and never published'));
  const young = await documentStore().put(new TextEncoder().encode('being set'));
  for (const address of [orphan, kept?.hash ?? '']) {
    const path = join(folder, address.slice(0, 2), address.slice(2, 4), `${address}.doc`);
    await utimes(path, new Date(0), new Date(0));
  }
  expect(await sweepDocumentFiles.run({}, TEST_NOW)).toEqual({ removed: 1 });
  const there = await Promise.all([orphan, young, kept?.hash ?? ''].map((one) => documentStore().has(one)));
  expect(there).toEqual([false, true, true]);
});
