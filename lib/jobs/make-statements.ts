import 'server-only';
import { makeMonthlyStatements } from '@/lib/alliance/settlement/monthly';
import { monthToState } from '@/lib/alliance/settlement/rules';
import { dayOf } from '@/lib/platform/clock';
import type { Job } from './types';

const BATCH = 200;

/**
 * Makes the statements of the month before. On the first of a month it makes them all; on the days after it finds
 * nothing, or what a server that was off has missed.
 */
export const makeStatements: Job = {
  name: 'make-statements',
  // half past midnight in Shanghai
  cron: '30 16 * * *',
  async run(_payload, now) {
    const month = monthToState(dayOf(now));
    let statements = 0;
    let fault: unknown = null;
    let after: Parameters<typeof makeMonthlyStatements>[1] = null;
    do {
      const batch = await makeMonthlyStatements(month, after, BATCH, now);
      statements += batch.made;
      fault ??= batch.fault;
      after = batch.next;
    } while (after);
    // the queue tries again; what is made is made
    if (fault) throw fault;
    return { statements };
  },
};
