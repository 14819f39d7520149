import { type APIRequestContext, request } from '@playwright/test';
import pg from 'pg';
import { type AllianceSubjects, allianceSubjects, SHOP_OWNER } from './alliance';
import { membersDocument } from './documents';
import { type IncentiveSubjects, incentiveSubjects } from './incentives';
import { type RedemptionSubjects, redemptionSubjects } from './redemptions';
import { type RewardSubjects, rewardSubjects } from './rewards';
import { type SettlementSubjects, settlementSubjects } from './settlement';

// The people and things of the demo district that the access matrix is tried with.

export const EVERYONE = [
  'nobody',
  'resident',
  'neighbour',
  'stranger',
  'steward',
  'verifier',
  'secretary',
  'supervisor',
  'otherVerifier',
  'merchant',
  'township',
  'district',
] as const;

/**
 * nobody: not signed in · resident: of household H in 青竹村 · neighbour: of another household there · stranger: of
 * another village · otherVerifier: of another village's office
 */
export type Who = (typeof EVERYONE)[number];

/** Everyone who lives in a village; whoever of the office does too is found out by `openWorld`. */
export const RESIDENTS: readonly Who[] = ['resident', 'neighbour', 'stranger'];

/** What addresses and inputs are about: things of the resident's household in 青竹村. */
export interface Subjects
  extends RewardSubjects,
    AllianceSubjects,
    RedemptionSubjects,
    SettlementSubjects,
    IncentiveSubjects {
  village: string;
  villageId: string;
  deed: string;
  waitingDeed: string;
  event: string;
  photo: string;
  household: string;
  residentId: string;
  item: string;
  itemCode: string;
  appointment: string;
  kinship: string;
  /** a red list before the public */
  list: string;
  /** a row of one of households, with its list: list/row */
  listRow: string;
  place: string;
  placeCheck: string;
  person: string;
  deduction: string;
  /** a deduction of the village whose item asks for a warning */
  warned: string;
  deductionItem: string;
  objection: string;
  /** the version being drafted, heard or voted on, with a category and an item of it */
  draft: string;
  draftCategory: string;
  draftItem: string;
  comment: string;
  ballot: string;
  /** the page of a black list that 青竹村 shows to itself alone, whoever asks */
  document: string;
}

export interface World {
  of: Record<Who, APIRequestContext>;
  /** their persons' ids; nobody's is '' */
  people: Record<Who, string>;
  own: Subjects;
  /** officials who are residents beside */
  alsoResidents: ReadonlySet<Who>;
  /** the same kinds of things in another village */
  foreign: Subjects;
  /** well-formed ids of nothing */
  nothing: Subjects;
  close(): Promise<void>;
}

async function one<T>(client: pg.Client, sql: string, params: unknown[] = []): Promise<T> {
  const { rows } = await client.query(sql, params);
  const value = rows[0] ? Object.values(rows[0])[0] : null;
  if (value === null || value === undefined) throw new Error(`the demo district has none of: ${sql}`);
  return value as T;
}

async function officer(client: pg.Client, role: string, village: string): Promise<string> {
  return one(
    client,
    `select a.person_id::text from appointment a join village v on v.id = a.village_id
     where a.role = $1::"Role" and v.code = $2 and a.until_day is null
       and not exists (select 1 from appointment b where b.person_id = a.person_id and b.id <> a.id)
       and not exists (select 1 from resident r where r.person_id = a.person_id)
     order by a.created_at, a.id limit 1`,
    [role, village],
  ).catch(() =>
    one(
      client,
      `select a.person_id::text from appointment a join village v on v.id = a.village_id
       where a.role = $1::"Role" and v.code = $2 and a.until_day is null order by a.created_at, a.id limit 1`,
      [role, village],
    ),
  ) as Promise<string>;
}

async function plainResident(
  client: pg.Client,
  village: string,
  offset: number,
  household?: string,
): Promise<string> {
  return one(
    client,
    `select r.person_id::text from resident r join village v on v.id = r.village_id
     where v.code = $1 and r.person_id is not null and r.left_on is null and ($3::uuid is null or r.household_id <> $3)
       and not exists (select 1 from appointment a where a.person_id = r.person_id)
       and exists (select 1 from deed d join deed_photo p on p.village_id = d.village_id and p.deed_id = d.id
                   where d.village_id = r.village_id and d.household_id = r.household_id and d.event_id is null)
       and exists (select 1 from deed d where d.village_id = r.village_id and d.household_id = r.household_id and d.state = 'SUBMITTED')
       and ($3::uuid is not null or exists (
         select 1 from deduction x join objection o on o.village_id = x.village_id and o.subject = x.id
         where x.village_id = r.village_id and x.household_id = r.household_id))
     order by r.household_id, r.id offset $2 limit 1`,
    [village, offset, household ?? null],
  );
}

const idOf = (client: pg.Client, village: string) =>
  one<string>(client, 'select id::text from village where code = $1', [village]);

async function subjectsOf(
  client: pg.Client,
  village: string,
  personId: string,
): Promise<Omit<Subjects, 'document'>> {
  const villageId = await idOf(client, village);
  const household = await one<string>(
    client,
    'select household_id::text from resident where village_id = $1 and person_id = $2',
    [villageId, personId],
  );
  const redemptions = await redemptionSubjects(client, villageId, household);
  const alliance = await allianceSubjects(client, village);
  const of = (sql: string) => one<string>(client, sql, [villageId, household]);
  const inVillage = (sql: string) => one<string>(client, sql, [villageId]);
  return {
    village,
    villageId,
    household,
    person: personId,
    deed: await of(`select d.id::text from deed d join deed_photo p on p.village_id = d.village_id and p.deed_id = d.id
                    where d.village_id = $1 and d.household_id = $2 and d.event_id is null order by d.submitted_at limit 1`),
    waitingDeed: await of(
      `select id::text from deed where village_id = $1 and household_id = $2 and state = 'SUBMITTED' limit 1`,
    ),
    photo:
      await of(`select p.photo_id::text from deed d join deed_photo p on p.village_id = d.village_id and p.deed_id = d.id
                     where d.village_id = $1 and d.household_id = $2 and d.event_id is null order by d.submitted_at limit 1`),
    residentId: await of('select id::text from resident where village_id = $1 and household_id = $2 limit 1'),
    event: await inVillage(
      'select id::text from event where village_id = $1 order by created_at desc limit 1',
    ),
    item: await inVillage(`select i.id::text from item i join rulebook_version v on v.village_id = i.village_id and v.id = i.version_id
                           where i.village_id = $1 and i.code = 'CIVIC-03' and v.state = 'ADOPTED' order by v.number desc limit 1`),
    itemCode: 'CIVIC-03',
    appointment: await inVillage(
      'select id::text from appointment where village_id = $1 order by created_at limit 1',
    ),
    list: await inVillage(
      `select id::text from village_list where village_id = $1 and kind = 'RED' and state in ('PUBLICITY', 'FINAL')
       order by drafted_at, id limit 1`,
    ),
    listRow: await inVillage(
      `select l.id || '/' || r.id from village_list l join list_row r on r.village_id = l.village_id and r.list_id = l.id
       where l.village_id = $1 and l.kind = 'RED' and l.subject = 'HOUSEHOLD' and l.state in ('PUBLICITY', 'FINAL')
         and r.state <> 'GONE' order by l.drafted_at, l.id, r.rank, r.id limit 1`,
    ),
    place: await inVillage('select id::text from place where village_id = $1 order by name limit 1'),
    placeCheck: await inVillage('select id::text from place_check where village_id = $1 order by id limit 1'),
    kinship: await inVillage('select id::text from kinship where village_id = $1 order by id limit 1'),
    deduction: await of(
      'select id::text from deduction where village_id = $1 and household_id = $2 order by recorded_at limit 1',
    ),
    warned: await inVillage(
      'select id::text from deduction where village_id = $1 and warned_at is not null order by recorded_at limit 1',
    ),
    deductionItem:
      await inVillage(`select i.id::text from item i join rulebook_version v on v.village_id = i.village_id and v.id = i.version_id
                       where i.village_id = $1 and i.code = 'HOME-04' and v.state = 'ADOPTED' order by v.number desc limit 1`),
    objection: await of(
      'select id::text from objection where village_id = $1 and household_id = $2 order by opened_at limit 1',
    ),
    ...(await rewardSubjects(client, villageId, household)),
    ...redemptions,
    ...(await settlementSubjects(client, villageId, village === 'qingzhu')),
    ...alliance,
    ...(await incentiveSubjects(client, villageId, alliance.merchant)),
    draft: await inVillage(
      `select id::text from rulebook_version where village_id = $1 and state in ('DRAFT', 'HEARING')`,
    ),
    draftCategory: await inVillage(
      `select c.id::text from category c join rulebook_version v on v.village_id = c.village_id and v.id = c.version_id
       where c.village_id = $1 and v.state in ('DRAFT', 'HEARING') order by c.sort_order limit 1`,
    ),
    draftItem: await inVillage(
      `select i.id::text from item i join rulebook_version v on v.village_id = i.village_id and v.id = i.version_id
       where i.village_id = $1 and v.state in ('DRAFT', 'HEARING') order by i.sort_order limit 1`,
    ),
    // a village that is still drafting has neither
    comment: await inVillage(
      'select coalesce((select id from rulebook_comment where village_id = $1 order by id limit 1), gen_random_uuid())::text',
    ),
    ballot: await inVillage(
      'select coalesce((select id from ballot where village_id = $1 limit 1), gen_random_uuid())::text',
    ),
  };
}

/** Opens a signed-in context for everyone; each comes from an address of its own, so that rate limits don't meet. */
export async function openWorld(baseURL: string): Promise<World> {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    const resident = await plainResident(client, 'qingzhu', 0);
    const document = await membersDocument(client, 'qingzhu', await idOf(client, 'qingzhu'));
    const own = { ...(await subjectsOf(client, 'qingzhu', resident)), document };
    const stranger = await plainResident(client, 'xinghua', 0);
    const foreign = { ...(await subjectsOf(client, 'xinghua', stranger)), document };
    const people: Record<Exclude<Who, 'nobody'>, string> = {
      resident,
      neighbour: await plainResident(client, 'qingzhu', 0, own.household),
      stranger,
      steward: await officer(client, 'STEWARD', 'qingzhu'),
      verifier: await officer(client, 'VERIFIER', 'qingzhu'),
      secretary: await officer(client, 'SECRETARY', 'qingzhu'),
      supervisor: await officer(client, 'SUPERVISOR', 'qingzhu'),
      otherVerifier: await officer(client, 'VERIFIER', 'xinghua'),
      merchant: await one(client, SHOP_OWNER),
      township: await one(
        client,
        `select person_id::text from appointment where role = 'TOWNSHIP' order by created_at, id limit 1`,
      ),
      district: await one(
        client,
        `select person_id::text from appointment where role = 'DISTRICT' order by created_at, id limit 1`,
      ),
    };
    const { rows: living } = await client.query<{ person_id: string }>(
      'select person_id::text from resident where person_id = any ($1::uuid[]) and left_on is null',
      [Object.values(people)],
    );
    const lives = new Set(living.map((row) => row.person_id));
    const alsoResidents = new Set(
      (Object.keys(people) as (keyof typeof people)[]).filter((who) => lives.has(people[who])),
    );
    const of = {} as Record<Who, APIRequestContext>;
    for (const [index, who] of EVERYONE.entries()) {
      const context = await request.newContext({
        baseURL,
        maxRedirects: 0,
        extraHTTPHeaders: { origin: baseURL, 'x-forwarded-for': `10.1.0.${index + 1}` },
      });
      if (who !== 'nobody') {
        const answer = await context.post('/api/sign-in/demo', { data: { person: people[who] } });
        if (!answer.ok())
          throw new Error(`${who} could not sign in: ${answer.status()} ${await answer.text()}`);
      }
      of[who] = context;
    }
    const nothing: Subjects = { ...foreign };
    for (const key of Object.keys(nothing) as (keyof Subjects)[]) {
      if (key !== 'village' && key !== 'itemCode')
        nothing[key] = `01900000-0000-7000-8000-${key.length.toString(16).padStart(12, 'a')}`;
    }
    return {
      of,
      people: { nobody: '', ...people },
      own,
      alsoResidents,
      foreign,
      nothing: { ...nothing, village: 'no-such-village' },
      async close() {
        await Promise.all(Object.values(of).map((context) => context.dispose()));
      },
    };
  } finally {
    await client.end();
  }
}
