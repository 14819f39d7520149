import type pg from 'pg';

// A black list of the village alone, long ago but up, with documents: written past the rules, the same rows however
// often. It is of a place, so that it names nobody.

const LIST = '01900000-0000-7000-8000-00000b1ac000';
const WAIT_MS = 90_000;

/** Writes it if it isn't there, and waits for its documents; answers the address of its page. */
export async function membersDocument(
  client: pg.Client,
  village: string,
  villageId: string,
): Promise<string> {
  const address = `/v/${village}/lists/${LIST}/page.html`;
  const isOut = async () =>
    (
      await client.query(
        `select from list_document where village_id = $1 and list_id = $2 and kind = 'HTML' and retired_at is null`,
        [villageId, LIST],
      )
    ).rowCount === 1;
  if (await isOut()) return address;
  const by = (role: string) =>
    `(select person_id from appointment where village_id = $1 and role = '${role}' limit 1)`;
  await client.query('begin');
  await client.query("set local session_replication_role = 'replica'");
  await client.query(
    `insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, threshold, audience,
       drafted_by_id, drafted_at, checked_by_id, checked_at, published_by_id, public_from, public_until, final_at, expires_on)
     select $1, $2, 'BLACK', 'PLACE', '2018Q1', (select id from rulebook_version where village_id = $1 order by number limit 1),
       'FINAL', '2018-04-01', 60, 'VILLAGE', ${by('SECRETARY')}, '2018-04-01', ${by('SUPERVISOR')}, '2018-04-02',
       ${by('SECRETARY')}, '2018-04-02', '2018-04-09', '2018-04-10', '2099-12-31'
     on conflict do nothing`,
    [villageId, LIST],
  );
  await client.query(
    `insert into list_row (village_id, id, list_id, rank, place_id, points)
     select $1, $2, $2, 1, (select id from place where village_id = $1 order by name limit 1), 40 on conflict do nothing`,
    [villageId, LIST],
  );
  await client.query('commit');
  await client.query(
    `select enqueue_job('make-list-documents', json_build_object('villageId', $1::text, 'listId', $2::text), 'list-documents:' || $2::text)`,
    [villageId, LIST],
  );
  for (const end = Date.now() + WAIT_MS; Date.now() < end; ) {
    if (await isOut()) return address;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error('the documents of the black list were not made');
}
