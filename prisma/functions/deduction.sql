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
    ('deduction_said_waits', 'said_due_on is null or answered_at is not null or repair_claimed_at is not null'),
    ('deduction_said_risen_when_overdue', 'said_risen_at is null or (said_due_on is not null and (said_risen_at at time zone ''Asia/Shanghai'')::date > said_due_on)'),
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
     or new.repair_claimed_at is not null or new.ended_at is not null or new.said_due_on is not null
     or new.said_risen_at is not null or new.hearer_role is not null or cardinality(new.hearer_ids) > 0 then
    raise exception 'a deduction starts as RECORDED' using errcode = '23514';
  end if;
  -- The ledger knows it by its id, under which a redemption has posted already (redemption_new asks the other way round).
  if exists (select 1 from redemption r where r.village_id = new.village_id and r.id = new.id) then
    perform refuse('SAME_ID_OTHER_CONTENT');
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
  -- it rises once
  v_risen text[] := case when old.said_risen_at is null then array['said_risen_at'] else array[]::text[] end;
  v_words text[] := case old.state
    when 'RECORDED' then array['warned_how', 'recheck_on']
    when 'WARNED' then array['repair_note']
    when 'PROPOSED' then array['noticed_how', 'answer_until']
    when 'NOTICED' then case when old.answered_at is null then array['answer'] else array[]::text[] end
    when 'CONTESTED' then v_risen
    when 'POSTED' then array['repair_note'] || v_risen
    else array[]::text[] end;
  v_by_step text[] := array['state', 'warned_at', 'proposed_by_id', 'proposed_at', 'approved_by_id', 'noticed_at',
    'answer_until', 'answered_at', 'days_left', 'posted_at', 'repair_claimed_at', 'ended_at', 'end_reason',
    'said_due_on', 'said_risen_at', 'hearer_ids', 'hearer_role'];
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
