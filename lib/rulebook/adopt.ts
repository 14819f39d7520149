import 'server-only';
import { addDays, type Day, dayToDate, startOfDay } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import sample from '@/prisma/seed/catalogue.json' with { type: 'json' };
import { writeContent } from './content/write';
import { putInForce } from './resolution/put-in-force';
import { type Catalogue, catalogueShape } from './schema';
import type { MeetingKind, VersionSettings, VoteUnit } from './types';

/** What the meeting decided, as its minutes say it. */
export interface AdoptedResolution {
  meetingKind: MeetingKind;
  heldOn: Day;
  /** what is counted; of an assembly its adults, unless given */
  unit?: VoteUnit;
  /** people (or households) with a vote; of representatives as many as the village has */
  eligible: number;
  present: number;
  votesFor: number;
  votesAgainst: number;
  abstained: number;
  filingNumber?: string;
}

/** What a village decides beside the items; what is left out is off, or as the table has it. */
export type RulebookSettings = Partial<VersionSettings>;

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

/** Days a hearing lasts that is written together with its version. */
const HEARD_DAYS = 7;

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
 * Writes a whole version with its hearing and resolution and puts it in force, as a seed or a test needs it; a village
 * goes the way of the commands. Ids follow from the seed, the number and the codes. Throws when the catalogue is
 * malformed, the number is taken, a draft is open, or the resolution lacks its quorum or majority.
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
  await writeContent(tx, villageId, version, catalogue, id);
  await tx.rulebookVersion.update({
    where: { villageId_id: { villageId, id: version } },
    data: {
      state: 'HEARING',
      hearingFrom: startOfDay(addDays(resolution.heldOn, -HEARD_DAYS)),
      hearingUntil: startOfDay(resolution.heldOn),
    },
    select: { id: true },
  });
  await tx.resolution.create({
    data: {
      villageId,
      id: id('resolution'),
      versionId: version,
      meetingKind: resolution.meetingKind,
      unit: resolution.unit ?? (resolution.meetingKind === 'ASSEMBLY' ? 'ADULT' : 'REPRESENTATIVE'),
      heldOn: dayToDate(resolution.heldOn),
      eligible: resolution.eligible,
      present: resolution.present,
      votesFor: resolution.votesFor,
      votesAgainst: resolution.votesAgainst,
      abstained: resolution.abstained,
      filingNumber: resolution.filingNumber ?? '',
      // As if written down at the meeting. There is no photo of minutes: nobody drafted this version, so the database
      // asks for none (check_resolution); of what people draft it does.
      recordedAt: startOfDay(resolution.heldOn),
    },
    select: { id: true },
  });
  await putInForce(tx, villageId, version, effectiveFrom);
  return { versionId: version };
}
