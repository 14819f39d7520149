import 'server-only';
import { addDays, type Day, dayToDate } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { spellWord } from '@/lib/residents/pinyin';
import sample from '@/prisma/seed/catalogue.json' with { type: 'json' };
import { type Catalogue, catalogueShape } from './schema';
import type { CapPolicy, ListAudience, MeetingKind, YearEndPolicy } from './types';

/** What the meeting decided, as its minutes say it. */
export interface AdoptedResolution {
  meetingKind: MeetingKind;
  heldOn: Day;
  /** people (or households) with a vote */
  eligible: number;
  present: number;
  votesFor: number;
  votesAgainst: number;
  abstained: number;
  filingNumber?: string;
}

/** What a village decides beside the items; what is left out is off. */
export interface RulebookSettings {
  /** awards from this many points on need a second person */
  secondThreshold?: number | null;
  /** spendable points a household can be awarded in a month */
  householdMonthCap?: number | null;
  /** spendable points the village can award in a quarter */
  budgetPerQuarter?: number | null;
  capPolicy?: CapPolicy;
  /** what a point stands for, in fen */
  referenceFen?: number;
  yearEndPolicy?: YearEndPolicy;
  yearEndCarryMost?: number | null;
  starThresholds?: number[];
  outstandingMost?: number | null;
  redTop?: number | null;
  redThreshold?: number | null;
  redDays?: number;
  blackListOn?: boolean;
  blackThreshold?: number;
  blackDays?: number;
  blackAudience?: ListAudience;
  publicityDays?: number;
  answerDays?: number;
  objectionDays?: number;
  warningDays?: number;
}

export interface Adoption {
  number: number;
  /** first day it is in force; the version before it ends the day before */
  effectiveFrom: Day;
  resolution: AdoptedResolution;
  settings?: RulebookSettings;
  now: Date;
  title?: string;
  /** 村规民约 */
  covenant?: string;
  /** the sample of 15 categories and 48 items unless given */
  catalogue?: Catalogue;
  /** seeds the ids; the village's id unless given */
  idSeed?: string;
}

/** The sample catalogue: 15 categories, 48 items. */
export function sampleCatalogue(): Catalogue {
  return catalogueShape.parse(sample);
}

/** The id of an adopted version's item, so that a test or a seed can name it without asking. */
export function itemId(idSeed: string, versionNumber: number, code: string): string {
  return idFromWords('rulebook', idSeed, String(versionNumber), 'item', code);
}

/** The id of a step of an adopted item's scale, counting from 1. */
export function stepId(idSeed: string, versionNumber: number, code: string, order: number): string {
  return idFromWords('rulebook', idSeed, String(versionNumber), 'item', code, 'step', String(order));
}

/** The id of an adopted version. */
export function versionId(idSeed: string, versionNumber: number): string {
  return idFromWords('rulebook', idSeed, String(versionNumber));
}

/**
 * Writes a whole version with its resolution and puts it in force; ends the version before it. Ids follow from the
 * seed, the number and the codes. What is adopted cannot be changed afterwards (prisma/functions/rulebook.sql).
 * Throws when the catalogue is malformed or the number is taken.
 */
export async function adoptCatalogue(
  tx: Tx,
  villageId: string,
  adoption: Adoption,
): Promise<{ versionId: string }> {
  const { number, effectiveFrom, resolution, settings = {}, now, idSeed = villageId } = adoption;
  const catalogue = adoption.catalogue ?? sampleCatalogue();
  const id = (...words: string[]) => idFromWords('rulebook', idSeed, String(number), ...words);
  const version = versionId(idSeed, number);

  await tx.rulebookVersion.create({
    data: {
      villageId,
      id: version,
      number,
      state: 'DRAFT',
      title: adoption.title ?? '积分制管理细则',
      covenant: adoption.covenant ?? '',
      ...settings,
      createdAt: now,
    },
    select: { id: true },
  });
  await tx.category.createMany({
    data: catalogue.categories.map((category) => ({
      villageId,
      id: id('category', category.code),
      versionId: version,
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
      id: itemId(idSeed, number, item.code),
      versionId: version,
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
        id: stepId(idSeed, number, item.code, index + 1),
        itemId: itemId(idSeed, number, item.code),
        order: index + 1,
        name: step.name,
        points: step.points,
      })),
    ),
  });
  await tx.resolution.create({
    data: {
      villageId,
      id: id('resolution'),
      versionId: version,
      meetingKind: resolution.meetingKind,
      heldOn: dayToDate(resolution.heldOn),
      eligible: resolution.eligible,
      present: resolution.present,
      votesFor: resolution.votesFor,
      votesAgainst: resolution.votesAgainst,
      abstained: resolution.abstained,
      filingNumber: resolution.filingNumber ?? '',
    },
    select: { id: true },
  });
  await tx.rulebookVersion.updateMany({
    where: { villageId, state: 'ADOPTED', effectiveUntil: null },
    data: { state: 'SUPERSEDED', effectiveUntil: dayToDate(addDays(effectiveFrom, -1)) },
  });
  await tx.rulebookVersion.update({
    where: { villageId_id: { villageId, id: version } },
    data: { state: 'ADOPTED', effectiveFrom: dayToDate(effectiveFrom) },
    select: { id: true },
  });
  return { versionId: version };
}
