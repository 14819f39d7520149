import type { RefusalEntry } from './entry';

/** Refusals of closing a quarter or a year. */
export const periodRefusals = {} satisfies Record<string, RefusalEntry>;
