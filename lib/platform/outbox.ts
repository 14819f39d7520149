import 'server-only';
import type { Db } from './db';

/** What a job gets: ids and plain facts, never contents or personal data. */
export type JobPayload = Record<string, string | number | boolean | null | string[]>;

export interface EnqueueOptions {
  /** a job of this key that has not begun yet is replaced: one is enough */
  key?: string;
  /** not before this moment; at once by default */
  runAt?: Date;
}

/**
 * Queues a job in the caller's transaction: it runs if that commits, after it has, and at least once. So a job must
 * bear being run again.
 */
export async function enqueue(
  tx: Db,
  task: string,
  payload: JobPayload,
  { key, runAt }: EnqueueOptions = {},
): Promise<void> {
  await tx.$queryRaw`
    select enqueue_job(${task}, ${JSON.stringify(payload)}::json, ${key ?? null}, ${runAt ?? null}::timestamptz)::text`;
}
