import type { RefusalEntry } from './entry';

/** Refusals of rulebook versions, hearings and votes. */
export const rulebookRefusals = {} satisfies Record<string, RefusalEntry>;
