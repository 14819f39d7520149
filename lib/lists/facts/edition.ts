import 'server-only';
import type { Db } from '@/lib/platform/db';
import type { ListFacts } from '../documents/types';

/** The edition that is out, or else the next one, and the short hash of what it takes the place of. */
export async function readEdition(
  db: Db,
  villageId: string,
  listId: string,
): Promise<Pick<ListFacts, 'edition' | 'replaces'>> {
  const pages = await db.listDocument.findMany({
    where: { villageId, listId, kind: 'HTML' },
    orderBy: { edition: 'desc' },
    take: 2,
    select: { edition: true, hash: true, retiredAt: true },
  });
  const [latest, before] = pages;
  if (!latest) return { edition: 1, replaces: null };
  return latest.retiredAt === null
    ? { edition: latest.edition, replaces: before ? shortHash(before.hash) : null }
    : { edition: latest.edition + 1, replaces: shortHash(latest.hash) };
}

/** A hash as people compare it: 7F3A 91C2. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`.toUpperCase();
}
