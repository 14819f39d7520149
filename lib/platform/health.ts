import 'server-only';
import { db } from './db';
import { areFilesForeign } from './store-mark';

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

/** Whether photos and documents are this database's, as far as anybody has said; null when that can't be found out. */
export async function areFilesOurs(): Promise<boolean | null> {
  const isLate = new Promise<null>((done) => setTimeout(done, PATIENCE_MS, null).unref());
  const answers = Promise.all([areFilesForeign('photos'), areFilesForeign('documents')]).then(
    (foreign) => !foreign.includes(true),
    () => null,
  );
  return Promise.race([answers, isLate]);
}
