import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { PAGES, type PageRow } from './pages';
import { routesOfApp } from './routes';
import { EVERYONE, type Who, type World } from './world';

// A walk through every page of the app, from the rows of pages.ts: each page as somebody who may see it, with the
// things of the demo district. A page without a row fails in access.spec.ts; a row that is a page is walked.

export interface Stop {
  row: PageRow;
  /** the page, and its other looks */
  addresses: string[];
}

/** Who sees most where more than one may. */
const BEST_EYES: readonly Who[] = ['nobody', 'resident', 'verifier', 'secretary', 'merchant', 'district'];

const pageRoutes = new Set(
  routesOfApp()
    .filter((one) => one.file.endsWith('page.tsx'))
    .map((one) => one.route),
);
// A row with a status of its own is a page that the demo's village has nothing for.
export const PAGE_ROWS = PAGES.filter((row) => pageRoutes.has(row.route) && !row.status);

function walkersOf(row: PageRow): readonly Who[] {
  if (row.shownTo) return row.shownTo;
  const may = row.may;
  const first = may === 'everyone' ? 'nobody' : (BEST_EYES.find((who) => may.includes(who)) ?? may[0]);
  return first ? [first] : [];
}

/** Everyone who walks at least one page. */
export const WALKERS: readonly Who[] = EVERYONE.filter((who) =>
  PAGE_ROWS.some((row) => walkersOf(row).includes(who)),
);

/** The rows that `who` walks; `WALKERS` together walk all of them. */
export function rowsFor(who: Who): PageRow[] {
  return PAGE_ROWS.filter((row) => walkersOf(row).includes(who));
}

/** So many pages are one test: a slow one then stops a few, and its name says where. */
const PAGES_A_PART = 8;

export interface Part {
  who: Who;
  /** like `resident, 2 of 3` */
  name: string;
  rows: PageRow[];
}

/** All walks, cut into parts that are a test each. */
export const PARTS: readonly Part[] = WALKERS.flatMap((who) => {
  const rows = rowsFor(who);
  const count = Math.ceil(rows.length / PAGES_A_PART);
  return Array.from({ length: count }, (_, index) => ({
    who,
    name: count === 1 ? who : `${who}, ${index + 1} of ${count}`,
    rows: rows.slice(index * PAGES_A_PART, (index + 1) * PAGES_A_PART),
  }));
});

/** The pages of a part, each once, then its other looks. */
export function stopsOf(world: World, rows: PageRow[]): Stop[] {
  return rows.map((row) => {
    const address = row.address(world.own);
    return { row, addresses: [address, ...(row.looks?.(world.own) ?? []).map((query) => address + query)] };
  });
}

export interface Walk {
  context: BrowserContext;
  page: Page;
}

/** Opens a browser as `who`, already signed in. */
export async function walkAs(
  browser: Browser,
  world: World,
  who: Who,
  { large = false, ...options }: BrowserContextOptions & { large?: boolean } = {},
): Promise<Walk> {
  const storageState = await world.of[who].storageState();
  const address = 31 + EVERYONE.indexOf(who);
  const context = await browser.newContext({
    ...options,
    storageState,
    extraHTTPHeaders: { 'x-forwarded-for': `10.1.0.${address}` },
  });
  if (large) await context.addCookies([{ name: 'text', value: 'large', url: options.baseURL ?? '' }]);
  return { context, page: await context.newPage() };
}
