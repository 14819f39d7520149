import 'server-only';
import type { Tx } from '@/lib/platform/command';
import { spellWord } from '@/lib/residents/pinyin';
import type { Catalogue } from '../schema';

/** The ids of a version's parts, from words that name the part. */
export type PartIds = (...words: string[]) => string;

/** Writes categories, items and scales into a draft that has none yet, in the catalogue's order. */
export async function writeContent(
  tx: Tx,
  villageId: string,
  versionId: string,
  catalogue: Catalogue,
  id: PartIds,
): Promise<void> {
  await tx.category.createMany({
    data: catalogue.categories.map((category) => ({
      villageId,
      id: id('category', category.code),
      versionId,
      order: category.order,
      code: category.code,
      name: category.name,
    })),
  });
  const items = catalogue.categories.flatMap((category) =>
    category.items.map((item, index) => ({ category, item, order: category.order * 100 + index + 1 })),
  );
  await tx.item.createMany({
    data: items.map(({ category, item, order }) => ({
      villageId,
      id: id('item', item.code),
      versionId,
      categoryId: id('category', category.code),
      order,
      code: item.code,
      name: item.name,
      ...spellWord(item.name),
      points: item.points,
      unit: item.unit,
      unitName: item.unitName,
      subject: item.subject,
      capPoints: item.cap.points,
      capPer: item.cap.per,
      evidence: item.evidence,
      photo: item.photo,
      metricName: item.metric?.name ?? null,
      metricUnit: item.metric?.unit ?? null,
      warnFirst: item.warnFirst ?? false,
      restoredWhenRepaired: item.restoredWhenRepaired ?? false,
    })),
  });
  await tx.scaleStep.createMany({
    data: items.flatMap(({ item }) =>
      (item.scale ?? []).map((step, index) => ({
        villageId,
        id: id('item', item.code, 'step', String(index + 1)),
        itemId: id('item', item.code),
        order: index + 1,
        name: step.name,
        points: step.points,
      })),
    ),
  });
}
