import 'server-only';
import { expireVouchers } from './expire-vouchers';
import { removePhotoFiles } from './remove-photo-files';
import { sealLedgers } from './seal-ledgers';
import { sweepExpired } from './sweep-expired';
import { sweepPhotoFiles } from './sweep-photo-files';
import { sweepPhotos } from './sweep-photos';
import type { Job } from './types';

/** Every job there is. */
export const jobs: readonly Job[] = [
  sealLedgers,
  removePhotoFiles,
  sweepPhotos,
  sweepPhotoFiles,
  sweepExpired,
  expireVouchers,
];

/** The times of those that run by themselves, as graphile-worker reads them: one waiting run of each is enough. */
export function crontab(): string {
  return jobs
    .filter((job) => job.cron)
    .map((job) => `${job.cron} ${job.name} ?jobKey=${job.name}&max=3`)
    .join('\n');
}
