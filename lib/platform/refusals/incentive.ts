import type { RefusalEntry } from './entry';

/** Refusals about what merchants receive for being in the alliance. */
export const incentiveRefusals = {} satisfies Record<string, RefusalEntry>;
