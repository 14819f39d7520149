import pg from 'pg';
import { addDays, dayOf } from '@/lib/platform/clock';
import { openDb, useDb } from '@/lib/platform/db';
import { adoptCatalogue } from '@/lib/rulebook/adopt';
import { aVillage, type VillageBuilt } from '@/lib/testing/builders';
import { aShop } from '@/lib/testing/shop';

// The village in which the kill test works: people with phones, a rulebook without a budget, nothing else.

export interface Reporter {
  personId: string;
  residentId: string;
}

export interface Shop {
  id: string;
  /** who sits at its counter */
  personId: string;
}

export interface KillVillage {
  id: string;
  reporters: Reporter[];
  verifiers: string[];
  /** items that need no photo and have plain points */
  items: string[];
  /** today, as a deed's day */
  day: string;
  shops: Shop[];
}

const HOUSEHOLDS = 24;
const SHOPS = 2;

/** Makes the village in a migrated database. */
export async function makeKillVillage(databaseUrl: string): Promise<KillVillage> {
  const db = openDb(databaseUrl, 4);
  useDb(db);
  const now = new Date();
  const day = dayOf(now);
  try {
    const village = await aVillage({ households: HOUSEHOLDS, groups: 4 });
    const resolution = {
      meetingKind: 'ASSEMBLY' as const,
      heldOn: addDays(day, -70),
      eligible: 100,
      present: 80,
      votesFor: 70,
      votesAgainst: 5,
      abstained: 5,
    };
    const effectiveFrom = addDays(day, -60);
    await db.$transaction(
      (tx) => adoptCatalogue(tx, village.id, { number: 1, effectiveFrom, resolution, now }),
      { timeout: 30_000 },
    );
    return {
      id: village.id,
      reporters: village.households.flatMap((household) =>
        household.residents.flatMap(({ id, personId }) => (personId ? [{ personId, residentId: id }] : [])),
      ),
      verifiers: [village.verifier.id, village.secondVerifier.id],
      items: await prepare(databaseUrl, village.id),
      shops: await openShops(village),
      day,
    };
  } finally {
    await db.$disconnect();
  }
}

async function openShops(village: VillageBuilt): Promise<Shop[]> {
  const shops = [];
  for (let n = 0; n < SHOPS; n++) {
    const { id, staff } = await aShop(village);
    shops.push({ id, personId: staff.id });
  }
  return shops;
}

/** Lets everyone sign in by a tap, as in the demo, and answers the items that can be reported over and over. */
async function prepare(databaseUrl: string, villageId: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('update district set is_demo = true');
    const { rows } = await client.query<{ id: string }>(
      `select i.id::text from item i where i.village_id = $1 and i.points > 0 and i.photo <> 'REQUIRED'
         and i.unit = 'TIME' and i.metric_unit is null
         and not exists (select 1 from scale_step s where s.village_id = i.village_id and s.item_id = i.id)`,
      [villageId],
    );
    return rows.map((row) => row.id);
  } finally {
    await client.end();
  }
}
