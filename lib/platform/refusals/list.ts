import type { RefusalEntry } from './entry';

/** Refusals of lists, consent and documents. */
export const listRefusals = {} satisfies Record<string, RefusalEntry>;
