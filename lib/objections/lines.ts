import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import type { Db, Prisma } from '@/lib/platform/db';
import { asToldTo, describeSubjects, type Reader } from './subjects';
import type { ObjectionLine, SubjectView } from './types';

/** What a line is read with. */
export const lineFields = {
  id: true,
  number: true,
  subjectKind: true,
  subject: true,
  state: true,
  openedAt: true,
  dueOn: true,
  decidedAt: true,
  risenAt: true,
  household: { select: { code: true } },
} as const satisfies Prisma.ObjectionSelect;

export type LineRow = Prisma.ObjectionGetPayload<{ select: typeof lineFields }>;

/** A row as a line. */
export const toLine = (row: LineRow, subject: SubjectView | undefined): ObjectionLine => ({
  id: row.id,
  number: row.number,
  kind: row.subjectKind,
  state: row.state,
  householdCode: row.household.code,
  openedAt: row.openedAt,
  dueOn: dateToDay(row.dueOn),
  decidedAt: row.decidedAt,
  risenAt: row.risenAt,
  title: subject?.title ?? '',
});

/** Rows as lines, with what each is about as far as the reader may know it. At most four queries. */
export async function toLines(
  db: Db,
  villageId: string,
  rows: LineRow[],
  reader: Reader,
): Promise<ObjectionLine[]> {
  const asked = rows.map((row) => ({ kind: row.subjectKind, subject: row.subject }));
  const subjects = await describeSubjects(db, villageId, asked);
  return rows.map((row) => {
    const subject = subjects.get(row.subject);
    return toLine(row, subject && asToldTo(reader, subject));
  });
}
