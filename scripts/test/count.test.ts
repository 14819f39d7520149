import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addCounts, countKill, countPlaywright, countVitest, listFailures } from './count';

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

describe('naming what failed', () => {
  it('names the tests of Vitest, and files that could not be loaded', () => {
    const testResults = [
      {
        status: 'failed',
        name: 'a.test.ts',
        assertionResults: [
          { status: 'passed', fullName: 'x' },
          { status: 'failed', fullName: 'y', failureMessages: ['Error: no\n at z'] },
        ],
      },
      { status: 'failed', name: 'b.test.ts', message: 'cannot find it', assertionResults: [] },
    ];
    expect(listFailures(report({ testResults }))).toEqual([
      '✗ a.test.ts › y\n    Error: no\n    at z',
      '✗ b.test.ts\n    cannot find it',
    ]);
  });

  it('names the tests of Playwright with their browser, flaky ones too', () => {
    const spec = (title: string, status: string) => ({
      title,
      tests: [
        { status, projectName: 'phone', results: [{ error: { message: '\u001b[31mlost\u001b[39m' } }] },
      ],
    });
    const suites = [
      {
        title: 'one.spec.ts',
        suites: [{ title: 'pays', specs: [spec('once', 'flaky')] }],
        specs: [spec('well', 'expected')],
      },
    ];
    expect(listFailures(report({ stats: {}, errors: [], suites }))).toEqual([
      '✗ [phone] › one.spec.ts › pays › once\n    lost',
    ]);
    expect(listFailures(join(folder, 'missing.json'))).toEqual([]);
  });
});
