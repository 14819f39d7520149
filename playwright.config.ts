import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/test/browser';

// `npm test -- --e2e` starts what E2E_BASE_URL points at. Specs below e2e/access look the same at any size and run
// on the desktop only; a title with @phone or @desktop runs there only.
//
// Specs of ALONE say that nothing has changed, or look at what all others left behind: they run after them, one by
// one (E2E_PASS, see scripts/test.ts).

const ALONE = ['**/access/bad-input.spec.ts', '**/access/leaks.spec.ts'];
const pass = process.env.E2E_PASS;

// Both people of the one kind hold phones; the other opens a window of its own size for either side.
const ON_PHONES = ['**/journeys/paying-*.spec.ts', '**/journeys/settlement.spec.ts'];

const executablePath = findChromium() ?? undefined;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  testMatch: pass === 'alone' ? ALONE : '**/*.spec.ts',
  testIgnore: pass === 'together' ? ALONE : [],
  outputDir: '.test/e2e-results',
  workers: pass === 'together' ? 2 : 1,
  retries: 0,
  timeout: 150_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? '.test/e2e.json' }]],
  use: {
    baseURL: process.env.E2E_BASE_URL ?? 'http://localhost:3000',
    // What hangs fails where it hangs, and not as a test that took too long.
    actionTimeout: 45_000,
    navigationTimeout: 90_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // A trace of everything costs a quarter of the time; ask for one with `npm test -- --e2e <filter> -- --trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--lang=zh-CN',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
  projects: [
    {
      name: 'phone',
      testIgnore: '**/access/**',
      grepInvert: /@desktop/,
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
    {
      name: 'desktop',
      grepInvert: /@phone/,
      testIgnore: [...(pass === 'together' ? ALONE : []), ...ON_PHONES],
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
});
