/** Runs once when a server process starts, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { stampAddresses } = await import('@/lib/platform/address');
  stampAddresses();
  const { settleUrls } = await import('@/lib/platform/readable-url');
  settleUrls();
  if (process.env.NEXT_PHASE === 'phase-production-build') return;
  const { env } = await import('@/lib/platform/env');
  if (env().WORKER !== 'inline') return;
  const { startInlineJobs } = await import('@/lib/jobs/run');
  startInlineJobs();
}
