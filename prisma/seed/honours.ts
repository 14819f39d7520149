import { giveIncentive, giveTownshipIncentive, revokeIncentive } from '@/lib/alliance/incentive/commands';
import type { Actor } from '@/lib/auth/types';
import { addDays, type Day, startOfDay } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { NIL_ID } from '@/lib/platform/ids';
import { deskActor } from './actors';
import { demoId, type PlannedVillage } from './people';
import { TOWNSHIPS } from './places';
import { shopsOf } from './traders';

// What the members of a demo village's alliance received: an honour with its certificate, rent or a subsidy; in one
// village an honour was taken back, so that a certificate that says so can be seen.

function townshipActor(village: PlannedVillage): Actor {
  const code = village.plan.townshipCode;
  const township = TOWNSHIPS.find((one) => one.code === code);
  if (!township) throw new Error(`no township ${code}`);
  return {
    personId: demoId('person', 'township', code),
    sessionId: NIL_ID,
    name: township.official,
    resident: null,
    residents: [],
    desk: null,
    desks: [],
    office: { level: 'TOWNSHIP', id: demoId('township', code), name: township.name },
    shop: null,
    shops: [],
  };
}

/** Gives the members of a village's alliance what they have received by the evening before `today`. */
export async function seedHonours(db: PrismaClient, village: PlannedVillage, today: Day): Promise<void> {
  const secretary = deskActor(village, 'SECRETARY');
  const township = townshipActor(village);
  const run = async (command: Command, actor: Actor, words: string, input: object, day: Day) => {
    const now = new Date(startOfDay(day).getTime() + 15 * 3_600_000);
    const id = demoId('incentive', village.plan.code, words);
    const result = await runCommand(command, { actor, id, input, now });
    if (!result.ok) throw new Error(`${command.name} was refused: ${result.refusal.code} (${words})`);
    return String(result.outcome.subject);
  };
  const shops = await shopsOf(db, village.id);
  const sellers = shops.filter((shop) => !shop.isCharity);
  /** so many days back, and never before the shop belonged to the alliance */
  const back = (days: number, from: Day) => [addDays(today, -days), addDays(from, 1)].sort()[1] as Day;
  const year = Number(today.slice(0, 4));
  const [first, second] = sellers;
  if (first) {
    const day = back(60, first.from);
    const honour = {
      merchantId: first.id,
      kind: 'HONOUR',
      title: '诚信商户',
      fromDay: day,
      note: '积分换货不加价，老人上门送',
    };
    await run(giveIncentive, secretary, 'honour', { ...honour, untilDay: `${year + 1}-12-31` }, day);
    const rent = { merchantId: first.id, kind: 'RENT', title: '免半年摊位费', amount: '1200', fromDay: day };
    await run(
      giveIncentive,
      secretary,
      'rent',
      { ...rent, untilDay: addDays(day, 182), note: '村集体门面' },
      day,
    );
    await run(
      giveTownshipIncentive,
      township,
      'place',
      { merchantId: first.id, kind: 'PLACE', title: '集市头排摊位', fromDay: day, note: '逢集优先' },
      back(40, first.from),
    );
  }
  if (second) {
    const day = back(90, second.from);
    const honour = { merchantId: second.id, kind: 'HONOUR', title: '便民服务先进商户', fromDay: day };
    const id = await run(giveIncentive, secretary, 'second', honour, day);
    if (village.plan.code === 'binjiang') {
      const reason = '群众反映涨价，核实属实';
      await run(revokeIncentive, secretary, 'revoked', { incentiveId: id, reason }, back(20, second.from));
    }
  }
  for (const charity of shops.filter((shop) => shop.isCharity).slice(0, 1)) {
    const day = back(50, charity.from);
    const honour = { merchantId: charity.id, kind: 'HONOUR', title: '热心公益组织', fromDay: day };
    await run(giveIncentive, secretary, 'charity', honour, day);
    // one township's two villages share the charity
    if (village.plan.code === 'xinghua') continue;
    const subsidy = {
      merchantId: charity.id,
      kind: 'SUBSIDY',
      title: '公益补贴',
      amount: '600',
      fromDay: day,
    };
    await run(giveTownshipIncentive, township, 'subsidy', { ...subsidy, note: '场地和材料' }, day);
  }
}
