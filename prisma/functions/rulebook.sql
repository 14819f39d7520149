-- The rulebook: what a village adopted stays as it was adopted, and on no day are two versions in force.
--
--   DRAFT ◀──▶ HEARING ──▶ ADOPTED ──▶ SUPERSEDED
--     └───────────┴──▶ DROPPED
--
-- A version is written as a draft; only then may its text be changed. In the hearing it stands still: what people
-- comment and vote on is what is adopted. It goes back to be a draft as long as nobody was asked to vote on it. It is
-- adopted in one update, by a resolution that had its quorum and majority, after the hearing, with every comment
-- answered. From then on the only thing that may change is that it ends: state to SUPERSEDED, effective_until from open
-- to a day. Points were given by it; a correction is a new version. Of one given up the words stay.

-- Whether numbers rise from each to the next.
create or replace function is_rising(p_numbers integer[]) returns boolean language sql immutable parallel safe as $$
  select coalesce(bool_and(n > before), true)
  from (select n, lag(n) over (order by place) as before from unnest(p_numbers) with ordinality u(n, place)) steps
  where before is not null
$$;

-- What no version may say. Added once, so that a second run changes nothing.
do $$
declare c record;
begin
  for c in select * from (values
    ('item', 'item_points_not_zero', 'points <> 0'),
    ('item', 'item_points_within', 'abs(points) <= 1000'),
    ('item', 'item_cap_positive', 'cap_points >= 1'),
    -- one unit must fit under the cap, else the item could never be scored as published
    ('item', 'item_fits_cap', 'abs(points) <= cap_points'),
    ('item', 'item_warns_only_before_deducting', 'points < 0 or not (warn_first or restored_when_repaired)'),
    ('item', 'item_metric_has_unit', '(metric_name is null) = (metric_unit is null)'),
    ('scale_step', 'scale_step_adds', 'points between 1 and 1000'),
    ('rulebook_version', 'rulebook_version_numbered', 'number >= 1'),
    ('rulebook_version', 'rulebook_version_second_threshold', 'second_threshold >= 1'),
    ('rulebook_version', 'rulebook_version_month_cap', 'household_month_cap >= 1'),
    ('rulebook_version', 'rulebook_version_budget', 'budget_per_quarter >= 1'),
    ('rulebook_version', 'rulebook_version_reference', 'reference_fen between 1 and 1000'),
    ('rulebook_version', 'rulebook_version_year_end',
      'year_end_policy <> ''CARRY_UP_TO'' or coalesce(year_end_carry_most, 0) >= 1'),
    ('rulebook_version', 'rulebook_version_stars',
      'cardinality(star_thresholds) <= 5 and 0 < all (star_thresholds) and is_rising(star_thresholds)'),
    ('rulebook_version', 'rulebook_version_outstanding', 'outstanding_most >= 1'),
    ('rulebook_version', 'rulebook_version_red',
      'coalesce(red_top, red_threshold) is not null and coalesce(red_top, 1) >= 1 and coalesce(red_threshold, 1) >= 1'),
    ('rulebook_version', 'rulebook_version_black', 'black_threshold >= 1'),
    ('rulebook_version', 'rulebook_version_list_days', 'red_days between 1 and 1000 and black_days between 1 and 366'),
    ('rulebook_version', 'rulebook_version_due_days',
      'least(publicity_days, answer_days, objection_days, warning_days) >= 1
       and greatest(publicity_days, answer_days, objection_days, warning_days) <= 90'),
    -- a household has a week to answer the notice of a deduction; a village may give more, never less
    ('rulebook_version', 'rulebook_version_answer_days', 'answer_days >= 7'),
    -- three whole days at least (HEARING_DAYS_LEAST in lib/rulebook/hearing/rules.ts)
    ('rulebook_version', 'rulebook_version_hearing_days', 'hearing_until >= hearing_from + interval ''72 hours'''),
    ('rulebook_version', 'rulebook_version_in_force_or_not',
      '(state in (''ADOPTED'', ''SUPERSEDED'')) = (effective_from is not null)'),
    -- the day before its first day: superseded before it ever came into force
    ('rulebook_version', 'rulebook_version_days_in_order', 'effective_until >= effective_from - 1'),
    ('rulebook_version', 'rulebook_version_superseded_ends', 'state <> ''SUPERSEDED'' or effective_until is not null'),
    ('resolution', 'resolution_votes_not_negative', 'least(present, votes_for, votes_against, abstained) >= 0'),
    ('resolution', 'resolution_present_of_eligible', 'present <= eligible'),
    ('resolution', 'resolution_votes_of_present', 'votes_for + votes_against + abstained <= present'),
    ('resolution', 'resolution_carried', 'votes_for > votes_against'),
    ('resolution', 'resolution_unit_of_meeting', '(meeting_kind = ''REPRESENTATIVES'') = (unit = ''REPRESENTATIVE'')'),
    -- the law's floor (村民委员会组织法 第22、26条); a village may ask for more
    ('village', 'village_quorum', 'quorum_adults_percent between 50 and 99 and quorum_households_of3 between 2 and 3
       and quorum_representatives_of3 between 2 and 3 and majority_percent between 50 and 99'),
    ('village', 'village_ballot_unit', 'ballot_unit <> ''REPRESENTATIVE'''),
    ('village', 'village_representatives', 'representatives between 0 and 1000')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- One draft at a time: people can follow one hearing.
create unique index if not exists rulebook_version_one_open on rulebook_version (village_id)
  where state in ('DRAFT', 'HEARING');

create or replace function is_adopted(p_village uuid, p_version uuid) returns boolean language sql stable as $$
  select exists (select 1 from rulebook_version v
                 where v.village_id = p_village and v.id = p_version and v.state in ('ADOPTED', 'SUPERSEDED'))
$$;

-- What a recorded resolution lacks for adopting a version: QUORUM, MAJORITY, REPRESENTATIVES (not as many as the village
-- has), or null. lib/rulebook/resolution/rules.ts says the same in words.
create or replace function resolution_lacks(p_village uuid, p_version uuid) returns text language sql stable as $$
  select case
    when r.unit = 'REPRESENTATIVE' and r.eligible <> v.representatives then 'REPRESENTATIVES'
    when case r.unit
      when 'ADULT' then r.present * 100 <= r.eligible * v.quorum_adults_percent
      when 'HOUSEHOLD' then r.present * 3 < r.eligible * v.quorum_households_of3
      else r.present * 3 < r.eligible * v.quorum_representatives_of3 end then 'QUORUM'
    when r.votes_for * 100 <= r.present * v.majority_percent then 'MAJORITY'
  end
  from resolution r join village v on v.id = r.village_id
  where r.village_id = p_village and r.version_id = p_version
$$;

-- What forbids adopting a version that a meeting agreed to; null when nothing does.
create or replace function rulebook_bars(p_version rulebook_version) returns text language sql stable as $$
  select case
    when p_version.hearing_until is null then 'a rulebook is adopted after a hearing'
    when exists (select 1 from rulebook_comment c where c.village_id = p_version.village_id
                 and c.version_id = p_version.id and c.answered_at is null) then 'a comment waits for its answer'
    when not exists (select 1 from item i where i.village_id = p_version.village_id and i.version_id = p_version.id)
      then 'a rulebook without items is not adopted'
    when p_version.black_list_on and not exists (
      select 1 from item i where i.village_id = p_version.village_id and i.version_id = p_version.id and i.points < 0)
      then 'a black list needs an item that deducts'
    when exists (
      select 1 from item i join scale_step s on s.village_id = i.village_id and s.item_id = i.id
      where i.village_id = p_version.village_id and i.version_id = p_version.id
      group by i.id, i.points, i.cap_points
      having not is_rising(array_agg(s.points order by s.sort_order)) or max(s.points) > i.cap_points
        or min(s.points) <> i.points)
      then 'a scale rises from its item''s points and fits its cap'
  end
$$;

-- Versions: the way of the states, what stands still from the hearing on, and no two in force on one day.
create or replace function check_rulebook_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_way text;
  v_bar text;
  v_resolution resolution;
begin
  if tg_op = 'DELETE' then
    if old.state <> 'DRAFT' or old.hearing_from is not null then
      raise exception 'a rulebook that was heard or adopted is not deleted' using errcode = '23514';
    end if;
    return old;
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'DRAFT' then
      raise exception 'a rulebook version starts as a draft' using errcode = '23514';
    end if;
    return new;
  end if;

  if (new.village_id, new.id, new.number) is distinct from (old.village_id, old.id, old.number)
     or (old.drafted_by_id is not null and new.drafted_by_id is distinct from old.drafted_by_id) then
    raise exception 'a rulebook version keeps its number and who drafted it' using errcode = '23514';
  end if;
  v_way := old.state || '>' || new.state;
  if old.state <> new.state and v_way not in ('DRAFT>HEARING', 'HEARING>DRAFT', 'HEARING>ADOPTED', 'ADOPTED>SUPERSEDED',
                                              'DRAFT>DROPPED', 'HEARING>DROPPED') then
    raise exception 'a rulebook version does not go %', v_way using errcode = '23514';
  end if;
  if old.state = 'DROPPED' then
    raise exception 'a rulebook that was given up does not change' using errcode = '23514';
  end if;
  if old.state in ('ADOPTED', 'SUPERSEDED') then
    if (to_jsonb(new) - 'state' - 'effective_until') is distinct from (to_jsonb(old) - 'state' - 'effective_until')
       or (old.effective_until is not null and new.effective_until is distinct from old.effective_until) then
      raise exception 'an adopted rulebook does not change' using errcode = '23514';
    end if;
    -- What was done later than the first day of the next version was scored by the next one.
    if old.effective_until is null and new.effective_until is not null and exists (
      select 1 from posting p where p.village_id = new.village_id and p.version_id = new.id
        and p.credited_on > new.effective_until + 1
    ) then
      raise exception 'a new rulebook version never reaches back' using errcode = '23514';
    end if;
  elsif old.state = 'HEARING' then
    if (to_jsonb(new) - '{state,effective_from,effective_until,dropped_why,hearing_from,hearing_until}'::text[]) is distinct from
       (to_jsonb(old) - '{state,effective_from,effective_until,dropped_why,hearing_from,hearing_until}'::text[])
       or (new.hearing_from, new.hearing_until) is distinct from (old.hearing_from, old.hearing_until) then
      raise exception 'a rulebook stands still while it is heard' using errcode = '23514';
    end if;
    if new.state = 'DRAFT' and exists (
      select 1 from ballot b where b.village_id = new.village_id and b.version_id = new.id
    ) then
      raise exception 'a rulebook that is voted on is not rewritten' using errcode = '23514';
    end if;
  elsif new.state = 'HEARING' then
    if new.hearing_from is null or new.hearing_until is null then
      raise exception 'a hearing has its days' using errcode = '23514';
    end if;
    -- A change of the meeting's rules that is under way and the hearing wait for each other.
    perform 1 from village v where v.id = new.village_id for share;
  end if;

  if new.state in ('ADOPTED', 'SUPERSEDED') then
    if old.state = 'HEARING' then
      select * into v_resolution from resolution r where r.village_id = new.village_id and r.version_id = new.id;
      if not found then
        raise exception 'a rulebook is adopted by a recorded resolution' using errcode = '23514';
      end if;
      v_bar := rulebook_bars(new);
      if v_bar is not null then raise exception '%', v_bar using errcode = '23514'; end if;
      if v_resolution.held_on < (new.hearing_until at time zone 'Asia/Shanghai')::date then
        raise exception 'the meeting comes after the hearing' using errcode = '23514';
      end if;
      if new.effective_from < v_resolution.held_on then
        raise exception 'a rulebook is not in force before it was agreed' using errcode = '23514';
      end if;
      if new.effective_from < (v_resolution.recorded_at at time zone 'Asia/Shanghai')::date then
        raise exception 'a rulebook does not come into force in the past' using errcode = '23514';
      end if;
      if new.drafted_by_id is not null and not exists (
        select 1 from attached_photo a where a.village_id = new.village_id and a.kind = 'RESOLUTION'
          and a.subject = v_resolution.id and a.photo_id = v_resolution.minutes_id
      ) then
        raise exception 'a rulebook is adopted with the photo of its minutes' using errcode = '23514';
      end if;
      v_bar := resolution_lacks(new.village_id, new.id);
      if v_bar is not null then
        raise exception 'the resolution lacks %', v_bar using errcode = '23514';
      end if;
    end if;
    if new.effective_until < new.effective_from - 1 then
      raise exception 'a rulebook version ends before it begins' using errcode = '23514';
    end if;
    -- One after another in a village, so that two adoptions at once see each other.
    perform pg_advisory_xact_lock(hashtextextended('rulebook' || new.village_id::text, 7));
    if exists (
      select 1 from rulebook_version v
      where v.village_id = new.village_id and v.id <> new.id and v.state in ('ADOPTED', 'SUPERSEDED')
        and daterange(v.effective_from, v.effective_until + 1) && daterange(new.effective_from, new.effective_until + 1)
    ) then
      raise exception 'on some day two rulebook versions would be in force' using errcode = '23514';
    end if;
  end if;
  return new;
end $$;
drop trigger if exists rulebook_version_check on rulebook_version;
create trigger rulebook_version_check before insert or update or delete on rulebook_version
  for each row execute function check_rulebook_version();

-- The text of a version: written while it is a draft, and at no other time. The lock makes a change that is under way
-- and the opening of the hearing wait for each other.
create or replace function refuse_change_outside_draft() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_village uuid := case tg_op when 'DELETE' then old.village_id else new.village_id end;
  v_versions uuid[] := '{}';
  v_state "RulebookState";
begin
  if tg_table_name = 'scale_step' then
    if tg_op <> 'INSERT' then
      v_versions := v_versions || array(select i.version_id from item i where i.village_id = old.village_id and i.id = old.item_id);
    end if;
    if tg_op <> 'DELETE' then
      v_versions := v_versions || array(select i.version_id from item i where i.village_id = new.village_id and i.id = new.item_id);
    end if;
  else
    if tg_op <> 'INSERT' then v_versions := v_versions || old.version_id; end if;
    if tg_op <> 'DELETE' then v_versions := v_versions || new.version_id; end if;
  end if;
  for v_state in
    select v.state from rulebook_version v where v.village_id = v_village and v.id = any (v_versions) for share
  loop
    if v_state in ('ADOPTED', 'SUPERSEDED') then
      raise exception 'an adopted rulebook does not change: % of % refused', tg_op, tg_table_name using errcode = '23514';
    elsif v_state <> 'DRAFT' then
      raise exception 'a rulebook stands still while it is heard: % of % refused', tg_op, tg_table_name using errcode = '23514';
    end if;
  end loop;
  return case tg_op when 'DELETE' then old else new end;
end $$;

-- When a meeting counts stands still while a draft is heard and voted on: else whoever records the resolution could
-- mend a vote that failed, or make three representatives of thirty.
create or replace function check_meeting_rules() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from rulebook_version v where v.village_id = new.id and v.state = 'HEARING') then
    perform refuse('MEETING_RULES_STAND');
  end if;
  return new;
end $$;
drop trigger if exists village_meeting_rules on village;
create trigger village_meeting_rules before update on village for each row
  when ((new.quorum_adults_percent, new.quorum_households_of3, new.quorum_representatives_of3, new.majority_percent,
         new.ballot_unit, new.representatives) is distinct from
        (old.quorum_adults_percent, old.quorum_households_of3, old.quorum_representatives_of3, old.majority_percent,
         old.ballot_unit, old.representatives))
  execute function check_meeting_rules();

-- A resolution: recorded once for a version that was heard, by the numbers of its vote where there was one; where there
-- was none, for no fewer than the roster had on the meeting's day. What may come later is the township's filing number,
-- once.
--
-- Of a version that someone drafted it has its minutes, who recorded it and when. A version that is written as a whole
-- (adoptCatalogue: seeds and tests, drafted by nobody) has none: it tells of a meeting before the program was there, or
-- of one that never was, and no photo of either exists.
create or replace function check_resolution() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_version rulebook_version;
  v_ballot ballot;
  v_box ballot_box;
  v_roster integer;
begin
  if tg_op = 'DELETE' then
    raise exception 'an adopted rulebook does not change: a resolution stays' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' then
    if (to_jsonb(new) - 'filing_number') is distinct from (to_jsonb(old) - 'filing_number')
       or (old.filing_number <> '' and new.filing_number <> old.filing_number) then
      raise exception 'an adopted rulebook does not change: a resolution stays as recorded' using errcode = '23514';
    end if;
    return new;
  end if;
  select * into v_version from rulebook_version v
  where v.village_id = new.village_id and v.id = new.version_id for share;
  if v_version.state is distinct from 'HEARING' then
    raise exception 'an adopted rulebook does not change: a resolution is about a version that is heard' using errcode = '23514';
  end if;
  if new.recorded_at > latest_moment() then
    raise exception 'a resolution is not recorded ahead of its time' using errcode = '23514';
  end if;
  if v_version.drafted_by_id is not null then
    if new.recorded_at is null or new.recorded_by_id is null then
      raise exception 'a resolution says who recorded it and when' using errcode = '23514';
    end if;
    if not holds_role(new.village_id, new.recorded_by_id, 'SECRETARY', new.recorded_at) then perform refuse('NOT_ALLOWED'); end if;
    if new.minutes_id is null then perform refuse('MINUTES_MISSING'); end if;
    if not exists (select 1 from photo p where p.village_id = new.village_id and p.id = new.minutes_id
                   and p.uploaded_by_id = new.recorded_by_id) then
      perform refuse('PHOTO_NOT_YOURS');
    end if;
  end if;
  if new.recorded_at < v_version.hearing_until then perform refuse('HEARING_STILL_OPEN'); end if;
  if new.held_on > (new.recorded_at at time zone 'Asia/Shanghai')::date then perform refuse('MEETING_NOT_YET'); end if;
  select * into v_ballot from ballot b where b.village_id = new.village_id and b.version_id = new.version_id;
  if found then
    -- before anything is compared: else trying numbers would tell how the vote stands
    if coalesce(new.recorded_at, latest_moment()) < v_ballot.closes_at then perform refuse('BALLOT_STILL_OPEN'); end if;
    select * into v_box from ballot_box x where x.village_id = v_ballot.village_id and x.ballot_id = v_ballot.id;
    if (new.unit, new.eligible, new.present, new.votes_for, new.votes_against, new.abstained) is distinct from
       (v_ballot.unit, v_ballot.eligible, v_box.votes_for + v_box.votes_against + v_box.abstained,
        v_box.votes_for, v_box.votes_against, v_box.abstained) then
      raise exception 'a resolution has the numbers of its vote' using errcode = '23514';
    end if;
  elsif new.unit <> 'REPRESENTATIVE' then
    v_roster := roster_on(new.village_id, new.unit, new.held_on);
    if new.eligible < v_roster then
      perform refuse('MEETING_BELOW_ROSTER', jsonb_build_object('eligible', new.eligible, 'roster', v_roster,
        'unit', case new.unit when 'HOUSEHOLD' then '户' else '人' end));
    end if;
  end if;
  return new;
end $$;
drop trigger if exists resolution_check on resolution;
create trigger resolution_check before insert or update or delete on resolution
  for each row execute function check_resolution();

-- Comments: by someone of the household, while the hearing lasts; the words stay, the answer is given once.
create or replace function check_rulebook_comment() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_version rulebook_version;
begin
  if tg_op = 'DELETE' then
    raise exception 'what was said in a hearing stays' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' then
    if (to_jsonb(new) - '{answer,answered_by_id,answered_at}'::text[]) is distinct from
       (to_jsonb(old) - '{answer,answered_by_id,answered_at}'::text[])
       or old.answered_at is not null or new.answered_at is null or new.answered_by_id is null or btrim(new.answer) = '' then
      raise exception 'what was said in a hearing stays' using errcode = '23514';
    end if;
    return new;
  end if;
  select * into v_version from rulebook_version v
  where v.village_id = new.village_id and v.id = new.version_id for share;
  if v_version.state is distinct from 'HEARING' then perform refuse('RULEBOOK_NOT_HEARD'); end if;
  if new.said_at < v_version.hearing_from or new.said_at >= v_version.hearing_until then perform refuse('HEARING_OVER'); end if;
  if new.answered_at is not null or btrim(new.body) = '' then
    raise exception 'a comment begins without its answer' using errcode = '23514';
  end if;
  if not exists (
    select 1 from resident r where r.village_id = new.village_id and r.household_id = new.household_id
      and r.person_id = new.person_id and r.left_on is null
  ) then
    raise exception 'a comment is made by someone of the household' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists rulebook_comment_check on rulebook_comment;
create trigger rulebook_comment_check before insert or update or delete on rulebook_comment
  for each row execute function check_rulebook_comment();

do $$
declare t text;
begin
  foreach t in array array['category', 'item', 'scale_step', 'resolution'] loop
    execute format('drop trigger if exists %I_of_adopted on %I', t, t);
  end loop;
  drop function if exists refuse_change_of_adopted();
  foreach t in array array['category', 'item', 'scale_step'] loop
    execute format('drop trigger if exists %I_outside_draft on %I', t, t);
    execute format('create trigger %I_outside_draft before insert or update or delete on %I
      for each row execute function refuse_change_outside_draft()', t, t);
  end loop;
  foreach t in array array['rulebook_version', 'category', 'item', 'scale_step', 'resolution', 'rulebook_comment'] loop
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;

-- An item of a version belongs to a category of the same version.
create or replace function check_item_category() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from category c where c.village_id = new.village_id and c.id = new.category_id
                 and c.version_id = new.version_id) then
    raise exception 'the category is of another rulebook version' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists item_category_check on item;
create trigger item_category_check before insert or update on item for each row execute function check_item_category();
