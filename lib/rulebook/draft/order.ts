import 'server-only';
import type { Tx } from '@/lib/platform/command';

/**
 * Numbers a draft's categories from 1 and their items from category × 100 + 1, in the order they have: what is read
 * in one list stays category by category.
 */
export async function renumber(tx: Tx, villageId: string, versionId: string): Promise<void> {
  await tx.$executeRaw`
    with placed as (
      select id, row_number() over (order by sort_order, code) as place from category
      where village_id = ${villageId}::uuid and version_id = ${versionId}::uuid
    )
    update category c set sort_order = p.place from placed p
    where c.village_id = ${villageId}::uuid and c.id = p.id and c.sort_order <> p.place`;
  await tx.$executeRaw`
    with placed as (
      select i.id, c.sort_order * 100 + row_number() over (partition by c.id order by i.sort_order, i.code) as place
      from item i join category c on c.village_id = i.village_id and c.id = i.category_id
      where i.village_id = ${villageId}::uuid and i.version_id = ${versionId}::uuid
    )
    update item i set sort_order = p.place from placed p
    where i.village_id = ${villageId}::uuid and i.id = p.id and i.sort_order <> p.place`;
}
