import 'server-only';
import type { Db } from '@/lib/platform/db';
import { listCategories, SETTING_FIELDS } from '../reads';
import type { Catalogue } from '../schema';
import type { CategoryView, RulebookText } from '../types';

/** Everything a version of a village says, whatever its state; null when there is none. Three queries. */
export async function findText(db: Db, villageId: string, versionId: string): Promise<RulebookText | null> {
  const [row, categories] = await Promise.all([
    db.rulebookVersion.findUnique({
      where: { villageId_id: { villageId, id: versionId } },
      select: { ...SETTING_FIELDS, title: true, covenant: true },
    }),
    listCategories(db, villageId, versionId),
  ]);
  if (!row) return null;
  const { title, covenant, ...settings } = row;
  return { title, covenant, settings, categories };
}

/** A stored version's categories and items as a catalogue, to write another version from. */
export function catalogueOf(title: string, categories: CategoryView[]): Catalogue {
  return {
    title,
    categories: categories.map(({ order, code, name, items }) => ({
      order,
      code,
      name,
      items: items.map((item) => ({
        code: item.code,
        name: item.name,
        points: item.points,
        unit: item.unit,
        unitName: item.unitName,
        subject: item.subject,
        cap: { points: item.capPoints, per: item.capPer },
        evidence: item.evidence,
        photo: item.photo,
        metric: item.metricName && item.metricUnit ? { name: item.metricName, unit: item.metricUnit } : null,
        warnFirst: item.warnFirst,
        restoredWhenRepaired: item.restoredWhenRepaired,
        ...(item.scale.length > 0 ? { scale: item.scale.map(({ name, points }) => ({ name, points })) } : {}),
      })),
    })),
  };
}
