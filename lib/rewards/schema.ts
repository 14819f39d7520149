import { z } from 'zod';
import { day, id, list, text, whole } from '@/lib/platform/form-shape';

// Shapes of what comes in about rewards; forms and the server share them.

export const REWARD_REASON_MOST = 100;
/** what a voucher buys, as printed on it */
export const BUYS_MOST = 40;
export const VOUCHER_POINTS_MOST = 1000;
/** rows that can be named at once */
export const REWARD_ROWS_MOST = 500;

const reason = text(2, REWARD_REASON_MOST);

export const awardStarsInput = z.object({
  period: z.string({ error: '请选季度' }).regex(/^20\d\d[Qq][1-4]$/, { error: '请选季度' }),
});
export const revokeStarInput = z.object({ starId: id(), reason });

/** Without rows: all that stand. */
export const awardPlaquesInput = z.object({ listId: id(), rowIds: list(id(), REWARD_ROWS_MOST) });
export const revokePlaqueInput = z.object({ plaqueId: id(), reason });

/** Without rows: every household of the list. */
export const issueVouchersInput = z.object({
  listId: id(),
  buys: text(2, BUYS_MOST),
  points: whole(1, VOUCHER_POINTS_MOST),
  expiresOn: day(),
  rowIds: list(id(), REWARD_ROWS_MOST),
});
export const confirmVouchersInput = z.object({ batchId: id() });
export const dropVouchersInput = z.object({ batchId: id(), reason });
export const cancelVoucherInput = z.object({ voucherId: id(), reason });
export const openVoucherSheetInput = z.object({ batchId: id() });
