import { areFilesOurs, isDatabaseUp } from '@/lib/platform/health';
import { version } from '@/package.json';

export const dynamic = 'force-dynamic';

/** Whether this process can do its work: 200, or 503 while the database is away. Says nothing about people or secrets. */
export async function GET() {
  const database = await isDatabaseUp();
  const ours = database ? await areFilesOurs() : null;
  // Files of another database stop no request, only their sweeping: that is for whoever looks, not for a restart.
  const files = ours === null ? 'unknown' : ours ? 'ours' : 'of another database';
  return Response.json(
    { ok: database, database: database ? 'up' : 'down', files, version },
    { status: database ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}
