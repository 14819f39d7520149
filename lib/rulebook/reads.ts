import 'server-only';
import { type Day, dateToDay, dayToDate } from '@/lib/platform/clock';
import type { Db, Prisma } from '@/lib/platform/db';
import type { MeetingKind } from '@/lib/platform/generated/enums';
import { hallToTell } from './ballot/rules';
import { describeItem, searchItems } from './rules';
import type {
  CategoryView,
  ItemIndexLine,
  ItemView,
  RulebookView,
  ScaleStepView,
  VersionView,
} from './types';

// What a rulebook says. Every read names its village; a version or item of another village is not there.

export const SETTING_FIELDS = {
  secondThreshold: true,
  householdMonthCap: true,
  budgetPerQuarter: true,
  capPolicy: true,
  referenceFen: true,
  yearEndPolicy: true,
  yearEndCarryMost: true,
  starThresholds: true,
  outstandingMost: true,
  redTop: true,
  redThreshold: true,
  redDays: true,
  blackListOn: true,
  blackThreshold: true,
  blackDays: true,
  blackAudience: true,
  publicityDays: true,
  answerDays: true,
  objectionDays: true,
  warningDays: true,
} satisfies Prisma.RulebookVersionSelect;

export const VERSION_FIELDS = {
  ...SETTING_FIELDS,
  id: true,
  number: true,
  state: true,
  title: true,
  effectiveFrom: true,
  effectiveUntil: true,
  hearingFrom: true,
  hearingUntil: true,
} satisfies Prisma.RulebookVersionSelect;

const ITEM_FIELDS = {
  id: true,
  versionId: true,
  categoryId: true,
  code: true,
  name: true,
  pinyin: true,
  initials: true,
  points: true,
  unit: true,
  unitName: true,
  subject: true,
  capPoints: true,
  capPer: true,
  evidence: true,
  photo: true,
  metricName: true,
  metricUnit: true,
  warnFirst: true,
  restoredWhenRepaired: true,
  scale: { select: { id: true, order: true, name: true, points: true }, orderBy: { order: 'asc' } },
} satisfies Prisma.ItemSelect;

type VersionRow = Prisma.RulebookVersionGetPayload<{ select: typeof VERSION_FIELDS }>;
type ItemRow = Omit<ItemView, 'scale'> & { scale: ScaleStepView[] };

/** A row as pages show it. */
export function toVersion(row: VersionRow): VersionView {
  return {
    ...row,
    effectiveFrom: row.effectiveFrom ? dateToDay(row.effectiveFrom) : null,
    effectiveUntil: row.effectiveUntil ? dateToDay(row.effectiveUntil) : null,
  };
}

/** The version in force in a village on a business day; null before the first. One query. */
export async function findVersionInForce(db: Db, villageId: string, day: Day): Promise<VersionView | null> {
  const on = dayToDate(day);
  const row = await db.rulebookVersion.findFirst({
    where: {
      villageId,
      state: { in: ['ADOPTED', 'SUPERSEDED'] },
      effectiveFrom: { lte: on },
      OR: [{ effectiveUntil: null }, { effectiveUntil: { gte: on } }],
    },
    orderBy: { number: 'desc' },
    select: VERSION_FIELDS,
  });
  return row ? toVersion(row) : null;
}

/** The kind of meeting that adopted a version; null where no resolution is kept. One query. */
export async function findMeetingOf(
  db: Db,
  villageId: string,
  versionId: string,
): Promise<MeetingKind | null> {
  const row = await db.resolution.findUnique({
    where: { villageId_versionId: { villageId, versionId } },
    select: { meetingKind: true },
  });
  return row?.meetingKind ?? null;
}

/** The adopted versions of a village, newest first. */
export async function listVersions(db: Db, villageId: string): Promise<VersionView[]> {
  const rows = await db.rulebookVersion.findMany({
    where: { villageId, state: { in: ['ADOPTED', 'SUPERSEDED'] } },
    orderBy: { number: 'desc' },
    take: 100,
    select: VERSION_FIELDS,
  });
  return rows.map(toVersion);
}

/** The categories of a version with their items, in the rulebook's order. Two queries. */
export async function listCategories(db: Db, villageId: string, versionId: string): Promise<CategoryView[]> {
  const rows = await db.category.findMany({
    where: { villageId, versionId },
    orderBy: { order: 'asc' },
    select: {
      id: true,
      order: true,
      code: true,
      name: true,
      items: { select: ITEM_FIELDS, orderBy: { order: 'asc' } },
    },
  });
  return rows;
}

/** An item with the name of its category. */
export type ItemWithCategory = ItemView & { category: string };

/** All items of a version in the rulebook's order, each with its category's name. */
export async function listItems(db: Db, villageId: string, versionId: string): Promise<ItemWithCategory[]> {
  const rows = await db.item.findMany({
    where: { villageId, versionId },
    orderBy: { order: 'asc' },
    select: { ...ITEM_FIELDS, category: { select: { name: true } } },
  });
  return rows.map((row) => ({ ...(row satisfies ItemRow), category: row.category.name }));
}

/** One item of a village by id, with its category's name; null when it is not there or another village's. */
export async function findItem(db: Db, villageId: string, id: string): Promise<ItemWithCategory | null> {
  const row = await db.item.findUnique({
    where: { villageId_id: { villageId, id } },
    select: { ...ITEM_FIELDS, category: { select: { name: true } } },
  });
  return row ? { ...(row satisfies ItemRow), category: row.category.name } : null;
}

/** The item of that code in a version; null when the version has none. */
export async function findItemByCode(
  db: Db,
  villageId: string,
  versionId: string,
  code: string,
): Promise<ItemWithCategory | null> {
  const row = await db.item.findUnique({
    where: { villageId_versionId_code: { villageId, versionId, code } },
    select: { ...ITEM_FIELDS, category: { select: { name: true } } },
  });
  return row ? { ...(row satisfies ItemRow), category: row.category.name } : null;
}

/**
 * Items of a version that answer what was typed: characters, pinyin or initials; best first. A rulebook has some
 * dozens of items, so they are compared in memory by the same rule as in the browser.
 */
export async function findItemsByText(
  db: Db,
  villageId: string,
  versionId: string,
  typed: string,
): Promise<ItemWithCategory[]> {
  return searchItems(await listItems(db, villageId, versionId), typed);
}

/** The compact index of the items that add points, for a client that filters as one types. */
export async function listItemIndex(db: Db, villageId: string, versionId: string): Promise<ItemIndexLine[]> {
  const items = await listItems(db, villageId, versionId);
  return items
    .filter((item) => item.points > 0)
    .map((item) => ({
      id: item.id,
      code: item.code,
      name: item.name,
      rule: describeItem(item),
      category: item.category,
      pinyin: item.pinyin,
      initials: item.initials,
    }));
}

/**
 * A whole adopted rulebook with covenant and resolution: the version of that number, or without one the version in
 * force on `day`. Null when there is none. Drafts are not shown.
 */
export async function findRulebook(
  db: Db,
  villageId: string,
  which: { number: number } | { day: Day },
): Promise<RulebookView | null> {
  const on = 'day' in which ? dayToDate(which.day) : null;
  const row = await db.rulebookVersion.findFirst({
    where: {
      villageId,
      state: { in: ['ADOPTED', 'SUPERSEDED'] },
      ...('number' in which ? { number: which.number } : {}),
      ...(on
        ? { effectiveFrom: { lte: on }, OR: [{ effectiveUntil: null }, { effectiveUntil: { gte: on } }] }
        : {}),
    },
    orderBy: { number: 'desc' },
    select: {
      ...VERSION_FIELDS,
      covenant: true,
      resolution: {
        select: {
          meetingKind: true,
          unit: true,
          heldOn: true,
          eligible: true,
          present: true,
          votesFor: true,
          votesAgainst: true,
          abstained: true,
          filingNumber: true,
        },
      },
      ballot: {
        select: { _count: { select: { voters: { where: { channel: 'PHONE' } } } } },
      },
    },
  });
  if (!row) return null;
  const { covenant, resolution, ballot, ...version } = row;
  const present = resolution?.present ?? 0;
  const phone = ballot?._count.voters ?? 0;
  const byPhone = hallToTell(present, present - phone) === null ? null : phone;
  return {
    version: toVersion(version),
    covenant,
    resolution: resolution ? { ...resolution, heldOn: dateToDay(resolution.heldOn), byPhone } : null,
    categories: await listCategories(db, villageId, row.id),
  };
}

/** Codes and names of a version's items in the rulebook's order, for choosing one. */
export async function listItemNames(
  db: Db,
  villageId: string,
  versionId: string,
): Promise<{ code: string; name: string }[]> {
  return db.item.findMany({
    where: { villageId, versionId },
    orderBy: { order: 'asc' },
    select: { code: true, name: true },
  });
}
