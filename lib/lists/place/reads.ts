import 'server-only';
import { listAttachedPhotos } from '@/lib/photos/attached';
import { addDays, type Day, dateToDay, dayOf, dayToDate, periodBounds } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { type Paged, paged, partOf } from '@/lib/platform/paging';
import { holdsOn, isUpOn } from '../reads';
import type { PlaceRowLine, PlaceView } from './types';

const CHECKS_MOST = 60;

/**
 * The places of a village, open ones first, with what inspections found of each in the running quarter and the one
 * before, of which lists are drafted. Three queries.
 */
export async function listPlaces(db: Db, villageId: string, today: Day): Promise<PlaceView[]> {
  const { from } = periodBounds(today, 'QUARTER');
  const places = await db.place.findMany({
    where: { villageId },
    orderBy: [{ closedOn: { sort: 'asc', nulls: 'first' } }, { kind: 'asc' }, { name: 'asc' }],
    take: 300,
    select: {
      id: true,
      kind: true,
      name: true,
      keeper: true,
      closedOn: true,
      checks: {
        orderBy: [{ checkedOn: 'desc' }, { recordedAt: 'desc' }, { id: 'desc' }],
        where: { checkedOn: { gte: dayToDate(periodBounds(addDays(from, -1), 'QUARTER').from) } },
        take: CHECKS_MOST,
        select: {
          id: true,
          checkedOn: true,
          score: true,
          note: true,
          checkedById: true,
          voided: { select: { reason: true, voidedById: true, voidedAt: true } },
        },
      },
    },
  });
  const all = places.flatMap((place) => place.checks);
  const officers = all.flatMap(({ checkedById, voided }) =>
    voided ? [checkedById, voided.voidedById] : [checkedById],
  );
  const [photos, people] = await Promise.all([
    listAttachedPhotos(
      db,
      villageId,
      'PLACE_CHECK',
      all.map((check) => check.id),
    ),
    db.person.findMany({
      where: { id: { in: [...new Set(officers)] } },
      select: { id: true, name: true },
    }),
  ]);
  const names = new Map(people.map((person) => [person.id, person.name]));
  return places.map(({ checks, closedOn, ...place }) => {
    const counted = checks.filter((check) => !check.voided && dateToDay(check.checkedOn) >= from);
    return {
      ...place,
      closedOn: closedOn ? dateToDay(closedOn) : null,
      checks: counted.length,
      average:
        counted.length === 0
          ? null
          : Math.round((counted.reduce((sum, check) => sum + check.score, 0) / counted.length) * 10),
      inspections: checks.map(({ voided, ...check }) => ({
        ...check,
        checkedOn: dateToDay(check.checkedOn),
        checkedBy: names.get(check.checkedById) ?? '',
        photos: photos.get(check.id) ?? [],
        voided: voided
          ? {
              by: names.get(voided.voidedById) ?? '',
              on: dayOf(voided.voidedAt),
              reason: voided.reason,
            }
          : null,
      })),
    };
  });
}

/**
 * A page of the places on lists that are up on a day, newest list first: what every household of the village may object
 * to. One query.
 */
export async function listPlaceRows(
  db: Db,
  villageId: string,
  today: Day,
  page = 1,
): Promise<Paged<PlaceRowLine>> {
  const { take, skip } = partOf(page);
  const rows = await db.$queryRaw<PlaceRowLine[]>`
    select r.id::text, l.kind::text as kind, l.period, p.name, r.rank, r.points,
      r.state = 'SUSPENDED' as "isSuspended"
    from list_row r
    join village_list l on l.village_id = r.village_id and l.id = r.list_id
    join rulebook_version v on v.village_id = l.village_id and v.id = l.version_id
    join place p on p.village_id = r.village_id and p.id = r.place_id
    where r.village_id = ${villageId}::uuid and r.state <> 'GONE' and ${isUpOn(today)} and ${holdsOn(today)}
    order by l.period desc, l.kind desc, l.id, r.rank, p.name, r.id limit ${take} offset ${skip}`;
  return paged(rows, page);
}
