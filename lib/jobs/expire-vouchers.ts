import 'server-only';
import { expireVouchers as expire } from '@/lib/rewards/voucher/expiry';
import type { Job } from './types';

const BATCH = 500;

/** Ends vouchers whose last day is over. They read as expired from midnight on; this makes it so for good. */
export const expireVouchers: Job = {
  name: 'expire-vouchers',
  // a quarter past midnight in Shanghai
  cron: '15 16 * * *',
  async run(_payload, now) {
    let expired = 0;
    for (;;) {
      const ended = await expire(now, BATCH);
      expired += ended;
      if (ended < BATCH) return { expired };
    }
  },
};
