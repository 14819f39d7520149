import 'server-only';
import { answerUntilOf, tellMembers } from '@/lib/deductions/notices';
import { sayFullDay } from '@/lib/deductions/rules';
import { dateToDay } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/command';
import { NOBODY_LEFT, SUBJECT_NAMES, WINDOW_DAYS } from './rules';
import type { ObjectionSubject } from './types';

interface About {
  villageId: string;
  objectionId: string;
  now: Date;
}

const fields = {
  number: true,
  subjectKind: true,
  subject: true,
  householdId: true,
  dueOn: true,
  state: true,
  reason: true,
} as const;

/** The household that an objection's subject is about; null for a place. */
async function householdOf(tx: Tx, villageId: string, objectionId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string | null }[]>`
    select objection_about(o.village_id, o.subject_kind, o.subject)::text as id from objection o
    where o.village_id = ${villageId}::uuid and o.id = ${objectionId}::uuid`;
  return rows[0]?.id ?? null;
}

/**
 * That the clock of a deduction runs again once nothing is said against it any more, with its last day; '' where none
 * does: it is posted already, or it is another kind of thing.
 */
async function sayClock(
  tx: Tx,
  { villageId, now }: About,
  one: { subjectKind: ObjectionSubject; subject: string },
): Promise<string> {
  if (one.subjectKind !== 'DEDUCTION') return '';
  const { state } = await tx.deduction.findUniqueOrThrow({
    where: { villageId_id: { villageId, id: one.subject } },
    select: { state: true },
  });
  if (state !== 'NOTICED') return '';
  const until = await answerUntilOf(tx, villageId, one.subject, now);
  return `申辩期接着算，到 ${sayFullDay(until)}为止。`;
}

/** Whether a line of the ledger came from a deed, which goes back when the line is taken back. */
async function isOfDeed(tx: Tx, villageId: string, postingId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ is: boolean }[]>`
    select exists (select 1 from posting p join deed_decision dd on dd.village_id = p.village_id and dd.id = p.source
      where p.village_id = ${villageId}::uuid and p.id = ${postingId}::uuid) as is`;
  return rows[0]?.is === true;
}

/** Tells a household that someone of the office wrote an objection down in its name, or took it back. */
export async function tellWrittenDown(
  tx: Tx,
  about: About & { by: string; act: 'opened' | 'withdrawn' },
): Promise<void> {
  const { villageId, objectionId, now, by, act } = about;
  const one = await tx.objection.findUniqueOrThrow({
    where: { villageId_id: { villageId, id: objectionId } },
    select: fields,
  });
  const what = `第 ${one.number} 号，对${SUBJECT_NAMES[one.subjectKind]}提的`;
  await tellMembers(
    tx,
    { villageId, householdId: one.householdId, causeId: `${objectionId} ${act}`, now },
    {
      ...(act === 'opened'
        ? {
            title: `${by}替您家提了一件异议`,
            body: `${what}。写了什么请点开看。不是您家的意思，没定以前可以在那一页撤回，撤回了还能自己提。`,
          }
        : {
            title: `${by}替您家撤回了异议`,
            body: `${what}。${await sayClock(tx, about, one)}不是您家要撤的，可以重新提，也可以告诉村务监督员。`,
          }),
      href: `/me/objections/${objectionId}`,
    },
  );
}

/** Who decides an objection now, by name. */
async function decidersOf(tx: Tx, { villageId, objectionId, now }: About): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select pe.name from objection_deciders(${villageId}::uuid, ${objectionId}::uuid, ${now}::timestamptz) d
    join person pe on pe.id = d.person_id order by pe.name`;
  return rows.map((one) => one.name);
}

const sayWho = (names: readonly string[]) =>
  names.length > 0
    ? `由${names.join('、')}来定。您可以找${names.length > 1 ? '他们' : '他'}说说情况。`
    : `${NOBODY_LEFT}。`;

/** Tells a household that somebody else objects to its line, without saying who. */
export async function tellSubjectHousehold(tx: Tx, about: About): Promise<void> {
  const { villageId, objectionId, now } = about;
  const one = await tx.objection.findUniqueOrThrow({
    where: { villageId_id: { villageId, id: objectionId } },
    select: fields,
  });
  const householdId = await householdOf(tx, villageId, objectionId);
  if (!householdId || householdId === one.householdId) return;
  await tellMembers(
    tx,
    { villageId, householdId, causeId: objectionId, now },
    {
      title: `有人对您家在${SUBJECT_NAMES[one.subjectKind]}上的一笔提了异议`,
      body: `第 ${one.number} 号，${sayFullDay(dateToDay(one.dueOn))}前有结果，${sayWho(await decidersOf(tx, about))}`,
      href: '/me/messages',
    },
  );
}

/** Tells both sides the outcome: who objected, and the household the thing is about. */
export async function tellOutcome(tx: Tx, about: About): Promise<void> {
  const { villageId, objectionId, now } = about;
  const one = await tx.objection.findUniqueOrThrow({
    where: { villageId_id: { villageId, id: objectionId } },
    select: fields,
  });
  const isUpheld = one.state === 'UPHELD';
  const cause = { villageId, causeId: `${objectionId} outcome`, now };
  await tellMembers(
    tx,
    { ...cause, householdId: one.householdId },
    {
      title: `您家的异议${isUpheld ? '成立' : '不成立'}（${one.number}）`,
      body: `对${SUBJECT_NAMES[one.subjectKind]}提的。理由：${one.reason}。${await sayClock(tx, about, one)}`,
      href: `/me/objections/${objectionId}`,
    },
  );
  const householdId = await householdOf(tx, villageId, objectionId);
  if (!householdId || householdId === one.householdId) return;
  const isReturned =
    isUpheld && one.subjectKind === 'POSTING' && (await isOfDeed(tx, villageId, one.subject));
  await tellMembers(
    tx,
    { ...cause, householdId },
    {
      title: isUpheld
        ? `您家在${SUBJECT_NAMES[one.subjectKind]}上的一笔，异议成立`
        : `您家在${SUBJECT_NAMES[one.subjectKind]}上的一笔，异议不成立，照旧`,
      body: `第 ${one.number} 号。理由：${one.reason}。${isReturned ? `那件申报跟着退回了，不同意可以在 ${WINDOW_DAYS} 天内对退回提异议。` : ''}`,
      href: '/me/messages',
    },
  );
}
