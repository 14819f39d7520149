import type { Behind } from './installation';

// What the database knows of people, and who may read it where.

interface Name {
  name: string;
  villageId: string;
  householdId: string | null;
  personId: string | null;
  /** the household has agreed to be named */
  isNamed: boolean;
}

export interface Secrets {
  phones: Map<string, string>;
  names: Name[];
  sessions: Map<string, string>;
  /** households by the codes of their vouchers */
  vouchers: Map<string, string>;
  /** what villages say of themselves, on purpose */
  welcomes: string;
}

/** Every number with its person, every name with its household, every session with its person. */
export async function readSecrets(behind: Behind): Promise<Secrets> {
  const phones = await behind.ask<{ phone: string; id: string }>(
    'select phone, id::text from person where phone is not null',
  );
  const names = await behind.ask<Name & { name: string }>(
    `select name, village_id::text as "villageId", household_id::text as "householdId",
       person_id::text as "personId", relation = 'HEAD' and exists (
         select from consent c where c.village_id = r.village_id and c.household_id = r.household_id
           and c.withdrawn_at is null) as "isNamed"
     from resident r where char_length(name) > 1
     union
     select p.name, coalesce(a.village_id::text, ''), null, p.id::text, false from person p
     left join appointment a on a.person_id = p.id where char_length(p.name) > 1`,
  );
  const sessions = await behind.ask<{ id: string; person: string }>(
    'select id::text, person_id::text as person from session',
  );
  const vouchers = await behind.ask<{ code: string; household: string }>(
    'select code, household_id::text as household from voucher',
  );
  const welcomes = await behind.ask<{ welcome: string }>('select welcome from village');
  return {
    welcomes: welcomes.map((row) => row.welcome).join('\n'),
    phones: new Map(phones.map((row) => [row.phone, row.id])),
    names,
    vouchers: new Map(vouchers.map((row) => [row.code, row.household])),
    sessions: new Map(sessions.map((row) => [row.id, row.person])),
  };
}

/** Whose page it is: what its reader may see of people in full. */
export interface Reader {
  personId: string;
  householdIds: readonly string[];
  /** the village whose people he works with */
  deskVillageId: string | null;
  /** the office of his own village, the people of his own shop: named where they did something for him */
  officialIds: readonly string[];
}

export const NOBODY: Reader = { personId: '', householdIds: [], deskVillageId: null, officialIds: [] };

function mayRead(reader: Reader, name: Name): boolean {
  if (name.isNamed) return true;
  if (name.personId === reader.personId || reader.officialIds.includes(name.personId ?? '')) return true;
  if (name.householdId !== null && reader.householdIds.includes(name.householdId)) return true;
  return reader.deskVillageId !== null && name.villageId === reader.deskVillageId;
}

/** A number with nothing that would make it part of a longer one. */
const PHONE = /(?<![0-9a-zA-Z])1[3-9]\d{9}(?![0-9a-zA-Z])/g;

/** Full phone numbers in a text that are somebody's, but not the reader's own. */
export function phonesIn(text: string, secrets: Secrets, reader: Reader): string[] {
  const found = text.match(PHONE) ?? [];
  return [...new Set(found)].filter((phone) => {
    const owner = secrets.phones.get(phone);
    return owner !== undefined && owner !== reader.personId;
  });
}

/** Full names in a text that its reader may not see. */
export function namesIn(text: string, secrets: Secrets, reader: Reader): string[] {
  const said = secrets.names.filter(({ name }) => text.includes(name));
  const allowed = new Set(said.filter((name) => mayRead(reader, name)).map((one) => one.name));
  // 李明华, who may be read, holds 李明, who may not.
  const longestFirst = [...allowed].sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((left, name) => left.replaceAll(name, '\n'), text);
  const forbidden = new Set(said.map((one) => one.name).filter((name) => !allowed.has(name)));
  return [...forbidden].filter((name) => rest.includes(name) && !secrets.welcomes.includes(name));
}

/** Ids of sessions of others: with the server's secret one would be a session. */
export function sessionsIn(text: string, secrets: Secrets, reader: Reader): string[] {
  const ids = text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  return [...new Set(ids)].filter((id) => {
    const owner = secrets.sessions.get(id);
    return owner !== undefined && owner !== reader.personId;
  });
}

/** Codes of vouchers in a text, however they are spaced, that are not of the reader's household. */
export function vouchersIn(text: string, secrets: Secrets, reader: Reader): string[] {
  const found = (text.match(/(?<!\d)\d{4} ?\d{4} ?\d{4}(?!\d)/g) ?? []).map((code) =>
    code.replaceAll(' ', ''),
  );
  return [...new Set(found)].filter((code) => {
    const owner = secrets.vouchers.get(code);
    return owner !== undefined && !reader.householdIds.includes(owner);
  });
}
