-- 星级: stars by the thresholds of the rulebook. A rating is arithmetic, not a choice: nobody can give a household more
-- or fewer stars than the ledger bears, nor leave one out.
--
--   honour of the quarter, summed from the postings ──▶ thresholds of the version in force on its last day ──▶ stars
--
-- Once a household and quarter (the key), by the secretary, when the quarter is over and not in publicity. A rating is
-- never changed or deleted; it is revoked by the supervisor, with a reason, and stays revoked. That the supervisor
-- isn't asked to step back for his own household or kin is on purpose: stepping back guards against favour, and taking
-- a star away is none.

do $$
declare c record;
begin
  for c in select * from (values
    ('star_rating', 'star_rating_stars', 'stars between 1 and 5'),
    ('star_rating', 'star_rating_quarter', 'period ~ ''^20[0-9]{2}Q[1-4]$'''),
    ('star_rating', 'star_rating_revoked_whole',
      '(revoked_at is null) = (revoked_by_id is null) and (revoked_at is null) = (btrim(revoked_why) = '''')')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- The last day of a quarter 2026Q3; null for what is none.
create or replace function star_quarter_end(p_period text) returns date language sql immutable parallel safe as $$
  select case when p_period ~ '^20[0-9]{2}Q[1-4]$' then
    (make_date(left(p_period, 4)::int, right(p_period, 1)::int * 3, 1) + interval '1 month - 1 day')::date end
$$;

-- The version whose thresholds count: the one in force on the quarter's last day.
create or replace function star_version(p_village uuid, p_period text) returns uuid language sql stable as $$
  select v.id from rulebook_version v
  where v.village_id = p_village and v.state in ('ADOPTED', 'SUPERSEDED')
    and v.effective_from <= star_quarter_end(p_period)
    and (v.effective_until is null or v.effective_until >= star_quarter_end(p_period))
$$;

-- How many of the thresholds an honour score has reached. lib/rewards/star/rules.ts says the same.
create or replace function stars_for(p_honour bigint, p_thresholds integer[]) returns integer
language sql immutable parallel safe as $$
  select least(5, count(*))::integer from unnest(p_thresholds) t where t <= p_honour
$$;

-- Households that have reached a star in a quarter and have no rating of it yet: what star_award would write.
create or replace function star_due(p_village uuid, p_period text)
returns table (household_id uuid, honour integer, stars integer, version_id uuid) language sql stable as $$
  select s.household_id, s.honour::integer, stars_for(s.honour, v.star_thresholds), v.id
  from (
    select st.household_id, sum(st.honour)::bigint as honour from standing st
    where st.village_id = p_village and st.period = p_period group by st.household_id
  ) s
  join household h on h.village_id = p_village and h.id = s.household_id and h.left_on is null
  join rulebook_version v on v.village_id = p_village and v.id = star_version(p_village, p_period)
  where stars_for(s.honour, v.star_thresholds) >= 1
    and not exists (select 1 from star_rating r where r.village_id = p_village and r.period = p_period
                    and r.household_id = s.household_id)
$$;

-- Who may take an award back: a supervisor, never the one who gave it.
create or replace function check_revocation(p_village uuid, p_awarded_by uuid, p_awarded_at timestamptz,
                                            p_person uuid, p_at timestamptz, p_why text) returns void
language plpgsql stable as $$
begin
  if btrim(coalesce(p_why, '')) = '' then perform refuse('REWARD_REASON_REQUIRED'); end if;
  if not holds_role(p_village, p_person, 'SUPERVISOR', p_at) then perform refuse('NOT_ALLOWED'); end if;
  if p_person = p_awarded_by then perform refuse('REWARD_SAME_PERSON'); end if;
  if p_at < p_awarded_at then
    raise exception 'an award is not revoked before it is given' using errcode = '23514';
  end if;
end $$;

create or replace function check_star_rating() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_end date := star_quarter_end(new.period);
  v_honour bigint;
begin
  if tg_op = 'DELETE' then
    raise exception 'a rating is revoked, not deleted' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' then
    if (to_jsonb(new) - 'revoked_at' - 'revoked_by_id' - 'revoked_why')
       is distinct from (to_jsonb(old) - 'revoked_at' - 'revoked_by_id' - 'revoked_why') then
      raise exception 'a rating does not change' using errcode = '23514';
    end if;
    if old.revoked_at is not null or new.revoked_at is null then perform refuse('REWARD_REVOKED'); end if;
    perform check_revocation(new.village_id, new.awarded_by_id, new.awarded_at, new.revoked_by_id, new.revoked_at,
                             new.revoked_why);
    return new;
  end if;

  if new.revoked_at is not null then
    raise exception 'a rating does not begin revoked' using errcode = '23514';
  end if;
  if v_end is null or v_end >= (new.awarded_at at time zone 'Asia/Shanghai')::date then
    perform refuse('STARS_TOO_EARLY');
  end if;
  if exists (select 1 from period p where p.village_id = new.village_id and p.code = new.period
             and p.state = 'PUBLICITY') then
    perform refuse('STARS_WAIT_FOR_PUBLICITY');
  end if;
  if not holds_role(new.village_id, new.awarded_by_id, 'SECRETARY', new.awarded_at) then
    perform refuse('NOT_ALLOWED');
  end if;
  if new.version_id is distinct from star_version(new.village_id, new.period) then
    raise exception 'stars go by the version in force on the last day of the quarter' using errcode = '23514';
  end if;
  -- From the postings themselves, not from the sums derived of them.
  select coalesce(sum(p.honour), 0) into v_honour from posting p
  where p.village_id = new.village_id and p.household_id = new.household_id
    and p.credited_on between (date_trunc('quarter', v_end::timestamp))::date and v_end;
  if new.honour <> v_honour or new.stars <> (
    select stars_for(v_honour, v.star_thresholds) from rulebook_version v
    where v.village_id = new.village_id and v.id = new.version_id) then
    raise exception 'the ledger does not bear % stars for % points', new.stars, new.honour using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists star_rating_check on star_rating;
create trigger star_rating_check before insert or update or delete on star_rating
  for each row execute function check_star_rating();
drop trigger if exists star_rating_no_truncate on star_rating;
create trigger star_rating_no_truncate before truncate on star_rating
  for each statement execute function refuse_change();

-- Rates every household that reached a star in a quarter that is over. Asked again, it rates only who has reached one
-- since (an objection was upheld). Answers what it wrote.
-- Refuses: NOT_ALLOWED, STARS_TOO_EARLY, STARS_WAIT_FOR_PUBLICITY, NO_STARS_DUE.
create or replace function star_award(p_village uuid, p_period text, p_person uuid, p_now timestamptz)
returns table (household_id uuid, stars integer, honour integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_ALLOWED'); end if;
  if star_quarter_end(p_period) is null
     or star_quarter_end(p_period) >= (p_now at time zone 'Asia/Shanghai')::date then
    perform refuse('STARS_TOO_EARLY');
  end if;
  -- Two at once take turns; and no posting moves a score between reading it and writing the rating: ledger_post locks
  -- the household's account first, in the same order.
  perform pg_advisory_xact_lock(hashtextextended('stars' || p_village::text || p_period, 7));
  perform 1 from account a where a.village_id = p_village and a.kind = 'HOUSEHOLD' order by a.id for no key update;
  return query
    insert into star_rating as r (village_id, id, period, household_id, version_id, stars, honour, awarded_at, awarded_by_id)
    select p_village, uuid_of_time(p_now), p_period, d.household_id, d.version_id, d.stars, d.honour, p_now, p_person
    from star_due(p_village, p_period) d order by d.household_id
    returning r.household_id, r.stars, r.honour;
  if not found then perform refuse('NO_STARS_DUE'); end if;
end $$;

-- Takes a rating back. Refuses: NOT_FOUND, NOT_ALLOWED, REWARD_REVOKED, REWARD_REASON_REQUIRED, REWARD_SAME_PERSON.
create or replace function star_revoke(p_village uuid, p_star uuid, p_person uuid, p_reason text, p_now timestamptz,
                                       out household_id uuid, out period text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_old star_rating;
begin
  select * into v_old from star_rating r where r.village_id = p_village and r.id = p_star for update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if v_old.revoked_at is not null then perform refuse('REWARD_REVOKED'); end if;
  if btrim(coalesce(p_reason, '')) = '' then perform refuse('REWARD_REASON_REQUIRED'); end if;
  update star_rating r set revoked_at = p_now, revoked_by_id = p_person, revoked_why = p_reason
  where r.village_id = p_village and r.id = p_star;
  household_id := v_old.household_id;
  period := v_old.period;
end $$;
