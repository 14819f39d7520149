-- Who hears a household (申辩, 异议): someone who had no part in what it speaks against.
--
-- The village's supervisors hear. Where each of them is barred (the one who approved the notice, an own household, near
-- kin), the secretary does; where he is barred too, a verifier who had no part in it. So a small village is never left
-- with nobody, and a higher one is never passed over. lib/objections/rules.ts says the same as a table.
--
-- The rung is found once, at the moment the household speaks, and kept with what it said: the office keeps the roster
-- and the secretary appoints, so a kinship that is declared, a phone that is linked or an appointment that is made or
-- ended afterwards still takes the power from a person and gives it to nobody. Where none of those people is left, it
-- rises to the township when it is overdue; once the township knows, whoever is supervisor by then decides.

-- Whether nothing bars this person: no part in it, no own household, no near kin, and no kinship of one of these
-- households declared, which is how a colleague is made to step back.
create or replace function is_unbarred(
  p_village uuid, p_person uuid, p_barred uuid[], p_households uuid[], p_now timestamptz
) returns boolean
language plpgsql stable as $$
begin
  return not p_person = any (same_people(p_village, p_barred))
    and not exists (select 1 from unnest(p_households) h(id) where recusal(p_village, h.id, null, p_person, p_now) is not null
                    or declared_kin(p_village, h.id, p_person, p_now));
end $$;

-- The unbarred holders of the first role that has any, as it is now. No row: nobody.
create or replace function list_hearers(p_village uuid, p_barred uuid[], p_households uuid[], p_now timestamptz)
returns table (person_id uuid, role "Role")
language plpgsql stable as $$
begin
  return query
  with held as (
    select a.person_id, a.role,
           case a.role when 'SUPERVISOR' then 1 when 'SECRETARY' then 2 else 3 end as rung
    from appointment a
    where a.village_id = p_village and a.role in ('SUPERVISOR', 'SECRETARY', 'VERIFIER')
      and a.from_day <= (p_now at time zone 'Asia/Shanghai')::date
      and (a.until_day is null or a.until_day >= (p_now at time zone 'Asia/Shanghai')::date)
      and is_unbarred(p_village, a.person_id, p_barred, p_households, p_now)
  )
  select h.person_id, h.role from held h
  where h.rung = (select min(x.rung) from held x) order by h.person_id;
end $$;

-- Those of a case's hearers (p_ids, p_role: as they were when it was opened) who still may. Where none is left and the
-- township knows (p_risen_at): the supervisors of now. A case of before they were kept (p_ids null) has the ladder of now.
create or replace function hearers_left(
  p_village uuid, p_ids uuid[], p_role "Role", p_risen_at timestamptz, p_barred uuid[], p_households uuid[], p_now timestamptz
) returns table (person_id uuid, role "Role")
language plpgsql stable as $$
begin
  if p_ids is null then
    return query select l.person_id, l.role from list_hearers(p_village, p_barred, p_households, p_now) l;
    return;
  end if;
  return query
  select h.id, p_role from unnest(p_ids) h(id)
  where holds_role(p_village, h.id, p_role, p_now) and is_unbarred(p_village, h.id, p_barred, p_households, p_now)
  order by h.id;
  if found or p_risen_at is null then return; end if;
  return query
  select distinct a.person_id, a.role from appointment a
  where a.village_id = p_village and a.role = 'SUPERVISOR' and holds_role(p_village, a.person_id, a.role, p_now)
    and is_unbarred(p_village, a.person_id, p_barred, p_households, p_now)
  order by a.person_id;
end $$;

-- Refuses whoever is none of those who may: OWN_HOUSEHOLD, NEAR_KIN, TOOK_PART, DECLARED_KIN, NOBODY_HEARS, ANOTHER_HEARS,
-- NOT_ALLOWED.
drop function if exists refuse_hearer(uuid, uuid, uuid[], uuid[], timestamptz);
create or replace function refuse_hearer(
  p_village uuid, p_person uuid, p_hearers uuid[], p_barred uuid[], p_households uuid[], p_now timestamptz
) returns void
language plpgsql stable as $$
declare
  v_why text;
begin
  if p_person is null then perform refuse('NOT_ALLOWED'); end if;
  if not (holds_role(p_village, p_person, 'SUPERVISOR', p_now) or holds_role(p_village, p_person, 'SECRETARY', p_now)
          or holds_role(p_village, p_person, 'VERIFIER', p_now)) then
    perform refuse('NOT_ALLOWED');
  end if;
  select recusal(p_village, h.id, null, p_person, p_now) into v_why
  from unnest(p_households) h(id) where recusal(p_village, h.id, null, p_person, p_now) is not null limit 1;
  if v_why is not null then perform refuse(v_why); end if;
  if p_person = any (same_people(p_village, p_barred)) then perform refuse('TOOK_PART'); end if;
  if exists (select 1 from unnest(p_households) h(id) where declared_kin(p_village, h.id, p_person, p_now)) then
    perform refuse('DECLARED_KIN');
  end if;
  if coalesce(cardinality(p_hearers), 0) = 0 then perform refuse('NOBODY_HEARS'); end if;
  if not p_person = any (p_hearers) then
    perform refuse('ANOTHER_HEARS', jsonb_build_object('who',
      (select string_agg(pe.name, '、' order by pe.name) from person pe where pe.id = any (p_hearers))));
  end if;
end $$;

-- Days within which what a household says is to be decided, by the rulebook of a day.
create or replace function days_to_decide(p_village uuid, p_day date) returns integer
language plpgsql stable as $$
declare
  v_days integer;
begin
  select v.objection_days into v_days from rulebook_version v
  where v.village_id = p_village and v.id = rulebook_version_on(p_village, p_day);
  return coalesce(v_days, 7);
end $$;

-- Who may speak for a household: a grown-up of it (speaks_for_household); or one of the office who writes it down for
-- people without a phone, and is none of those whose doing it speaks against. A household has one answer and one
-- objection: they are not its accuser's to use up. Refuses ADULTS_SPEAK, TOOK_PART, NOT_ALLOWED.
drop function if exists speaks_for(uuid, uuid, uuid, timestamptz);
create or replace function refuse_speaker(
  p_village uuid, p_household uuid, p_person uuid, p_partakers uuid[], p_now timestamptz
) returns void
language plpgsql stable as $$
begin
  if p_person is null then perform refuse('NOT_ALLOWED'); end if;
  if speaks_for_household(p_village, p_household, p_person, p_now) then return; end if;
  if exists (select 1 from resident r where r.village_id = p_village and r.household_id = p_household
             and r.person_id = p_person and r.left_on is null) then
    perform refuse('ADULTS_SPEAK');
  end if;
  if not (holds_role(p_village, p_person, 'STEWARD', p_now) or holds_role(p_village, p_person, 'SECRETARY', p_now)
          or holds_role(p_village, p_person, 'VERIFIER', p_now)) then
    perform refuse('NOT_ALLOWED');
  end if;
  if p_person = any (same_people(p_village, p_partakers)) then perform refuse('TOOK_PART'); end if;
end $$;
