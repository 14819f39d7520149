import type { RefusalEntry } from './entry';

/** Refusals of deductions. */
export const deductionRefusals = {} satisfies Record<string, RefusalEntry>;
