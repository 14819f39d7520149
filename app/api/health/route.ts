import { isDatabaseUp } from '@/lib/platform/health';
import { version } from '@/package.json';

export const dynamic = 'force-dynamic';

/** Whether this process can do its work: 200, or 503 while the database is away. Says nothing about people or secrets. */
export async function GET() {
  const database = await isDatabaseUp();
  return Response.json(
    { ok: database, database: database ? 'up' : 'down', version },
    { status: database ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}
