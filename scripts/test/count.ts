import { existsSync, readFileSync } from 'node:fs';

export interface Count {
  passed: number;
  failed: number;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    status: string;
    name?: string;
    message?: string;
    assertionResults: { status?: string; fullName?: string; failureMessages?: string[] }[];
  }[];
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    tests: { status: string; projectName: string; results: { error?: { message?: string } }[] }[];
  }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: { message?: string }[];
  suites?: PlaywrightSuite[];
}

/** What failed, a line each: the test's name and the beginning of why. Said at the end, where a cut log still has it. */
export function listFailures(file: string): string[] {
  const report = read<Partial<VitestReport & PlaywrightReport>>(file);
  if (!report) return [];
  const vitest = (report.testResults ?? []).flatMap((result) =>
    result.status === 'failed' && result.assertionResults.length === 0
      ? [sayFailure([result.name], result.message)]
      : result.assertionResults
          .filter((one) => one.status === 'failed')
          .map((one) => sayFailure([result.name, one.fullName], one.failureMessages?.[0])),
  );
  const playwright = (report.suites ?? []).flatMap((suite) => failuresOf(suite, []));
  return [...vitest, ...playwright, ...(report.errors ?? []).map((error) => sayFailure([], error.message))];
}

function failuresOf(suite: PlaywrightSuite, above: string[]): string[] {
  const names = [...above, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'unexpected' || test.status === 'flaky')
      .map((test) =>
        sayFailure(
          [`[${test.projectName}]`, ...names, spec.title],
          test.results.find((result) => result.error)?.error?.message,
        ),
      ),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => failuresOf(inner, names))];
}

// The marks that colour a terminal are no part of the words.
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

function sayFailure(names: (string | undefined)[], message = ''): string {
  const name = names.filter(Boolean).join(' › ');
  const why = message
    .replace(COLOURS, '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return [`✗ ${name}`, ...why.slice(0, 6).map((line) => `    ${line.slice(0, 200)}`)].join('\n');
}

function read<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

/** A run that ended badly without naming a failed test still failed. */
function withExitCode(count: Count, code: number): Count {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** Both together. */
export function addCounts(a: Count, b: Count): Count {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/** Tests of a Vitest run; a file that could not be loaded counts as one failed. */
export function countVitest(file: string, code: number): Count {
  const report = read<VitestReport>(file);
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  return withExitCode({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded }, code);
}

/** What a kill test found; a run that wrote down nothing failed. */
export function countKill(file: string, code: number): Count {
  const count = read<Count>(file);
  return count ? withExitCode(count, code) : { passed: 0, failed: 1 };
}

/** Tests of a Playwright run; a flaky one failed. */
export function countPlaywright(file: string, code: number): Count {
  const report = read<PlaywrightReport>(file);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return withExitCode({ passed: expected, failed: unexpected + flaky + report.errors.length }, code);
}
