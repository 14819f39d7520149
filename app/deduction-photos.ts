import 'server-only';
import type { DeductionPhotos } from '@/components/deductions/deduction-facts';
import { listAttachedPhotos } from '@/lib/photos/attached';
import { db } from '@/lib/platform/db';

/** The photos of one deduction by what they show. Four queries. */
export async function photosOfDeduction(villageId: string, id: string): Promise<DeductionPhotos> {
  const of = async (kind: 'DEDUCTION' | 'RECHECK' | 'ANSWER' | 'REPAIR') =>
    (await listAttachedPhotos(db(), villageId, kind, [id])).get(id) ?? [];
  const [seen, recheck, answer, repair] = await Promise.all([
    of('DEDUCTION'),
    of('RECHECK'),
    of('ANSWER'),
    of('REPAIR'),
  ]);
  return { seen, recheck, answer, repair };
}
