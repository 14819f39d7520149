import type { CapPeriod, ItemRule, ItemSubject, ItemUnit, MeetingKind, PhotoRule } from './types';

// What an item gives, and how its rule is said. Pure: integers in, integers out.

/** Units of which one deed can carry several: two hours, three places. A week, a month or an occasion is always one. */
const COUNTED_UNITS: ReadonlySet<ItemUnit> = new Set(['HOUR', 'PLACE', 'CASE', 'PERSON_TIME']);

/** No deed carries more units than this, whatever its cap leaves room for. */
export const QUANTITY_MOST = 100;

/** Whether a deed of this item asks how many units it was. An item with a scale never does: its step is the answer. */
export function asksQuantity(item: Pick<ItemRule, 'unit' | 'scale'>): boolean {
  return item.scale.length === 0 && COUNTED_UNITS.has(item.unit);
}

/** The most units one deed can carry: as many as the cap has room for, at least one. */
export function quantityMost(item: Pick<ItemRule, 'unit' | 'scale' | 'points' | 'capPoints'>): number {
  if (!asksQuantity(item) || item.points === 0) return 1;
  const fitting = Math.floor(item.capPoints / Math.abs(item.points));
  return Math.min(QUANTITY_MOST, Math.max(1, fitting));
}

/**
 * The points of a deed before any cap: units times points, or those of the chosen scale step. Null when it cannot
 * be scored: no whole positive quantity, a quantity where the unit knows none, a step that is not on the scale, or
 * none where there is one.
 */
export function pointsFor(
  item: Pick<ItemRule, 'unit' | 'scale' | 'points'>,
  deed: { quantity: number; scaleStepId?: string | null },
): number | null {
  if (!Number.isSafeInteger(deed.quantity) || deed.quantity < 1) return null;
  if (deed.quantity > 1 && !asksQuantity(item)) return null;
  if (item.scale.length > 0) return item.scale.find((step) => step.id === deed.scaleStepId)?.points ?? null;
  return deed.scaleStepId ? null : item.points * deed.quantity;
}

/** Whether an item takes points away. */
export function isDeduction(item: Pick<ItemRule, 'points'>): boolean {
  return item.points < 0;
}

const PERIOD_WORDS: Record<CapPeriod, string> = { MONTH: '每月', QUARTER: '每季', YEAR: '每年' };
const SUBJECT_WORDS: Record<ItemSubject, string> = { PERSON: '每人', HOUSEHOLD: '每户' };

/** Points with their sign: +2, −3 (a true minus). */
export function signedPoints(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0';
}

/** What one unit is called: 每次, 每小时, 每月评一次, 每项. */
export function sayUnit(item: Pick<ItemRule, 'unit' | 'unitName'>): string {
  if (item.unitName === '月评') return '每月评一次';
  return `每${item.unitName}`;
}

/** What one unit gives: 每次 +2 分; of a scale its ends: 每项 +5 至 +50 分. */
export function sayPoints(item: Pick<ItemRule, 'points' | 'unit' | 'unitName' | 'scale'>): string {
  const steps = item.scale.map((step) => step.points);
  const points =
    steps.length > 0
      ? `${signedPoints(Math.min(...steps))} 至 ${signedPoints(Math.max(...steps))}`
      : signedPoints(item.points);
  return `${sayUnit(item)} ${points} 分`;
}

/** The cap: 每人每月最多 8 分; of a deduction 每户每月最多扣 4 分. */
export function sayCap(item: Pick<ItemRule, 'points' | 'subject' | 'capPoints' | 'capPer'>): string {
  const verb = isDeduction(item) ? '最多扣' : '最多';
  return `${SUBJECT_WORDS[item.subject]}${PERIOD_WORDS[item.capPer]}${verb} ${item.capPoints} 分`;
}

/** An item's whole rule in one sentence: 每次 +2 分；每人每月最多 8 分. */
export function describeItem(item: ItemRule): string {
  return `${sayPoints(item)}；${sayCap(item)}`;
}

const PHOTO_WORDS: Record<PhotoRule, string> = {
  REQUIRED: '要有照片',
  OPTIONAL: '可附照片',
  NONE: '不用照片',
};

/** Whether a photo is needed, as it is said. */
export function sayPhoto(photo: PhotoRule): string {
  return PHOTO_WORDS[photo];
}

const MEETING_WORDS: Record<MeetingKind, string> = { ASSEMBLY: '村民会议', REPRESENTATIVES: '村民代表会议' };

/** The kind of meeting, as it is said. */
export function sayMeeting(kind: MeetingKind): string {
  return MEETING_WORDS[kind];
}

/** Days a version is in force, as ISO days; `until` is the last one. Open ends are null. */
export interface InForce {
  number: number;
  effectiveFrom: string | null;
  effectiveUntil: string | null;
}

/** The version in force on a day; of several the highest number. Null before the first. */
export function versionInForce<Version extends InForce>(
  versions: readonly Version[],
  day: string,
): Version | null {
  return versions
    .filter(
      (version) =>
        version.effectiveFrom !== null &&
        version.effectiveFrom <= day &&
        (version.effectiveUntil === null || version.effectiveUntil >= day),
    )
    .reduce<Version | null>((best, version) => (best && best.number > version.number ? best : version), null);
}

/** What an item can be found by. */
export interface Findable {
  name: string;
  pinyin: string;
  initials: string;
  /** name of its category */
  category?: string;
}

/**
 * How well an item answers a search: 0 not at all, higher is better. Characters are looked for in the name (and the
 * category's), letters in the pinyin from its start or in the initials anywhere: cdds finds 村道打扫.
 */
export function searchScore(item: Findable, typed: string): number {
  const words = typed
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return 0;
  let score = 0;
  for (const word of words) {
    const one = scoreWord(item, word);
    if (one === 0) return 0;
    score += one;
  }
  return score;
}

function scoreWord(item: Findable, word: string): number {
  const name = item.name.normalize('NFKC').toLowerCase();
  if (name.startsWith(word)) return 8;
  if (name.includes(word)) return 6;
  if (/^[a-z]+$/.test(word)) {
    if (item.initials.startsWith(word)) return 7;
    if (item.pinyin.startsWith(word)) return 7;
    if (word.length >= 2 && item.initials.includes(word)) return 5;
    if (word.length >= 3 && item.pinyin.includes(word)) return 4;
    return 0;
  }
  return item.category?.includes(word) ? 3 : 0;
}

/** Items that answer a search, best first; with nothing typed, all in their order. */
export function searchItems<Item extends Findable>(items: readonly Item[], typed: string): Item[] {
  if (typed.trim() === '') return [...items];
  return items
    .map((item, index) => ({ item, index, score: searchScore(item, typed) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map((found) => found.item);
}
