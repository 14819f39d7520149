import type { RefusalEntry } from './entry';

/** Refusals of stars, plaques and vouchers. */
export const rewardRefusals = {} satisfies Record<string, RefusalEntry>;
