import 'server-only';
import { tellMembers } from '@/lib/deductions/notices';
import type { Tx } from '@/lib/platform/command';

interface Kin {
  name: string;
  householdId: string;
}

/** Tells both households that two of them were declared near kin, by whom, and what follows from it. */
export async function tellDeclared(
  tx: Tx,
  about: { villageId: string; causeId: string; now: Date; by: string; pair: [Kin, Kin] },
): Promise<void> {
  const { by, pair, ...cause } = about;
  const [one, other] = pair;
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    await tellMembers(
      tx,
      { ...cause, householdId: mine.householdId },
      {
        title: `${by}登记了${mine.name}和${theirs.name}是近亲属`,
        body: '以后两家的事，对方家里在村里办事的人都要回避。登记得不对，请告诉村书记或者镇上。',
        href: '/me/messages',
      },
    );
  }
}
