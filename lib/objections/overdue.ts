import 'server-only';
import { sayFullDay } from '@/lib/deductions/rules';
import { dateToDay, dayOf, dayToDate } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { idFromWords } from '@/lib/platform/ids';

interface Risen {
  village_id: string;
  id: string;
  number: string;
  due_on: Date;
  village: string;
  township_id: string;
}

/**
 * Marks objections whose last day has passed as risen, each once, and tells the officials of the village's township in
 * the same transaction. Answers how many have risen now.
 */
export async function raiseOverdueObjections(now: Date): Promise<number> {
  return db().$transaction(async (tx) => {
    const risen = await tx.$queryRaw<Risen[]>`
      select village_id::text, id::text, number, due_on, village, township_id::text
      from objections_raise_overdue(${now}::timestamptz)`;
    if (risen.length === 0) return 0;
    const today = dayToDate(dayOf(now));
    const officials = await tx.appointment.findMany({
      where: {
        role: 'TOWNSHIP',
        townshipId: { in: risen.map((one) => one.township_id) },
        from: { lte: today },
        OR: [{ until: null }, { until: { gte: today } }],
      },
      select: { personId: true, townshipId: true },
    });
    await tx.message.createMany({
      data: risen.flatMap((one) =>
        officials
          .filter((official) => official.townshipId === one.township_id)
          .map(({ personId }) => ({
            villageId: one.village_id,
            id: idFromWords('objection-risen', one.id, personId),
            personId,
            title: `${one.village}有一件异议过期没定（${one.number}）`,
            body: `应在 ${sayFullDay(dateToDay(one.due_on))}前定。请过问一下。`,
            href: '/office',
            createdAt: now,
          })),
      ),
      skipDuplicates: true,
    });
    return risen.length;
  });
}
