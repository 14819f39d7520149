import { PrismaPg } from '@prisma/adapter-pg';
import { asApp, type Db } from '@/lib/platform/db';
import { PrismaClient } from '@/lib/platform/generated/client';

/** How many statements a read sends to the database of `testDb()`. */
export async function countQueries(read: (db: Db) => Promise<unknown>): Promise<number> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('call testDb() first');
  const client = new PrismaClient({
    adapter: new PrismaPg({ connectionString: asApp(url), max: 2 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  let count = 0;
  client.$on('query', () => {
    count += 1;
  });
  try {
    await read(client);
    // Events arrive on a later turn of the loop.
    await new Promise((done) => setTimeout(done, 20));
    return count;
  } finally {
    await client.$disconnect();
  }
}
