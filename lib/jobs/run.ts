import 'server-only';
import { Logger, type Runner, run, type TaskList } from 'graphile-worker';
import { now } from '@/lib/platform/clock';
import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { crontab, jobs } from './register';
import type { Job } from './types';

// The runner: in the web process (WORKER=inline, started by instrumentation.ts) or in one of its own
// (scripts/worker.ts). Any number may run at once; each job is taken by one of them.

const CONCURRENCY = 2;
const POLL_MS = 5000;

export interface RunningJobs {
  /** Takes no more jobs and resolves when those in hand are done. */
  stop(): Promise<void>;
  /** Resolves when the runner has ended, wanted or not; rejects when it failed. */
  ended: Promise<void>;
}

/** Starts to run jobs. The queue's tables belong to the owner, so this connects as him; the jobs themselves don't. */
export async function startJobs(databaseUrl: string): Promise<RunningJobs> {
  const runner: Runner = await run(
    {
      connectionString: databaseUrl,
      maxPoolSize: CONCURRENCY + 2,
      concurrency: CONCURRENCY,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      crontab: crontab(),
      logger: quietLogger(),
    },
    taskList(),
  );
  let isStopping = false;
  return {
    async stop() {
      if (isStopping) return;
      isStopping = true;
      await runner.stop();
    },
    ended: runner.promise,
  };
}

function taskList(): TaskList {
  return Object.fromEntries(jobs.map((job) => [job.name, (payload: unknown) => runJob(job, payload)]));
}

async function runJob(job: Job, payload: unknown): Promise<void> {
  const began = performance.now();
  try {
    const counts = await job.run(payload, now());
    const level = Object.values(counts).some((count) => count > 0) ? 'info' : 'debug';
    log[level]({ job: job.name, ms: Math.round(performance.now() - began), ...counts }, 'job done');
  } catch (error) {
    log.error(
      { job: job.name, fault: error instanceof Error ? error.name : 'unknown', stack: framesOf(error) },
      'job failed',
    );
    // What is thrown is kept in the queue's table: a message may carry what someone typed, so only its kind is.
    throw new Error(error instanceof Error ? error.name : 'unknown');
  }
}

function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .join('\n');
}

/** graphile-worker's own words, where something is wrong; what goes well we log ourselves. */
function quietLogger(): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ worker: message }, 'job runner');
    else if (level === 'warning') log.warn({ worker: message }, 'job runner');
  });
}

const kept = globalThis as unknown as { cunfenJobs?: Promise<RunningJobs | null> };

/** Runs the jobs in this web process until it is told to end; once, however often it is called. Never throws. */
export function startInlineJobs(): void {
  kept.cunfenJobs ??= startJobs(env().DATABASE_URL).then(
    (running) => {
      const stop = () => void running.stop().catch(() => undefined);
      process.once('SIGTERM', stop);
      process.once('SIGINT', stop);
      running.ended.catch(() => log.error('the job runner ended; restart this process'));
      return running;
    },
    (error: unknown) => {
      log.error({ fault: error instanceof Error ? error.name : 'unknown' }, 'the job runner did not start');
      return null;
    },
  );
}
