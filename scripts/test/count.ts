import { existsSync, readFileSync } from 'node:fs';

export interface Count {
  passed: number;
  failed: number;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
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
