import 'server-only';
import { listAttachedPhotos } from '@/lib/photos/attached';
import { type Day, dateToDay, dayToDate, periodBounds } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { PlaceView } from './types';

const LATEST = 3;

/** The places of a village with what inspections of the running quarter found; open ones first. Three queries. */
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
        where: { checkedOn: { gte: dayToDate(from) } },
        take: 60,
        select: { id: true, checkedOn: true, score: true, note: true, checkedById: true },
      },
    },
  });
  const shown = places.flatMap((place) => place.checks.slice(0, LATEST));
  const [photos, people] = await Promise.all([
    listAttachedPhotos(
      db,
      villageId,
      'PLACE_CHECK',
      shown.map((check) => check.id),
    ),
    db.person.findMany({
      where: { id: { in: [...new Set(shown.map((check) => check.checkedById))] } },
      select: { id: true, name: true },
    }),
  ]);
  const names = new Map(people.map((person) => [person.id, person.name]));
  return places.map(({ checks, closedOn, ...place }) => ({
    ...place,
    closedOn: closedOn ? dateToDay(closedOn) : null,
    checks: checks.length,
    average:
      checks.length === 0
        ? null
        : Math.round((checks.reduce((sum, check) => sum + check.score, 0) / checks.length) * 10),
    latest: checks.slice(0, LATEST).map((check) => ({
      id: check.id,
      checkedOn: dateToDay(check.checkedOn),
      score: check.score,
      note: check.note,
      checkedBy: names.get(check.checkedById) ?? '',
      photos: photos.get(check.id) ?? [],
    })),
  }));
}
