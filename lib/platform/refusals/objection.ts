import type { RefusalEntry } from './entry';

/** Refusals of objections. */
export const objectionRefusals = {} satisfies Record<string, RefusalEntry>;
