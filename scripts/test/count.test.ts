import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addCounts, countKill, countPlaywright, countVitest } from './count';

const folder = mkdtempSync(join(tmpdir(), 'cunfen-count-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('counting tests', () => {
  it('counts a file that could not be loaded as failed', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(countVitest(report({ numPassedTests: 3, numFailedTests: 1, testResults }), 1)).toEqual({
      passed: 3,
      failed: 2,
    });
  });

  it('adds up the passes of a part', () => {
    expect(addCounts({ passed: 3, failed: 1 }, { passed: 2, failed: 0 })).toEqual({ passed: 5, failed: 1 });
  });

  it('never calls a run good that ended badly', () => {
    expect(countVitest(report({ numPassedTests: 3, numFailedTests: 0, testResults: [] }), 1).failed).toBe(1);
    expect(countVitest(join(folder, 'missing.json'), 0).failed).toBe(1);
    expect(countKill(join(folder, 'missing.json'), 0).failed).toBe(1);
    expect(countKill(report({ passed: 9, failed: 0 }), 1).failed).toBe(1);
    expect(
      countPlaywright(report({ stats: { expected: 2, unexpected: 0, flaky: 0 }, errors: [] }), 1).failed,
    ).toBe(1);
    expect(
      countPlaywright(report({ stats: { expected: 2, unexpected: 0, flaky: 1 }, errors: [] }), 0),
    ).toEqual({
      passed: 2,
      failed: 1,
    });
  });
});
