import 'server-only';
import type { Tx } from '@/lib/platform/command';
import type { VoteUnit } from './types';

export interface VillageNews {
  villageId: string;
  now: Date;
  title: string;
  body: string;
  /** a page of the village, as /rulebook/draft; or an address of the product, as /me/ballot */
  page: string;
}

const addressOf = (page: string) => (page.startsWith('/me') ? page : null);

/** Tells the head of every household that has one with a sign-in. One statement. */
export async function tellHeads(tx: Tx, news: VillageNews): Promise<void> {
  await tell(tx, news, 'HEAD');
}

/** Tells every grown-up of the village with a sign-in: who may have a vote. One statement. */
export async function tellAdults(tx: Tx, news: VillageNews): Promise<void> {
  await tell(tx, news, 'ADULT');
}

async function tell(tx: Tx, news: VillageNews, whom: 'HEAD' | 'ADULT'): Promise<void> {
  await tx.$executeRaw`
    insert into message (village_id, id, person_id, title, body, href, created_at)
    select r.village_id, gen_random_uuid(), r.person_id, ${news.title}, ${news.body},
      coalesce(${addressOf(news.page)}, '/v/' || v.code || ${news.page}), ${news.now}
    from resident r join village v on v.id = r.village_id
    where r.village_id = ${news.villageId}::uuid and r.left_on is null and r.person_id is not null
      and case ${whom} when 'HEAD' then r.relation = 'HEAD' else is_adult_in(r.birth_year, ${news.now}) end`;
}

/**
 * Tells whom a vote of the hall was counted for: every grown-up of the households, or the adults themselves, as far as
 * they have a sign-in. It is how a paper is found out that nobody put in. One statement.
 */
export async function tellVoters(
  tx: Tx,
  voters: { unit: VoteUnit; ids: string[] },
  news: VillageNews,
): Promise<void> {
  const { villageId, now, title, body, page } = news;
  await tx.$executeRaw`
    insert into message (village_id, id, person_id, title, body, href, created_at)
    select distinct on (r.person_id) r.village_id, gen_random_uuid(), r.person_id, ${title}, ${body}, ${page}, ${now}
    from resident r
    where r.village_id = ${villageId}::uuid and r.left_on is null and r.person_id is not null
      and case ${voters.unit} when 'HOUSEHOLD' then r.household_id else r.id end = any (${voters.ids}::uuid[])
      and is_adult_in(r.birth_year, ${now})`;
}
