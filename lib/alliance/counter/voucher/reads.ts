import 'server-only';
import { type Day, dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { hitRate } from '@/lib/platform/rate';
import { stateOn } from '@/lib/rewards/voucher/rules';
import type { VoucherAtCounter } from '../types';

/** Codes that one person may look at in a minute: more than a market day needs, far fewer than guessing does. */
const LOOKS_PER_MINUTE = 30;

export type VoucherLook = { kind: 'found'; voucher: VoucherAtCounter } | { kind: 'none' } | { kind: 'slow' };

/**
 * A voucher as a shop may see it before it takes it: only of villages it has accepted terms with, else it answers as if
 * there were none; of the household only its code. Which of equal codes is meant says what redeeming takes. Limited, so
 * that codes can't be tried out. Two queries.
 */
export async function lookAtVoucher(
  db: Db,
  who: { merchantId: string; personId: string },
  code: string,
  today: Day,
  now: Date,
): Promise<VoucherLook> {
  const wait = await hitRate(
    db,
    { key: `look-at-voucher:${who.personId}`, most: LOOKS_PER_MINUTE, seconds: 60 },
    now,
  );
  if (wait > 0) return { kind: 'slow' };
  const [row] = await db.$queryRaw<
    {
      buys: string;
      points: number;
      expires_on: Date;
      state: VoucherAtCounter['state'];
      household_code: string;
      village_name: string;
    }[]
  >`
    select b.buys, b.points, b.expires_on, x.state::text as state, h.code as household_code, v.name as village_name
    from voucher_at_counter(${who.merchantId}::uuid, ${code}, null, ${now}::timestamptz) c
    join voucher x on x.village_id = c.village_id and x.id = c.id
    join voucher_batch b on b.village_id = x.village_id and b.id = x.batch_id and b.confirmed_at is not null
    join household h on h.village_id = x.village_id and h.id = x.household_id
    join village v on v.id = x.village_id
    where c.is_in_force`;
  if (!row) return { kind: 'none' };
  const expiresOn = dateToDay(row.expires_on);
  return {
    kind: 'found',
    voucher: {
      code,
      buys: row.buys,
      points: row.points,
      expiresOn,
      state: stateOn(row.state, expiresOn, today),
      householdCode: row.household_code,
      villageName: row.village_name,
    },
  };
}
