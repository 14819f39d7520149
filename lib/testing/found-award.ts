/**
 * A function of databases of tests: writes, past the rules of deeds, an approved deed and its decision for an award that
 * a test posts by itself, and answers the decision's id. The ledger asks of an award what it stands on. Called inside the
 * statement that posts:
 *
 *     select ledger_post(village, 'AWARD', found_award(village, household, resident, points, honour, day, at), 0::smallint, …)
 */
export const FOUND_AWARD = `
create or replace function found_award(
  p_village uuid, p_household uuid, p_resident uuid, p_points integer, p_honour integer, p_day date, p_at timestamptz,
  p_decision uuid default gen_random_uuid(), p_person uuid default null, p_item uuid default null
) returns uuid language plpgsql set session_replication_role = replica as $$
declare
  v_item uuid := coalesce(p_item, (select i.id from item i where i.village_id = p_village and i.points > 0 order by i.code, i.id limit 1));
  v_version uuid := (select i.version_id from item i where i.village_id = p_village and i.id = v_item);
begin
  p_person := coalesce(p_person, (select a.person_id from appointment a
    where a.village_id = p_village and a.role = 'VERIFIER' order by a.id limit 1), gen_random_uuid());
  insert into deed (village_id, id, household_id, resident_id, reporter_id, version_id, item_id, channel, deed_on, state,
    submitted_at, decided_by_id, decided_at, points_asked, honour_awarded, points_awarded)
  values (p_village, p_decision, p_household, p_resident, p_person, coalesce(v_version, gen_random_uuid()),
    coalesce(v_item, gen_random_uuid()), 'STEWARD', p_day, 'APPROVED', p_at,
    p_person, p_at, greatest(p_points, p_honour), p_honour, p_points) on conflict do nothing;
  insert into deed_decision (village_id, id, deed_id, kind, person_id, decided_at)
  values (p_village, p_decision, p_decision, 'APPROVE', p_person, p_at) on conflict do nothing;
  return p_decision;
end $$`;
