import 'server-only';
import { addMonths } from '@/lib/ledger/rules';
import { type Day, startOfDay } from '@/lib/platform/clock';
import { asRefusal } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { idFromWords } from '@/lib/platform/ids';

/** The id of a month's statement: the same whenever the job comes to it, so that it is made once. */
export function monthlyStatementId(villageId: string, merchantId: string, month: string): string {
  return idFromWords('statement', villageId, merchantId, month);
}

export interface MonthlyBatch {
  made: number;
  /** the first that went wrong, null when nothing did */
  fault: unknown;
  /** where to go on; null when it was the last batch */
  next: { villageId: string; merchantId: string } | null;
}

/**
 * Makes the statements of a month for the next `most` merchants of all villages that took anything in it which is in no
 * statement yet; each in a transaction of its own, so that one fault holds back no other. A merchant that has a later statement already is left alone: what is late falls into the next.
 */
export async function makeMonthlyStatements(
  month: string,
  after: { villageId: string; merchantId: string } | null,
  most: number,
  now: Date,
): Promise<MonthlyBatch> {
  const until = startOfDay(`${addMonths(month, 1)}-01` as Day);
  const villageAfter = after?.villageId ?? null;
  const merchantAfter = after?.merchantId ?? null;
  const pairs = await db().$queryRaw<{ villageId: string; merchantId: string; isDue: boolean }[]>`
    select t.village_id as "villageId", t.merchant_id as "merchantId",
      exists (select 1 from merchant_unstated(t.village_id, t.merchant_id, ${until}::timestamptz)) as "isDue"
    from (
      select distinct x.village_id, x.merchant_id from alliance_terms x
      where x.accepted_at is not null
        and (${villageAfter}::uuid is null or (x.village_id, x.merchant_id) > (${villageAfter}::uuid, ${merchantAfter}::uuid))
      order by 1, 2 limit ${most}
    ) t order by 1, 2`;
  let made = 0;
  let fault: unknown = null;
  for (const { villageId, merchantId, isDue } of pairs) {
    if (!isDue) continue;
    try {
      await db().$queryRaw`select statement_make(${villageId}::uuid, ${merchantId}::uuid, ${month},
        ${monthlyStatementId(villageId, merchantId, month)}::uuid, ${now}::timestamptz)::text`;
      made++;
    } catch (error) {
      if (asRefusal(error)?.code !== 'STATEMENT_TOO_LATE') fault ??= error;
    }
  }
  const last = pairs.at(-1);
  return { made, fault, next: pairs.length === most && last ? last : null };
}
