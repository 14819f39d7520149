-- Who hears a household (申辩, 异议): someone who had no part in what it speaks against.
--
-- The village's supervisors hear. Where each of them is barred (the one who approved the notice, an own household, near
-- kin), the secretary does; where he is barred too, a verifier who had no part in it. So a small village is never left
-- with nobody, and a higher one is never passed over. lib/objections/rules.ts says the same as a table.

-- Who may hear now: the unbarred holders of the first role that has any. No row: nobody, the village must appoint one.
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
      and not a.person_id = any (array_remove(p_barred, null))
      and not exists (select 1 from unnest(p_households) h(id) where recusal(p_village, h.id, null, a.person_id, p_now) is not null)
  )
  select h.person_id, h.role from held h
  where h.rung = (select min(x.rung) from held x) order by h.person_id;
end $$;

-- Refuses whoever may not hear: OWN_HOUSEHOLD, NEAR_KIN, TOOK_PART, ANOTHER_HEARS, NOT_ALLOWED.
create or replace function refuse_hearer(
  p_village uuid, p_person uuid, p_barred uuid[], p_households uuid[], p_now timestamptz
) returns void
language plpgsql stable as $$
declare
  v_why text;
  v_who text;
begin
  if p_person is null then perform refuse('NOT_ALLOWED'); end if;
  if not (holds_role(p_village, p_person, 'SUPERVISOR', p_now) or holds_role(p_village, p_person, 'SECRETARY', p_now)
          or holds_role(p_village, p_person, 'VERIFIER', p_now)) then
    perform refuse('NOT_ALLOWED');
  end if;
  select recusal(p_village, h.id, null, p_person, p_now) into v_why
  from unnest(p_households) h(id) where recusal(p_village, h.id, null, p_person, p_now) is not null limit 1;
  if v_why is not null then perform refuse(v_why); end if;
  if p_person = any (array_remove(p_barred, null)) then perform refuse('TOOK_PART'); end if;
  if not exists (select 1 from list_hearers(p_village, p_barred, p_households, p_now) l where l.person_id = p_person) then
    select string_agg(pe.name, '、') into v_who
    from list_hearers(p_village, p_barred, p_households, p_now) l join person pe on pe.id = l.person_id;
    perform refuse('ANOTHER_HEARS', jsonb_build_object('who', coalesce(v_who, '别人')));
  end if;
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
  if p_person = any (array_remove(p_partakers, null)) then perform refuse('TOOK_PART'); end if;
end $$;
