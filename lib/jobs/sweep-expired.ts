import 'server-only';
import { db } from '@/lib/platform/db';
import type { Job } from './types';

const DAY_MS = 86_400_000;
/** Ended sessions stay this long, so that a person can see where he was signed in. */
const SESSION_DAYS = 30;

/** Removes what was only meant for a while: refused forms, sign-in codes, counters, sessions long over. */
export const sweepExpired: Job = {
  name: 'sweep-expired',
  cron: '*/10 * * * *',
  async run(_payload, now) {
    const ago = (ms: number) => new Date(now.getTime() - ms);
    const forms = await db().formReturn.deleteMany({ where: { expiresAt: { lt: now } } });
    const codes = await db().signInCode.deleteMany({ where: { expiresAt: { lt: ago(DAY_MS) } } });
    const counts = await db().rateCount.deleteMany({ where: { window: { lt: ago(2 * DAY_MS) } } });
    const over = ago(SESSION_DAYS * DAY_MS);
    const sessions = await db().session.deleteMany({
      where: { OR: [{ endedAt: { lt: over } }, { expiresAt: { lt: over } }] },
    });
    return { forms: forms.count, codes: codes.count, counts: counts.count, sessions: sessions.count };
  },
};
