import 'server-only';
import { type Day, dateToDay, dayOf, yearOf } from '@/lib/platform/clock';
import { asRefusal } from '@/lib/platform/command';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import type { Paged } from '@/lib/platform/paging';
import { findDaysUp } from '../days';
import { readGrounds, readRows, toFacts } from '../facts/reads';
import { isNamed } from '../facts/rules';
import { isUpOn, readLines, readPage, STANDING_MOST } from '../reads';
import { sayMonthDay } from '../rules';
import type { DeskRow, GoneWhy, ListKind, ListLine, ListStep, ListSubject } from '../types';
import type { DeskList, LeftOut, Preview, PreviewRow } from './types';

/**
 * The lists of a village as its office sees them, newest period first: those in preparation, those before the public, and
 * a page of those that are over. Three queries.
 */
export async function listDeskLists(
  db: Db,
  villageId: string,
  today: Day,
  page = 1,
): Promise<{ waiting: ListLine[]; up: ListLine[]; over: Paged<ListLine> }> {
  const own = Prisma.sql`l.village_id = ${villageId}::uuid`;
  const isWaiting = Prisma.sql`l.state in ('DRAFT', 'CHECKED')`;
  const whole = { today, most: STANDING_MOST };
  const [waiting, up, over] = await Promise.all([
    readLines(db, Prisma.sql`${own} and ${isWaiting}`, whole),
    readLines(db, Prisma.sql`${own} and ${isUpOn(today)}`, whole),
    readPage(db, Prisma.sql`${own} and not ${isWaiting} and not ${isUpOn(today)}`, { today, page }),
  ]);
  return { waiting, up, over };
}

/**
 * The list of a kind, subject and period that keeps another one from being drafted: in preparation, or before the
 * public; null when there is none.
 */
export async function findListInTheWay(
  db: Db,
  villageId: string,
  what: { kind: ListKind; subject: ListSubject; period: string },
  today: Day,
): Promise<ListLine | null> {
  const [line] = await readLines(
    db,
    Prisma.sql`l.village_id = ${villageId}::uuid and l.kind = ${what.kind}::"ListKind"
      and l.subject = ${what.subject}::"ListSubject" and l.period = ${what.period}
      and l.state in ('DRAFT', 'CHECKED', 'PUBLICITY', 'FINAL')`,
    { today, most: 1 },
  );
  return line ?? null;
}

/** How many lists wait for someone: drafts for the supervisor, checked ones for the secretary. One query. */
export async function countDeskLists(
  db: Db,
  villageId: string,
): Promise<{ drafts: number; checked: number }> {
  const rows = await db.villageList.groupBy({
    by: ['state'],
    where: { villageId, state: { in: ['DRAFT', 'CHECKED'] } },
    _count: { _all: true },
  });
  const of = (state: string) => rows.find((row) => row.state === state)?._count._all ?? 0;
  return { drafts: of('DRAFT'), checked: of('CHECKED') };
}

/**
 * A list of the village in any state, as its office sees it at a moment; null when there is none. Of a black list that
 * is over, and of rows that are off one, it tells how many there were and no more: who was on it is nobody's business
 * any longer.
 */
export async function findDeskList(
  db: Db,
  villageId: string,
  listId: string,
  at: Date,
): Promise<DeskList | null> {
  if (!isId(listId)) return null;
  const today = dayOf(at);
  const [line] = await readLines(
    db,
    Prisma.sql`l.village_id = ${villageId}::uuid and l.id = ${listId}::uuid`,
    { today, most: 1 },
  );
  if (!line) return null;
  const isBlack = line.kind === 'BLACK';
  const isClosed = isBlack && (await isOver(db, villageId, line, today));
  const [list, rows, gone, taken] = await Promise.all([
    db.villageList.findUniqueOrThrow({ where: { villageId_id: { villageId, id: listId } } }),
    isClosed ? [] : readRows(db, villageId, listId),
    isBlack ? [] : readGone(db, villageId, listId),
    db.listRow.groupBy({
      by: ['goneWhy'],
      where: { villageId, listId, state: 'GONE' },
      _count: { _all: true },
      orderBy: { goneWhy: 'asc' },
    }),
  ]);
  const counts = {
    rows: line.rows,
    gone: taken.flatMap(({ goneWhy: why, _count }) => (why ? [{ why, count: _count._all }] : [])),
  };
  const total = counts.rows + counts.gone.reduce((sum, one) => sum + one.count, 0);
  const [version, daysUp, grounds, replaced, people] = await Promise.all([
    db.rulebookVersion.findUniqueOrThrow({
      where: { villageId_id: { villageId, id: list.versionId } },
      select: { number: true, publicityDays: true },
    }),
    findDaysUp(db, villageId, list.id),
    list.kind === 'BLACK'
      ? readGrounds(
          db,
          villageId,
          rows.map((row) => row.id),
        )
      : new Map(),
    db.villageList.findFirst({
      where: {
        villageId,
        id: { not: list.id },
        kind: list.kind,
        subject: list.subject,
        period: list.period,
        state: 'WITHDRAWN',
        publicFrom: { not: null },
        endedAt: { lte: list.draftedAt },
      },
      orderBy: { endedAt: 'desc' },
      select: { id: true, endedAt: true, endReason: true },
    }),
    db.person.findMany({
      where: {
        id: {
          in: [list.draftedById, list.checkedById, list.publishedById, list.endedById].filter(
            (id) => id !== null,
          ),
        },
      },
      select: { id: true, name: true },
    }),
  ]);
  const nameOf = (id: string | null) => people.find((one) => one.id === id)?.name ?? '';
  const steps: ListStep[] = [
    {
      what: '起草',
      who: nameOf(list.draftedById),
      at: list.draftedAt,
      note: `${total} 行`,
    },
  ];
  if (list.checkedAt)
    steps.push({ what: '审核', who: nameOf(list.checkedById), at: list.checkedAt, note: '' });
  if (list.publicFrom && list.publicUntil) {
    const until = sayMonthDay(dateToDay(list.publicUntil));
    steps.push({ what: '公示', who: nameOf(list.publishedById), at: list.publicFrom, note: `到${until}` });
  }
  if (list.finalAt) steps.push({ what: '定榜', who: '', at: list.finalAt, note: '公示期满' });
  if (list.endedAt) {
    const what = list.state === 'EXPIRED' ? '到期' : list.publicFrom ? '撤回' : '作废';
    steps.push({ what, who: nameOf(list.endedById), at: list.endedAt, note: list.endReason });
  }
  return {
    line,
    top: list.top,
    threshold: list.threshold,
    versionNumber: version.number,
    publicityDays: version.publicityDays,
    daysUp,
    draftedById: list.draftedById,
    rows: rows.map((row): DeskRow => {
      const facts = toFacts(row, grounds.get(row.id) ?? []);
      return {
        id: row.id,
        rank: row.rank,
        householdId: row.household_id,
        name: row.place_name ?? row.resident_name ?? row.head_name ?? '（没有户主）',
        where: row.place_name ? (row.keeper ?? '') : [row.group_name, row.code].filter(Boolean).join(' '),
        points: row.points,
        state: row.state,
        goneWhy: null,
        reasons: facts.grounds.map((one) => `${one.item}（${one.seenOn}）`),
        isNamed: facts.place === null && isNamed(list.kind, facts, Number(yearOf(today))),
      };
    }),
    gone,
    counts,
    isClosed,
    steps,
    endReason: list.endReason,
    replaces: replaced?.endedAt
      ? { id: replaced.id, endedAt: replaced.endedAt, reason: replaced.endReason }
      : null,
  };
}

/** Whether a black list is over on a day: ended, past its last day, or no longer borne by its rulebook. */
async function isOver(db: Db, villageId: string, line: ListLine, today: Day): Promise<boolean> {
  if (line.state === 'EXPIRED' || line.state === 'WITHDRAWN') return true;
  if (line.lastDay !== null && today > line.lastDay) return true;
  const [asked] = await db.$queryRaw<{ fallen: boolean }[]>`
    select list_fallen(${villageId}::uuid, ${line.id}::uuid, ${today}::date) is not null as fallen`;
  return asked?.fallen ?? true;
}

async function readGone(db: Db, villageId: string, listId: string): Promise<DeskList['gone']> {
  const rows = await db.$queryRaw<{ name: string | null; where: string; why: GoneWhy }[]>`
    select coalesce(r.name, (select x.name from resident x where x.village_id = row.village_id
        and x.household_id = row.household_id and x.relation = 'HEAD' and x.left_on is null limit 1)) as name,
      coalesce(h.code, '') as "where", row.gone_why as why
    from list_row row
    left join household h on h.village_id = row.village_id and h.id = row.household_id
    left join resident r on r.village_id = row.village_id and r.id = row.resident_id
    where row.village_id = ${villageId}::uuid and row.list_id = ${listId}::uuid and row.state = 'GONE'
    order by row.rank, h.code`;
  return rows.map((row) => ({ ...row, name: row.name ?? '' }));
}

/** What a list drafted at this moment would say, and whom a black one leaves out and why. Nothing is written. */
export async function previewList(
  db: Db,
  villageId: string,
  what: { kind: ListKind; subject: ListSubject; period: string },
  now: Date,
): Promise<Preview> {
  const { kind, subject, period } = what;
  try {
    const [rule] = await db.$queryRaw<
      { top: number | null; threshold: number | null; audience: 'VILLAGE' | 'EVERYONE' }[]
    >`select top, threshold, audience from list_rule(${villageId}::uuid, ${kind}::"ListKind",
        ${subject}::"ListSubject", ${period}, shanghai_day(${now}::timestamptz))`;
    if (!rule) throw new Error('list_rule answered nothing');
    const [rows, leftOut] = await Promise.all([
      db.$queryRaw<PreviewRow[]>`
        select d.rank, d.points,
          coalesce(p.name, r.name, (select x.name from resident x where x.village_id = h.village_id
            and x.household_id = h.id and x.relation = 'HEAD' and x.left_on is null limit 1), '（没有户主）') as name,
          case when p.id is not null then p.keeper else concat_ws(' ', g.name, h.code) end as "where"
        from list_derive(${villageId}::uuid, ${kind}::"ListKind", ${subject}::"ListSubject", ${period},
                         ${now}::timestamptz, ${rule.top}::integer, ${rule.threshold}::integer) d
        left join household h on h.village_id = ${villageId}::uuid and h.id = d.household_id
        left join village_group g on g.village_id = h.village_id and g.id = h.group_id
        left join resident r on r.village_id = ${villageId}::uuid and r.id = d.resident_id
        left join place p on p.village_id = ${villageId}::uuid and p.id = d.place_id
        order by d.rank, h.code, p.name`,
      kind === 'BLACK' && subject === 'HOUSEHOLD'
        ? db.$queryRaw<LeftOut[]>`
            with grounds as (
              select g.*, sum(g.points) filter (where g.fault is null) over (partition by g.household_id) as sound
              from list_grounds(${villageId}::uuid, ${period}, ${now}::timestamptz) g
            )
            select h.code, i.name as item, g.points, coalesce(g.fault, '') as fault,
              coalesce((select x.name from resident x where x.village_id = h.village_id and x.household_id = h.id
                and x.relation = 'HEAD' and x.left_on is null limit 1), '') as name
            from grounds g
            join household h on h.village_id = ${villageId}::uuid and h.id = g.household_id
            join item i on i.village_id = h.village_id and i.id = g.item_id
            where g.fault is not null or coalesce(g.sound, 0) < ${rule.threshold}::integer
            order by h.code, i.name`
        : Promise.resolve([]),
    ]);
    return { ok: true, ...rule, rows, leftOut };
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal && refusal.code !== 'BUSY') return { ok: false, refusal: refusal.view };
    throw error;
  }
}
