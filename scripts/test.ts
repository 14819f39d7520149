import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printFailure } from './db/failure';
import { ensureBrowser } from './test/browser';
import { addCounts, type Count, countKill, countPlaywright, countVitest, listFailures } from './test/count';
import { type Installation, startInstallation } from './test/e2e';
import { runNode, stopChildren } from './test/run-child';

// npm test                            all parts
// npm test -- --unit --db             some parts: --types --lint --unit --db --e2e --kill
// npm test -- --db lib/ledger         a part's files by name; for --e2e also Playwright's own flags after another --
//
// e2e drives the built program in a browser; kill (40 s) kills its web server and its database, and looks for what was
// lost or done twice (scripts/test/kill).
//
// The last line is `N passed, N failed`: tests of all parts, the type check and the linter counting one each.

const { values: flags, positionals: filters } = parseArgs({
  options: {
    types: { type: 'boolean' },
    lint: { type: 'boolean' },
    unit: { type: 'boolean' },
    db: { type: 'boolean' },
    e2e: { type: 'boolean' },
    kill: { type: 'boolean' },
  },
  allowPositionals: true,
});

const RESULTS = '.test';
let installation: Installation | null = null;
let isInterrupted = false;

async function checkOne(args: string[]): Promise<Count> {
  const code = await runNode(args, { minutesMax: 5 });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function checkTypes(): Promise<Count> {
  // Next writes the types of the addresses, which a fresh clone does not have.
  const code = await runNode(['node_modules/next/dist/bin/next', 'typegen'], { minutesMax: 5 });
  if (code !== 0) return { passed: 0, failed: 1 };
  return checkOne(['node_modules/typescript/bin/tsc', '--noEmit']);
}

async function runVitest(project: 'unit' | 'db'): Promise<Count> {
  const file = `${RESULTS}/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters, ...filters];
  return countVitest(file, await runNode(args, { minutesMax: 30 }));
}

async function runE2e(): Promise<Count> {
  const advice = ensureBrowser();
  if (advice) {
    console.log(`✗ ${advice}`);
    return { passed: 0, failed: 1 };
  }
  installation = await startInstallation('e2e');
  try {
    const { url, databaseUrl, logFile } = installation;
    let total: Count = { passed: 0, failed: 0 };
    // First what may run side by side, then what must find the installation quiet (see playwright.config.ts).
    for (const pass of ['together', 'alone']) {
      const file = `${RESULTS}/e2e-${pass}.json`;
      const args = ['node_modules/@playwright/test/cli.js', 'test', '--pass-with-no-tests', ...filters];
      const code = await runNode(args, {
        minutesMax: 40,
        env: {
          E2E_PASS: pass,
          E2E_BASE_URL: url,
          E2E_DATABASE_URL: databaseUrl,
          E2E_LOG_FILE: logFile,
          PLAYWRIGHT_JSON_OUTPUT_FILE: file,
        },
      });
      total = addCounts(total, countPlaywright(file, code));
    }
    if (total.passed + total.failed > 0) return total;
    console.log(`✗ no e2e test is named ${filters.join(' ')}`);
    return { passed: 0, failed: 1 };
  } finally {
    await installation.stop();
    installation = null;
  }
}

async function runKill(): Promise<Count> {
  const args = ['--conditions=react-server', '--import', 'tsx', 'scripts/test/kill/run.ts'];
  return countKill(`${RESULTS}/kill.json`, await runNode(args, { minutesMax: 15 }));
}

const parts: [keyof typeof flags, () => Promise<Count>][] = [
  ['types', checkTypes],
  ['lint', () => checkOne(['node_modules/@biomejs/biome/bin/biome', 'check', '.'])],
  ['unit', () => runVitest('unit')],
  ['db', () => runVitest('db')],
  ['e2e', runE2e],
  ['kill', runKill],
];

async function interrupt(): Promise<void> {
  if (isInterrupted) return;
  isInterrupted = true;
  stopChildren();
  await installation?.stop();
  process.exit(130);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void interrupt());
process.on('disconnect', () => void interrupt());

async function main(): Promise<void> {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const isChosen = parts.some(([name]) => flags[name]);
  const total: Count = { passed: 0, failed: 0 };
  const lines: string[] = [];
  for (const [name, run] of parts) {
    if (isChosen && !flags[name]) continue;
    console.log(`\n── ${name}`);
    const from = Date.now();
    const count = await run().catch((error): Count => {
      if (!isInterrupted) printFailure(error);
      return { passed: 0, failed: 1 };
    });
    total.passed += count.passed;
    total.failed += count.failed;
    const seconds = Math.round((Date.now() - from) / 1000);
    lines.push(`${name.padEnd(6)} ${count.passed} passed, ${count.failed} failed, ${seconds} s`);
  }
  if (isInterrupted) return;
  const failures = ['unit', 'db', 'e2e-together', 'e2e-alone'].flatMap((name) =>
    listFailures(`${RESULTS}/${name}.json`),
  );
  if (failures.length > 0) console.log(`\n── what failed\n${failures.join('\n')}`);
  console.log(`\n${lines.join('\n')}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`, () => process.exit());
}

main();
