import type pg from 'pg';
import { drawCertificateCode } from '@/lib/rewards/plaque/code';

// An honour that a village gave to a shop long ago, written past the rules: in 青竹村 to the shop of the merchant who
// signs in, so that it is his.

export interface IncentiveSubjects {
  incentive: string;
  /** of its certificate */
  honour: string;
}

/** Writes it if it isn't there; answers its id and its certificate's code. */
export async function incentiveSubjects(
  client: pg.Client,
  villageId: string,
  merchant: string,
): Promise<IncentiveSubjects> {
  const { rows } = await client.query<{ id: string }>(
    `select overlay(overlay(md5($1) placing '8' from 13) placing '8' from 17)::uuid::text as id`,
    [`access incentive ${villageId}`],
  );
  const id = rows[0]?.id ?? '';
  await client.query('begin');
  await client.query("set local session_replication_role = 'replica'");
  await client.query(
    `insert into incentive (id, merchant_id, village_id, kind, title, from_day, code, recorded_by_id, recorded_at)
     select $1, $2, $3, 'HONOUR', '从前的诚信商户', '2020-01-01', $4, a.person_id, '2020-01-01'
     from appointment a where a.village_id = $3 and a.role = 'SECRETARY' limit 1 on conflict do nothing`,
    [id, merchant, villageId, drawCertificateCode()],
  );
  await client.query('commit');
  const kept = await client.query<{ code: string }>('select code from incentive where id = $1', [id]);
  return { incentive: id, honour: kept.rows[0]?.code ?? '' };
}
