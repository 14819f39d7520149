import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import { lockFiles } from '@/lib/photos/files';
import { type Db, databaseFault, type db } from '@/lib/platform/db';
import type { DocumentKind } from '@/lib/platform/generated/enums';
import { newId } from '@/lib/platform/ids';
import { printPdf } from '@/lib/platform/print/chromium';
import { openPress, type Press } from '@/lib/platform/print/press';
import { contentAddressOf, documentStore } from '@/lib/platform/storage';
import { readCharacter } from '@/lib/residents/pinyin';
import { findListFacts } from '../facts/reads';
import { renderPage } from './page';
import { drawPicture } from './picture';
import { posterText, renderPoster } from './poster';
import { FILES, SHOWN_STATES } from './rules';
import { allText, rareCharacters, substituteMissing } from './substitute';
import type { ListFacts } from './types';

// How a list becomes documents:
//
//   read what it says → render → store the bytes → hold the list's row → read once more what it says
//        ↑                                                                   │ the same: put the edition in
//        └───────────────────────────────────────────────────────────────────┘ not the same: begin again
//
// Rendering takes seconds in which a consent can be withdrawn, a row suspended, the list withdrawn. Whatever does that
// retires the documents holding the same row, so that an edition of yesterday's names can't slip in behind it.

const TRIES = 4;

/** A client, which alone can open a transaction. */
type Client = ReturnType<typeof db>;

export interface MakeOptions {
  /** a press that is open already, for a batch */
  press?: Press;
  /** how a poster becomes a PDF; the default asks Chromium, where there is one */
  print?: (html: string) => Promise<Uint8Array | null>;
}

export interface Made {
  /** documents put in: 0 when there is nothing to show, or all is there and true already */
  made: number;
}

interface Rendered {
  kind: DocumentKind;
  bytes: Uint8Array;
}

/**
 * Makes a list's documents of what it says at this moment, unless those that are out say just that. Any number may run
 * at once. A list that shows nothing gets none. Throws when what it says won't stand still for four tries.
 */
export async function makeListDocuments(
  client: Client,
  villageId: string,
  listId: string,
  now: Date,
  options: MakeOptions = {},
): Promise<Made> {
  const press = options.press ?? openPress();
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const facts = await findListFacts(client, villageId, listId, now);
      if (!facts) return { made: 0 };
      const rendered = await renderDocuments(facts, press, options.print ?? printPdf);
      // Beside their rows and before them: a row never names a file that isn't there.
      for (const { bytes } of rendered) await documentStore().put(bytes);
      const made = await putIn(client, facts, rendered, now);
      if (made !== null) return { made };
    }
    throw new Error('what the list says changed during every try');
  } finally {
    if (!options.press) press.close();
  }
}

/** All documents of these facts. The same facts, the same bytes. */
export async function renderDocuments(
  facts: ListFacts,
  press: Press,
  print: NonNullable<MakeOptions['print']>,
): Promise<Rendered[]> {
  const said = substituteMissing(facts, await press.missing(allText(facts)), readCharacter);
  const rare = rareCharacters(allText(said));
  const page = Buffer.from(renderPage(said, rare ? await press.cutFonts({ sans: rare }) : {}));
  const pageHash = contentAddressOf(page);
  const fonts = await press.cutFonts(posterText(said, pageHash));
  const rendered: Rendered[] = [
    { kind: 'HTML', bytes: page },
    { kind: 'PNG', bytes: await press.draw(drawPicture(said, pageHash)) },
  ];
  for (const paper of ['A3', 'A4'] as const) {
    const poster = renderPoster(said, paper, fonts, pageHash);
    rendered.push({ kind: `POSTER_${paper}`, bytes: Buffer.from(poster) });
    const pdf = await print(poster);
    if (pdf) rendered.push({ kind: `PDF_${paper}`, bytes: pdf });
  }
  return rendered;
}

/** Puts an edition in if it is still true; answers how many documents, or null when it isn't. */
async function putIn(
  client: Client,
  facts: ListFacts,
  rendered: Rendered[],
  now: Date,
): Promise<number | null> {
  const { villageId, listId } = facts;
  const page = rendered.find((one) => one.kind === 'HTML');
  try {
    return await client.$transaction(
      async (tx) => {
        const [locked] = await tx.$queryRaw<{ state: string | null }[]>`
          select list_documents_lock(${villageId}::uuid, ${listId}::uuid) as state`;
        if (!SHOWN_STATES.some((state) => state === locked?.state)) return 0;
        const still = await findListFacts(tx, villageId, listId, now);
        if (!isDeepStrictEqual(still, facts)) return null;
        const current = await tx.listDocument.findFirst({
          where: { villageId, listId, kind: 'HTML', retiredAt: null },
          select: { hash: true },
        });
        if (current && page && current.hash === contentAddressOf(page.bytes)) return 0;
        if (current) {
          // Something changed without a word: those that are out are not true any more.
          await tx.$queryRaw`
            select list_documents_retire(${villageId}::uuid, ${listId}::uuid, '名单有更正', ${now})::text`;
          return null;
        }
        const files = rendered.map(({ bytes }) => contentAddressOf(bytes));
        await lockFiles(tx, files);
        for (const file of files) if (!(await documentStore().has(file))) return null;
        await put(tx, facts, rendered, now);
        return rendered.length;
      },
      { timeout: 20_000 },
    );
  } catch (error) {
    // Another run was first with this edition; the next look finds it.
    if (databaseFault(error)?.code === '23514' || databaseFault(error)?.code === '23505') return null;
    throw error;
  }
}

async function put(tx: Db, facts: ListFacts, rendered: Rendered[], now: Date): Promise<void> {
  const mediaTypes = new Map(Object.values(FILES).map((file) => [file.kind, file.mediaType]));
  const rows = rendered.map(({ kind, bytes }) => ({
    id: newId(),
    kind,
    hash: contentAddressOf(bytes),
    bytes: bytes.length,
    mediaType: mediaTypes.get(kind),
  }));
  await tx.$queryRaw`
    select list_documents_put(${facts.villageId}::uuid, ${facts.listId}::uuid, ${facts.edition}::int,
                              ${JSON.stringify(rows)}::jsonb, ${now})::text`;
}
