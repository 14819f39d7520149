import 'server-only';
import { dayOf } from '@/lib/platform/clock';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { canLookAtPatterns, canLookAtTownshipPatterns } from './policy';
import { listPatterns, PATTERNS_READ } from './reads';
import { markPatternSeenInput, markTownshipPatternSeenInput, openPatternsInput } from './schema';
import type { PatternFinding, PatternKind } from './types';

/** 打开异常提示: shows the desk which households and shops are worth a look; that each was read is kept. */
export const openPatterns = command({
  name: 'open-patterns',
  title: '打开商社联盟的“看一眼”',
  seat: 'desk',
  input: openPatternsInput,
  keep: () => ({}),
  perMinute: 12,
  may: canLookAtPatterns,
  async run({ actor, now, tx, villageId }) {
    const found = await listPatterns(tx, { villageId }, dayOf(now));
    const households = new Set(found.flatMap((one) => (one.household ? [one.household.id] : [])));
    await tx.accessLog.createMany({
      data: [villageId, ...households].map((subject) => ({
        villageId,
        id: newId(),
        personId: actor.personId,
        what: PATTERNS_READ,
        subject,
        readAt: now,
      })),
    });
    return { subject: villageId };
  },
});

interface Seen {
  villageId: string;
  merchantId: string;
  householdId: string | null;
  kind: PatternKind;
  note: string;
  isOffice: boolean;
  personId: string;
  now: Date;
}

/** Keeps that a finding was looked at, with its numbers as they stood. Refuses NOT_FOUND where there is none (any more). */
async function keepLook(tx: Tx, found: readonly PatternFinding[], seen: Seen): Promise<string> {
  const { now, personId, ...what } = seen;
  const finding = found.find(
    (one) =>
      one.kind === what.kind &&
      one.villageId === what.villageId &&
      one.merchantId === what.merchantId &&
      (one.household?.id ?? null) === what.householdId,
  );
  if (!finding) throw refuse('NOT_FOUND');
  const row = await tx.patternLook.create({
    data: { ...what, id: newId(), count: finding.count, outOf: finding.outOf, byId: personId, at: now },
    select: { id: true },
  });
  return row.id;
}

/** 看过了: the desk has looked at a pattern. Changes nothing else; what comes later is shown again. */
export const markPatternSeen = command({
  name: 'mark-pattern-seen',
  title: '看过一条商社联盟的提示',
  seat: 'desk',
  input: markPatternSeenInput,
  keep: ({ merchantId, kind }) => ({ merchantId, kind }),
  may: canLookAtPatterns,
  async run({ actor, input, now, tx, villageId }) {
    const found = await listPatterns(tx, { villageId }, dayOf(now));
    const subject = await keepLook(tx, found, {
      ...input,
      householdId: input.householdId ?? null,
      villageId,
      isOffice: false,
      personId: actor.personId,
      now,
    });
    return { subject };
  },
});

/** 镇上看过了: the township has looked at a shop's pattern. */
export const markTownshipPatternSeen = command({
  name: 'mark-township-pattern-seen',
  title: '镇上看过一条商社联盟的提示',
  seat: 'office',
  input: markTownshipPatternSeenInput,
  keep: ({ villageId, merchantId, kind }) => ({ villageId, merchantId, kind }),
  may: canLookAtTownshipPatterns,
  async run({ actor, input, now, tx }) {
    const found = await listPatterns(tx, { townshipId: actor.office.id }, dayOf(now));
    const subject = await keepLook(tx, found, {
      ...input,
      householdId: null,
      isOffice: true,
      personId: actor.personId,
      now,
    });
    return { subject };
  },
});

export const patternCommands: Command[] = [openPatterns, markPatternSeen, markTownshipPatternSeen];
