import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// What app/ says of its own addresses, so that a new one is tried without anybody writing it down.

export interface Route {
  /** as its folders spell it: /v/[village]/ledger */
  route: string;
  /** the page or route file */
  file: string;
}

/** Every address of app/. */
export function routesOfApp(): Route[] {
  return readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)(page\.tsx|route\.ts)$/.test(name))
    .map((name) => {
      const folders = name.replace(/(^|\/)(page\.tsx|route\.ts)$/, '').replace(/\([^)]+\)\/?/g, '');
      return { route: `/${folders}`.replace(/\/$/, '') || '/', file: join('app', name) };
    })
    .sort((a, b) => a.route.localeCompare(b.route));
}

const READS = [
  /\b(?:query|params|asked)\??\.(\w+)/g,
  /queryOf\(\w+, '(\w+)'\)/g,
  /searchParams\.get\('(\w+)'\)/g,
  /\bone\('(\w+)'\)/g,
];
const DESTRUCTURED = /const \{([^}]+)\} = await (?:searchParams|query)\b/g;
const NO_PARAMETERS = new Set(['toString', 'set', 'get', 'append']);

/** What a page and its neighbours read out of its address's query: files of its folder, and those it imports by path. */
export function queryNamesOf(file: string): string[] {
  const imported = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].flatMap(([, path]) =>
    ['.ts', '.tsx'].map((ending) => `${join(dirname(file), path ?? '')}${ending}`),
  );
  const beside = readdirSync(dirname(file))
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(dirname(file), name));
  const files = [...new Set([...beside, ...imported])].filter((name) => existsSync(name));
  const source = files.map((name) => readFileSync(name, 'utf8')).join('\n');
  const names = READS.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''));
  for (const match of source.matchAll(DESTRUCTURED)) {
    names.push(...(match[1] ?? '').split(',').map((name) => name.split(':')[0]?.trim() ?? ''));
  }
  return [...new Set(names)].filter((name) => name && !NO_PARAMETERS.has(name)).sort();
}
