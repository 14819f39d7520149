import 'server-only';
import type { Actor } from '@/lib/auth/types';
import type { Db } from '@/lib/platform/db';
import type { MessagePage } from './types';

/** Messages on a page. */
export const MESSAGES_PER_PAGE = 30;

/** Whose messages: a person's, of villages where he lives. */
export interface MessageScope {
  villageIds: string[];
  personId: string;
}

/**
 * An actor's messages, of all his villages: whatever a village says to his household must be there to be read, whichever
 * village he is at home in just now (is_served in deduction.sql counts on it).
 */
export function ownMessages(actor: Pick<Actor, 'personId' | 'residents'>): MessageScope {
  return { villageIds: actor.residents.map((home) => home.villageId), personId: actor.personId };
}

const whereOf = ({ villageIds, personId }: MessageScope) => ({ villageId: { in: villageIds }, personId });

/** How many messages a person has not read. One query. */
export async function countUnread(db: Db, scope: MessageScope): Promise<number> {
  return db.message.count({ where: { ...whereOf(scope), readAt: null } });
}

/** The same village by village; those without any are left out. One query. */
export async function countUnreadByVillage(db: Db, scope: MessageScope): Promise<Map<string, number>> {
  const counts = await db.message.groupBy({
    by: ['villageId'],
    where: { ...whereOf(scope), readAt: null },
    _count: true,
  });
  return new Map(counts.map((one) => [one.villageId, one._count]));
}

/** A page of a person's messages, newest first; a page beyond the last is the last. Three queries. */
export async function listMessages(db: Db, scope: MessageScope, page = 1): Promise<MessagePage> {
  const where = whereOf(scope);
  const [total, unread] = await Promise.all([db.message.count({ where }), countUnread(db, scope)]);
  const pages = Math.max(1, Math.ceil(total / MESSAGES_PER_PAGE));
  const wanted = Math.max(1, Math.min(Math.trunc(page) || 1, pages));
  const rows = await db.message.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MESSAGES_PER_PAGE,
    skip: (wanted - 1) * MESSAGES_PER_PAGE,
    select: { villageId: true, id: true, title: true, body: true, href: true, createdAt: true, readAt: true },
  });
  return {
    messages: rows.map(({ readAt, ...row }) => ({ ...row, isRead: readAt !== null })),
    unread,
    page: wanted,
    pages,
  };
}
