import { sealLedger } from '@/lib/ledger/seal';
import { dayOf, yearOf } from '@/lib/platform/clock';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { sampleCatalogue } from '@/lib/rulebook/adopt';
import { seedAlliance } from './alliance';
import { planHistory } from './deeds';
import { replayDeductions } from './due';
import { replayHistory } from './history';
import { seedHonours } from './honours';
import { seedLists } from './lists';
import { type PlannedVillage, planVillage } from './people';
import { closePeriods } from './periods';
import { VILLAGES } from './places';
import { seedRewards } from './rewards';
import { replayDrafts } from './rulebooks';
import { seedSettlements } from './settlements';
import { seedTrade } from './trade';
import { writeDistrict, writeVillage } from './write-people';

const SETTING = 'demo-seed';
/** A busy machine takes its time over some hundred rows. */
const PATIENT = { maxWait: 60_000, timeout: 180_000 };

/** The business day the demo was loaded for, or null when it is not (wholly) there. */
export async function findDemoDay(db: PrismaClient): Promise<string | null> {
  const row = await db.setting.findUnique({ where: { key: SETTING }, select: { value: true } });
  const value = row?.value as { day?: string } | undefined;
  return value?.day ?? null;
}

/**
 * Loads the demo district into an empty database: places and people as rows, everything that happened through the
 * commands. The same for the same business day. Answers false, having changed nothing, when it is there already.
 * Throws when an earlier load broke off half-way.
 */
export async function loadDemo(db: PrismaClient, now: Date): Promise<boolean> {
  if (await findDemoDay(db)) return false;
  if (await db.district.findFirst({ select: { id: true } })) {
    throw new Error('the database has a district already: the demo loads into an empty one (npm run reset)');
  }
  const today = dayOf(now);
  const villages: PlannedVillage[] = VILLAGES.map((plan) => planVillage(plan, Number(yearOf(today))));
  await db.$transaction((tx) => writeDistrict(tx, today), PATIENT);
  const catalogue = sampleCatalogue();
  await Promise.all(
    villages.map(async (village, order) => {
      await db.$transaction((tx) => writeVillage(tx, village, order, today), PATIENT);
      await replayHistory(village, planHistory(village, catalogue, today), today);
      // before the quarter is locked
      if (village.plan.code !== 'binjiang') await replayDeductions(db, village, today, now);
      await closePeriods(village, today);
      await seedLists(db, village, today);
      // after the lists, on which plaques and vouchers rest
      await seedRewards(db, village, today);
      await replayDrafts(village, today);
    }),
  );
  await seedAlliance(db, villages, today);
  await Promise.all(villages.map((village) => seedTrade(db, village, today)));
  await seedSettlements(db, villages, today);
  await Promise.all(
    villages.map(async (village) => {
      await seedHonours(db, village, today);
      // what is sealed has nothing put before it any more
      await sealLedger(db, village.id);
    }),
  );
  await db.setting.create({ data: { key: SETTING, value: { day: today } }, select: { key: true } });
  return true;
}
