import { startJobs } from '@/lib/jobs/run';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';

// npm run worker: runs the jobs apart from the web servers, which then have WORKER=off. Any number may run.

async function main(): Promise<void> {
  const jobs = await startJobs(env().DATABASE_URL);
  console.log('The worker waits for jobs. Ctrl-C stops it after those that run.');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void jobs.stop());
  await jobs.ended;
  await db().$disconnect();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
