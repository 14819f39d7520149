import { expect, test } from '@playwright/test';
import { PARTS, stopsOf, walkAs } from './walk';
import { openWorld, type World } from './world';

// Without JavaScript every page says the same as with it: its heading, its words, its forms.

test.describe.configure({ mode: 'parallel' });

let world: World;
test.beforeAll(async ({ baseURL }) => {
  world = await openWorld(baseURL ?? '');
});
test.afterAll(() => world?.close());

for (const { who, name, rows } of PARTS) {
  test(`the pages of ${name} are whole`, async ({ browser, baseURL }) => {
    const { context, page } = await walkAs(browser, world, who, { baseURL, javaScriptEnabled: false });
    for (const { row, addresses } of stopsOf(world, rows)) {
      for (const address of addresses) {
        const at = `${row.route} (${address})`;
        const answer = await page.goto(address);
        expect.soft(answer?.status(), at).toBe(200);
        await expect.soft(page.locator('h1:visible'), at).toHaveCount(1, { timeout: 2000 });
        const main = page.locator('main');
        await expect.soft(main, at).toBeVisible({ timeout: 2000 });
        // More than the heading, and nothing that waits for a script to fill it.
        const below = await main.evaluate((part) =>
          [...part.querySelectorAll('*')]
            .filter((one) => one.childElementCount === 0 && !one.closest('h1') && one.checkVisibility())
            .map((one) => one.textContent?.trim() ?? '')
            .join(''),
        );
        expect.soft(below.length, `${at}: words below the heading`).toBeGreaterThan(10);
        expect
          .soft(await page.locator('template[id^="B:"], [aria-busy=true]').count(), `${at}: waits`)
          .toBe(0);
        // A form is read as it arrives: whoever sends a file must have been made out before it.
        const late = await page.locator('input[type=file]').evaluateAll((inputs) =>
          inputs.flatMap((input) => {
            const fields = [...((input as HTMLInputElement).form?.elements ?? [])] as HTMLInputElement[];
            const after = fields.slice(fields.indexOf(input as HTMLInputElement) + 1);
            return after.filter((one) => one.type === 'hidden').map((one) => one.name);
          }),
        );
        expect.soft(late, `${at}: fields after their file`).toEqual([]);
      }
    }
    await context.close();
  });
}
