import 'server-only';
import { db } from './db';

const PATIENCE_MS = 3000;

/** Whether the database answers within three seconds. */
export async function isDatabaseUp(): Promise<boolean> {
  const isLate = new Promise<false>((done) => setTimeout(done, PATIENCE_MS, false).unref());
  const answers = db().$queryRaw`select 1`.then(
    () => true,
    () => false,
  );
  return Promise.race([answers, isLate]);
}
