import 'server-only';
import { sayFullDay } from '@/lib/deductions/rules';
import { dateToDay, dayOf, type Quarter, sayQuarter } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { maskName } from '@/lib/residents/rules';
import type { ObjectionSubject, SubjectView } from './types';

/** Who reads: the office, which decides; everyone; or one household. */
export type Reader = 'office' | 'public' | { householdId: string };

/**
 * A subject as far as a reader may know it. Of a list that ends or is withdrawn nothing must be left, so of its rows the
 * public learns not even which list it was, and a household only of its own row or of a place.
 */
export function asToldTo(reader: Reader, subject: SubjectView): SubjectView {
  if (subject.kind !== 'LIST_ROW' || reader === 'office') return subject;
  const isKnown =
    reader !== 'public' && (subject.householdId === null || subject.householdId === reader.householdId);
  if (isKnown) return subject;
  const { kind, id } = subject;
  return { kind, id, title: '', note: '', householdCode: '', householdId: null };
}

interface Asked {
  kind: ObjectionSubject;
  subject: string;
}

/**
 * What objections are about, in words, by subject id: one query a kind. Names are masked; of a household's own things the
 * page beside says more.
 */
export async function describeSubjects(
  db: Db,
  villageId: string,
  asked: readonly Asked[],
): Promise<Map<string, SubjectView>> {
  const idsOf = (kind: ObjectionSubject) =>
    asked.filter((one) => one.kind === kind && isId(one.subject)).map((one) => one.subject);
  const [deeds, deductions, postings, rows] = await Promise.all([
    findDeeds(db, villageId, idsOf('DEED')),
    findDeductions(db, villageId, idsOf('DEDUCTION')),
    findPostings(db, villageId, idsOf('POSTING')),
    findRows(db, villageId, idsOf('LIST_ROW')),
  ]);
  return new Map([...deeds, ...deductions, ...postings, ...rows].map((one) => [one.id, one]));
}

async function findDeeds(db: Db, villageId: string, ids: string[]): Promise<SubjectView[]> {
  if (ids.length === 0) return [];
  const found = await db.deed.findMany({
    where: { villageId, id: { in: ids } },
    select: {
      id: true,
      deedOn: true,
      decidedAt: true,
      state: true,
      reason: true,
      item: { select: { name: true } },
      household: { select: { code: true } },
      householdId: true,
    },
  });
  return found.map((one) => ({
    kind: 'DEED',
    id: one.id,
    title: one.item.name,
    note:
      one.state === 'RETURNED' && one.decidedAt
        ? `${sayFullDay(dateToDay(one.deedOn))}做的，${sayFullDay(dayOf(one.decidedAt))}退回，原因：${one.reason}`
        : `${sayFullDay(dateToDay(one.deedOn))}做的`,
    householdCode: one.household.code,
    householdId: one.householdId,
  }));
}

async function findDeductions(db: Db, villageId: string, ids: string[]): Promise<SubjectView[]> {
  if (ids.length === 0) return [];
  const found = await db.deduction.findMany({
    where: { villageId, id: { in: ids } },
    select: {
      id: true,
      seenOn: true,
      points: true,
      postedAt: true,
      facts: true,
      item: { select: { name: true } },
      household: { select: { code: true } },
      householdId: true,
    },
  });
  return found.map((one) => ({
    kind: 'DEDUCTION',
    id: one.id,
    title: one.item.name,
    note: `${sayFullDay(dateToDay(one.seenOn))}，${one.postedAt ? '' : '拟'}扣 ${one.points} 分：${one.facts}`,
    householdCode: one.household.code,
    householdId: one.householdId,
  }));
}

async function findPostings(db: Db, villageId: string, ids: string[]): Promise<SubjectView[]> {
  if (ids.length === 0) return [];
  const found = await db.$queryRaw<
    {
      id: string;
      kind: string;
      honour: number;
      day: Date;
      item: string | null;
      household: string | null;
      code: string | null;
      name: string | null;
    }[]
  >`
    select p.id::text, p.kind::text, p.honour, p.credited_on as day, i.name as item,
      p.household_id::text as household, h.code, r.name
    from posting p
    left join item i on i.village_id = p.village_id and i.id = p.item_id
    left join household h on h.village_id = p.village_id and h.id = p.household_id
    left join resident r on r.village_id = p.village_id and r.id = p.resident_id
    where p.village_id = ${villageId}::uuid and p.id = any(${ids}::uuid[])`;
  return found.map((one) => ({
    kind: 'POSTING',
    id: one.id,
    title: one.item ?? '台账一笔',
    note: `${sayFullDay(dateToDay(one.day))}，${one.code ?? ''} ${one.name ? maskName(one.name) : ''}，${
      one.honour < 0 ? `扣 ${-one.honour}` : `记 ${one.honour}`
    } 分`,
    householdCode: one.code ?? '',
    householdId: one.household,
  }));
}

/** States in which a list shows its rows to the office. */
const STANDS: ReadonlySet<string> = new Set(['PUBLICITY', 'FINAL']);

async function findRows(db: Db, villageId: string, ids: string[]): Promise<SubjectView[]> {
  if (ids.length === 0) return [];
  const found = await db.listRow.findMany({
    where: { villageId, id: { in: ids }, list: { state: { notIn: ['DRAFT', 'CHECKED'] } } },
    select: {
      id: true,
      rank: true,
      state: true,
      householdId: true,
      household: { select: { code: true } },
      place: { select: { name: true } },
      list: { select: { id: true, kind: true, period: true, state: true } },
    },
  });
  return found.map((one) => ({
    kind: 'LIST_ROW',
    id: one.id,
    title: `${sayQuarter(one.list.period as Quarter)}${one.list.kind === 'RED' ? '红榜' : '黑榜'}`,
    note: `第 ${one.rank} 行，${one.household?.code ?? one.place?.name ?? ''}`,
    householdCode: one.household?.code ?? '',
    householdId: one.householdId,
    ...(one.householdId && one.state !== 'GONE' && STANDS.has(one.list.state) ? { listId: one.list.id } : {}),
  }));
}
