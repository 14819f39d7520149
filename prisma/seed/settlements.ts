import { recordPoolEntry } from '@/lib/alliance/pool/commands';
import { agreeStatement, answerLine, disputeLine } from '@/lib/alliance/settlement/commands';
import { makeMonthlyStatements } from '@/lib/alliance/settlement/monthly';
import { confirmPayment, recordPayment } from '@/lib/alliance/settlement/payment/commands';
import type { Actor } from '@/lib/auth/types';
import { addMonths } from '@/lib/ledger/rules';
import { addDays, type Day, dateToDay, monthOf, startOfDay } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { deskActor } from './actors';
import { demoId, type PlannedVillage } from './people';
import { type Shop, shopActor, shopsOf } from './traders';

// How the villages of the demo settled with their shops, month by month up to the evening before: stated by the month's
// job, agreed, paid on the day of the terms, confirmed. The last month stands at different steps, one shop has a
// question, and 滨江社区 has left one unpaid, so that what is due and overdue can be seen.

/** so far back; trade does not begin before */
const MONTHS_BACK = 10;
const MONTHS_OF_FUNDS = [8, 3] as const;

type Step = 'MADE' | 'DISPUTED' | 'AGREED' | 'PAID' | 'CONFIRMED';

/** How far the last month's statement of a village's first, second and third shop has come. */
const LAST_STEPS: Record<string, readonly Step[]> = {
  qingzhu: ['AGREED', 'DISPUTED', 'MADE'],
  xinghua: ['MADE', 'AGREED', 'CONFIRMED'],
  binjiang: ['PAID', 'AGREED', 'MADE'],
};

/** Statements of a shop from before the last month that wait for their money still. */
const UNPAID = { village: 'binjiang', monthsBack: 2 } as const;

interface Settling {
  village: PlannedVillage;
  shop: Shop;
  /** the steps up to this one are taken, as far as their days have come */
  until: Step;
  /** the shop asks about a line before it agrees */
  asks: boolean;
}

async function must(command: Command, actor: Actor, id: string, input: object, now: Date): Promise<void> {
  const result = await runCommand(command, { actor, id, input, now });
  if (!result.ok) throw new Error(`${command.name} was refused: ${result.refusal.code}`);
}

const at = (day: Day, hour: number) => new Date(startOfDay(day).getTime() + hour * 3_600_000);

/** Takes a month's statement of a shop through its steps. */
async function settle(db: PrismaClient, month: string, { village, shop, until, asks }: Settling, today: Day) {
  const statement = await db.statement.findFirst({
    where: { villageId: village.id, merchantId: shop.id, month },
    select: {
      id: true,
      fen: true,
      dueOn: true,
      lines: { select: { id: true }, orderBy: { postingId: 'asc' }, take: 1 },
    },
  });
  if (!statement || until === 'MADE') return;
  const owner = shopActor(shop);
  const secretary = deskActor(village, 'SECRETARY');
  const villageId = village.id;
  const statementId = statement.id;
  const id = (step: string) => demoId('settlement', step, statementId);
  const first = `${addMonths(month, 1)}-01` as Day;
  const hasCome = (day: Day) => day < today;
  const line = statement.lines[0]?.id;
  if (line && (until === 'DISPUTED' || asks)) {
    const reason = '这一笔和前一笔像是同一回，请帮着查一下';
    await must(
      disputeLine,
      owner,
      id('dispute'),
      { villageId, statementId, lineId: line, reason },
      at(first, 9),
    );
    if (until === 'DISPUTED' || !hasCome(addDays(first, 1))) return;
    const answer = '查过了，那天来了两回，两笔都对';
    await must(answerLine, secretary, id('answer'), { statementId, lineId: line, answer }, at(first, 15));
  }
  await must(agreeStatement, owner, id('agree'), { villageId, statementId }, at(first, 19));
  const paidOn = dateToDay(statement.dueOn);
  if (until === 'AGREED' || statement.fen <= 0 || !hasCome(paidOn)) return;
  const payment = {
    merchantId: shop.id,
    statements: [statementId],
    fen: statement.fen,
    paidOn,
    channel: 'BANK',
    reference: `${month.replace('-', '')}-${shop.id.slice(0, 4)}`,
    photos: [],
  };
  await must(recordPayment, secretary, id('pay'), payment, at(paidOn, 10));
  if (until === 'PAID' || !hasCome(addDays(paidOn, 1))) return;
  await must(
    confirmPayment,
    owner,
    id('confirm'),
    { villageId, paymentId: id('pay') },
    at(addDays(paidOn, 1), 12),
  );
}

/** Puts into the pools what the villages pay their shops from. */
async function fund(village: PlannedVillage, month: string): Promise<void> {
  const secretary = deskActor(village, 'SECRETARY');
  for (const [index, monthsBack] of MONTHS_OF_FUNDS.entries()) {
    const onDay = `${addMonths(month, -monthsBack)}-03` as Day;
    const entry =
      index === 0
        ? { source: 'GRANT', yuan: '2000', note: '镇里拨的启动资金' }
        : { source: 'COLLECTIVE', yuan: '1500', note: '村集体收入拨入' };
    await must(
      recordPoolEntry,
      secretary,
      demoId('pool', village.plan.code, onDay),
      { ...entry, onDay },
      at(onDay, 11),
    );
  }
}

/** Settles what the villages' shops took in the months before the present one. After all trade. */
export async function seedSettlements(
  db: PrismaClient,
  villages: readonly PlannedVillage[],
  today: Day,
): Promise<void> {
  const present = monthOf(today);
  const shops = new Map<string, Shop[]>();
  for (const village of villages) {
    shops.set(village.id, await shopsOf(db, village.id));
    await fund(village, present);
  }
  for (let monthsBack = MONTHS_BACK; monthsBack >= 1; monthsBack--) {
    const month = addMonths(present, -monthsBack);
    const first = `${addMonths(month, 1)}-01` as Day;
    const { fault } = await makeMonthlyStatements(month, null, 1000, at(first, 1));
    if (fault) throw fault;
    if (first >= today) continue;
    for (const village of villages) {
      const { code } = village.plan;
      for (const [index, shop] of (shops.get(village.id) ?? []).entries()) {
        const isLeft = code === UNPAID.village && monthsBack === UNPAID.monthsBack && index === 0;
        const last = LAST_STEPS[code]?.[index] ?? 'CONFIRMED';
        const until = monthsBack === 1 ? last : isLeft ? 'AGREED' : 'CONFIRMED';
        const asks = monthsBack === 2 && index === 0 && !isLeft;
        await settle(db, month, { village, shop, until, asks }, today);
      }
    }
  }
}
