import 'server-only';
import { type Day, dayToDate } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { ItemRule, PhotoRule } from './types';

/** An item as the version in force on a deed's day has it: what a report is checked against. */
export interface ItemOnDay extends ItemRule {
  id: string;
  versionId: string;
  code: string;
  name: string;
  photo: PhotoRule;
  metricName: string | null;
}

export interface ItemAsked {
  item: ItemOnDay;
  /** of the steps that were asked for by an id of another version: the one in the same place */
  scaleStepId: string | undefined;
}

const itemFields = {
  id: true,
  versionId: true,
  code: true,
  name: true,
  points: true,
  unit: true,
  unitName: true,
  subject: true,
  capPoints: true,
  capPer: true,
  photo: true,
  metricName: true,
  scale: { select: { id: true, order: true, name: true, points: true }, orderBy: { order: 'asc' } },
} as const;

/**
 * The item behind `itemId`, in the version in force on `day`: someone may report today what was done under last
 * month's rulebook, or from a page opened before a new one took effect. UNKNOWN when the village has no such item,
 * NOT_IN_FORCE when that day's version lacks it.
 */
export async function findItemOn(
  db: Db,
  villageId: string,
  itemId: string,
  day: Day,
  scaleStepId?: string,
): Promise<ItemAsked | 'UNKNOWN' | 'NOT_IN_FORCE'> {
  const asked = await db.item.findUnique({
    where: { villageId_id: { villageId, id: itemId } },
    select: itemFields,
  });
  if (!asked) return 'UNKNOWN';
  const version = await db.rulebookVersion.findFirst({
    where: {
      villageId,
      state: { in: ['ADOPTED', 'SUPERSEDED'] },
      effectiveFrom: { lte: dayToDate(day) },
      OR: [{ effectiveUntil: null }, { effectiveUntil: { gte: dayToDate(day) } }],
    },
    select: { id: true },
    orderBy: { number: 'desc' },
  });
  if (!version) return 'NOT_IN_FORCE';
  if (version.id === asked.versionId) return { item: asked, scaleStepId };
  const item = await db.item.findUnique({
    where: { villageId_versionId_code: { villageId, versionId: version.id, code: asked.code } },
    select: itemFields,
  });
  if (!item) return 'NOT_IN_FORCE';
  const place = asked.scale.find((step) => step.id === scaleStepId)?.order;
  return { item, scaleStepId: item.scale.find((step) => step.order === place)?.id };
}
