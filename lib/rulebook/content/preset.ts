import 'server-only';
import type { VillagePreset } from '@/lib/platform/generated/enums';
import { sampleCatalogue } from '../adopt';
import { PRESETS } from '../presets';
import type { Catalogue } from '../schema';

/** The sample without what a preset leaves out; categories that are left empty go too. Codes and order stay. */
export function presetCatalogue(preset: VillagePreset): Catalogue {
  const { title, categories } = sampleCatalogue();
  const without = new Set(PRESETS[preset].without);
  return {
    title,
    categories: categories
      .map((category) => ({ ...category, items: category.items.filter((item) => !without.has(item.code)) }))
      .filter((category) => category.items.length > 0),
  };
}
