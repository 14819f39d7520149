import type { Day } from '@/lib/platform/clock';
import type { PoolSource } from '@/lib/platform/generated/enums';

export type { PoolSource } from '@/lib/platform/generated/enums';

/** A month's redemptions: what was taken less what was given back. */
export interface TakingMonth {
  /** 2026-11 */
  month: string;
  points: number;
  /** 分 of money */
  fen: number;
  taken: number;
}

/** A village's alliance in money, from one snapshot. Money in 分. */
export interface AllianceSolvency {
  at: Date;
  /** whether it has, or has had, terms with any merchant */
  isMember: boolean;
  entries: number;
  paid: number;
  statedPoints: number;
  statedFen: number;
  unstatedPoints: number;
  unstatedFen: number;
  /** the last twelve, the current one last */
  months: TakingMonth[];
  overdue: number;
  oldestDue: Day | null;
  poolLeastFen: number | null;
  /** set: no points are taken anywhere in the village */
  stoppedAt: Date | null;
  stopWhy: string;
}

export interface PoolEntryView {
  id: string;
  source: PoolSource;
  fen: number;
  onDay: Day;
  note: string;
  recordedBy: string;
  recordedAt: Date;
  /** taken back by a later entry */
  isCorrected: boolean;
}
