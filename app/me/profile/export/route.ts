import { actorOf } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findHouseholdExport } from '@/lib/residents/export/reads';
import { isExportOpen } from '@/lib/residents/household/reads';

/**
 * Everything kept about the own household, as a JSON file. Opened by the command export-household, which logs that it
 * was read; without it, or minutes later, the way leads back to the page that asks.
 */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOf(request);
  if (!actor) return leadTo(`/sign-in?next=${encodeURIComponent('/me/profile')}`);
  if (!actor.resident) return new Response('没有找到', { status: 404 });
  const { villageId, householdId } = actor.resident;
  const at = now();
  if (!(await isExportOpen(db(), villageId, householdId, actor.personId, at))) return leadTo('/me/profile');
  const kept = await findHouseholdExport(db(), villageId, householdId, actor.personId);
  const file = `household-${dayOf(at)}.json`;
  return new Response(`${JSON.stringify(kept, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${file}"`,
      'cache-control': 'no-store',
    },
  });
}

function leadTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
