import 'server-only';
import { postDueDeductions } from '@/lib/deductions/due';
import type { Job } from './types';

/** Posts deductions whose days to answer have passed, a little after each hour: the first time just after midnight. */
export const postDueDeductionsJob: Job = {
  name: 'post-due-deductions',
  cron: '5 * * * *',
  async run(_payload, now) {
    return { ...(await postDueDeductions(now)) };
  },
};
