import 'server-only';
import { db } from '@/lib/platform/db';

/** Ends at most so many vouchers, of all villages, whose last day is over; answers how many. */
export async function expireVouchers(now: Date, most: number): Promise<number> {
  const [row] = await db().$queryRaw<{ ended: number }[]>`
    select voucher_expire(${now}::timestamptz, ${most}::integer) as ended`;
  return row?.ended ?? 0;
}
