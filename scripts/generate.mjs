// Writes the database client (lib/platform/generated) when prisma/schema or Prisma changed since the last time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, 'lib/platform/generated');
const mark = join(output, '.made-from');

function hashSources() {
  const hash = createHash('sha256');
  const folder = join(root, 'prisma/schema');
  const files = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  for (const file of [
    ...files,
    join(root, 'prisma.config.ts'),
    join(root, 'node_modules/prisma/package.json'),
  ]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Generates with the given Node when needed; returns what Prisma said when it failed. */
export function generate(node) {
  const hash = hashSources();
  if (existsSync(join(output, 'client.ts')) && existsSync(mark) && readFileSync(mark, 'utf8') === hash)
    return null;
  const result = spawnSync(node, [join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      // The CLI wants a native engine at hand, which generating never runs: any program will do instead of a download.
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? node,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (result.status !== 0) return `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`;
  writeFileSync(mark, hash);
  return null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problem = generate(process.execPath);
  if (problem) {
    console.error(problem);
    process.exit(1);
  }
}
