import pg from 'pg';
import { listEntries } from '@/lib/ledger/reads';
import { findOwnRank, findStandings } from '@/lib/ledger/standing/reads';
import { dayOf, quarterOf, yearOf } from '@/lib/platform/clock';
import { openDb } from '@/lib/platform/db';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { migrate } from '../db/migrate';
import { startThrowaway } from '../db/throwaway';
import { makeVillages, type VillagesWanted } from './generate';
import { measurePairs, tell } from './ratio';

// (c) What a villager looks at, in a database of one village with 1,000 residents and in one of a province's cell with
// a million residents and twenty million postings. A page should cost the same in both.

const SMALL: VillagesWanted = { villages: 1, householdsEach: 334, residentsEach: 3, postingsEach: 60 };
const LARGE: VillagesWanted = { villages: 1000, householdsEach: 334, residentsEach: 3, postingsEach: 60 };
const PAIRS = 9;
const READS = 60;

async function prepare(pool: pg.Pool, client: PrismaClient, wanted: VillagesWanted) {
  const started = performance.now();
  const villages = await makeVillages(pool, wanted);
  await pool.query('vacuum (analyze)');
  const count = await client.posting.count();
  console.log(
    `  ${villages.length} villages, ${count} postings, made in ${Math.round((performance.now() - started) / 1000)} s`,
  );
  return villages;
}

/** Runs (c) and prints it. `scale` below 1 makes the large side smaller, to try the bench itself. */
export async function benchReads(scale: number): Promise<void> {
  // A quarter of a small server's memory, as PostgreSQL's manual advises: with the built-in 128 MB the pages of sixty
  // villages push each other out, and what is measured is copying.
  const server = await startThrowaway({ shared_buffers: '2GB', max_wal_size: '4GB' });
  try {
    const open = async (name: string, wanted: VillagesWanted) => {
      const admin = new pg.Client({ connectionString: server.url('postgres') });
      await admin.connect();
      await admin.query(`create database ${name}`);
      await admin.end();
      await migrate(server.url(name));
      const pool = new pg.Pool({ connectionString: server.url(name), max: 2 });
      pool.on('error', () => undefined);
      const client = openDb(server.url(name), 4);
      return { client, pool, villages: await prepare(pool, client, wanted) };
    };
    const small = await open('small', SMALL);
    const large = await open('large', {
      ...LARGE,
      villages: Math.max(2, Math.round(LARGE.villages * scale)),
    });

    const today = dayOf(new Date());
    const year = Number(yearOf(today));
    const quarter = quarterOf(today);
    const householdOf = async (side: typeof small, villageId: string) =>
      (
        await side.client.household.findFirstOrThrow({
          where: { villageId },
          select: { id: true },
          orderBy: { code: 'asc' },
        })
      ).id;

    const reads: [
      string,
      (side: typeof small, villageId: string, householdId: string) => Promise<unknown>,
    ][] = [
      [
        'ranking of households, this quarter',
        (s, v) => findStandings(s.client, v, 'household', quarter, year, 1),
      ],
      ['ranking of residents, all time', (s, v) => findStandings(s.client, v, 'resident', 'ALL', year, 1)],
      [
        'my points and rank',
        async (s, v, h) => {
          await s.client.account.findUniqueOrThrow({
            where: { villageId_id: { villageId: v, id: h } },
            select: { balance: true },
          });
          await findOwnRank(s.client, v, 'household', quarter, year, h);
        },
      ],
      ['ledger, first page', (s, v) => listEntries(s.client, v)],
    ];
    for (const [what, readIt] of reads) {
      const side = (of: typeof small) => async () => {
        const picked = Array.from(
          { length: READS },
          (_, n) => of.villages[(n * 37) % of.villages.length] ?? '',
        );
        const households = await Promise.all(picked.map((v) => householdOf(of, v)));
        const start = performance.now();
        for (let n = 0; n < READS; n++) await readIt(of, picked[n] ?? '', households[n] ?? '');
        return (performance.now() - start) / READS;
      };
      tell(
        `(c) ${what}`,
        'large',
        'small',
        'ms',
        await measurePairs(PAIRS, side(large), side(small)),
        '≤ 1.35',
      );
    }
    for (const side of [small, large]) {
      await side.client.$disconnect();
      await side.pool.end();
    }
  } finally {
    await server.stop();
  }
}
