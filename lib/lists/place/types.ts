import type { PhotoView } from '@/lib/photos/types';
import type { Day } from '@/lib/platform/clock';
import type { ListKind, PlaceKind } from '@/lib/platform/generated/enums';

export type { PlaceKind } from '@/lib/platform/generated/enums';

/** Kinds of places, as they are called. */
export const PLACE_KIND_NAMES: Record<PlaceKind, string> = {
  ROAD: '路段',
  RIVER: '河段',
  SQUARE: '广场空地',
  OTHER: '其他',
};

/** The published scale by which a place is scored: the inspector picks the step that he sees. */
export const PLACE_SCALE: readonly { score: number; words: string }[] = [
  { score: 10, words: '干净整齐，挑不出毛病' },
  { score: 9, words: '干净整齐' },
  { score: 8, words: '干净，个别地方有点乱' },
  { score: 7, words: '大体干净，有几处零星垃圾' },
  { score: 6, words: '过得去，要再收拾' },
  { score: 5, words: '有成片杂草或垃圾' },
  { score: 4, words: '多处垃圾、乱堆' },
  { score: 3, words: '脏乱，影响走路或排水' },
  { score: 2, words: '很脏乱' },
  { score: 1, words: '长期没人管' },
  { score: 0, words: '倒满垃圾或堵死' },
];

/** What a step of the scale means, as it is said; '' for none. */
export function sayStep(score: number): string {
  return PLACE_SCALE.find((step) => step.score === score)?.words ?? '';
}

export interface PlaceCheckView {
  id: string;
  checkedOn: Day;
  score: number;
  note: string;
  checkedById: string;
  checkedBy: string;
  photos: PhotoView[];
  /** that it was recorded wrongly and counts for nothing: by whom, when and why */
  voided: { by: string; on: Day; reason: string } | null;
}

export interface PlaceView {
  id: string;
  kind: PlaceKind;
  name: string;
  keeper: string;
  closedOn: Day | null;
  /** of the running quarter: inspections that count, and their average in tenths; null without any */
  checks: number;
  average: number | null;
  /** those of this quarter and the last one, newest first, voided ones among them */
  inspections: PlaceCheckView[];
}

/** A place on a list that is up, as one chooses it to object to. */
export interface PlaceRowLine {
  id: string;
  /** the list */
  kind: ListKind;
  period: string;
  name: string;
  rank: number;
  /** tenths */
  points: number;
  /** out of sight until an objection to it is decided */
  isSuspended: boolean;
}
