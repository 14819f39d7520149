-- Deductions (扣分): each step that protects a household is a row, and nothing moves without its step.
--
--   RECORDED ─WARN▶ WARNED ─PROPOSE▶ PROPOSED ─APPROVE▶ NOTICED ─POST▶ POSTED ─CONFIRM_REPAIR▶ RESTORED
--      │              │                  │               ▲  │ │            └────OVERTURN─────▶ OVERTURNED
--      └─REFUSE─┐     └─FOUND_MENDED─┐   └─REFUSE─┐      │  │ └─REFUSE (by time alone)─▶ DROPPED
--               ▼                    ▼            ▼      │  └─ANSWER, OBJECT▶ CONTESTED ─HEARD_UPHELD▶ DROPPED
--            DROPPED              DROPPED      DROPPED   └──HEARD_REJECTED, WITHDRAW_OBJECTION──┘
--
-- The state changes by inserting a step and in no other way: the trigger before the insert asks whether this person may
-- take this step now, the one after it moves the deduction. Both hold for the tables' owner too. What a step says beside
-- its reason (how a notice was served, what the household answered) is written into the deduction just before it, in the
-- one state in which that may change.
--
-- Never: exempt households (五保, 失能, 无人在家) and minors, looked up afresh at each step that leads on, for that may
-- change between; own household and near kin; one person for both the proposal and the approval.
--
-- Points move exactly with the state (deduction_settled, posting_of_deduction): a posting of kind DEDUCTION without a
-- posted deduction behind it is refused at the end of the transaction, whoever wrote it.
--
-- Locks: the objection (objection.sql), then the deduction, then accounts in the order of their ids.

do $$
declare c record;
begin
  for c in select * from (values
    ('deduction_takes', 'points between 1 and 1000'),
    ('deduction_says_what', 'btrim(seen_by) <> '''' and btrim(facts) <> '''''),
    ('deduction_warned_or_not', 'state <> ''WARNED'' or warned_at is not null'),
    ('deduction_warned_knows_when', 'warned_at is null or (recheck_on is not null and warned_how <> '''')'),
    ('deduction_proposed_by_someone', '(proposed_at is null) = (proposed_by_id is null)'),
    ('deduction_two_people', 'approved_by_id is null or (approved_by_id <> proposed_by_id and approved_by_id <> recorded_by_id)'),
    ('deduction_notice_whole', '(noticed_at is null) = (approved_by_id is null) and (noticed_at is null or (answer_until is not null and noticed_how <> ''''))'),
    ('deduction_noticed_first', 'state not in (''NOTICED'', ''CONTESTED'', ''POSTED'', ''RESTORED'', ''OVERTURNED'') or noticed_at is not null'),
    ('deduction_posted_or_not', '(state in (''POSTED'', ''RESTORED'', ''OVERTURNED'')) = (posted_at is not null)'),
    ('deduction_days_passed', 'posted_at is null or (posted_at at time zone ''Asia/Shanghai'')::date > answer_until'),
    ('deduction_ended_or_not', '(state in (''RESTORED'', ''OVERTURNED'', ''DROPPED'')) = (ended_at is not null)'),
    ('deduction_ended_says_why', 'state not in (''OVERTURNED'', ''DROPPED'') or btrim(end_reason) <> ''''')
  ) as t(name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = 'deduction'::regclass) then
      execute format('alter table deduction add constraint %I check (%s)', c.name, c.condition);
    end if;
  end loop;
end $$;

-- Where a step leads from a state; null: nowhere. lib/deductions/rules.ts has the same table.
create or replace function deduction_next(p_state "DeductionState", p_kind "DeductionStepKind") returns "DeductionState"
language plpgsql immutable as $$
begin
  return (case p_state::text || ' ' || p_kind::text
    when 'RECORDED RECORD' then 'RECORDED'
    when 'RECORDED WARN' then 'WARNED'
    when 'RECORDED PROPOSE' then 'PROPOSED'
    when 'RECORDED REFUSE' then 'DROPPED'
    when 'WARNED CLAIM_REPAIR' then 'WARNED'
    when 'WARNED FOUND_MENDED' then 'DROPPED'
    when 'WARNED PROPOSE' then 'PROPOSED'
    when 'WARNED REFUSE' then 'DROPPED'
    when 'PROPOSED APPROVE' then 'NOTICED'
    when 'PROPOSED REFUSE' then 'DROPPED'
    when 'NOTICED ANSWER' then 'CONTESTED'
    when 'NOTICED OBJECT' then 'CONTESTED'
    when 'NOTICED POST' then 'POSTED'
    when 'NOTICED REFUSE' then 'DROPPED'
    when 'CONTESTED HEARD_UPHELD' then 'DROPPED'
    when 'CONTESTED HEARD_REJECTED' then 'NOTICED'
    when 'CONTESTED WITHDRAW_OBJECTION' then 'NOTICED'
    when 'POSTED OBJECT' then 'POSTED'
    when 'POSTED HEARD_REJECTED' then 'POSTED'
    when 'POSTED WITHDRAW_OBJECTION' then 'POSTED'
    when 'POSTED OVERTURN' then 'OVERTURNED'
    when 'POSTED CLAIM_REPAIR' then 'POSTED'
    when 'POSTED REFUSE_REPAIR' then 'POSTED'
    when 'POSTED CONFIRM_REPAIR' then 'RESTORED'
  end)::"DeductionState";
end $$;

-- A state as it is told.
create or replace function deduction_state_words(p_state "DeductionState") returns text language plpgsql immutable as $$
begin
  return case p_state
    when 'RECORDED' then '刚记下' when 'WARNED' then '提醒过，等复查' when 'PROPOSED' then '等监督员看'
    when 'NOTICED' then '申辩期' when 'CONTESTED' then '正在听取申辩' when 'POSTED' then '已扣分'
    when 'RESTORED' then '已整改，分已还' when 'OVERTURNED' then '异议成立，分已还' else '不扣了' end;
end $$;

-- Why no deduction may be taken from this household (for this person's doing), by what stands in the roster now:
-- HOUSEHOLD_EXEMPT, MINOR, HOUSEHOLD_LEFT, or null. Whoever may still be a minor counts as one (may_be_at_most, as for
-- lists): only years of birth are kept. A household whose head is a minor is one of minors.
create or replace function deduction_barred(p_village uuid, p_household uuid, p_resident uuid, p_seen_on date) returns text
language plpgsql stable as $$
declare
  v_household household;
begin
  select * into v_household from household h where h.village_id = p_village and h.id = p_household;
  if not found then return 'NOT_FOUND'; end if;
  if v_household.is_five_guarantee or v_household.is_disabled or v_household.is_absent then return 'HOUSEHOLD_EXEMPT'; end if;
  if v_household.left_on is not null then return 'HOUSEHOLD_LEFT'; end if;
  if exists (
    select 1 from resident r
    where r.village_id = p_village and r.household_id = p_household
      and (r.id = p_resident or (r.relation = 'HEAD' and r.left_on is null))
      and may_be_at_most(r.birth_year, r.relation, p_seen_on, 18)
  ) then
    return 'MINOR';
  end if;
  return null;
end $$;

-- The day a deduction counts for is a deed's: the day it was seen, or the first of the earliest quarter that is still
-- open (period.sql: credit_day where it is posted, credited_day where one looks ahead).
drop function if exists deduction_credited_on(uuid, date, timestamptz);

-- What the item's cap leaves to be taken from a household in the period around a day. What was given back is free again.
create or replace function deduction_cap_left(p_village uuid, p_household uuid, p_item uuid, p_day date) returns integer
language plpgsql stable as $$
declare
  v_item item;
begin
  select * into v_item from item i where i.village_id = p_village and i.id = p_item;
  return greatest(v_item.cap_points
    + item_cap_used(p_village, p_household, null, 'HOUSEHOLD', v_item.code, v_item.cap_per, p_day), 0);
end $$;

-- Whether these ways reach a household: on paper, or by a message where someone signs in who speaks for it. Only then is
-- the message there to be read (/me/messages); it serves nobody who can't read it, nor through a child.
create or replace function is_served(p_village uuid, p_household uuid, p_ways text[], p_at timestamptz) returns boolean
language plpgsql stable as $$
begin
  return p_ways && array['HAND', 'DOOR'] or ('PHONE' = any (p_ways) and exists (
    select 1 from resident r where r.village_id = p_village and r.household_id = p_household
      and r.person_id is not null and r.left_on is null
      and speaks_for_household(p_village, p_household, r.person_id, p_at)));
end $$;

-- Says how a warning or notice reached the household: a set of PHONE, HAND and DOOR, with commas between, that reaches it
-- (is_served). Refuses HOW_SERVED, SERVE_ON_PAPER.
drop function if exists refuse_unserved(uuid, uuid, text);
create or replace function refuse_unserved(p_village uuid, p_household uuid, p_how text, p_at timestamptz) returns void
language plpgsql stable as $$
declare
  v_ways text[] := string_to_array(p_how, ',');
begin
  if coalesce(cardinality(v_ways), 0) = 0 or not v_ways <@ array['PHONE', 'HAND', 'DOOR']
     or cardinality(v_ways) <> (select count(distinct w) from unnest(v_ways) w) then
    perform refuse('HOW_SERVED');
  end if;
  if not is_served(p_village, p_household, v_ways, p_at) then perform refuse('SERVE_ON_PAPER'); end if;
end $$;

-- Whether what was served once reached anybody. Rows of before may say SMS, which was ticked but never sent by this
-- program: of such a row only its other ways count.
create or replace function was_served(p_village uuid, p_household uuid, p_how text, p_at timestamptz) returns boolean
language plpgsql stable as $$
declare
  v_ways text[] := string_to_array(p_how, ',');
begin
  return not ('SMS' = any (v_ways)) or is_served(p_village, p_household, array_remove(v_ways, 'SMS'), p_at);
end $$;

-- A new deduction: by the version in force on the day it was seen, at the beginning of its way.
create or replace function check_new_deduction() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_item item;
  v_today date := (new.recorded_at at time zone 'Asia/Shanghai')::date;
  v_days integer;
begin
  if new.state <> 'RECORDED' or new.warned_at is not null or new.recheck_on is not null or new.proposed_by_id is not null
     or new.approved_by_id is not null or new.noticed_at is not null or new.answer_until is not null
     or new.answered_at is not null or new.days_left is not null or new.posted_at is not null
     or new.repair_claimed_at is not null or new.ended_at is not null then
    raise exception 'a deduction starts as RECORDED' using errcode = '23514';
  end if;
  select * into v_item from item i where i.village_id = new.village_id and i.id = new.item_id;
  if not found or v_item.version_id <> new.version_id
     or new.version_id is distinct from rulebook_version_on(new.village_id, new.seen_on) then
    perform refuse('ITEM_NOT_IN_FORCE');
  end if;
  if v_item.points >= 0 then perform refuse('ITEM_ADDS'); end if;
  if new.points <> -v_item.points then
    raise exception 'a deduction takes what its item says' using errcode = '23514';
  end if;
  if new.seen_on > v_today then perform refuse('DAY_IN_FUTURE'); end if;
  select v.deed_age_days_max into v_days from village v where v.id = new.village_id;
  if new.seen_on < v_today - v_days then perform refuse('DAY_TOO_OLD', jsonb_build_object('days', v_days)); end if;
  if new.resident_id is not null and not exists (
    select 1 from resident r where r.village_id = new.village_id and r.id = new.resident_id
      and r.household_id = new.household_id) then
    perform refuse('RESIDENT_NOT_IN_HOUSEHOLD');
  end if;
  return new;
end $$;
drop trigger if exists deduction_check_new on deduction;
create trigger deduction_check_new before insert on deduction for each row execute function check_new_deduction();

-- What never changes, what only a step changes, and in which state the words of a step may be written.
create or replace function check_deduction_change() returns trigger language plpgsql as $$
declare
  v_words text[] := case old.state
    when 'RECORDED' then array['warned_how', 'recheck_on']
    when 'WARNED' then array['repair_note']
    when 'PROPOSED' then array['noticed_how', 'answer_until']
    when 'NOTICED' then case when old.answered_at is null then array['answer'] else array[]::text[] end
    when 'POSTED' then array['repair_note']
    else array[]::text[] end;
  v_by_step text[] := array['state', 'warned_at', 'proposed_by_id', 'proposed_at', 'approved_by_id', 'noticed_at',
    'answer_until', 'answered_at', 'days_left', 'posted_at', 'repair_claimed_at', 'ended_at', 'end_reason'];
begin
  if tg_op = 'DELETE' then
    raise exception 'deductions are not deleted' using errcode = '23514';
  end if;
  if pg_trigger_depth() > 1 then v_words := v_words || v_by_step; end if;
  if (to_jsonb(new) - v_words) is distinct from (to_jsonb(old) - v_words) then
    raise exception 'a deduction changes by its steps' using errcode = '23514';
  end if;
  if new.answer_until < old.answer_until and old.noticed_at is not null then
    raise exception 'the days to answer are not made fewer' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists deduction_check_change on deduction;
create trigger deduction_check_change before update or delete on deduction
  for each row execute function check_deduction_change();

-- Everyone who brought a deduction on its way or kept it there, and so writes nothing down in the household's name.
-- lib/deductions/rules.ts names the same steps.
create or replace function deduction_partakers(p_village uuid, p_deduction uuid) returns uuid[]
language plpgsql stable as $$
begin
  return array(
    select d.recorded_by_id from deduction d where d.village_id = p_village and d.id = p_deduction
    union
    select s.person_id from deduction_step s
    where s.village_id = p_village and s.deduction_id = p_deduction and s.person_id is not null
      and s.kind in ('RECORD', 'WARN', 'PROPOSE', 'APPROVE', 'HEARD_REJECTED', 'REFUSE_REPAIR'));
end $$;

-- These, and whoever spoke for the household: none of them hears it.
create or replace function deduction_took_part(p_village uuid, p_deduction uuid) returns uuid[]
language plpgsql stable as $$
begin
  return deduction_partakers(p_village, p_deduction) || array(
    select s.person_id from deduction_step s
    where s.village_id = p_village and s.deduction_id = p_deduction and s.person_id is not null
      and s.kind in ('ANSWER', 'OBJECT'));
end $$;

-- Whether this person may take this step now.
create or replace function check_deduction_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v deduction;
  v_item item;
  v_version rulebook_version;
  v_today date := (new.done_at at time zone 'Asia/Shanghai')::date;
  v_why text;
  v_is_record boolean := new.kind in ('RECORD', 'WARN', 'FOUND_MENDED');
  v_by_household boolean := new.kind in ('ANSWER', 'OBJECT', 'WITHDRAW_OBJECTION', 'CLAIM_REPAIR');
  v_leads_on boolean := new.kind in ('RECORD', 'WARN', 'PROPOSE', 'APPROVE', 'POST');
begin
  select * into v from deduction d where d.village_id = new.village_id and d.id = new.deduction_id for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if deduction_next(v.state, new.kind) is null then
    perform refuse('DEDUCTION_MOVED_ON', jsonb_build_object('state', deduction_state_words(v.state)));
  end if;
  if new.kind = 'RECORD' and exists (select 1 from deduction_step s where s.village_id = new.village_id
                                     and s.deduction_id = new.deduction_id) then
    raise exception 'a deduction is recorded once' using errcode = '23514';
  end if;
  select * into v_item from item i where i.village_id = v.village_id and i.id = v.item_id;
  select * into v_version from rulebook_version r where r.village_id = v.village_id and r.id = v.version_id;

  -- Who: the role, then recusal, then the second pair of eyes.
  if new.person_id is null then
    if new.kind <> 'POST' and not (new.kind = 'REFUSE' and v.state = 'NOTICED') then
      raise exception 'someone takes this step' using errcode = '23514';
    end if;
  elsif v_by_household then
    perform refuse_speaker(v.village_id, v.household_id, new.person_id, deduction_partakers(v.village_id, v.id), new.done_at);
  elsif new.kind = 'OVERTURN' then
    -- whoever upheld the objection: asked below, and whether he might when he did
    null;
  elsif new.kind in ('HEARD_UPHELD', 'HEARD_REJECTED') then
    perform refuse_hearer(v.village_id, new.person_id, deduction_took_part(v.village_id, v.id),
                          array[v.household_id], new.done_at);
  else
    if not (case
      when v_is_record then holds_role(v.village_id, new.person_id, 'VERIFIER', new.done_at)
        or holds_role(v.village_id, new.person_id, 'STEWARD', new.done_at)
        or holds_role(v.village_id, new.person_id, 'SECRETARY', new.done_at)
      when new.kind in ('PROPOSE', 'CONFIRM_REPAIR', 'REFUSE_REPAIR') then
        holds_role(v.village_id, new.person_id, 'VERIFIER', new.done_at)
      when new.kind = 'APPROVE' or (new.kind = 'REFUSE' and v.state = 'PROPOSED') then
        holds_role(v.village_id, new.person_id, 'SUPERVISOR', new.done_at)
      when new.kind = 'REFUSE' and v.state = 'NOTICED' then false
      else holds_role(v.village_id, new.person_id, 'VERIFIER', new.done_at)
        or holds_role(v.village_id, new.person_id, 'SECRETARY', new.done_at)
        or holds_role(v.village_id, new.person_id, 'SUPERVISOR', new.done_at)
      end) then
      perform refuse('NOT_ALLOWED');
    end if;
    v_why := recusal(v.village_id, v.household_id, v.resident_id, new.person_id, new.done_at);
    if v_why is not null then perform refuse(v_why); end if;
  end if;
  if new.kind = 'APPROVE' and (new.person_id = v.proposed_by_id or new.person_id = v.recorded_by_id) then
    perform refuse('DEDUCTION_TWO_PEOPLE');
  end if;

  if v_leads_on then
    v_why := deduction_barred(v.village_id, v.household_id, v.resident_id, v.seen_on);
    if v_why is not null then perform refuse(v_why); end if;
  end if;
  if new.kind in ('REFUSE', 'FOUND_MENDED', 'HEARD_UPHELD', 'HEARD_REJECTED', 'OVERTURN', 'REFUSE_REPAIR')
     and btrim(new.reason) = '' then
    perform refuse('SAY_WHY');
  end if;

  case new.kind
  when 'RECORD' then
    if new.person_id <> v.recorded_by_id then
      raise exception 'a deduction is recorded by who records it' using errcode = '23514';
    end if;
  when 'WARN' then
    if not v_item.warn_first then perform refuse('NO_WARNING_ASKED'); end if;
    perform refuse_unserved(v.village_id, v.household_id, v.warned_how, new.done_at);
    if v.recheck_on is null or v.recheck_on < v_today + v_version.warning_days then
      perform refuse('RECHECK_TOO_SOON', jsonb_build_object('days', v_version.warning_days));
    end if;
  when 'PROPOSE' then
    if v_item.warn_first and v.state <> 'WARNED' then perform refuse('WARN_FIRST'); end if;
    if v_item.warn_first and not was_served(v.village_id, v.household_id, v.warned_how, new.done_at) then
      perform refuse('WARNED_NOBODY');
    end if;
    if v_item.warn_first and v_today < v.recheck_on then
      perform refuse('RECHECK_NOT_YET', jsonb_build_object('day', to_char(v.recheck_on, 'FMMM月FMDD日')));
    end if;
    if deduction_cap_left(v.village_id, v.household_id, v.item_id, credited_day(v.village_id, v.seen_on)) = 0 then
      perform refuse('DEDUCTION_CAP_FULL', jsonb_build_object('item', v_item.name, 'cap', v_item.cap_points, 'per',
        case v_item.cap_per when 'MONTH' then '每月' when 'QUARTER' then '每季' else '每年' end));
    end if;
  when 'APPROVE' then
    if v_item.warn_first and not was_served(v.village_id, v.household_id, v.warned_how, new.done_at) then
      perform refuse('WARNED_NOBODY');
    end if;
    perform refuse_unserved(v.village_id, v.household_id, v.noticed_how, new.done_at);
    if v.answer_until is null or v.answer_until < v_today + v_version.answer_days then
      perform refuse('ANSWER_DAYS_FEW', jsonb_build_object('days', v_version.answer_days));
    end if;
  when 'REFUSE' then
    -- By time alone only what may no longer be taken: an exempt household, a cap that is full, a notice that reached nobody.
    if new.person_id is null and was_served(v.village_id, v.household_id, v.noticed_how, new.done_at)
       and deduction_barred(v.village_id, v.household_id, v.resident_id, v.seen_on) is null
       and deduction_cap_left(v.village_id, v.household_id, v.item_id, credited_day(v.village_id, v.seen_on)) > 0 then
      raise exception 'nothing bars this deduction' using errcode = '23514';
    end if;
  when 'ANSWER' then
    if v.answered_at is not null then perform refuse('ANSWERED_BEFORE'); end if;
    if btrim(v.answer) = '' then perform refuse('SAY_WHY'); end if;
  when 'OBJECT' then
    if not objection_is_open(v.village_id, 'DEDUCTION', v.id) then
      raise exception 'there is no objection' using errcode = '23514';
    end if;
  when 'WITHDRAW_OBJECTION' then
    if objection_is_open(v.village_id, 'DEDUCTION', v.id) or not exists (
      select 1 from objection o where o.village_id = v.village_id and o.subject_kind = 'DEDUCTION' and o.subject = v.id
        and o.state = 'WITHDRAWN') then
      raise exception 'the objection was not withdrawn' using errcode = '23514';
    end if;
  when 'HEARD_UPHELD', 'HEARD_REJECTED' then
    -- What an objection opened, deciding the objection closes (objection_decide).
    if objection_is_open(v.village_id, 'DEDUCTION', v.id) then perform refuse('HEARD_AS_OBJECTION'); end if;
    if v.state = 'POSTED' and not exists (
      select 1 from objection o where o.village_id = v.village_id and o.subject_kind = 'DEDUCTION' and o.subject = v.id
        and o.state = 'REJECTED' and o.decided_by_id = new.person_id) then
      raise exception 'no objection was rejected' using errcode = '23514';
    end if;
  when 'OVERTURN' then
    if not exists (
      select 1 from objection o where o.village_id = v.village_id and o.state = 'UPHELD' and o.decided_by_id = new.person_id
        and ((o.subject_kind = 'DEDUCTION' and o.subject = v.id)
          or (o.subject_kind = 'POSTING' and exists (
            select 1 from posting p where p.village_id = v.village_id and p.id = o.subject and p.source = v.id)))) then
      raise exception 'no objection was upheld' using errcode = '23514';
    end if;
  when 'POST' then
    if v_today <= v.answer_until then
      perform refuse('ANSWER_DAYS_RUN', jsonb_build_object('day', to_char(v.answer_until, 'FMMM月FMDD日')));
    end if;
    if objection_is_open(v.village_id, 'DEDUCTION', v.id) then perform refuse('HEARD_AS_OBJECTION'); end if;
    if not was_served(v.village_id, v.household_id, v.noticed_how, new.done_at) then
      raise exception 'the notice reached nobody' using errcode = '23514';
    end if;
  when 'CLAIM_REPAIR' then
    if v.state = 'POSTED' and not v_item.restored_when_repaired then perform refuse('NOT_RESTORED'); end if;
    if v.repair_claimed_at is not null then perform refuse('REPAIR_CLAIMED'); end if;
  when 'CONFIRM_REPAIR', 'REFUSE_REPAIR' then
    if v.repair_claimed_at is null then perform refuse('NO_REPAIR_CLAIMED'); end if;
    if (select s.person_id from deduction_step s where s.village_id = v.village_id and s.deduction_id = v.id
        and s.kind = 'CLAIM_REPAIR' order by s.done_at desc, s.id desc limit 1) = new.person_id then
      perform refuse('OWN_REPORT');
    end if;
  else null;
  end case;
  return new;
end $$;
drop trigger if exists deduction_step_check on deduction_step;
create trigger deduction_step_check before insert on deduction_step for each row execute function check_deduction_step();

-- Moves the deduction as its step says. The clock of the household stands still from the answer or objection until it
-- is heard; then it has the days that were left, and at least one more.
create or replace function take_deduction_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_today date := (new.done_at at time zone 'Asia/Shanghai')::date;
  v_ends boolean;
begin
  update deduction d set
    state = deduction_next(d.state, new.kind),
    warned_at = case when new.kind = 'WARN' then new.done_at else d.warned_at end,
    proposed_by_id = case when new.kind = 'PROPOSE' then new.person_id else d.proposed_by_id end,
    proposed_at = case when new.kind = 'PROPOSE' then new.done_at else d.proposed_at end,
    approved_by_id = case when new.kind = 'APPROVE' then new.person_id else d.approved_by_id end,
    noticed_at = case when new.kind = 'APPROVE' then new.done_at else d.noticed_at end,
    answered_at = case when new.kind = 'ANSWER' then new.done_at else d.answered_at end,
    days_left = case when new.kind in ('ANSWER', 'OBJECT') and d.state = 'NOTICED' then greatest(d.answer_until - v_today, 0)
                else d.days_left end,
    answer_until = case
      when d.state = 'CONTESTED' and new.kind = 'HEARD_REJECTED' then greatest(d.answer_until, v_today + greatest(d.days_left, 1))
      when d.state = 'CONTESTED' and new.kind = 'WITHDRAW_OBJECTION' then greatest(d.answer_until, v_today + d.days_left)
      else d.answer_until end,
    posted_at = case when new.kind = 'POST' then new.done_at else d.posted_at end,
    repair_claimed_at = case
      when new.kind = 'CLAIM_REPAIR' then new.done_at
      when new.kind in ('PROPOSE', 'REFUSE_REPAIR') then null
      else d.repair_claimed_at end,
    ended_at = case when deduction_next(d.state, new.kind) in ('DROPPED', 'RESTORED', 'OVERTURNED') then new.done_at
               else d.ended_at end,
    end_reason = case when deduction_next(d.state, new.kind) in ('DROPPED', 'RESTORED', 'OVERTURNED') then new.reason
                 else d.end_reason end
  where d.village_id = new.village_id and d.id = new.deduction_id;
  return null;
end $$;
drop trigger if exists deduction_step_take on deduction_step;
create trigger deduction_step_take after insert on deduction_step for each row execute function take_deduction_step();

drop trigger if exists deduction_step_append_only on deduction_step;
create trigger deduction_step_append_only before update or delete on deduction_step
  for each row execute function refuse_change();
do $$
declare t text;
begin
  foreach t in array array['deduction', 'deduction_step'] loop
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;

-- At the end of a transaction a deduction has its record, the photo its item asks for, and exactly then points that are
-- taken when it is posted.
create or replace function check_deduction_settled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v deduction;
  v_taken boolean;
begin
  select * into v from deduction d where d.village_id = new.village_id and d.id = new.id;
  if not exists (select 1 from deduction_step s where s.village_id = v.village_id and s.deduction_id = v.id
                 and s.kind = 'RECORD') then
    raise exception 'a deduction has the step that recorded it' using errcode = '23514';
  end if;
  if not exists (select 1 from attached_photo a where a.village_id = v.village_id and a.kind = 'DEDUCTION' and a.subject = v.id)
     and exists (select 1 from item i where i.village_id = v.village_id and i.id = v.item_id and i.photo = 'REQUIRED') then
    perform refuse('PHOTO_REQUIRED');
  end if;
  v_taken := exists (
    select 1 from posting p where p.village_id = v.village_id and p.source = v.id and p.leg = 0 and p.kind = 'DEDUCTION'
      and not exists (select 1 from posting r where r.village_id = p.village_id and r.reverses = p.id));
  if v_taken <> (v.state = 'POSTED') then
    raise exception 'points are taken exactly while a deduction is posted' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists deduction_settled on deduction;
create constraint trigger deduction_settled after insert or update on deduction deferrable initially deferred
  for each row execute function check_deduction_settled();

-- The same from the ledger's side: nobody loses a point by a deduction that has not gone the whole way.
create or replace function check_posting_of_deduction() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'DEDUCTION' and not exists (
    select 1 from deduction d
    where d.village_id = new.village_id and d.id = new.source and d.posted_at is not null and new.leg = 0
      and d.household_id = new.household_id and d.item_id = new.item_id and d.version_id = new.version_id
      and new.debit_id = d.household_id and new.points + new.shortfall = -new.honour and -new.honour between 1 and d.points) then
    raise exception 'points are deducted by a deduction that was posted' using errcode = '23514';
  end if;
  if new.kind = 'REVERSAL' and exists (
    select 1 from posting p join deduction d on d.village_id = p.village_id and d.id = p.source
    where p.village_id = new.village_id and p.id = new.reverses and p.kind = 'DEDUCTION' and d.state = 'POSTED') then
    raise exception 'a posted deduction is reversed by its repair or an objection' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists posting_of_deduction on posting;
create constraint trigger posting_of_deduction after insert on posting deferrable initially deferred
  for each row when (new.kind in ('DEDUCTION', 'REVERSAL')) execute function check_posting_of_deduction();

-- Takes a step that says no more than its reason.
create or replace function deduction_step_take(
  p_village uuid, p_deduction uuid, p_kind "DeductionStepKind", p_person uuid, p_step uuid, p_reason text, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into deduction_step (village_id, id, deduction_id, kind, person_id, reason, done_at)
  values (p_village, p_step, p_deduction, p_kind, p_person, coalesce(p_reason, ''), p_now);
end $$;

-- Records what was seen. Refuses ITEM_NOT_IN_FORCE, ITEM_ADDS, DAY_IN_FUTURE, DAY_TOO_OLD, RESIDENT_NOT_IN_HOUSEHOLD,
-- HOUSEHOLD_EXEMPT, MINOR, HOUSEHOLD_LEFT, OWN_HOUSEHOLD, NEAR_KIN, NOT_ALLOWED.
create or replace function deduction_record(
  p_village uuid, p_id uuid, p_household uuid, p_resident uuid, p_item uuid, p_seen_on date, p_seen_by text, p_facts text,
  p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into deduction (village_id, id, household_id, resident_id, version_id, item_id, seen_on, seen_by, facts,
                         recorded_by_id, recorded_at, points)
  select p_village, p_id, p_household, p_resident, i.version_id, i.id, p_seen_on, p_seen_by, p_facts,
         p_person, p_now, abs(i.points)
  from item i join household h on h.village_id = i.village_id and h.id = p_household
  where i.village_id = p_village and i.id = p_item;
  if not found then perform refuse('NOT_FOUND'); end if;
  perform deduction_step_take(p_village, p_id, 'RECORD', p_person, p_id, '', p_now);
end $$;

-- Serves the warning. Refuses NO_WARNING_ASKED, HOW_SERVED, SERVE_ON_PAPER, RECHECK_TOO_SOON, and as above.
create or replace function deduction_warn(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_how text, p_recheck_on date, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update deduction d set warned_how = p_how, recheck_on = p_recheck_on
  where d.village_id = p_village and d.id = p_deduction and d.state = 'RECORDED';
  perform deduction_step_take(p_village, p_deduction, 'WARN', p_person, p_step, '', p_now);
end $$;

-- Approves: this is the notice to the household, whose days to answer begin when it is served, not before today.
-- Refuses DEDUCTION_TWO_PEOPLE, HOW_SERVED, SERVE_ON_PAPER, SERVED_WHEN, and as above.
create or replace function deduction_approve(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_how text, p_served_on date, p_now timestamptz,
  out answer_until date
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_today date := (p_now at time zone 'Asia/Shanghai')::date;
begin
  if p_served_on < v_today or p_served_on > v_today + 7 then perform refuse('SERVED_WHEN'); end if;
  update deduction d set noticed_how = p_how, answer_until = p_served_on + v.answer_days
  from rulebook_version v
  where d.village_id = p_village and d.id = p_deduction and d.state = 'PROPOSED'
    and v.village_id = d.village_id and v.id = d.version_id;
  perform deduction_step_take(p_village, p_deduction, 'APPROVE', p_person, p_step, '', p_now);
  select d.answer_until into deduction_approve.answer_until from deduction d
  where d.village_id = p_village and d.id = p_deduction;
end $$;

-- The household answers the notice; its clock stands still. Refuses ANSWERED_BEFORE, DEDUCTION_MOVED_ON, and as
-- refuse_speaker does.
create or replace function deduction_answer(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_answer text, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from deduction d where d.village_id = p_village and d.id = p_deduction and d.state = 'NOTICED'
             and d.answered_at is not null) then
    perform refuse('ANSWERED_BEFORE');
  end if;
  update deduction d set answer = p_answer where d.village_id = p_village and d.id = p_deduction and d.state = 'NOTICED';
  perform deduction_step_take(p_village, p_deduction, 'ANSWER', p_person, p_step, '', p_now);
end $$;

-- The household says that it is mended. Refuses NOT_RESTORED, REPAIR_CLAIMED, DEDUCTION_MOVED_ON, and as refuse_speaker
-- does.
create or replace function deduction_claim_repair(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_note text, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update deduction d set repair_note = p_note
  where d.village_id = p_village and d.id = p_deduction and d.state in ('WARNED', 'POSTED') and d.repair_claimed_at is null;
  perform deduction_step_take(p_village, p_deduction, 'CLAIM_REPAIR', p_person, p_step, p_note, p_now);
end $$;

-- Gives the points of a posted deduction back, after the step that ends it.
create or replace function deduction_give_back(
  p_village uuid, p_deduction uuid, p_source uuid, p_reason text, p_person uuid, p_command uuid, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_posting uuid;
  v_honour integer;
begin
  select p.id into v_posting from posting p
  where p.village_id = p_village and p.source = p_deduction and p.leg = 0 and p.kind = 'DEDUCTION';
  select r.honour into v_honour
  from ledger_reverse(p_village, v_posting, p_source, 0::smallint, p_reason, p_person, p_command, p_now) r;
  return v_honour;
end $$;

-- A verifier has seen that it is mended: the points come back. Answers how many. Refuses NO_REPAIR_CLAIMED, OWN_REPORT,
-- and the recusal cases.
create or replace function deduction_restore(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_reason text, p_command uuid, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deduction_step_take(p_village, p_deduction, 'CONFIRM_REPAIR', p_person, p_step, p_reason, p_now);
  return deduction_give_back(p_village, p_deduction, p_step, '整改好了，返还', p_person, p_command, p_now);
end $$;

-- Posts a deduction whose days to answer have passed: honour in full, spendable points as far as they are there, within
-- what the item's cap leaves; of a quarter that is closed by now, for the earliest open one. By time alone (p_person null) or by one of the office.
-- One that may no longer be taken (the household is exempt now, the cap is full, its notice was an SMS alone) is dropped instead, with the reason.
-- Refuses NOT_FOUND, DEDUCTION_MOVED_ON, ANSWER_DAYS_RUN, NO_HEAD.
create or replace function deduction_post(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_command uuid, p_now timestamptz,
  out state "DeductionState", out honour integer, out points integer, out reason text
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v deduction;
  v_item item;
  v_head uuid;
  v_day date;
  v_left integer;
  v_why text;
  v_is_served boolean;
begin
  select * into v from deduction d where d.village_id = p_village and d.id = p_deduction for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  honour := 0; points := 0; reason := '';
  if v.state = 'NOTICED' and (p_now at time zone 'Asia/Shanghai')::date > v.answer_until then
    -- the quarter's lock is taken before the account's (period.sql)
    v_day := credit_day(p_village, v.seen_on);
    perform 1 from account a where a.village_id = p_village and a.id = v.household_id for no key update;
    v_left := deduction_cap_left(p_village, v.household_id, v.item_id, v_day);
    v_why := deduction_barred(p_village, v.household_id, v.resident_id, v.seen_on);
    v_is_served := was_served(p_village, v.household_id, v.noticed_how, p_now);
    if v_why is not null or v_left = 0 or not v_is_served then
      state := 'DROPPED';
      reason := case
        when v_why = 'HOUSEHOLD_EXEMPT' then '这户现在属于照顾户，按规定不扣分'
        when v_why = 'HOUSEHOLD_LEFT' then '这户已经迁出，不再扣分'
        when v_why is not null then '涉及未成年人，按规定不扣分'
        when not v_is_served then '通知没有真正送到这户，按规定不扣分'
        else '这一项本期已经扣满，不再扣' end;
      perform deduction_step_take(p_village, p_deduction, 'REFUSE', null, p_step, reason, p_now);
      return;
    end if;
  end if;

  select r.id into v_head from resident r
  where r.village_id = p_village and r.household_id = v.household_id and r.relation = 'HEAD' and r.left_on is null;
  perform deduction_step_take(p_village, p_deduction, 'POST', p_person, p_step, '', p_now);
  if v_head is null then perform refuse('NO_HEAD'); end if;
  select * into v_item from item i where i.village_id = p_village and i.id = v.item_id;
  select -l.honour, l.points into honour, points
  from ledger_post(
    p_village, 'DEDUCTION', p_deduction, 0::smallint, v.household_id, p_village, least(v.points, v_left),
    -least(v.points, v_left), v.household_id, v_head, v_day, v.version_id, v.item_id, v_item.code, null, '', null,
    v.approved_by_id, p_command, p_now, true) l;
  state := 'POSTED';
end $$;
