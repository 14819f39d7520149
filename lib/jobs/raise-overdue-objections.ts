import 'server-only';
import { raiseOverdueObjections } from '@/lib/objections/overdue';
import type { Job } from './types';

/** Tells the township of what households said and nobody decided in time. */
export const raiseOverdueObjectionsJob: Job = {
  name: 'raise-overdue-objections',
  cron: '10 * * * *',
  async run(_payload, now) {
    return { risen: await raiseOverdueObjections(now) };
  },
};
