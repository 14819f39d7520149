import 'server-only';
import type { Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';

interface Kin {
  name: string;
  householdId: string;
}

/** Tells the grown-ups of both households that two of them were declared near kin, by whom, and what follows from it. */
export async function tellDeclared(
  tx: Tx,
  about: { villageId: string; causeId: string; now: Date; by: string; pair: [Kin, Kin] },
): Promise<void> {
  const { by, pair, villageId, causeId, now } = about;
  const [one, other] = pair;
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    const grown = await tx.$queryRaw<{ personId: string }[]>`
      select r.person_id::text as "personId" from resident r
      where r.village_id = ${villageId}::uuid and r.household_id = ${mine.householdId}::uuid and r.left_on is null
        and r.person_id is not null
        and speaks_for_household(r.village_id, r.household_id, r.person_id, ${now}::timestamptz)`;
    await tx.message.createMany({
      data: grown.map(({ personId }) => ({
        villageId,
        id: idFromWords('kin-declared', causeId, mine.householdId, personId),
        personId,
        title: `${by}登记了${mine.name}和${theirs.name}是近亲属`,
        body: '以后两家的事，对方家里在村里办事的人都要回避。登记得不对，请告诉村书记或者镇上。',
        href: '/me/messages',
        createdAt: now,
      })),
      skipDuplicates: true,
    });
  }
}
