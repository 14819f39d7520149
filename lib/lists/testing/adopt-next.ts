import { addDays, type Day } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { adoptCatalogue, type RulebookSettings } from '@/lib/rulebook/adopt';
import type { Catalogue } from '@/lib/rulebook/schema';
import { TEST_NOW } from '@/lib/testing/builders';

/** The village's second version, in force from a day on. */
export async function adoptNext(
  village: { id: string },
  effectiveFrom: Day,
  settings: RulebookSettings,
  catalogue: Catalogue,
): Promise<void> {
  await db().$transaction(
    (tx) =>
      adoptCatalogue(tx, village.id, {
        number: 2,
        effectiveFrom,
        resolution: {
          meetingKind: 'ASSEMBLY',
          heldOn: addDays(effectiveFrom, -5),
          eligible: 100,
          present: 80,
          votesFor: 70,
          votesAgainst: 5,
          abstained: 5,
        },
        settings,
        catalogue,
        now: TEST_NOW,
      }),
    { timeout: 20_000 },
  );
}
