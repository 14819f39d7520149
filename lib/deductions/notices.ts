import 'server-only';
import { type Day, dateToDay, dayOf } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { mayBeMinorOn, sayFullDay, withoutStop } from './rules';

export type DeductionNews =
  | { kind: 'WARNED'; recheckOn: Day }
  | { kind: 'NOTICED'; answerUntil: Day }
  | { kind: 'DROPPED'; reason: string }
  | { kind: 'CLOCK_RUNS'; reason: string; answerUntil: Day }
  | { kind: 'POSTED'; honour: number }
  | { kind: 'RESTORED'; honour: number }
  | { kind: 'REPAIR_REFUSED'; reason: string }
  /** written down in its name by someone of the office */
  | { kind: 'ANSWER_RECORDED'; by: string; hearers: readonly string[] }
  | { kind: 'REPAIR_RECORDED'; by: string };

export interface NewsAbout {
  villageId: string;
  deductionId: string;
  /** the step that caused it: told once */
  causeId: string;
  now: Date;
}

/** Tells the grown-ups of a household who can sign in, in the transaction that caused it. */
export async function tellMembers(
  tx: Tx,
  about: { villageId: string; householdId: string; causeId: string; now: Date },
  message: { title: string; body: string; href: string },
): Promise<void> {
  const { villageId, householdId, causeId, now } = about;
  const members = await tx.resident.findMany({
    where: { villageId, householdId, leftOn: null, personId: { not: null } },
    select: { personId: true, birthYear: true, relation: true },
  });
  if (members.length === 0) return;
  const today = dayOf(now);
  await tx.message.createMany({
    data: members.flatMap(({ personId, ...who }) =>
      personId && !mayBeMinorOn(who, today)
        ? [
            {
              villageId,
              id: idFromWords('household-news', causeId, householdId, personId),
              personId,
              ...message,
              createdAt: now,
            },
          ]
        : [],
    ),
    skipDuplicates: true,
  });
}

/** Tells a household what became of a deduction. */
export async function tellOfDeduction(tx: Tx, about: NewsAbout, news: DeductionNews): Promise<void> {
  const { villageId, deductionId } = about;
  const deduction = await tx.deduction.findUniqueOrThrow({
    where: { villageId_id: { villageId, id: deductionId } },
    select: { householdId: true, seenOn: true, points: true, item: { select: { name: true } } },
  });
  const what = `${sayFullDay(dateToDay(deduction.seenOn))}“${deduction.item.name}”`;
  await tellMembers(
    tx,
    { ...about, householdId: deduction.householdId },
    { ...say(what, deduction.points, news), href: `/me/deductions/${deductionId}` },
  );
}

function say(what: string, points: number, news: DeductionNews): { title: string; body: string } {
  switch (news.kind) {
    case 'WARNED':
      return {
        title: '村里给您家送了一份提醒',
        body: `${what}。请在 ${sayFullDay(news.recheckOn)}前改好，改好了就不扣分。`,
      };
    case 'NOTICED':
      return {
        title: `拟扣 ${points} 分，请您在 ${sayFullDay(news.answerUntil)}前说说情况`,
        body: `${what}。现在还没有扣。您可以申辩，也可以提异议，说了就先停下来，由没经手的人来定。`,
      };
    case 'DROPPED':
      return { title: '不扣分了', body: `${what}：${withoutStop(news.reason)}。` };
    case 'CLOCK_RUNS':
      return {
        title: '您说的情况听过了，申辩期接着算',
        body: `${what}：${withoutStop(news.reason)}。申辩期到 ${sayFullDay(news.answerUntil)}为止。`,
      };
    case 'POSTED':
      return {
        title: `扣了 ${news.honour} 分`,
        body: `${what}。申辩期已过。不同意可以在 30 天内提异议。`,
      };
    case 'RESTORED':
      return { title: `整改好了，还回 ${news.honour} 分`, body: `${what}。谢谢您。` };
    case 'ANSWER_RECORDED':
      return {
        title: `${news.by}替您家写了申辩`,
        body: `${what}。先停下来不扣，写了什么请点开看。不是您家的意思，请在定下来以前告诉${news.hearers.join('、') || '村书记'}；定了还不同意，可以提异议。`,
      };
    case 'REPAIR_RECORDED':
      return {
        title: `${news.by}替您家报了整改`,
        body: `${what}。报了什么、照片是哪张，请点开看。不是您家报的，或者还没改好，请告诉来看的人。`,
      };
    default:
      return { title: '整改还差一点', body: `${what}：${news.reason}。改好了可以再报。` };
  }
}

/** What a notice needs to know of a deduction after its step: the last day to answer. */
export async function answerUntilOf(tx: Tx, villageId: string, deductionId: string, now: Date): Promise<Day> {
  const { answerUntil } = await tx.deduction.findUniqueOrThrow({
    where: { villageId_id: { villageId, id: deductionId } },
    select: { answerUntil: true },
  });
  return answerUntil ? dateToDay(answerUntil) : dayOf(now);
}

/** Who hears what a household says of a deduction, by name. */
export async function hearersOf(
  tx: Tx,
  { villageId, deductionId, now }: Pick<NewsAbout, 'villageId' | 'deductionId' | 'now'>,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select pe.name from deduction_hearers(${villageId}::uuid, ${deductionId}::uuid, ${now}::timestamptz) l
    join person pe on pe.id = l.person_id order by pe.name`;
  return rows.map((one) => one.name);
}
