import 'server-only';
import { advanceListsJob } from './advance-lists';
import { endRedemptions } from './end-redemptions';
import { expireVouchers } from './expire-vouchers';
import { makeListDocumentsJob } from './make-list-documents';
import { postDueDeductionsJob } from './post-due-deductions';
import { raiseOverdueObjectionsJob } from './raise-overdue-objections';
import { removePhotoFiles } from './remove-photo-files';
import { sealLedgers } from './seal-ledgers';
import { sweepDocumentFiles } from './sweep-document-files';
import { sweepExpired } from './sweep-expired';
import { sweepPayCodes } from './sweep-pay-codes';
import { sweepPhotoFiles } from './sweep-photo-files';
import { sweepPhotos } from './sweep-photos';
import type { Job } from './types';

/** Every job there is. */
export const jobs: readonly Job[] = [
  sealLedgers,
  makeListDocumentsJob,
  removePhotoFiles,
  sweepPhotos,
  sweepPhotoFiles,
  sweepDocumentFiles,
  sweepExpired,
  postDueDeductionsJob,
  raiseOverdueObjectionsJob,
  advanceListsJob,
  expireVouchers,
  endRedemptions,
  sweepPayCodes,
];

/** The times of those that run by themselves, as graphile-worker reads them: one waiting run of each is enough. */
export function crontab(): string {
  return jobs
    .filter((job) => job.cron)
    .map((job) => `${job.cron} ${job.name} ?jobKey=${job.name}&max=3`)
    .join('\n');
}
