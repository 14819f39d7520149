/** What runs without a person. A job may be run twice for one cause, and bears it. */
export interface Job {
  /** in the queue's table, for ever: a renamed job is another job */
  name: string;
  /** when it runs by itself, as cron writes it, in UTC; without it, only when something queues it */
  cron?: string;
  /** `payload` is what was queued, unchecked. Answers what is worth a line in the log. */
  run(payload: unknown, now: Date): Promise<Record<string, number>>;
}
