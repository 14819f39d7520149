import 'server-only';
import { sealLedger } from '@/lib/ledger/seal';
import { db } from '@/lib/platform/db';
import type { Job } from './types';

/**
 * Seals what has been posted in every village since its last seal. A village where nothing happened costs one look
 * at an index; one that can't be sealed holds up no other.
 */
export const sealLedgers: Job = {
  name: 'seal-ledgers',
  cron: '* * * * *',
  async run() {
    const villages = await db().$queryRaw<{ id: string }[]>`
      select v.id from village v
      where exists (
        select 1 from posting p
        where p.village_id = v.id and p.id >= coalesce(
          (select s.horizon from ledger_seal s where s.village_id = v.id order by s.number desc limit 1),
          '00000000-0000-0000-0000-000000000000'::uuid))
      order by v.id`;
    let sealed = 0;
    let fault: unknown = null;
    for (const { id } of villages) {
      try {
        sealed += await sealLedger(db(), id);
      } catch (error) {
        fault ??= error;
      }
    }
    // the queue tries again; what is sealed is sealed
    if (fault) throw fault;
    return { villages: villages.length, sealed };
  },
};
