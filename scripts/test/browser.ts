import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const MINUTES = 60_000;

function run(command: string, args: string[], minutesMax: number): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: minutesMax * MINUTES,
    env,
  });
  return result.status === 0;
}

/**
 * Debian's Chromium, another by CHROMIUM_PATH, or null for Playwright's own. That without windows is the same engine,
 * and what Playwright brings itself; the tests take a fifth less time in it.
 */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  const debian = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
  return [named, ...debian].find((path) => path && existsSync(path)) ?? null;
}

const hasBrowser = () => findChromium() !== null || existsSync(chromium.executablePath());

function hasChineseFont(): boolean {
  const list = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  // Without fontconfig (macOS, Windows) the system brings its own.
  return list.error ? true : list.stdout.trim() !== '';
}

const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function aptInstall(packages: string[]): boolean {
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  if (run('apt-get', args, 8)) return true;
  return run('apt-get', ['update', '-q'], 4) && run('apt-get', args, 8);
}

/**
 * Makes sure there is a Chromium and a font with Chinese characters: by apt where that is allowed, else the browser
 * by Playwright. Answers what a person has to install, or null.
 */
export function ensureBrowser(): string | null {
  const missing = (browser: string) =>
    [hasBrowser() ? '' : browser, hasChineseFont() ? '' : 'fonts-noto-cjk'].filter(Boolean);
  // Not every distribution has the one without windows.
  for (const browser of mayInstall() ? ['chromium-headless-shell', 'chromium'] : []) {
    const packages = missing(browser);
    if (packages.length === 0) break;
    console.log(`· installing ${packages.join(' and ')} …`);
    aptInstall(packages);
  }
  if (!hasBrowser()) {
    console.log('· installing Chromium for Playwright …');
    run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], 8);
  }
  if (!hasBrowser())
    return 'Install a browser: sudo apt-get install chromium fonts-noto-cjk (or: npx playwright install chromium)';
  if (!hasChineseFont())
    console.log('· no font with Chinese characters: sudo apt-get install fonts-noto-cjk');
  return null;
}
