import 'server-only';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { log } from '@/lib/platform/log';

// PDF by a Chromium of the machine, where there is one: a child process that opens one file without scripts, prints it
// and ends. The fonts come inside the file.

const PRINT_MS = 60_000;

// The same engine without windows starts in less than half of the time (0.7 s of processor against 1.8 s a page).
const DEBIAN = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Where a Chromium is: CHROMIUM_PATH, or one of Debian's; null when there is none. */
export function findChromium(): string | null {
  return [process.env.CHROMIUM_PATH, ...DEBIAN].find((path) => path && existsSync(path)) ?? null;
}

/** The file as PDF, its paper by its own @page rule; null when there is no Chromium, or it failed (logged). */
export async function printPdf(html: string): Promise<Uint8Array | null> {
  const program = findChromium();
  if (!program) return null;
  const folder = await mkdtemp(join(tmpdir(), 'cunfen-print-'));
  try {
    const [page, out] = [join(folder, 'page.html'), join(folder, 'page.pdf')];
    await writeFile(page, html);
    await runChromium(program, folder, page, out);
    return withoutTheMoment(await readFile(out));
  } catch (error) {
    log.warn({ fault: error instanceof Error ? error.message : 'unknown' }, 'no PDF was made');
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

function runChromium(program: string, folder: string, page: string, out: string): Promise<void> {
  const child = spawn(
    program,
    [
      '--headless',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-extensions',
      '--no-first-run',
      // The page is ours and runs nothing; root, as in many containers, can't have the sandbox at all.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${join(folder, 'profile')}`,
      '--no-pdf-header-footer',
      `--print-to-pdf=${out}`,
      `file://${page}`,
    ],
    {
      stdio: 'ignore',
      detached: true,
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', HOME: folder, LANG: 'C.UTF-8' },
    },
  );
  return new Promise((done, fail) => {
    // Its helpers share its group.
    const timer = setTimeout(() => {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }, PRINT_MS);
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) done();
      else fail(new Error(`Chromium ended with ${signal ?? code}`));
    });
  });
}

/** The same page, the same bytes: the moment of printing is taken out of the file, without moving anything in it. */
function withoutTheMoment(pdf: Buffer): Uint8Array {
  const text = pdf.toString('latin1');
  const still = text.replace(/\/(CreationDate|ModDate) \(D:\d{14}[^)]*\)/g, (date) =>
    date.replace(/\d{14}/, '20260101000000'),
  );
  return Buffer.from(still, 'latin1');
}
