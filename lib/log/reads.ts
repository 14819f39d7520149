import 'server-only';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import type { CommandPage } from './types';

/** Lines of the log on one page. */
export const LOG_PAGE = 30;

/**
 * A village's commands, newest first, thirty at a time, of one person or of one kind when asked. `after` is the id of
 * the last line of the page before. One query on the log's index, however long the log is.
 */
export async function listCommands(
  db: Db,
  villageId: string,
  { after = '', personId = '', name = '' }: { after?: string; personId?: string; name?: string },
): Promise<CommandPage> {
  const before = isId(after)
    ? Prisma.sql`and (c.logged_at, c.id) < (select a.logged_at, a.id from command_log a
        where a.village_id = ${villageId}::uuid and a.id = ${after}::uuid)`
    : Prisma.empty;
  const ofPerson = isId(personId) ? Prisma.sql`and c.person_id = ${personId}::uuid` : Prisma.empty;
  const ofName = /^[a-z-]{1,60}$/.test(name) ? Prisma.sql`and c.name = ${name}` : Prisma.empty;
  const rows = await db.$queryRaw<
    {
      id: string;
      name: string;
      person: string | null;
      person_id: string | null;
      seat: string;
      logged_at: Date;
    }[]
  >`
    select c.id, c.name, p.name as person, c.person_id, c.seat, c.logged_at
    from command_log c left join person p on p.id = c.person_id
    where c.village_id = ${villageId}::uuid ${before} ${ofPerson} ${ofName}
    order by c.logged_at desc, c.id desc
    limit ${LOG_PAGE + 1}`;
  const shown = rows.slice(0, LOG_PAGE);
  return {
    lines: shown.map((row) => ({
      id: row.id,
      name: row.name,
      person: row.person ?? '',
      personId: row.person_id,
      seat: row.seat,
      at: row.logged_at,
    })),
    olderAfter: rows.length > LOG_PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Those of the village's office who are in the log, to choose one of. */
export async function listOfficePeople(db: Db, villageId: string): Promise<{ id: string; name: string }[]> {
  return db.person.findMany({
    where: { appointments: { some: { villageId } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 100,
    select: { id: true, name: true },
  });
}
