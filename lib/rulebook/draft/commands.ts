import 'server-only';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { presetCatalogue } from '../content/preset';
import { catalogueOf, findText } from '../content/reads';
import { writeContent } from '../content/write';
import { tellHeads } from '../notices';
import { canKeepRulebook } from '../policy';
import { PRESETS } from '../presets';
import { listCategories } from '../reads';
import type { Catalogue } from '../schema';
import type { VersionSettings } from '../types';
import { categoryCommands } from './category/commands';
import { itemCommands } from './item/commands';
import {
  changeCovenantInput,
  changeSettingsInput,
  draftRulebookInput,
  dropRulebookInput,
  PRESET_KEYS,
} from './schema';
import { takeDraft, takeVersion } from './take';

/** The id of what the command `draft-rulebook` of that id wrote: the version, or a part of it named by words. */
export function draftId(commandId: string, ...words: string[]): string {
  return idFromWords('draft', commandId, ...words);
}

interface Beginning {
  title: string;
  covenant: string;
  settings: VersionSettings;
  catalogue: Catalogue;
}

/** Begins a new version from a preset or from another version of the village. One draft at a time. */
export const draftRulebook = command({
  name: 'draft-rulebook',
  title: '起草新一版细则',
  seat: 'desk',
  input: draftRulebookInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ actor, input, id, now, tx, villageId }) {
    await tx.$queryRaw`select 1 from village where id = ${villageId}::uuid for no key update`;
    const beginning = await findBeginning(tx, villageId, input.from);
    const open = await tx.rulebookVersion.count({
      where: { villageId, state: { in: ['DRAFT', 'HEARING'] } },
    });
    if (open > 0) throw refuse('DRAFT_EXISTS');
    const last = await tx.rulebookVersion.findFirst({
      where: { villageId },
      orderBy: { number: 'desc' },
      select: { number: true },
    });
    const number = (last?.number ?? 0) + 1;
    const versionId = draftId(id);
    const { title, covenant, settings, catalogue } = beginning;
    await tx.rulebookVersion.create({
      data: {
        villageId,
        id: versionId,
        number,
        state: 'DRAFT',
        title,
        covenant,
        ...settings,
        draftedFrom: input.from,
        draftedById: actor.personId,
        createdAt: now,
      },
      select: { id: true },
    });
    await writeContent(tx, villageId, versionId, catalogue, (...words) => draftId(id, ...words));
    return { subject: versionId, number };
  },
});

async function findBeginning(tx: Tx, villageId: string, from: string): Promise<Beginning> {
  const preset = PRESET_KEYS.find((one) => one === from);
  if (preset) {
    const village = await tx.village.findUniqueOrThrow({ where: { id: villageId }, select: { name: true } });
    const { settings, covenant } = PRESETS[preset];
    return {
      title: `${village.name}积分制管理细则`,
      covenant: covenant.join('\n'),
      settings,
      catalogue: presetCatalogue(preset),
    };
  }
  const text = await findText(tx, villageId, from);
  if (!text) throw refuse('NOT_FOUND');
  const { title, covenant, settings } = text;
  const categories = await listCategories(tx, villageId, from);
  return { title, covenant, settings, catalogue: catalogueOf(title, categories) };
}

/** Changes what a draft says beside its items. */
export const changeRuleSettings = command({
  name: 'change-rule-settings',
  title: '改草案的各项规定',
  seat: 'desk',
  input: changeSettingsInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { versionId, ...settings }, tx, villageId }) {
    await takeDraft(tx, villageId, versionId);
    await tx.rulebookVersion.update({
      where: { villageId_id: { villageId, id: versionId } },
      data: settings,
      select: { id: true },
    });
    return { subject: versionId };
  },
});

/** Changes a draft's title and covenant (村规民约). */
export const changeCovenant = command({
  name: 'change-covenant',
  title: '改草案的村规民约',
  seat: 'desk',
  input: changeCovenantInput,
  keep: ({ versionId, title }) => ({ versionId, title }),
  may: canKeepRulebook,
  async run({ input: { versionId, title, covenant }, tx, villageId }) {
    await takeDraft(tx, villageId, versionId);
    await tx.rulebookVersion.update({
      where: { villageId_id: { villageId, id: versionId } },
      data: { title, covenant },
      select: { id: true },
    });
    return { subject: versionId };
  },
});

/**
 * Gives a draft up. One that was never heard is gone; of one that was, the words stay, with the reason, and the
 * village is told. Refuses RULEBOOK_ADOPTED, RULEBOOK_DROPPED, REASON_REQUIRED.
 */
export const dropRulebook = command({
  name: 'drop-rulebook',
  title: '放弃草案',
  seat: 'desk',
  input: dropRulebookInput,
  keep: ({ versionId }) => ({ versionId }),
  may: canKeepRulebook,
  async run({ input: { versionId, why }, now, tx, villageId }) {
    const version = await takeVersion(tx, villageId, versionId);
    if (version.state === 'DROPPED') throw refuse('RULEBOOK_DROPPED');
    if (version.state !== 'DRAFT' && version.state !== 'HEARING') throw refuse('RULEBOOK_ADOPTED');
    if (version.state === 'DRAFT' && version.hearingUntil === null) {
      await tx.scaleStep.deleteMany({ where: { villageId, item: { versionId } } });
      await tx.item.deleteMany({ where: { villageId, versionId } });
      await tx.category.deleteMany({ where: { villageId, versionId } });
      await tx.rulebookVersion.delete({
        where: { villageId_id: { villageId, id: versionId } },
        select: { id: true },
      });
      return { subject: versionId, number: version.number };
    }
    if (why === '') throw refuse('REASON_REQUIRED', {}, 'why');
    await tx.rulebookVersion.update({
      where: { villageId_id: { villageId, id: versionId } },
      data: { state: 'DROPPED', droppedWhy: why },
      select: { id: true },
    });
    await tellHeads(tx, {
      villageId,
      now,
      title: `细则草案（第 ${version.number} 版）不办了`,
      body: `原因：${why}。现在的细则照旧。`,
      page: '/rulebook',
    });
    return { subject: versionId, number: version.number };
  },
});

export const draftCommands: Command[] = [
  draftRulebook,
  changeRuleSettings,
  changeCovenant,
  dropRulebook,
  ...categoryCommands,
  ...itemCommands,
];
