import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

// The rules of how Cunfen is built, executed. Each failure says which file, and what to do instead.

const ROOT = resolve(import.meta.dirname, '..');

function filesUnder(folder: string, endings = ['.ts', '.tsx']): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .filter((name) => !name.includes('generated') && !name.includes('node_modules'))
    .filter((name) => statSync(join(ROOT, name)).isFile())
    .sort();
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) || file.startsWith('lib/testing/') || /\/testing\//.test(file);

const LIB = filesUnder('lib');
const APP = filesUnder('app');
const COMPONENTS = filesUnder('components');
const SOURCES = [...LIB, ...APP, ...COMPONENTS].filter((file) => !isTest(file));

interface Import {
  from: string;
  to: string;
  isTypeOnly: boolean;
}

/** What a file imports; addresses inside the project as paths from its root. */
function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/g;
  for (const match of read(file).matchAll(pattern)) {
    const name = match[2] ?? match[3] ?? '';
    const inside = name.startsWith('@/')
      ? name.slice(2)
      : name.startsWith('.')
        ? relative(ROOT, resolve(ROOT, dirname(file), name))
        : name;
    found.push({ from: file, to: inside, isTypeOnly: Boolean(match[1]) });
  }
  return found;
}

const IMPORTS = SOURCES.flatMap(importsOf);
const said = (imports: Import[]) => imports.map((one) => `${one.from} → ${one.to}`);

/** From the bottom up: a folder of lib may import those before it in this list, and itself. */
const LAYERS = [
  ['platform'],
  ['auth', 'residents', 'regions'],
  ['ledger'],
  ['rulebook', 'messages', 'photos'],
  ['deeds'],
  ['deductions'],
  ['objections'],
  ['periods'],
  ['lists'],
  ['rewards', 'solvency', 'alliance'],
  ['people', 'offices', 'demo', 'export', 'shops', 'desk', 'office', 'merchants', 'households', 'log'],
  ['jobs'],
];

const layerOf = (folder: string) => LAYERS.findIndex((layer) => layer.includes(folder));
const folderOf = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1] ?? null;

describe('arrows run one way', () => {
  test('every folder of lib has its place', () => {
    const folders = new Set(SOURCES.map(folderOf).filter((name) => name !== null));
    const unknown = [...folders].filter((name) => layerOf(name) < 0);
    expect(unknown, 'give a new folder its place in LAYERS of lib/architecture.test.ts').toEqual([]);
  });

  test('lib imports downwards', () => {
    const wrong = IMPORTS.filter((one) => {
      const from = folderOf(one.from);
      const to = folderOf(one.to);
      if (!from || !to || from === to || one.to.includes('generated')) return false;
      // Words of the domain are free; so is who asks, which every policy and command takes.
      if (one.isTypeOnly || one.to.endsWith('/types')) return false;
      return layerOf(to) > layerOf(from);
    });
    expect(said(wrong), 'move what both need down, or pass it in').toEqual([]);
  });

  test('lib knows neither app nor components', () => {
    const wrong = IMPORTS.filter((one) => one.from.startsWith('lib/') && /^(app|components)\//.test(one.to));
    expect(said(wrong), 'lib is the product without its pages').toEqual([]);
  });

  test('components import a domain’s types, schema and rules, never its reads or commands', () => {
    const wrong = IMPORTS.filter(
      (one) =>
        one.from.startsWith('components/') &&
        /^lib\//.test(one.to) &&
        !one.isTypeOnly &&
        /(reads|commands|decisions|\/db$|generated\/client|submission|\/post$)/.test(one.to),
    );
    expect(said(wrong), 'read in the page and pass the view down').toEqual([]);
  });

  test('components/ui would fit another product: it imports no domain', () => {
    const wrong = IMPORTS.filter(
      (one) =>
        one.from.startsWith('components/ui/') && /^lib\//.test(one.to) && !/^lib\/platform\//.test(one.to),
    );
    expect(said(wrong), 'pass plain props').toEqual([]);
  });

  test('only app and lib/auth import next/*, only lib/auth next-auth', () => {
    const next = IMPORTS.filter(
      (one) =>
        /^next(\/|$)/.test(one.to) &&
        !/^(app|lib\/auth)\//.test(one.from) &&
        !/^components\//.test(one.from) &&
        !one.isTypeOnly,
    );
    expect(said(next), 'lib is the product without Next').toEqual([]);
    const inComponents = IMPORTS.filter(
      (one) => one.from.startsWith('components/') && /^next\/(headers|server|cache)$/.test(one.to),
    );
    expect(said(inComponents), 'components get what they show as props').toEqual([]);
    const auth = IMPORTS.filter(
      (one) => /^next-auth(\/|$)/.test(one.to) && !one.from.startsWith('lib/auth/'),
    );
    expect(said(auth), 'ask lib/auth').toEqual([]);
  });

  test('whoever touches the database says server-only', () => {
    const wrong = SOURCES.filter(
      (file) =>
        file.startsWith('lib/') &&
        importsOf(file).some(
          (one) => !one.isTypeOnly && /(^lib\/platform\/db$|generated\/client$|^pg$)/.test(one.to),
        ) &&
        /\b(db\(\)|openDb|PrismaClient\(|new pg\.)/.test(read(file)) &&
        !/import 'server-only'/.test(read(file)),
    );
    expect(wrong, "begin the file with import 'server-only'").toEqual([]);
  });

  test('app reads through lib: no page asks the database itself', () => {
    const wrong = IMPORTS.filter((one) => one.from.startsWith('app/') && /generated\/client$/.test(one.to));
    expect(said(wrong), 'write a read in lib/<domain>/reads.ts').toEqual([]);
    const queries = APP.filter(
      (file) =>
        !isTest(file) &&
        /\bdb\(\)\.\w+\.(find|count|group|aggregate|create|update|delete|upsert)|\$queryRaw/.test(read(file)),
    );
    expect(queries, 'write a read in lib/<domain>/reads.ts').toEqual([]);
  });
});

describe('the ledger', () => {
  test('is written by its own functions alone', () => {
    const pattern =
      /\.(posting|account|standing|ledgerSeal)\.(create|update|upsert|delete)|\b(insert into|update|delete from)\s+(posting|account|standing|ledger_seal)\b/i;
    const wrong = SOURCES.filter((file) => pattern.test(read(file)));
    expect(wrong, 'call a function that has a reason to post').toEqual([]);
    const functions = filesUnder('prisma/functions', ['.sql']).filter(
      (file) => !file.endsWith('/ledger.sql'),
    );
    const sql = functions.filter((file) =>
      /\b(insert into|update|delete from)\s+(posting|account|standing|ledger_seal)\b/i.test(read(file)),
    );
    expect(sql, 'call ledger_post').toEqual([]);
  });
});

describe('writing', () => {
  test('there are no server actions', () => {
    const wrong = SOURCES.filter((file) => /['"]use server['"]/.test(read(file)));
    expect(wrong, 'anything that changes something is a command').toEqual([]);
  });

  test('no cache of Next’s and no image optimizer carry pages', () => {
    const wrong = SOURCES.filter((file) =>
      /['"]use cache['"]|from 'next\/image'|unstable_cache/.test(read(file)),
    );
    expect(wrong, 'see architecture.md, Pages').toEqual([]);
  });

  test('every command is registered, once, under its own name', async () => {
    const { commands } = await import('./commands');
    const names = LIB.filter((file) => !isTest(file) && file !== 'lib/platform/command.ts').flatMap((file) =>
      [...read(file).matchAll(/\bcommand\(\{(?:\s*\.\.\.\w+,)?\s*name: '([^']+)'/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size, 'two commands of one name').toBe(names.length);
    expect([...commands.keys()].sort(), 'register it in lib/commands.ts').toEqual([...names].sort());
    for (const [name, one] of commands) {
      expect(name).toBe(one.name);
      expect(name, 'a verb, mostly with its noun').toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(one.title, `${name} says in Chinese what it does`).toMatch(/[\u4e00-\u9fff]/);
      expect(typeof one.may, `${name} has a policy`).toBe('function');
    }
  });
});

describe('a transaction', () => {
  test('has one connection: who works in one, or defines commands, never asks db()', () => {
    const wrong = LIB.filter(
      (file) =>
        !isTest(file) &&
        !file.startsWith('lib/platform/') &&
        /\b(Tx|TransactionClient)\b|\bcommand\(\{/.test(read(file)) &&
        /\bdb\(\)/.test(read(file)),
    );
    expect(
      wrong,
      'ask on tx; a second connection inside a transaction empties the pool. What comes before it lives in another file',
    ).toEqual([]);
  });
});

describe('files', () => {
  test('have names that are nouns of the product', () => {
    const wrong = SOURCES.filter((file) =>
      /(^|\/)(utils?|helpers?|common|manager|services?|misc|index)(\/|\.tsx?$|-)/.test(file),
    );
    expect(wrong, 'say what it is; no barrels').toEqual([]);
    const unkempt = SOURCES.filter((file) => !/^[a-z0-9.()[\]-]+$/.test(file.split('/').at(-1) ?? ''));
    expect(unkempt, 'kebab-case').toEqual([]);
  });

  test('stay short', () => {
    const long = SOURCES.filter((file) => read(file).split('\n').length > 300);
    expect(long, 'past 300 lines, find the noun that wants out').toEqual([]);
  });

  test('hide no check', () => {
    const pattern = /@ts-(ignore|nocheck|expect-error)|: any\b|as any\b|<any>/;
    const wrong = SOURCES.filter((file) => pattern.test(read(file)));
    expect(wrong, 'find the type').toEqual([]);
  });

  test('of lib say what their functions promise', () => {
    const missing: string[] = [];
    for (const file of SOURCES.filter((one) => one.startsWith('lib/'))) {
      const lines = read(file).split('\n');
      lines.forEach((line, index) => {
        if (!/^export (async )?function \w+/.test(line)) return;
        if (!/(\*\/|^\s*\/\/ )/.test(lines[index - 1] ?? '')) missing.push(`${file}:${index + 1}`);
      });
    }
    expect(missing, 'write a docstring: what it promises, units, refusals').toEqual([]);
  });
});

describe('tests', () => {
  const tests = [...LIB, ...filesUnder('e2e'), ...filesUnder('scripts'), ...COMPONENTS].filter((file) =>
    /\.(test|spec)\.tsx?$/.test(file),
  );

  test('are neither skipped, nor alone, nor waiting by the clock', () => {
    const wrong = tests.filter(
      (file) => file !== 'lib/architecture.test.ts' && /\.(only|skip|todo)\(|waitForTimeout/.test(read(file)),
    );
    expect(wrong, 'wait for what should be seen').toEqual([]);
  });

  test('expect something', () => {
    expect(tests.filter((file) => !/\bexpect|assert/.test(read(file)))).toEqual([]);
  });
});
