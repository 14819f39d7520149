import type pg from 'pg';
import type { Told } from './clients';
import { plain } from './plain';

// What must be true of the database after all the killing, whatever was lost on the way.

export interface Finding {
  what: string;
  /** empty when it holds */
  wrong: string[];
}

interface Logged {
  id: string;
  name: string;
  outcome: Record<string, unknown>;
}

async function checkCommands(client: pg.Client, village: string, told: Told): Promise<Finding> {
  const { rows } = await client.query<Logged>(
    // what shops do stands under no village
    `select id::text, name, outcome from command_log
     where village_id = $1 or outcome ->> 'villageId' = $1::text`,
    [village],
  );
  const wrong: string[] = [];
  const logged = new Map(rows.map((row) => [row.id, row]));
  for (const one of told.acknowledged) {
    const row = logged.get(one.id);
    if (!row) wrong.push(`${one.name} ${one.id} was acknowledged and is lost`);
    else if (row.name !== one.name || plain(row.outcome) !== plain(one.outcome))
      wrong.push(`${one.name} ${one.id} was acknowledged as something else`);
  }
  const known = new Set(told.acknowledged.map((one) => one.id));
  for (const row of rows)
    if (!known.has(row.id)) wrong.push(`${row.name} ${row.id} is there, unacknowledged`);
  if (logged.size !== rows.length) wrong.push('an id is in the record twice');
  return { what: 'every acknowledged command is in the record once, and nothing else is', wrong };
}

async function checkDeeds(client: pg.Client, village: string, told: Told): Promise<Finding> {
  const { rows } = await client.query<{ id: string; state: string; approvals: number }>(
    `select d.id::text, d.state::text, (select count(*)::int from deed_decision c
       where c.village_id = d.village_id and c.deed_id = d.id and c.kind = 'APPROVE') as approvals
     from deed d where d.village_id = $1`,
    [village],
  );
  const wrong: string[] = [];
  const subjects = (name: string) =>
    told.acknowledged.filter((one) => one.name === name).map((one) => String(one.outcome.subject));
  const submitted = subjects('submit-deed');
  const approved = new Set(subjects('approve-deed'));
  const kept = new Set(rows.map((row) => row.id));
  for (const id of submitted) if (!kept.has(id)) wrong.push(`deed ${id} is lost`);
  if (kept.size !== new Set(submitted).size) wrong.push(`${kept.size} deeds for ${submitted.length} reports`);
  for (const row of rows) {
    const isApproved = approved.has(row.id);
    if ((row.state === 'APPROVED') !== isApproved) wrong.push(`deed ${row.id} is ${row.state}`);
    if (row.approvals !== (isApproved ? 1 : 0)) wrong.push(`deed ${row.id} has ${row.approvals} approvals`);
  }
  return { what: 'every report is one deed, every approval one decision', wrong };
}

async function checkPoints(client: pg.Client, village: string, told: Told): Promise<Finding> {
  const { rows } = await client.query<{ command: string; points: number; honour: number; postings: number }>(
    `select command_id::text as command, sum(points)::int as points, sum(honour)::int as honour,
       count(*)::int as postings from posting where village_id = $1 group by 1`,
    [village],
  );
  const posted = new Map(rows.map((row) => [row.command, row]));
  const wrong: string[] = [];
  let points = 0;
  for (const one of told.acknowledged) {
    const due = { points: Number(one.outcome.points ?? 0), honour: Number(one.outcome.honour ?? 0) };
    // what a shop took left the household
    points += one.name === 'take-points' ? -due.points : due.points;
    const row = posted.get(one.id) ?? { points: 0, honour: 0, postings: 0 };
    posted.delete(one.id);
    if (row.points !== due.points || row.honour !== due.honour || row.postings > 1)
      wrong.push(
        `${one.name} ${one.id} told ${due.points} points and posted ${row.points} in ${row.postings}`,
      );
  }
  for (const id of posted.keys()) wrong.push(`points were posted under ${id}, which nobody was told`);
  const { rows: sums } = await client.query<{ held: number }>(
    `select coalesce(sum(a.balance), 0)::int as held from account a
     join household h on h.village_id = a.village_id and h.id = a.id where a.village_id = $1`,
    [village],
  );
  if (sums[0]?.held !== points) wrong.push(`households hold ${sums[0]?.held} points, told were ${points}`);
  return { what: 'the points posted are the points people were told, once', wrong };
}

async function checkSums(client: pg.Client, village: string): Promise<Finding> {
  const verified = await client.query('select * from ledger_verify($1::uuid)', [village]);
  const rebuilt = await client.query('select * from ledger_rebuild($1::uuid)', [village]);
  const wrong = [
    ...verified.rows.map((row) => `verify: ${JSON.stringify(row)}`),
    ...rebuilt.rows.map((row) => `rebuild changed ${JSON.stringify(row)}`),
  ];
  return { what: 'sums and seals are true, and rebuilding them changes nothing', wrong };
}

async function checkRedemptions(client: pg.Client, village: string, told: Told): Promise<Finding> {
  const { rows } = await client.query<{ id: string; state: string; points: number; codes: number }>(
    `select r.id::text, r.state::text, r.points, (select count(*)::int from pay_code c
       where c.village_id = r.village_id and c.redemption_id = r.id) as codes
     from redemption r where r.village_id = $1`,
    [village],
  );
  const wrong: string[] = [];
  const kept = new Map(rows.map((row) => [row.id, row]));
  const taken = told.acknowledged.filter((one) => one.name === 'take-points');
  for (const { id, outcome } of taken) {
    const row = kept.get(id);
    if (!row) wrong.push(`redemption ${id} is lost`);
    else if (row.state !== outcome.state || row.points !== outcome.points || row.codes !== 1)
      wrong.push(`redemption ${id} is ${row.state} of ${row.points} by ${row.codes} codes`);
    kept.delete(id);
  }
  for (const id of kept.keys()) wrong.push(`redemption ${id} is there, unacknowledged`);
  if (taken.length === 0) wrong.push('no shop took anything');
  return { what: 'every acknowledged redemption is there once, by one code', wrong };
}

/** Everything that must be true. */
export async function prove(client: pg.Client, village: string, told: Told): Promise<Finding[]> {
  return [
    await checkCommands(client, village, told),
    await checkDeeds(client, village, told),
    await checkPoints(client, village, told),
    await checkRedemptions(client, village, told),
    await checkSums(client, village),
  ];
}

/** What a killed machine could have left, each done by hand: after every one of them `prove` must find something. */
const DAMAGES: readonly [what: string, sql: string][] = [
  [
    'a lost command',
    `delete from command_log where (village_id, id) in
       (select village_id, id from command_log where village_id = $1 and name = 'submit-deed' limit 1)`,
  ],
  [
    'a lost posting',
    `delete from posting where (village_id, id) in
       (select village_id, id from posting where village_id = $1 and points > 0 limit 1)`,
  ],
  [
    'a lost redemption',
    `delete from redemption where (village_id, id) in
       (select village_id, id from redemption where village_id = $1 limit 1)`,
  ],
  [
    'points given twice',
    `update account set balance = balance + 1 where (village_id, id) in
       (select village_id, id from household where village_id = $1 limit 1)`,
  ],
];

/** Does each damage, looks whether it is found, and takes it back. */
export async function proveThatProofFails(
  client: pg.Client,
  village: string,
  told: Told,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [what, sql] of DAMAGES) {
    await client.query('begin');
    await client.query(`set local session_replication_role = 'replica'`);
    const { rowCount } = await client.query(sql, [village]);
    const found = (await prove(client, village, told)).some((finding) => finding.wrong.length > 0);
    await client.query('rollback');
    const wrong = rowCount !== 1 ? ['nothing could be damaged'] : found ? [] : ['nobody noticed'];
    findings.push({ what: `${what} would be noticed`, wrong });
  }
  return findings;
}
