-- Lists: what is done. Drafting, checking, publishing, taking back, and what time alone does.

-- Locks a list to move it on; refuses NOT_FOUND, and LIST_MOVED_ON when it is not in one of the states asked for.
create or replace function list_lock(p_village uuid, p_list uuid, p_states "ListState"[]) returns village_list
language plpgsql as $$
declare
  l village_list;
begin
  select * into l from village_list x where x.village_id = p_village and x.id = p_list for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if not l.state = any (p_states) then
    perform refuse('LIST_MOVED_ON', jsonb_build_object('state', case l.state
      when 'DRAFT' then '还在起草' when 'CHECKED' then '已经审核' when 'PUBLICITY' then '正在公示'
      when 'FINAL' then '已经定榜' when 'EXPIRED' then '已经到期' else case when l.public_from is null then '已经作废' else '已经撤回' end end));
  end if;
  return l;
end $$;

-- Brings rows up to the facts, and has the documents of public lists made anew where something changed.
create or replace function list_settle_rows(p_village uuid, p_rows uuid[], p_why text, p_now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
  v_is record;
  v_changed uuid[] := '{}';
  v_count integer := 0;
begin
  if cardinality(p_rows) = 0 then return 0; end if;
  perform 1 from village_list l
  where l.village_id = p_village and l.state not in ('EXPIRED', 'WITHDRAWN')
    and l.id in (select r.list_id from list_row r where r.village_id = p_village and r.id = any (p_rows))
  order by l.id for no key update;
  for v in
    select r.id, r.list_id, r.state, r.points from list_row r
    join village_list l on l.village_id = r.village_id and l.id = r.list_id and l.state not in ('EXPIRED', 'WITHDRAWN')
    where r.village_id = p_village and r.id = any (p_rows) and r.state <> 'GONE'
    order by r.id for no key update of r
  loop
    v_is := list_row_verdict(p_village, v.id);
    if (v_is.state, v_is.points) is distinct from (v.state, v.points) then
      update list_row r
      set state = v_is.state, gone_why = v_is.gone_why, points = v_is.points,
          gone_at = case when v_is.state = 'GONE' then p_now end
      where r.village_id = p_village and r.id = v.id;
      v_changed := v_changed || v.list_id;
      v_count := v_count + 1;
    end if;
  end loop;
  perform list_documents_retire(l.village_id, l.id, p_why, p_now) from village_list l
  where l.village_id = p_village and l.id = any (v_changed) and l.state in ('CHECKED', 'PUBLICITY', 'FINAL');
  return v_count;
end $$;

create or replace function list_settle(p_village uuid, p_list uuid, p_now timestamptz) returns integer
language sql security definer set search_path = public, pg_temp as $$
  select list_settle_rows(p_village,
    array(select r.id from list_row r where r.village_id = p_village and r.list_id = p_list), '名单有更正', p_now)
$$;

-- The list of a kind, subject and period that is before the public, or null.
create or replace function list_public_of(p_village uuid, p_kind "ListKind", p_subject "ListSubject", p_period text)
returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select l.id from village_list l
  where l.village_id = p_village and l.kind = p_kind and l.subject = p_subject and l.period = p_period
    and l.state in ('PUBLICITY', 'FINAL')
$$;

-- Drafts a list from the ledger as it stands at p_now; answers how many rows it has.
-- Refuses: LIST_PERIOD_AHEAD, LIST_NO_RULEBOOK, BLACK_LIST_OFF, LIST_EXISTS, LIST_PUBLIC_ALREADY, LIST_EMPTY,
-- NOT_ALLOWED. One that is public is corrected by withdrawing it first.
create or replace function list_draft(
  p_village uuid, p_list uuid, p_kind "ListKind", p_subject "ListSubject", p_period text, p_person uuid, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_rule record;
  v_rows integer;
begin
  v_rule := list_rule(p_village, p_kind, p_subject, p_period, shanghai_day(p_now));
  insert into village_list (village_id, id, kind, subject, period, version_id, as_of, top, threshold, audience, drafted_by_id, drafted_at)
  values (p_village, p_list, p_kind, p_subject, p_period, v_rule.version_id, p_now, v_rule.top, v_rule.threshold,
          v_rule.audience, p_person, p_now)
  on conflict (village_id, kind, subject, period) where state in ('DRAFT', 'CHECKED') do nothing;
  if not found then perform refuse('LIST_EXISTS'); end if;
  -- after the row is in: it has waited for one that was being published meanwhile
  if list_public_of(p_village, p_kind, p_subject, p_period) is not null then perform refuse('LIST_PUBLIC_ALREADY'); end if;
  insert into list_row (village_id, id, list_id, rank, household_id, resident_id, place_id, points)
  select p_village, gen_random_uuid(), p_list, d.rank, d.household_id, d.resident_id, d.place_id, d.points
  from list_derive(p_village, p_kind, p_subject, p_period, p_now, v_rule.top, v_rule.threshold) d;
  get diagnostics v_rows = row_count;
  if v_rows = 0 then perform refuse('LIST_EMPTY'); end if;
  if p_kind = 'BLACK' and p_subject = 'HOUSEHOLD' then
    insert into list_ground (village_id, id, row_id, deduction_id)
    select p_village, gen_random_uuid(), r.id, g.deduction_id
    from list_grounds(p_village, p_period, p_now) g
    join list_row r on r.village_id = p_village and r.list_id = p_list and r.household_id = g.household_id
    where g.fault is null;
  end if;
  -- a row of a household or place whose objection to an earlier list is open waits from the first
  perform list_settle(p_village, p_list, p_now);
  return v_rows;
end $$;

-- The second pair of eyes. Refuses: NOT_FOUND, LIST_MOVED_ON, LIST_SAME_PERSON, LIST_OWN_HOUSEHOLD, LIST_NEAR_KIN,
-- NOT_ALLOWED, LIST_EMPTY, LIST_STALE, and what is wrong with a black row (list_ground_fault).
create or replace function list_check(p_village uuid, p_list uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_lock(p_village, p_list, '{DRAFT}');
  perform list_settle(p_village, p_list, p_now);
  update village_list l set state = 'CHECKED', checked_by_id = p_person, checked_at = p_now
  where l.village_id = p_village and l.id = p_list;
  perform list_documents_retire(p_village, p_list, '', p_now);
end $$;

-- Begins the publicity: the day it is put up does not count, then as many full days as the rulebook says.
-- Refuses as list_check does, and LIST_PUBLIC_ALREADY while another list of the same kind and period is public.
create or replace function list_publish(
  p_village uuid, p_list uuid, p_person uuid, p_now timestamptz, out first_day date, out last_day date
) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l village_list;
  v_days integer;
begin
  l := list_lock(p_village, p_list, '{CHECKED}');
  select v.publicity_days into v_days from rulebook_version v where v.village_id = p_village and v.id = l.version_id;
  if not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_ALLOWED'); end if;
  if list_public_of(p_village, l.kind, l.subject, l.period) is not null then perform refuse('LIST_PUBLIC_ALREADY'); end if;
  perform list_settle(p_village, p_list, p_now);
  -- the moment itself, not only its day: a notice or an answer period of today is asked for exactly
  perform list_must_hold(p_village, p_list, p_now);
  first_day := shanghai_day(p_now);
  last_day := first_day + v_days;
  update village_list x set state = 'PUBLICITY', published_by_id = p_person, public_from = first_day, public_until = last_day
  where x.village_id = p_village and x.id = p_list;
  perform list_documents_retire(p_village, p_list, '开始公示', p_now);
end $$;

-- Takes a list back (撤回), or throws one away that never was public (作废). Refuses: NOT_FOUND, LIST_MOVED_ON, REASON_REQUIRED, NOT_ALLOWED,
-- LIST_OWN_HOUSEHOLD, LIST_NEAR_KIN.
create or replace function list_withdraw(
  p_village uuid, p_list uuid, p_person uuid, p_reason text, p_states "ListState"[], p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_lock(p_village, p_list, p_states);
  if btrim(coalesce(p_reason, '')) = '' then perform refuse('REASON_REQUIRED'); end if;
  update village_list l set state = 'WITHDRAWN', ended_at = p_now, ended_by_id = p_person, end_reason = p_reason
  where l.village_id = p_village and l.id = p_list;
  perform list_documents_retire(p_village, p_list, '名单已撤回', p_now);
end $$;

-- What time alone does to a list: a black list that its rulebook no longer bears ends, publicity that is over becomes final,
-- a final list past its last day ends. Pages ask the days themselves, so that nothing is shown longer when this comes late.
-- One list in a transaction, so that one that can't be moved on holds up no other; one that somebody moves at this moment
-- is left to the next time. Before that it was all lists of all villages at once:
drop function if exists list_advance(timestamptz, uuid);
create or replace function list_advance(
  p_village uuid, p_list uuid, p_now timestamptz, out made_final integer, out expired integer
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l village_list;
  v_why text;
begin
  made_final := 0; expired := 0;
  select x.* into l from village_list x where x.village_id = p_village and x.id = p_list for no key update skip locked;
  if not found or l.state in ('EXPIRED', 'WITHDRAWN') then return; end if;
  if l.kind = 'BLACK' then v_why := list_fallen(p_village, p_list, shanghai_day(p_now)); end if;
  if v_why is not null then
    update village_list x set state = 'WITHDRAWN', ended_at = p_now, end_reason = v_why
    where x.village_id = p_village and x.id = p_list;
    perform list_documents_retire(p_village, p_list, '名单已撤回', p_now);
    expired := 1;
    return;
  end if;
  -- nobody's act makes a place one that names a household by now, or one that a single person found bad
  if l.kind = 'BLACK' and l.subject = 'PLACE' and l.state in ('PUBLICITY', 'FINAL') then
    perform list_settle(p_village, p_list, p_now);
  end if;
  if l.state = 'PUBLICITY' and l.public_until < shanghai_day(p_now) then
    perform list_settle(p_village, p_list, p_now);
    update village_list x set state = 'FINAL', final_at = p_now, expires_on = l.public_until + list_days_up(p_village, p_list)
    where x.village_id = p_village and x.id = p_list returning x.* into l;
    made_final := 1;
  end if;
  if l.state = 'FINAL' and l.expires_on < shanghai_day(p_now) then
    update village_list x set state = 'EXPIRED', ended_at = p_now where x.village_id = p_village and x.id = p_list;
    perform list_documents_retire(p_village, p_list, '名单已到期', p_now);
    expired := 1;
  end if;
end $$;

-- The lists, of one village or of all, that time may have something to do to.
create or replace function lists_to_advance(p_now timestamptz, p_village uuid) returns table (village_id uuid, id uuid)
language sql stable as $$
  select x.village_id, x.id from village_list x
  where (p_village is null or x.village_id = p_village)
    and ((x.state = 'PUBLICITY' and x.public_until < shanghai_day(p_now))
      or (x.state = 'FINAL' and x.expires_on < shanghai_day(p_now))
      or (x.kind = 'BLACK' and x.state not in ('EXPIRED', 'WITHDRAWN')))
  order by x.village_id, x.id
$$;
