import 'server-only';
import { expireOrders, lapseRedemptions } from '@/lib/alliance/redemption/expiry';
import type { Job } from './types';

const MOST = 2000;

/** Ends what was not confirmed within its minute and orders nobody fetched; both read as over from that moment on. */
export const endRedemptions: Job = {
  name: 'end-redemptions',
  cron: '* * * * *',
  async run(_payload, now) {
    const [lapsed, expired] = await Promise.allSettled([
      lapseRedemptions(now, MOST),
      expireOrders(now, MOST),
    ]);
    if (lapsed.status === 'rejected') throw lapsed.reason;
    if (expired.status === 'rejected') throw expired.reason;
    return { lapsed: lapsed.value, expired: expired.value };
  },
};
