import { v7 } from 'uuid';
import { type Day, dayOf } from '@/lib/platform/clock';
import { askDatabase } from '../fixtures';

// A village whose last year is not closed, for journeys that close it: what is done once in a demo village would be
// done for every other journey.

export interface ClosingVillage {
  id: string;
  code: string;
  /** the year to close, the one before this */
  year: number;
  secretary: { personId: string };
  supervisor: { personId: string };
  /** heads of households with 30, 50 and no points */
  heads: { personId: string; householdId: string; points: number }[];
}

const POINTS = [30, 50, 0];

let made = 0;

async function aPerson(name: string): Promise<string> {
  const id = v7();
  const phone = `1396${String(Date.now() % 1_000_000).padStart(6, '0')}${made++ % 10}`;
  await askDatabase('insert into person (id, name, phone) values ($1, $2, $3)', [id, name, phone]);
  return id;
}

/** The rulebook of the demo's 青竹村 as this village's own, in force since long ago; at most 40 points are carried. */
async function copyRulebook(villageId: string): Promise<void> {
  const copy = (table: string, which: string, change = '{}') => `
    insert into ${table} select (jsonb_populate_record(null::${table},
      to_jsonb(t) || jsonb_build_object('village_id', '${villageId}') || '${change}'::jsonb)).*
    from ${table} t join village v on v.id = t.village_id
    where v.code = 'qingzhu' and ${which} = rulebook_version_on(v.id, shanghai_day(now()));`;
  const inForce = JSON.stringify({
    number: 1,
    state: 'ADOPTED',
    effective_from: '2020-01-01',
    effective_until: null,
    year_end_policy: 'CARRY_UP_TO',
    year_end_carry_most: 40,
  });
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     ${copy('rulebook_version', 't.id', inForce)}
     ${copy('category', 't.version_id')}
     ${copy('item', 't.version_id')}
     commit`,
    [],
  );
}

/** Makes the village: three households, an office of two, and one award a household with points last December. */
export async function aClosingVillage(): Promise<ClosingVillage> {
  const id = v7();
  const code = `c${id.replaceAll('-', '').slice(0, 12)}`;
  const group = v7();
  const year = Number(dayOf(new Date()).slice(0, 4)) - 1;
  const day = `${year}-12-20` as Day;
  await askDatabase(
    `insert into village (id, township_id, code, name, preset)
     select $1, t.id, $2, '柏树村', 'RED_BLACK' from township t where t.code = 'shiqiao'`,
    [id, code],
  );
  await askDatabase(`insert into village_group (village_id, id, number, name) values ($1, $2, 1, '一组')`, [
    id,
    group,
  ]);
  await copyRulebook(id);
  const office = async (role: string, name: string) => {
    const personId = await aPerson(name);
    await askDatabase(
      `insert into appointment (id, person_id, role, village_id, from_day) values ($1, $2, $3::"Role", $4, $5)`,
      [v7(), personId, role, id, `${year}-01-01`],
    );
    return { personId };
  };
  const secretary = await office('SECRETARY', '柏书记');
  const supervisor = await office('SUPERVISOR', '柏监督');
  const heads: ClosingVillage['heads'] = [];
  for (const [index, points] of POINTS.entries()) {
    const householdId = v7();
    const residentId = v7();
    const personId = await aPerson(`柏大${'山河川'[index]}`);
    await askDatabase(
      `insert into household (village_id, id, group_id, code, created_at) values ($1, $2, $3, $4, $5)`,
      [id, householdId, group, `01-00${index + 1}`, `${year}-01-01`],
    );
    await askDatabase(
      `insert into resident (village_id, id, household_id, person_id, name, relation, birth_year, created_at)
       select $1, $2, $3, p.id, p.name, 'HEAD', 1970, $4 from person p where p.id = $5`,
      [id, residentId, householdId, `${year}-01-01`, personId],
    );
    if (points > 0) {
      await askDatabase(
        `select ledger_post($1::uuid, 'AWARD', found_award($1, $2, $4, $3, $3, $5::date,
           ($5::date + time '10:00') at time zone 'Asia/Shanghai', p_item => i.id), 0::smallint, $1::uuid, $2::uuid, $3::integer, $3::integer,
           $2::uuid, $4::uuid, $5::date, i.version_id, i.id, i.code, null, '', null, $6::uuid, gen_random_uuid(),
           ($5::date + time '10:00') at time zone 'Asia/Shanghai', false)
         from item i where i.village_id = $1 and i.code = 'PUBLIC_CLEAN-01'`,
        [id, householdId, points, residentId, day, secretary.personId],
      );
    }
    heads.push({ personId, householdId, points });
  }
  return { id, code, year, secretary, supervisor, heads };
}

/** Lets days have passed since a quarter was made public or a year's end announced, behind the program's back. */
export async function letClosingDaysPass(
  table: 'period' | 'year_end',
  villageId: string,
  days: number,
): Promise<void> {
  const set =
    table === 'period'
      ? `public_from = public_from - ${days}, public_until = public_until - ${days}, as_of = as_of - interval '${days} days'`
      : `announced_at = announced_at - interval '${days} days', due_on = due_on - ${days}`;
  await askDatabase(
    `begin; set local session_replication_role = 'replica';
     update ${table} set ${set} where village_id = '${villageId}';
     commit`,
    [],
  );
}
