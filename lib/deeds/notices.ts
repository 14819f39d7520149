import 'server-only';
import type { Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { sayCapNote } from './rules';

export type DeedNews =
  | { kind: 'APPROVED'; asked: number; honour: number; points: number; capNote: string }
  | { kind: 'RETURNED'; reason: string }
  | { kind: 'UNDONE' };

/**
 * Tells a household what became of its deed, in the transaction that decided it: who did it and who logged it, as far
 * as they are of the household and have a sign-in; else its head.
 */
export async function tellHousehold(
  tx: Tx,
  about: { villageId: string; deedId: string; decisionId: string; now: Date },
  news: DeedNews,
): Promise<void> {
  const { villageId, deedId } = about;
  const deed = await tx.deed.findUnique({
    where: { villageId_id: { villageId, id: deedId } },
    select: {
      reporterId: true,
      residentId: true,
      item: { select: { name: true } },
      household: {
        select: {
          residents: {
            where: { leftOn: null, personId: { not: null } },
            select: { id: true, personId: true, relation: true },
          },
        },
      },
    },
  });
  if (!deed) return;
  const family = deed.household.residents;
  const concerned = family.filter((one) => one.id === deed.residentId || one.personId === deed.reporterId);
  const told = concerned.length > 0 ? concerned : family.filter((one) => one.relation === 'HEAD');
  const personIds = [...new Set(told.flatMap((one) => (one.personId ? [one.personId] : [])))];
  if (personIds.length === 0) return;
  const { title, body } = say(deed.item.name, news);
  await tx.message.createMany({
    data: personIds.map((personId) => ({
      villageId,
      id: idFromWords('deed-news', about.decisionId, personId),
      personId,
      title,
      body,
      href: `/me/deeds/${deedId}`,
      createdAt: about.now,
    })),
    skipDuplicates: true,
  });
}

function say(item: string, news: DeedNews): { title: string; body: string } {
  if (news.kind === 'APPROVED') {
    const { points, honour } = news;
    const plus = points === honour ? `+${honour} 分` : `荣誉 +${honour}，可兑 +${points}`;
    return {
      title: `“${item}”通过了，${plus}`,
      body: sayCapNote(news.capNote, news.asked, news.honour, news.points),
    };
  }
  if (news.kind === 'RETURNED')
    return { title: `“${item}”退回了`, body: `原因：${news.reason}。可以照着补好再报一次。` };
  return { title: `“${item}”要重新核实`, body: '刚才的核实撤销了，核分员会重新看，您不用做什么。' };
}
