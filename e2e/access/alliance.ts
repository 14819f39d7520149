import type pg from 'pg';

/** Things of a shop: of the merchant who is asked for in 青竹村; for the foreign side of a shop in another township. */
export interface AllianceSubjects {
  /** of 青竹村's own shop; of a shop that neither 青竹村 nor 杏花村 can have terms with */
  merchant: string;
  /** a shop with terms in the village itself */
  villageMerchant: string;
  /** of the township whose official is asked; of another one */
  officeMerchant: string;
  /** village, terms and an offer of `merchant` */
  termsVillageId: string;
  terms: string;
  offer: string;
  /** terms of `merchant` with 青竹村; of the foreign one with its own village */
  deskTerms: string;
  /** the picture of an offer that everybody sees */
  shopPhoto: string;
}

/** Reads them; the demo has them all. */
export async function allianceSubjects(client: pg.Client, village: string): Promise<AllianceSubjects> {
  const one = async (sql: string, params: unknown[] = []): Promise<string> => {
    const { rows } = await client.query<{ id: string }>(sql, params);
    if (!rows[0]) throw new Error(`the demo district has none of: ${sql}`);
    return rows[0].id;
  };
  const isOwn = village === 'qingzhu';
  const shopOf = (code: string) =>
    one(
      `select m.id::text from merchant m join alliance_terms t on t.merchant_id = m.id and t.ended_at is null
       join village v on v.id = t.village_id where v.code = $1 and m.state = 'ADMITTED' and not m.is_charity
       order by m.created_at, m.id limit 1`,
      [code],
    );
  const merchant = await shopOf(isOwn ? 'qingzhu' : 'binjiang');
  const of = (sql: string) => one(sql, [merchant]);
  const terms = await of(
    `select id::text from alliance_terms where merchant_id = $1 and ended_at is null and accepted_at is not null
     order by village_id, id limit 1`,
  );
  return {
    merchant,
    villageMerchant: await shopOf(village),
    officeMerchant: await one(
      `select m.id::text from merchant m
       where (m.township_id = (select township_id from appointment where role = 'TOWNSHIP' order by created_at, id limit 1)) = $1
       order by m.created_at, m.id limit 1`,
      [isOwn],
    ),
    terms,
    deskTerms: await one(
      `select t.id::text from alliance_terms t join village v on v.id = t.village_id
       where t.merchant_id = $1 and v.code = $2 order by t.signed_at limit 1`,
      [merchant, isOwn ? 'qingzhu' : 'binjiang'],
    ),
    termsVillageId: await one('select village_id::text as id from alliance_terms where id = $1', [terms]),
    offer: await of('select id::text from offer where merchant_id = $1 order by created_at, id limit 1'),
    shopPhoto: await of(
      'select photo_id::text as id from offer where merchant_id = $1 and photo_id is not null limit 1',
    ),
  };
}

/** The owner of 青竹村's shop. */
export const SHOP_OWNER = `select m.owner_id::text from merchant m join alliance_terms t on t.merchant_id = m.id
  join village v on v.id = t.village_id where v.code = 'qingzhu' and m.state = 'ADMITTED' and not m.is_charity
  order by m.created_at, m.id limit 1`;
