import 'server-only';
import { addDays, type Day } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { findText } from '../content/reads';
import { compareRulebooks, type RulebookDifference } from '../difference';
import { findVersionInForce, toVersion, VERSION_FIELDS } from '../reads';
import type { RulebookText, VersionView } from '../types';
import type { VersionLine, VersionWhole } from './types';

const LINE_FIELDS = { ...VERSION_FIELDS, droppedWhy: true, _count: { select: { items: true } } } as const;

/** Every version of a village, drafts and given-up ones too, newest first. For the office. One query. */
export async function listEveryVersion(db: Db, villageId: string): Promise<VersionLine[]> {
  const rows = await db.rulebookVersion.findMany({
    where: { villageId },
    orderBy: { number: 'desc' },
    take: 100,
    select: LINE_FIELDS,
  });
  return rows.map(({ droppedWhy, _count, ...row }) => ({
    ...toVersion(row),
    droppedWhy,
    items: _count.items,
  }));
}

/** A version of any state by its number, with all it says; null when the village has none of it. Four queries. */
export async function findVersion(db: Db, villageId: string, number: number): Promise<VersionWhole | null> {
  const row = await db.rulebookVersion.findUnique({
    where: { villageId_number: { villageId, number } },
    select: { ...LINE_FIELDS, resolution: { select: { id: true, filingNumber: true } } },
  });
  if (!row) return null;
  const { droppedWhy, _count, resolution, ...version } = row;
  const text = await findText(db, villageId, row.id);
  if (!text) return null;
  return {
    version: { ...toVersion(version), droppedWhy, items: _count.items },
    text,
    filingNumber: resolution?.filingNumber ?? null,
    resolutionId: resolution?.id ?? null,
  };
}

/**
 * A version against the one in force: today's, or of an adopted version that of the day before it begins. `against` is
 * null where there was none.
 */
export async function findDifference(
  db: Db,
  villageId: string,
  { version, text }: { version: VersionView; text: RulebookText },
  today: Day,
): Promise<{ difference: RulebookDifference; against: VersionView | null }> {
  const day = version.effectiveFrom ? addDays(version.effectiveFrom as Day, -1) : today;
  const against = await findVersionInForce(db, villageId, day);
  const before = against ? await findText(db, villageId, against.id) : null;
  return { difference: compareRulebooks(before, text), against };
}
