import 'server-only';
import type { Db } from '@/lib/platform/db';
import type { MessagePage } from './types';

/** Messages on a page. */
export const MESSAGES_PER_PAGE = 30;

/** Whose messages: a person's, of the village of the seat they sit in. */
export interface MessageScope {
  villageId: string;
  personId: string;
}

/** How many messages a person has not read. One query. */
export async function countUnread(db: Db, scope: MessageScope): Promise<number> {
  return db.message.count({
    where: { villageId: scope.villageId, personId: scope.personId, readAt: null },
  });
}

/** A page of a person's messages, newest first; a page beyond the last is the last. Three queries. */
export async function listMessages(db: Db, scope: MessageScope, page = 1): Promise<MessagePage> {
  const where = { villageId: scope.villageId, personId: scope.personId };
  const [total, unread] = await Promise.all([db.message.count({ where }), countUnread(db, scope)]);
  const pages = Math.max(1, Math.ceil(total / MESSAGES_PER_PAGE));
  const wanted = Math.max(1, Math.min(Math.trunc(page) || 1, pages));
  const rows = await db.message.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MESSAGES_PER_PAGE,
    skip: (wanted - 1) * MESSAGES_PER_PAGE,
    select: { id: true, title: true, body: true, href: true, createdAt: true, readAt: true },
  });
  return {
    messages: rows.map(({ readAt, ...row }) => ({ ...row, isRead: readAt !== null })),
    unread,
    page: wanted,
    pages,
  };
}
