import { RESIDENTS, type Subjects, type Who } from '../world';

// Every command: who may ask for it, and an input about somebody's things. For those who may, an input about another
// village's things must be answered exactly as one about nothing at all.

export interface CommandRow {
  may: readonly Who[];
  /** input about `of`; null when it is about nobody's things and can't be aimed at another village */
  input: ((of: Subjects) => Record<string, unknown>) | null;
}

export type CommandRows = Record<string, CommandRow>;

/** everyone who sits at the desk of 青竹村, and one of another village */
export const DESK: Who[] = ['steward', 'verifier', 'secretary', 'supervisor', 'otherVerifier'];
export const VERIFIERS: Who[] = ['verifier', 'otherVerifier'];
export const RECORDERS: Who[] = ['steward', 'verifier', 'secretary', 'otherVerifier'];
export const SIGNED_IN: Who[] = [...RESIDENTS, ...DESK, 'merchant', 'township', 'district'];

const day = (ahead: number) =>
  new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);
export const today = day(0);
export const tomorrow = day(1);
export const later = day(30);
