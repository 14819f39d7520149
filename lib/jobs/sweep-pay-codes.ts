import 'server-only';
import { sweepPayCodes as sweep } from '@/lib/alliance/redemption/expiry';
import type { Job } from './types';

const BATCH = 1000;

/** Removes codes nobody will ask for again, so that they keep nobody else's digits. */
export const sweepPayCodes: Job = {
  name: 'sweep-pay-codes',
  cron: '*/2 * * * *',
  async run(_payload, now) {
    let swept = 0;
    for (;;) {
      const some = await sweep(now, BATCH);
      swept += some;
      if (some < BATCH) return { swept };
    }
  },
};
