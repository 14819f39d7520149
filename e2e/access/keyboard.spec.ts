import { expect, type Page, test } from '@playwright/test';
import { walkAs } from './walk';
import type { Subjects, Who } from './world';
import { openWorld, type World } from './world';

// With the keyboard alone: Tab comes to everything that can be used, in the order of the page, shows where it is,
// and never lands under a bar that sticks to the window's edge.

test.describe.configure({ mode: 'parallel' });

let world: World;
test.beforeAll(async ({ baseURL }) => {
  world = await openWorld(baseURL ?? '');
});
test.afterAll(() => world?.close());

const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 800 };

const WALKS: { who: Who; title: string; address: (of: Subjects) => string; viewport: typeof PHONE }[] = [
  { who: 'nobody', title: 'the ranking', address: (of) => `/v/${of.village}/ranking`, viewport: PHONE },
  { who: 'nobody', title: 'signing in', address: () => '/sign-in', viewport: WIDE },
  { who: 'resident', title: 'home', address: () => '/me', viewport: PHONE },
  { who: 'resident', title: 'a deed', address: (of) => `/me/log/${of.itemCode}`, viewport: PHONE },
  { who: 'steward', title: 'an event', address: () => '/desk/events/new', viewport: WIDE },
  { who: 'verifier', title: 'a deed to verify', address: () => '/desk/deeds', viewport: WIDE },
  {
    who: 'verifier',
    title: 'a deed to verify',
    address: (of) => `/desk/deeds/${of.waitingDeed}`,
    viewport: PHONE,
  },
  { who: 'secretary', title: 'a household', address: (of) => `/desk/people/${of.household}`, viewport: WIDE },
  { who: 'supervisor', title: 'the log', address: () => '/desk/log', viewport: PHONE },
  { who: 'township', title: 'its villages', address: () => '/office', viewport: WIDE },
  { who: 'merchant', title: 'the shop', address: () => '/shop', viewport: PHONE },
];

const USED = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';

/** Numbers everything that Tab must come to, and answers how many there are. */
function numberStops(page: Page): Promise<number> {
  return page.evaluate((used) => {
    const seen = [...document.querySelectorAll<HTMLElement>(used)].filter(
      (one) =>
        one.checkVisibility({ visibilityProperty: true }) && !one.matches(':disabled, [tabindex="-1"]'),
    );
    // Of radios of one name Tab stops at one.
    const groups = new Set<string>();
    const stops = seen.filter((one) => {
      if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true;
      const group = `${one.form?.action} ${one.name}`;
      const isFirst = !groups.has(group);
      groups.add(group);
      return isFirst;
    });
    for (const [index, one] of stops.entries()) one.dataset.stop = String(index);
    return stops.length;
  }, USED);
}

/** Where the focus is, and what is wrong with how it shows. */
function lookAtFocus(page: Page): Promise<{ stop: number | null; wrong: string | null }> {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (!(one instanceof HTMLElement) || one === document.body) return { stop: null, wrong: null };
    const radios =
      one instanceof HTMLInputElement && one.type === 'radio'
        ? [
            ...(one.form?.querySelectorAll<HTMLElement>(
              `input[type=radio][name="${CSS.escape(one.name)}"]`,
            ) ?? []),
          ]
        : [];
    const stop = [one, ...radios].map((each) => each.dataset.stop).find((each) => each !== undefined);
    const words = (one.textContent?.trim() || one.getAttribute('name') || '')
      .replace(/\s+/g, ' ')
      .slice(0, 30);
    const name = `${one.tagName.toLowerCase()}.${one.className} “${words}”`;
    // The button within a date field shows its focus as the browser draws it.
    if (one.matches('input[type=date]:not(:focus)')) return { stop: Number(one.dataset.stop), wrong: null };
    // A control that is itself hidden shows its focus on the label that stands for it.
    const shown = one.getBoundingClientRect().width > 2 ? one : (one.closest('label') ?? one);
    const outlined = [shown, ...(shown === one ? [] : [one, one.nextElementSibling])].some((each) => {
      if (!each) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
    if (!outlined) return { stop: Number(stop), wrong: `no outline: ${name}` };
    const { left, top, right, bottom } = shown.getBoundingClientRect();
    const x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 1);
    const points = [top + 3, (top + bottom) / 2, bottom - 3].map((y) => document.elementFromPoint(x, y));
    const isUncovered = points.some((at) => at && (shown.contains(at) || at.contains(shown)));
    return { stop: Number(stop), wrong: isUncovered ? null : `covered or outside the window: ${name}` };
  });
}

for (const { who, title, address, viewport } of WALKS) {
  test(`${who} comes to everything on ${title} by Tab, ${viewport.width} wide`, async ({
    browser,
    baseURL,
  }) => {
    const { context, page } = await walkAs(browser, world, who, { baseURL, viewport });
    await page.goto(address(world.own), { waitUntil: 'load' });
    const count = await numberStops(page);
    expect(count).toBeGreaterThan(3);
    const visited: number[] = [];
    const wrong: string[] = [];
    for (let press = 0; press < count + 20; press++) {
      await page.keyboard.press('Tab');
      const focus = await lookAtFocus(page);
      if (focus.stop === null || focus.stop === visited[0]) break;
      if (focus.wrong) wrong.push(focus.wrong);
      if (visited.at(-1) !== focus.stop) visited.push(focus.stop);
    }
    expect.soft(wrong).toEqual([]);
    const missed = await page.evaluate(
      (been) =>
        [...document.querySelectorAll<HTMLElement>('[data-stop]')]
          .filter((one) => !been.includes(Number(one.dataset.stop)))
          .map((one) => one.outerHTML.slice(0, 120)),
      visited,
    );
    expect.soft(missed, 'Tab never comes to these').toEqual([]);
    await context.close();
  });
}

test('the first stop leads past what is the same on every page', async ({ browser, baseURL }) => {
  const { context, page } = await walkAs(browser, world, 'resident', { baseURL, viewport: PHONE });
  await page.goto('/me');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const isInMain = await page.evaluate(() => document.activeElement?.closest('main') !== null);
  expect(isInMain).toBe(true);
  await context.close();
});
