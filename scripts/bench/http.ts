import pg from 'pg';
import { v7 } from 'uuid';
import { startInstallation } from '../test/e2e';
import { agent, load, send } from './clients';
import { measurePairs, tell } from './ratio';

// (b) A report and a decision through the whole HTTP stack, committed, against a route handler that does nothing, in
// the same build and process, by the same number of clients that each wait for their answer.

const REPORTS = 360;
const PAIRS = 5;

interface Reporter {
  cookie: string;
  residentId: string;
  address: string;
}

/** Runs (b) and prints it. */
export async function benchHttp(): Promise<void> {
  const installation = await startInstallation('bench');
  const client = new pg.Client({ connectionString: installation.databaseUrl });
  await client.connect();
  try {
    const base = new URL(installation.url);
    const signIn = async (person: string, address: string): Promise<string> => {
      const { cookies, status } = await send(base, {
        path: '/api/sign-in/demo',
        cookie: '',
        body: { person },
        address,
      });
      if (status !== 200) throw new Error(`signing in answered ${status}`);
      return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
    };
    const { rows: verifiers } = await client.query<{ person_id: string }>(
      `select distinct a.person_id::text from appointment a join village v on v.id = a.village_id
       where v.code = 'xinghua' and a.role = 'VERIFIER' and a.until_day is null limit 1`,
    );
    const verifierId = verifiers[0]?.person_id ?? '';
    // The rate limit is by person: the load is spread over all who have a phone.
    await client.query('update village set deed_age_days_max = 366');
    const { rows: people } = await client.query<{ person_id: string; id: string }>(
      `select r.person_id::text, r.id::text from resident r join village v on v.id = r.village_id
       where v.code = 'xinghua' and r.person_id is not null and r.left_on is null
         and not exists (select 1 from appointment a where a.person_id = r.person_id)
         and recusal(r.village_id, r.household_id, r.id, $1) is null limit 40`,
      [verifierId],
    );
    const reporters: Reporter[] = [];
    for (const [n, person] of people.entries()) {
      const address = `10.2.0.${n + 1}`;
      reporters.push({ cookie: await signIn(person.person_id, address), residentId: person.id, address });
    }
    const verifier = await signIn(verifierId, '10.2.1.1');
    const { rows: items } = await client.query<{ id: string }>(
      `select i.id::text from item i join village v on v.id = i.village_id
       where v.code = 'xinghua' and i.points > 0 and i.photo <> 'REQUIRED' and i.unit = 'TIME'
         and not exists (select 1 from scale_step s where s.village_id = i.village_id and s.item_id = i.id)`,
    );
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

    const empty = () =>
      load(
        base,
        Array.from({ length: REPORTS * 2 }, () => ({
          path: '/api/live',
          cookie: verifier,
          body: { id: v7() },
          address: '10.2.1.1',
        })),
      );
    let made: string[] = [];
    const report = async () => {
      await client.query('delete from rate_count');
      made = [];
      return load(
        base,
        Array.from({ length: REPORTS }, (_, n) => {
          const reporter = reporters[n % reporters.length];
          const id = v7();
          made.push(id);
          const input = {
            residentId: reporter?.residentId,
            itemId: items[n % items.length]?.id,
            deedOn: today,
          };
          return {
            path: '/api/commands/submit-deed',
            cookie: reporter?.cookie ?? '',
            body: { id, input },
            address: reporter?.address ?? '',
          };
        }),
      );
    };
    // Decided by returning: an approval would run into the caps after a few rounds, and refusals are cheap.
    const decide = async () => {
      await report();
      await client.query('delete from rate_count');
      return load(
        base,
        made.slice(0, 230).map((deedId) => ({
          path: '/api/commands/return-deed',
          cookie: verifier,
          body: { id: v7(), input: { deedId, reason: '照片看不清，请补一张' } },
          address: '10.2.1.1',
        })),
      );
    };
    tell(
      '(b) submit-deed through HTTP',
      'submit-deed',
      'empty route',
      'requests/s',
      await measurePairs(PAIRS, report, empty),
      'none set',
    );
    tell(
      '(b) a decision through HTTP',
      'return-deed',
      'empty route',
      'requests/s',
      await measurePairs(PAIRS, decide, empty),
      'none set',
    );
  } finally {
    await client.end();
    agent.destroy();
    await installation.stop();
  }
}
