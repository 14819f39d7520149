import type { Page } from '@playwright/test';
import axeCore from 'axe-core';

// What can be measured about how easy a page is. Every measure answers what is wrong, a line each, naming the
// element; nothing is the good answer.

declare global {
  interface Window {
    axe: typeof axeCore;
  }
}

export interface Sizes {
  /** width of the window */
  width: number;
  /** least height and width of what is tapped */
  target: number;
  /** least size of running text */
  text: number;
}

/** axe with everything it knows of WCAG 2 A and AA, and its best practices. */
export async function axe(page: Page): Promise<string[]> {
  // What sticks to the window's edge lies over something that a little scrolling brings out.
  await page.evaluate(() => {
    for (const one of document.body.querySelectorAll<HTMLElement>('*'))
      if (getComputedStyle(one).position === 'sticky') one.style.position = 'static';
  });
  // Our pages have no frames, for whose sake axe's own Playwright driver prepares and gathers everything twice: without
  // it a page takes two thirds of the time.
  await page.evaluate(axeCore.source);
  const violations = await page.evaluate(async () => {
    if (document.querySelector('iframe, frame'))
      throw new Error('a page with frames needs them looked at too');
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const runOnly = { type: 'tag' as const, values: tags };
    return (await window.axe.run(document, { resultTypes: ['violations'], runOnly })).violations;
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => {
      const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
      return `${id} (${help}): ${node.html.slice(0, 160)} — ${why.slice(0, 240)}`;
    }),
  );
}

/** Opens everything that is folded, so that what lies in it is looked at too. */
export function unfold(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

/** One language, one title, one heading of the first order, one main part. */
export function findMissingParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const heads = [...document.querySelectorAll('h1')].filter((one) => one.checkVisibility());
    if (heads.length !== 1)
      wrong.push(`${heads.length} h1: ${heads.map((one) => one.textContent).join(' | ')}`);
    if (heads[0]?.textContent?.trim() === '') wrong.push('an empty h1');
    if (document.documentElement.lang !== 'zh-CN') wrong.push(`lang is “${document.documentElement.lang}”`);
    if (!/\S · 村分$|^村分/.test(document.title)) wrong.push(`title is “${document.title}”`);
    const mains = document.querySelectorAll('main');
    if (mains.length !== 1) wrong.push(`${mains.length} main`);
    return wrong;
  });
}

/** What is wider than the window, too small to tap, or too small to read. */
export function findBadSizes(page: Page, sizes: Sizes): Promise<string[]> {
  return page.evaluate(({ width, target, text }) => {
    const wrong: string[] = [];
    const say = (one: Element) => {
      const label = (one.textContent?.trim() || one.getAttribute('name') || '').replace(/\s+/g, ' ');
      const marks = [...one.classList].map((name) => `.${name}`).join('');
      return `${one.tagName.toLowerCase()}${marks} “${label.slice(0, 30)}”`;
    };
    const isSeen = (one: Element) => one.checkVisibility({ visibilityProperty: true });
    const all = [...document.body.querySelectorAll('*')].filter(isSeen);
    /** shown to screen readers only */
    const isClipped = (one: Element) => {
      const { width: w, height: h } = one.getBoundingClientRect();
      return w <= 1 || h <= 1;
    };

    const wide = document.scrollingElement?.scrollWidth ?? 0;
    if (wide > width) {
      const widest = all
        .filter((one) => one.getBoundingClientRect().right > width + 0.5)
        .filter(
          (one) => ![...one.children].some((child) => child.getBoundingClientRect().right > width + 0.5),
        );
      wrong.push(`scrolls sideways, ${wide} px wide: ${widest.slice(0, 4).map(say).join(', ')}`);
    }
    for (const one of all) {
      // Pictures that are turned one by one, with links to turn them, may be swiped.
      const { overflowX, scrollSnapType } = getComputedStyle(one);
      const isStrip = scrollSnapType.startsWith('x') && one.querySelector('a[href^="#"]') !== null;
      if (/auto|scroll/.test(overflowX) && one.scrollWidth > one.clientWidth + 1 && !isStrip)
        wrong.push(`scrolls sideways in itself, ${one.scrollWidth} px wide: ${say(one)}`);
    }

    /** stands in running text: its own line has words beside it */
    const isInline = (one: Element) => {
      if (getComputedStyle(one).display !== 'inline') return false;
      let block = one.parentElement;
      while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
      const words = (part: Element) => part.textContent?.replace(/[\s·，、。]/g, '').length ?? 0;
      const links = [...(block?.querySelectorAll('a, button') ?? [])].reduce((sum, a) => sum + words(a), 0);
      return block !== null && words(block) > links;
    };
    /** what a finger may hit: the control with its label */
    const reach = (one: Element) => {
      const labels = one instanceof HTMLInputElement ? [...(one.labels ?? [])] : [];
      const isMark = one instanceof HTMLInputElement && /^(radio|checkbox|file)$/.test(one.type);
      const parts = [one, ...(isMark ? labels : [])].map((part) => part.getBoundingClientRect());
      // A link may cover the whole part that it stands in.
      const cover = getComputedStyle(one, '::after');
      if (cover.content !== 'none' && cover.position === 'absolute')
        parts.push(
          new DOMRect(
            parts[0]?.x,
            parts[0]?.y,
            Number.parseFloat(cover.width),
            Number.parseFloat(cover.height),
          ),
        );
      const right = Math.max(...parts.map((part) => part.right));
      const bottom = Math.max(...parts.map((part) => part.bottom));
      return {
        w: right - Math.min(...parts.map((part) => part.left)),
        h: bottom - Math.min(...parts.map((part) => part.top)),
      };
    };
    const tapped = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]';
    for (const one of document.body.querySelectorAll(tapped)) {
      if (!isSeen(one) || isInline(one)) continue;
      const { w, h } = reach(one);
      if (w < target - 0.5 || h < target - 0.5)
        wrong.push(`${Math.round(w)} × ${Math.round(h)} px to tap: ${say(one)}`);
    }

    const sizeOf = (one: Element) => Number.parseFloat(getComputedStyle(one).fontSize);
    if (sizeOf(document.body) < text) wrong.push(`body text is ${sizeOf(document.body)} px`);
    // Remarks beside a text may be a step smaller; nothing is smaller than that.
    const least = (text * 16) / 18;
    for (const one of all) {
      const own = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const words = own.map((node) => node.textContent?.trim() ?? '').join('');
      if (words === '' || isClipped(one) || one.closest('.said, svg')) continue;
      const isRunning = one.matches('main p, main li, main dd') && words.length > 24;
      const must = isRunning || one.matches('input, textarea, select') ? text : least;
      if (sizeOf(one) < must - 0.2) wrong.push(`${sizeOf(one)} px small: ${say(one)}`);
    }
    return [...new Set(wrong)];
  }, sizes);
}
