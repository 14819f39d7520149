'use client';

import { useEffect } from 'react';

/** Fields in which a letter is a letter. */
const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select, [contenteditable]';

/**
 * The keys that stand on the buttons: pressing one clicks what carries it in `aria-keyshortcuts`, if it can be seen.
 * Never while typing, never together with Ctrl, Alt or Meta, never for a key that is held down. ← and → turn the
 * photos.
 */
export function DeskKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return;
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest(TYPING)) {
        if (event.key === 'Escape' && at instanceof HTMLElement) at.blur();
        return;
      }
      if (event.key === 'Escape') {
        document.querySelector('details.give-back[open]')?.removeAttribute('open');
        return;
      }
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        turnPhotos(event.key === 'ArrowRight' ? 1 : -1);
        return;
      }
      const key = event.key.toUpperCase();
      if (!/^[A-Z0-9]$/.test(key)) return;
      const marked = [...document.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${key}"]`)];
      const act = marked.find((one) => one.getClientRects().length > 0 && !one.hasAttribute('disabled'));
      if (!act) return;
      event.preventDefault();
      act.click();
    };
    addEventListener('keydown', onKey);
    document.documentElement.dataset.keys = 'on';
    return () => {
      removeEventListener('keydown', onKey);
      delete document.documentElement.dataset.keys;
    };
  }, []);
  return null;
}

function turnPhotos(step: 1 | -1) {
  const strip = [...document.querySelectorAll('.shots-strip')].find((one) => one.getClientRects().length > 0);
  strip?.scrollBy({ left: step * strip.clientWidth });
}
