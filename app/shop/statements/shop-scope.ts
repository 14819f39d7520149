import 'server-only';
import { listShopVillages } from '@/lib/alliance/settlement/reads';
import type { StatementScope } from '@/lib/alliance/settlement/types';
import { db } from '@/lib/platform/db';

/** What a shop sees: its own statements, in the villages that it has had terms with. One query. */
export async function shopScope(
  merchantId: string,
): Promise<{ scope: StatementScope; villages: { id: string; code: string; name: string }[] }> {
  const villages = await listShopVillages(db(), merchantId);
  return { scope: { villageIds: villages.map(({ id }) => id), merchantId }, villages };
}

/** The same for one of those villages, by its code; null when it is none of them. */
export async function shopScopeIn(merchantId: string, code: string): Promise<StatementScope | null> {
  const { villages } = await shopScope(merchantId);
  const village = villages.find((one) => one.code === code);
  return village ? { villageIds: [village.id], merchantId } : null;
}
