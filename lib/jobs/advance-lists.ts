import 'server-only';
import { advanceLists } from '@/lib/lists/advance';
import { db } from '@/lib/platform/db';
import type { Job } from './types';

/** Lists whose publicity is over become final, those past their last day end and their documents with them. */
export const advanceListsJob: Job = {
  name: 'advance-lists',
  cron: '*/2 * * * *',
  async run(_payload, now) {
    return advanceLists(db(), now);
  },
};
