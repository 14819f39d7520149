import 'server-only';
import type { z } from 'zod';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { spellWord } from '@/lib/residents/pinyin';
import { canKeepRulebook } from '../../policy';
import { newItemCode } from '../code';
import { renumber } from '../order';
import { takeDraft } from '../take';
import { stepsOf } from './rules';
import { itemInput, moveItemInput, putItemInput, UNIT_NAMES } from './schema';

/** After everything else of its category, until it is numbered. */
const LAST = 1_000_000;

/** Locks the draft that an item belongs to; answers the item. Refuses NOT_FOUND and what takeDraft refuses. */
async function takeItem(tx: Tx, villageId: string, itemId: string) {
  const find = () =>
    tx.item.findUnique({
      where: { villageId_id: { villageId, id: itemId } },
      select: { versionId: true, categoryId: true, order: true, code: true },
    });
  const seen = await find();
  if (!seen) throw refuse('NOT_FOUND');
  await takeDraft(tx, villageId, seen.versionId);
  // someone else may have moved or removed it before the lock
  const item = await find();
  if (!item) throw refuse('NOT_FOUND');
  return item;
}

function fieldsOf(input: z.output<typeof putItemInput>) {
  const isDeduction = input.kind === 'DEDUCTION';
  const size = stepsOf(input)[0]?.points ?? input.points ?? 0;
  return {
    name: input.name,
    ...spellWord(input.name),
    points: isDeduction ? -size : size,
    unit: input.unit,
    unitName: input.unitName || UNIT_NAMES[input.unit],
    subject: input.subject,
    capPoints: input.capPoints,
    capPer: input.capPer,
    evidence: input.evidence,
    photo: input.photo,
    metricName: input.metricName || null,
    metricUnit: input.metricUnit || null,
    warnFirst: isDeduction && input.warnFirst,
    restoredWhenRepaired: isDeduction && input.restoredWhenRepaired,
  };
}

/** Adds an item to a draft, or changes one; its scale is replaced by what is given. */
export const putItem = command({
  name: 'put-item',
  title: '添改细则项目',
  seat: 'desk',
  input: putItemInput,
  keep: ({ versionId, itemId, name, kind, points }) => ({ versionId, itemId, name, kind, points }),
  may: canKeepRulebook,
  async run({ input, id, tx, villageId }) {
    const { versionId, categoryId } = input;
    await takeDraft(tx, villageId, versionId);
    const category = await tx.category.findFirst({
      where: { villageId, versionId, id: categoryId },
      select: { code: true },
    });
    if (!category) throw refuse('NOT_FOUND');
    const fields = fieldsOf(input);
    const itemId = input.itemId ?? idFromWords('put-item', id);
    if (input.itemId) {
      const item = await tx.item.findFirst({
        where: { villageId, versionId, id: itemId },
        select: { categoryId: true },
      });
      if (!item) throw refuse('NOT_FOUND');
      await tx.item.update({
        where: { villageId_id: { villageId, id: itemId } },
        data: { ...fields, categoryId, ...(item.categoryId === categoryId ? {} : { order: LAST }) },
        select: { id: true },
      });
      await tx.scaleStep.deleteMany({ where: { villageId, itemId } });
    } else {
      const used = await tx.item.findMany({
        where: { villageId, code: { startsWith: `${category.code}-` } },
        distinct: ['code'],
        select: { code: true },
      });
      const code = newItemCode(
        category.code,
        used.map((one) => one.code),
      );
      if (!code) throw refuse('CATEGORY_FULL');
      await tx.item.create({
        data: { villageId, id: itemId, versionId, categoryId, order: LAST, code, ...fields },
        select: { id: true },
      });
    }
    await tx.scaleStep.createMany({
      data: stepsOf(input).map((step, index) => ({
        villageId,
        id: idFromWords('put-item', id, String(index + 1)),
        itemId,
        order: index + 1,
        ...step,
      })),
    });
    await renumber(tx, villageId, versionId);
    return { subject: versionId, itemId };
  },
});

/** Takes an item out of a draft. */
export const removeItem = command({
  name: 'remove-item',
  title: '删去细则项目',
  seat: 'desk',
  input: itemInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { itemId }, tx, villageId }) {
    const { versionId, code } = await takeItem(tx, villageId, itemId);
    await tx.scaleStep.deleteMany({ where: { villageId, itemId } });
    await tx.item.delete({ where: { villageId_id: { villageId, id: itemId } }, select: { id: true } });
    await renumber(tx, villageId, versionId);
    return { subject: versionId, code };
  },
});

/** Moves an item one place up or down in its category; at the end nothing changes. */
export const moveItem = command({
  name: 'move-item',
  title: '挪动细则项目',
  seat: 'desk',
  input: moveItemInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { itemId, to }, tx, villageId }) {
    const { versionId, categoryId, order } = await takeItem(tx, villageId, itemId);
    const neighbour = await tx.item.findFirst({
      where: { villageId, categoryId, order: to === 'UP' ? { lt: order } : { gt: order } },
      orderBy: { order: to === 'UP' ? 'desc' : 'asc' },
      select: { id: true, order: true },
    });
    if (neighbour) {
      const put = (id: string, place: number) =>
        tx.item.update({
          where: { villageId_id: { villageId, id } },
          data: { order: place },
          select: { id: true },
        });
      await put(itemId, neighbour.order);
      await put(neighbour.id, order);
    }
    return { subject: versionId };
  },
});

export const itemCommands: Command[] = [putItem, removeItem, moveItem];
