import 'server-only';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { canKeepRulebook } from '../../policy';
import { newCategoryCode } from '../code';
import { renumber } from '../order';
import { takeDraft } from '../take';
import { categoryInput, moveCategoryInput, putCategoryInput } from './schema';

const CATEGORIES_MOST = 30;

/** Locks the draft that a category belongs to; answers the category. Refuses NOT_FOUND and what takeDraft refuses. */
async function takeCategory(tx: Tx, villageId: string, categoryId: string) {
  const find = () =>
    tx.category.findUnique({
      where: { villageId_id: { villageId, id: categoryId } },
      select: { versionId: true, order: true, code: true },
    });
  const seen = await find();
  if (!seen) throw refuse('NOT_FOUND');
  await takeDraft(tx, villageId, seen.versionId);
  // someone else may have moved or removed it before the lock
  const category = await find();
  if (!category) throw refuse('NOT_FOUND');
  return category;
}

/** Adds a category at the end of a draft, or renames one. */
export const putCategory = command({
  name: 'put-category',
  title: '添改细则类别',
  seat: 'desk',
  input: putCategoryInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { versionId, categoryId, name }, id: commandId, tx, villageId }) {
    await takeDraft(tx, villageId, versionId);
    if (categoryId) {
      const { count } = await tx.category.updateMany({
        where: { villageId, versionId, id: categoryId },
        data: { name },
      });
      if (count === 0) throw refuse('NOT_FOUND');
      return { subject: versionId, categoryId };
    }
    const others = await tx.category.findMany({
      where: { villageId, versionId },
      select: { code: true, order: true },
    });
    if (others.length >= CATEGORIES_MOST) throw refuse('CATEGORIES_MOST');
    const id = idFromWords('put-category', commandId);
    const code = newCategoryCode(name, new Set(others.map((one) => one.code)));
    const order = Math.max(0, ...others.map((one) => one.order)) + 1;
    await tx.category.create({ data: { villageId, id, versionId, order, code, name }, select: { id: true } });
    return { subject: versionId, categoryId: id, code };
  },
});

/** Removes a category that has no items any more. */
export const removeCategory = command({
  name: 'remove-category',
  title: '删去细则类别',
  seat: 'desk',
  input: categoryInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { categoryId }, tx, villageId }) {
    const { versionId, code } = await takeCategory(tx, villageId, categoryId);
    const items = await tx.item.count({ where: { villageId, categoryId } });
    if (items > 0) throw refuse('CATEGORY_NOT_EMPTY');
    await tx.category.delete({
      where: { villageId_id: { villageId, id: categoryId } },
      select: { id: true },
    });
    await renumber(tx, villageId, versionId);
    return { subject: versionId, code };
  },
});

/** Moves a category one place up or down; at the end nothing changes. */
export const moveCategory = command({
  name: 'move-category',
  title: '挪动细则类别',
  seat: 'desk',
  input: moveCategoryInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { categoryId, to }, tx, villageId }) {
    const { versionId, order } = await takeCategory(tx, villageId, categoryId);
    const neighbour = await tx.category.findFirst({
      where: { villageId, versionId, order: to === 'UP' ? { lt: order } : { gt: order } },
      orderBy: { order: to === 'UP' ? 'desc' : 'asc' },
      select: { id: true, order: true },
    });
    if (neighbour) {
      const put = (id: string, place: number) =>
        tx.category.update({
          where: { villageId_id: { villageId, id } },
          data: { order: place },
          select: { id: true },
        });
      await put(categoryId, neighbour.order);
      await put(neighbour.id, order);
      await renumber(tx, villageId, versionId);
    }
    return { subject: versionId };
  },
});

export const categoryCommands: Command[] = [putCategory, removeCategory, moveCategory];
