import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { verifyLedger } from '@/lib/ledger/verify';
import { openDb } from '@/lib/platform/db';
import { startEmbedded } from './db/embedded';
import { printFailure, StartFailure } from './db/failure';
import { readSecrets } from './secrets';

// npm run ledger:verify [-- <village code>]
//
// Walks the chain of seals of one village or of all, compares balances and standings with their sums, and asks of each
// posting what it stands on. Names of each village and kind of fault the first wrong place, and ends with 1 when there is
// one. Works beside a running program, or without it.

/** The embedded database: the running one's address, or its own for as long as `stop` is not called. */
async function openEmbedded(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataFolder = process.env.DATA_DIR ?? '.data';
  const folder = join(dataFolder, 'postgres');
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    throw new StartFailure(
      `${folder} 里没有数据。请先运行 npm start，或设置 DATABASE_URL。`,
      `There is no data in ${folder}. Run npm start first, or set DATABASE_URL.`,
    );
  }
  const { postgresPassword } = readSecrets(dataFolder);
  const pidFile = join(folder, 'postmaster.pid');
  const port = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n')[3] : undefined;
  if (port) {
    const url = `postgresql://cunfen:${encodeURIComponent(postgresPassword)}@127.0.0.1:${port}/cunfen`;
    const client = new pg.Client({ connectionString: url });
    const isRunning = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isRunning) return { url, stop: async () => undefined };
  }
  const own = await startEmbedded({ folder, password: postgresPassword });
  return { url: own.url('cunfen'), stop: own.stop };
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const given = process.env.DATABASE_URL;
  const { url, stop } = given ? { url: given, stop: async () => undefined } : await openEmbedded();
  const client = openDb(url, 2);
  try {
    const code = process.argv[2];
    const village = code
      ? await client.village.findFirst({ where: { code }, select: { id: true } })
      : undefined;
    if (village === null) {
      throw new StartFailure(`没有代号为 ${code} 的村。`, `There is no village with the code ${code}.`);
    }
    const check = await verifyLedger(client, village?.id);
    for (const { villageName, fault, seal, subject, detail } of check.faults) {
      console.log(`✗ ${villageName}: ${fault} seal ${seal ?? '-'} ${subject ?? ''} ${detail}`);
    }
    const wrong = new Set(check.faults.map((one) => one.villageId)).size;
    const found = wrong === 0 ? 'all as sealed' : `${wrong} with a wrong place`;
    console.log(`${check.villages} villages, ${check.postings} postings: ${found}`);
    process.exitCode = check.faults.length === 0 ? 0 : 1;
  } finally {
    await client.$disconnect();
    await stop();
  }
}

main().catch((error) => {
  printFailure(error);
  process.exitCode = 2;
});
