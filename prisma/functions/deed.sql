-- Deeds: what may happen to one, and the decision that turns it into points.
--
--   SUBMITTED ──▶ AWAITING_SECOND ──▶ APPROVED        APPROVED, RETURNED and the first of two approvals can be taken
--       │  └────────────┬───────────────▲             back by the one who decided, for the village's minutes
--       ├──▶ RETURNED ◀─┤               │             (deed_undo): an approval by reversal.
--       └──▶ WITHDRAWN ◀┘               │
--       └──────────────────────────────-┘
--
-- The application's role can insert a deed and nothing else: every later step is one of these functions, and the
-- triggers hold for the owner of the tables too. Recusal (回避) is kept by the trigger on deed_decision, so no path
-- leads around it.
--
-- Locks: the brake where a village has one (solvency.sql), the deed, the quarter it counts for (period.sql), then the
-- resident, then accounts in the order of their ids (ledger.sql).

-- The last day on which a kinship that was ended still asks its two households to step back: a year after it was ended.
create or replace function kin_until(p_ended_at timestamptz) returns date language sql immutable parallel safe as $$
  select ((p_ended_at at time zone 'Asia/Shanghai')::date + interval '1 year')::date
$$;

-- Why this person must not decide about this household at a moment: OWN_HOUSEHOLD, NEAR_KIN, or null. Who was ever a
-- resident's person stays of that household here, and a kinship counts for a year after it was ended: neither is switched
-- off from the roster (kinship.sql). This only ever refuses; what a person may see or do goes by the roster of now.
drop function if exists recusal(uuid, uuid, uuid, uuid);
create or replace function recusal(
  p_village uuid, p_household uuid, p_resident uuid, p_person uuid, p_at timestamptz default now()
) returns text
language sql stable as $$
  with mine as (
    select r.id, r.household_id from resident r where r.village_id = p_village and r.person_id = p_person
    union
    select k.resident_id, k.household_id from resident_person k where k.village_id = p_village and k.person_id = p_person
  ), theirs as (
    select r.id from resident r where r.village_id = p_village and (r.household_id = p_household or r.id = p_resident)
  )
  select case
    when exists (select 1 from mine m where m.household_id = p_household or m.id = p_resident) then 'OWN_HOUSEHOLD'
    when exists (
      select 1 from kinship k
      where k.village_id = p_village
        and (k.ended_at is null
          or kin_until(k.ended_at) >= (least(p_at, latest_moment()) at time zone 'Asia/Shanghai')::date)
        and ((k.resident_a_id in (select id from mine) and k.resident_b_id in (select id from theirs))
          or (k.resident_b_id in (select id from mine) and k.resident_a_id in (select id from theirs)))
    ) then 'NEAR_KIN'
  end
$$;

-- Whether a person holds a role in a village on the business day of a moment.
create or replace function holds_role(p_village uuid, p_person uuid, p_role "Role", p_now timestamptz) returns boolean
language sql stable as $$
  select exists (
    select 1 from appointment a
    where a.village_id = p_village and a.person_id = p_person and a.role = p_role
      and a.from_day <= (p_now at time zone 'Asia/Shanghai')::date
      and (a.until_day is null or a.until_day >= (p_now at time zone 'Asia/Shanghai')::date)
  )
$$;

-- A new deed starts at the beginning, for someone of that household, on a day that has come.
create or replace function check_new_deed() returns trigger language plpgsql as $$
begin
  if new.state <> 'SUBMITTED' or new.decided_by_id is not null or new.first_by_id is not null
     or new.honour_awarded is not null or new.points_awarded is not null then
    raise exception 'a deed starts as SUBMITTED' using errcode = '23514';
  end if;
  if new.deed_on > (new.submitted_at at time zone 'Asia/Shanghai')::date then perform refuse('DAY_IN_FUTURE'); end if;
  if not exists (select 1 from resident r where r.village_id = new.village_id and r.id = new.resident_id
                 and r.household_id = new.household_id and r.left_on is null) then
    perform refuse('RESIDENT_NOT_IN_HOUSEHOLD');
  end if;
  if not exists (select 1 from item i where i.village_id = new.village_id and i.id = new.item_id
                 and i.version_id = new.version_id) then
    raise exception 'the item is not of this rulebook version' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists deed_check_new on deed;
create trigger deed_check_new before insert on deed for each row execute function check_new_deed();

-- The state machine, and what never changes.
create or replace function check_deed_change() returns trigger language plpgsql as $$
begin
  if (new.village_id, new.id, new.household_id, new.resident_id, new.reporter_id, new.channel, new.deed_on, new.submitted_at)
     is distinct from
     (old.village_id, old.id, old.household_id, old.resident_id, old.reporter_id, old.channel, old.deed_on, old.submitted_at) then
    raise exception 'what a deed says does not change' using errcode = '23514';
  end if;
  if old.state <> new.state and not (
       (old.state = 'SUBMITTED' and new.state in ('AWAITING_SECOND', 'APPROVED', 'RETURNED', 'WITHDRAWN'))
    or (old.state = 'AWAITING_SECOND' and new.state in ('SUBMITTED', 'APPROVED', 'RETURNED', 'WITHDRAWN'))
    or (old.state in ('APPROVED', 'RETURNED') and new.state in ('SUBMITTED', 'AWAITING_SECOND'))) then
    raise exception 'a deed does not go from % to %', old.state, new.state using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists deed_check_change on deed;
create trigger deed_check_change before update on deed for each row execute function check_deed_change();

create or replace function refuse_deed_delete() returns trigger language plpgsql as $$
begin
  raise exception 'deeds are not deleted' using errcode = '23514';
end $$;
drop trigger if exists deed_no_delete on deed;
create trigger deed_no_delete before delete on deed for each row execute function refuse_deed_delete();

-- At the end of a transaction a decided deed has its decision, and an approved one its posting that is not
-- reversed; any other deed has none. So neither can be written without the other.
create or replace function check_deed_settled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_deed deed;
  v_open integer;
begin
  select * into v_deed from deed d where d.village_id = new.village_id and d.id = new.id;
  select count(*) into v_open
  from deed_decision dd
  join posting p on p.village_id = dd.village_id and p.source = dd.id and p.leg = 0
  where dd.village_id = new.village_id and dd.deed_id = new.id and dd.kind = 'APPROVE'
    and not exists (select 1 from posting r where r.village_id = p.village_id and r.reverses = p.id);
  if (v_deed.state = 'APPROVED') <> (v_open = 1) or v_open > 1 then
    raise exception 'a deed is approved exactly when it has one posting' using errcode = '23514';
  end if;
  if v_deed.state in ('APPROVED', 'RETURNED', 'WITHDRAWN') and not exists (
    select 1 from deed_decision dd where dd.village_id = new.village_id and dd.deed_id = new.id
      and dd.kind in (
        (case v_deed.state when 'APPROVED' then 'APPROVE' when 'RETURNED' then 'RETURN' else 'WITHDRAW' end)::"DecisionKind",
        (case v_deed.state when 'RETURNED' then 'OVERTURN' end)::"DecisionKind")
      and dd.person_id = v_deed.decided_by_id) then
    raise exception 'a decided deed has its decision' using errcode = '23514';
  end if;
  if v_deed.state = 'RETURNED' and v_deed.reason = '' then perform refuse('REASON_REQUIRED'); end if;
  return null;
end $$;
drop trigger if exists deed_settled on deed;
create constraint trigger deed_settled after update on deed deferrable initially deferred
  for each row execute function check_deed_settled();

-- The same from the ledger's side: nobody is given a point but by an approval of a deed of theirs, and what it says.
create or replace function check_posting_of_award() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select 1 from deed_decision dd join deed d on d.village_id = dd.village_id and d.id = dd.deed_id
    where dd.village_id = new.village_id and dd.id = new.source and dd.kind = 'APPROVE' and new.leg = 0
      and d.household_id = new.household_id and d.resident_id = new.resident_id and new.credit_id = d.household_id
      and ((d.state = 'APPROVED' and d.points_awarded = new.points and d.honour_awarded = new.honour)
        or exists (select 1 from posting r where r.village_id = new.village_id and r.reverses = new.id))) then
    raise exception 'points are awarded by the approval of a deed' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists posting_of_award on posting;
create constraint trigger posting_of_award after insert on posting deferrable initially deferred
  for each row when (new.kind = 'AWARD') execute function check_posting_of_award();

-- Who may decide: a verifier of this village on that day; never about his own household, near kin or own report.
create or replace function check_decision() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_deed deed;
  v_why text;
begin
  select * into v_deed from deed d where d.village_id = new.village_id and d.id = new.deed_id;
  if new.kind = 'WITHDRAW' then return new; end if;
  -- who may decide an objection, and that this one was upheld by this person, is objection.sql's to say
  if new.kind = 'OVERTURN' then
    if not exists (
      select 1 from objection o join posting p on p.village_id = o.village_id and p.id = o.subject
      join deed_decision dd on dd.village_id = p.village_id and dd.id = p.source
      where o.village_id = new.village_id and o.subject_kind = 'POSTING' and o.state = 'UPHELD'
        and o.decided_by_id = new.person_id and dd.deed_id = new.deed_id) then
      perform refuse('NOT_ALLOWED');
    end if;
    return new;
  end if;
  if not holds_role(new.village_id, new.person_id, 'VERIFIER', new.decided_at) then perform refuse('NOT_ALLOWED'); end if;
  v_why := recusal(new.village_id, v_deed.household_id, v_deed.resident_id, new.person_id, new.decided_at);
  if v_why is not null then perform refuse(v_why); end if;
  if new.person_id = any (same_people(new.village_id, array[v_deed.reporter_id])) then perform refuse('OWN_REPORT'); end if;
  if new.kind = 'APPROVE' and v_deed.first_by_id is not null
     and new.person_id = any (same_people(new.village_id, array[v_deed.first_by_id])) then
    perform refuse('SAME_PERSON_TWICE');
  end if;
  return new;
end $$;
drop trigger if exists deed_decision_check on deed_decision;
create trigger deed_decision_check before insert on deed_decision for each row execute function check_decision();

-- A photo proves one deed, or the deeds of one event; after a return or a withdrawal it may prove the household's next
-- report of what it shows. The lock on its row makes two reports with it take turns.
create or replace function check_deed_photo() returns trigger language plpgsql as $$
declare
  v_event uuid;
  v_household uuid;
begin
  perform 1 from photo p where p.village_id = new.village_id and p.id = new.photo_id for update;
  if not found then perform refuse('PHOTO_GONE'); end if;
  select d.event_id, d.household_id into v_event, v_household
  from deed d where d.village_id = new.village_id and d.id = new.deed_id;
  if exists (
    select 1 from deed_photo dp join deed d on d.village_id = dp.village_id and d.id = dp.deed_id
    where dp.village_id = new.village_id and dp.photo_id = new.photo_id
      and (d.event_id is null or d.event_id is distinct from v_event)
      and not (d.state in ('RETURNED', 'WITHDRAWN') and d.household_id = v_household)
  ) or exists (
    select 1 from attached_photo ap where ap.village_id = new.village_id and ap.photo_id = new.photo_id
  ) then
    perform refuse('PHOTO_USED');
  end if;
  return new;
end $$;
drop trigger if exists deed_photo_check on deed_photo;
create trigger deed_photo_check before insert on deed_photo for each row execute function check_deed_photo();

-- Who decided already, when and how: what the second of two verifiers hears.
create or replace function refuse_decided(p_village uuid, p_deed uuid) returns void
language plpgsql stable as $$
declare
  v record;
begin
  select d.state, coalesce(pe.name, '有人') as who,
         to_char(d.decided_at at time zone 'Asia/Shanghai', 'FMMM月FMDD日 HH24:MI') as at
  into v
  from deed d left join person pe on pe.id = d.decided_by_id
  where d.village_id = p_village and d.id = p_deed;
  if not found then perform refuse('NOT_FOUND'); end if;
  perform refuse('ALREADY_DECIDED', jsonb_build_object('who', v.who, 'when', coalesce(v.at, ''), 'what',
    case v.state when 'APPROVED' then '通过了这件' when 'RETURNED' then '退回了这件' when 'WITHDRAWN' then '撤回了这件' else '办理了这件' end));
end $$;

-- What is left of an item's cap for a household or resident in the period around a day. Reversals free it again.
create or replace function item_cap_used(
  p_village uuid, p_household uuid, p_resident uuid, p_subject "ItemSubject", p_item_code text, p_per "CapPeriod", p_day date
) returns integer language sql stable as $$
  select coalesce(sum(p.honour), 0)::integer
  from posting p
  where p.village_id = p_village and p.household_id = p_household and p.item_code = p_item_code
    and p.credited_on >= date_trunc(lower(p_per::text), p_day)::date
    and p.credited_on < (date_trunc(lower(p_per::text), p_day) + ('1 ' || case p_per when 'QUARTER' then 'month' else lower(p_per::text) end)::interval * case p_per when 'QUARTER' then 3 else 1 end)::date
    and (p_subject = 'HOUSEHOLD' or p.resident_id = p_resident)
$$;

-- Spendable points a household has been awarded for days of a month, less what was taken back of such. What comes back to
-- it otherwise, from a shop or with a deduction that is mended, is not earned.
create or replace function month_awarded(p_village uuid, p_household uuid, p_day date) returns integer
language sql stable as $$
  select coalesce(sum(case when p.credit_id = p_household then p.points else -p.points end), 0)::integer
  from posting p
  where p.village_id = p_village and p.household_id = p_household
    and (p.kind = 'AWARD' or (p.kind = 'REVERSAL' and exists (
      select 1 from posting o where o.village_id = p.village_id and o.id = p.reverses and o.kind = 'AWARD')))
    and p.credited_on >= date_trunc('month', p_day)::date
    and p.credited_on < (date_trunc('month', p_day) + interval '1 month')::date
$$;

-- Spendable points that a household has of a deed whose approvals were taken back: it had spent them, so they stayed with it
-- (decision 2). Approved again, the deed gives only what is missing (decision 65).
create or replace function deed_points_kept(p_village uuid, p_deed uuid) returns integer language sql stable as $$
  select coalesce(sum(r.shortfall), 0)::integer
  from deed_decision dd
  join posting p on p.village_id = dd.village_id and p.source = dd.id and p.kind = 'AWARD'
  join posting r on r.village_id = p.village_id and r.reverses = p.id
  where dd.village_id = p_village and dd.deed_id = p_deed and dd.kind = 'APPROVE'
$$;

-- The version in force on a day.
create or replace function rulebook_version_on(p_village uuid, p_day date) returns uuid language sql stable as $$
  select v.id from rulebook_version v
  where v.village_id = p_village and v.state in ('ADOPTED', 'SUPERSEDED')
    and v.effective_from <= p_day and (v.effective_until is null or v.effective_until >= p_day)
  order by v.number desc limit 1
$$;

-- Approves: by one verifier, or as the first or second of two. Answers what was awarded, and in words of cap_note what cut it:
-- ITEM_CAP, SPENT_BEFORE (the household has kept points of this deed), MONTH_CAP.
-- Refuses: ALREADY_DECIDED, OWN_HOUSEHOLD, NEAR_KIN, OWN_REPORT, SAME_PERSON_TWICE, NOT_ALLOWED, ITEM_NOT_IN_FORCE,
-- ITEM_IS_DEDUCTION, CAP_REACHED, CAP_WOULD_CUT, MONTH_CAP_REACHED, BRAKE_ON, BUDGET_SPENT.
create or replace function deed_approve(
  p_village uuid, p_deed uuid, p_person uuid, p_decision uuid, p_command uuid, p_now timestamptz,
  out state "DeedState", out points integer, out honour integer, out asked integer, out cap_note text
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_deed deed;
  v_item item;
  v_version rulebook_version;
  v_version_id uuid;
  v_step scale_step;
  v_used integer;
  v_left integer;
  v_debit uuid;
  v_notes text[] := '{}';
  v_credited_on date;
  v_brake integer := brake_of(p_village, shanghai_day(p_now));
begin
  if v_brake is not null then perform pg_advisory_xact_lock(brake_key(p_village)); end if;
  select * into v_deed from deed d
  where d.village_id = p_village and d.id = p_deed and d.state in ('SUBMITTED', 'AWAITING_SECOND') for no key update;
  if not found then perform refuse_decided(p_village, p_deed); end if;

  -- The rule is that of the deed's day, whichever version was in force when it was logged.
  v_version_id := rulebook_version_on(p_village, v_deed.deed_on);
  select * into v_item from item i where i.village_id = p_village and i.id = v_deed.item_id;
  if v_version_id is distinct from v_item.version_id then
    select * into v_item from item i where i.village_id = p_village and i.version_id = v_version_id and i.code = v_item.code;
    if not found then perform refuse('ITEM_NOT_IN_FORCE'); end if;
  end if;
  if v_item.points < 0 then perform refuse('ITEM_IS_DEDUCTION'); end if;
  select * into v_version from rulebook_version v where v.village_id = p_village and v.id = v_item.version_id;

  if v_deed.scale_step_id is not null then
    select s.* into v_step
    from scale_step s join scale_step chosen on chosen.village_id = s.village_id and chosen.sort_order = s.sort_order
    where s.village_id = p_village and s.item_id = v_item.id and chosen.id = v_deed.scale_step_id;
    if not found then perform refuse('ITEM_NOT_IN_FORCE'); end if;
    asked := v_step.points;
  else
    asked := v_item.points * v_deed.quantity;
  end if;

  if v_deed.state = 'SUBMITTED' and v_version.second_threshold is not null and asked >= v_version.second_threshold then
    insert into deed_decision (village_id, id, deed_id, kind, person_id, decided_at)
    values (p_village, p_decision, p_deed, 'FIRST_APPROVE', p_person, p_now);
    update deed d set state = 'AWAITING_SECOND', first_by_id = p_person, points_asked = asked
    where d.village_id = p_village and d.id = p_deed;
    state := 'AWAITING_SECOND'; points := 0; honour := 0; cap_note := '';
    return;
  end if;

  -- Counts for the deed's day; when that quarter is closed already, for the first day of the one that is open.
  v_credited_on := credit_day(p_village, v_deed.deed_on);

  -- Caps. The resident's row and the household's account stand for everything that counts towards them.
  perform 1 from resident r where r.village_id = p_village and r.id = v_deed.resident_id for no key update;
  perform 1 from account a where a.village_id = p_village and a.id = v_deed.household_id for no key update;

  honour := asked;
  v_used := item_cap_used(p_village, v_deed.household_id, v_deed.resident_id, v_item.subject, v_item.code, v_item.cap_per, v_credited_on);
  v_left := greatest(v_item.cap_points - v_used, 0);
  if honour > v_left then
    if v_left = 0 then
      perform refuse('CAP_REACHED', jsonb_build_object('item', v_item.name, 'cap', v_item.cap_points, 'per',
        case when v_item.subject = 'PERSON' then '每人' else '每户' end
        || case v_item.cap_per when 'MONTH' then '每月' when 'QUARTER' then '每季' else '每年' end));
    end if;
    if v_version.cap_policy = 'REFUSE' then perform refuse('CAP_WOULD_CUT', jsonb_build_object('left', v_left)); end if;
    honour := v_left;
    v_notes := v_notes || 'ITEM_CAP'::text;
  end if;

  -- Before the month's cap, which counts what was kept already.
  points := greatest(honour - deed_points_kept(p_village, p_deed), 0);
  if points < honour then v_notes := v_notes || 'SPENT_BEFORE'::text; end if;
  if v_version.household_month_cap is not null then
    v_left := greatest(v_version.household_month_cap - month_awarded(p_village, v_deed.household_id, v_credited_on), 0);
    if points > v_left then
      if v_version.cap_policy = 'REFUSE' then
        perform refuse('MONTH_CAP_REACHED', jsonb_build_object('cap', v_version.household_month_cap));
      end if;
      points := v_left;
      v_notes := v_notes || 'MONTH_CAP'::text;
    end if;
  end if;

  -- Read under the brake's lock and held until the end: what was approved just now is counted.
  if v_brake is not null and points > 0 and points_outstanding(p_village) + points > v_brake then
    perform refuse('BRAKE_ON', jsonb_build_object('held', points_outstanding(p_village), 'points', points, 'most', v_brake));
  end if;

  v_debit := p_village;
  if v_version.budget_per_quarter is not null then
    v_debit := ledger_grant_budget(p_village, v_credited_on, v_version.budget_per_quarter, null, p_command, p_now);
  end if;

  insert into deed_decision (village_id, id, deed_id, kind, person_id, decided_at)
  values (p_village, p_decision, p_deed, 'APPROVE', p_person, p_now);
  cap_note := array_to_string(v_notes, ',');
  update deed d
  set state = 'APPROVED', decided_by_id = p_person, decided_at = p_now, reason = '', points_asked = asked,
      version_id = v_item.version_id, item_id = v_item.id, scale_step_id = case when v_step.id is null then null else v_step.id end,
      honour_awarded = honour, points_awarded = points, cap_note = deed_approve.cap_note
  where d.village_id = p_village and d.id = p_deed;
  perform ledger_post(
    p_village, 'AWARD', p_decision, 0::smallint, v_debit, v_deed.household_id, points, honour,
    v_deed.household_id, v_deed.resident_id, v_credited_on, v_item.version_id, v_item.id, v_item.code,
    v_deed.metric_value, '', null, p_person, p_command, p_now);
  state := 'APPROVED';
end $$;

-- Returns a deed with a reason. Refuses: ALREADY_DECIDED, REASON_REQUIRED, and the recusal cases.
create or replace function deed_return(
  p_village uuid, p_deed uuid, p_person uuid, p_decision uuid, p_reason text, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if btrim(coalesce(p_reason, '')) = '' then perform refuse('REASON_REQUIRED'); end if;
  update deed d set state = 'RETURNED', decided_by_id = p_person, decided_at = p_now, reason = p_reason
  where d.village_id = p_village and d.id = p_deed and d.state in ('SUBMITTED', 'AWAITING_SECOND');
  if not found then perform refuse_decided(p_village, p_deed); end if;
  insert into deed_decision (village_id, id, deed_id, kind, person_id, reason, decided_at)
  values (p_village, p_decision, p_deed, 'RETURN', p_person, p_reason, p_now);
end $$;

-- Withdraws: by the household that it is for, or by who logged it, while nobody has decided.
create or replace function deed_withdraw(p_village uuid, p_deed uuid, p_person uuid, p_decision uuid, p_now timestamptz)
returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from deed d where d.village_id = p_village and d.id = p_deed and (
    d.reporter_id = p_person
    or exists (select 1 from resident r where r.village_id = p_village and r.household_id = d.household_id
               and r.person_id = p_person and r.left_on is null));
  if not found then perform refuse('NOT_FOUND'); end if;
  update deed d set state = 'WITHDRAWN', decided_by_id = p_person, decided_at = p_now
  where d.village_id = p_village and d.id = p_deed and d.state in ('SUBMITTED', 'AWAITING_SECOND');
  if not found then
    if exists (select 1 from deed d where d.village_id = p_village and d.id = p_deed and d.state = 'WITHDRAWN') then
      perform refuse_decided(p_village, p_deed);
    end if;
    perform refuse('DEED_NOT_WITHDRAWABLE');
  end if;
  insert into deed_decision (village_id, id, deed_id, kind, person_id, decided_at)
  values (p_village, p_decision, p_deed, 'WITHDRAW', p_person, p_now);
end $$;

-- Takes back one's own last decision about a deed, within the village's minutes; an approval by reversal.
-- Refuses: NOT_FOUND, NOTHING_TO_UNDO (none, or another's), UNDO_TOO_LATE, REPORTED_AGAIN, PERIOD_LOCKED.
create or replace function deed_undo(
  p_village uuid, p_deed uuid, p_person uuid, p_decision uuid, p_command uuid, p_now timestamptz,
  out undone "DecisionKind", out points integer
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_deed deed;
  v_last deed_decision;
  v_minutes integer;
  v_posting uuid;
  v_back "DeedState";
begin
  select * into v_deed from deed d where d.village_id = p_village and d.id = p_deed for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  select * into v_last from deed_decision dd
  where dd.village_id = p_village and dd.deed_id = p_deed order by dd.decided_at desc, dd.id desc limit 1;
  if not found or v_last.person_id <> p_person or v_last.kind not in ('FIRST_APPROVE', 'APPROVE', 'RETURN') then
    perform refuse('NOTHING_TO_UNDO');
  end if;
  select v.undo_minutes into v_minutes from village v where v.id = p_village;
  if p_now > v_last.decided_at + make_interval(mins => v_minutes) then
    perform refuse('UNDO_TOO_LATE', jsonb_build_object('minutes', v_minutes));
  end if;

  undone := case v_last.kind when 'APPROVE' then 'UNDO_APPROVE' when 'RETURN' then 'UNDO_RETURN' else 'UNDO_FIRST' end;
  points := 0;
  -- The household has sent the same photos again meanwhile: the deed they prove now is that one.
  if undone = 'UNDO_RETURN' then
    perform 1 from photo p
    where p.village_id = p_village
      and p.id in (select dp.photo_id from deed_photo dp where dp.village_id = p_village and dp.deed_id = p_deed)
    order by p.id for update;
    if exists (
      select 1 from deed_photo mine
      join deed_photo other on other.village_id = mine.village_id and other.photo_id = mine.photo_id and other.deed_id <> mine.deed_id
      join deed d on d.village_id = other.village_id and d.id = other.deed_id
      where mine.village_id = p_village and mine.deed_id = p_deed and d.state not in ('RETURNED', 'WITHDRAWN')
        and (d.event_id is null or d.event_id is distinct from v_deed.event_id)
    ) then
      perform refuse('REPORTED_AGAIN');
    end if;
  end if;
  insert into deed_decision (village_id, id, deed_id, kind, person_id, decided_at)
  values (p_village, p_decision, p_deed, undone, p_person, greatest(p_now, v_last.decided_at));
  if undone = 'UNDO_APPROVE' then
    select p.id into v_posting from posting p where p.village_id = p_village and p.source = v_last.id and p.leg = 0;
    perform refuse_locked_quarter(p_village, v_posting);
    select r.points into points
    from ledger_reverse(p_village, v_posting, p_decision, 0::smallint, '核分员撤销', p_person, p_command, p_now) r;
  end if;
  v_back := case when undone = 'UNDO_FIRST' or v_deed.first_by_id is null then 'SUBMITTED' else 'AWAITING_SECOND' end;
  update deed d
  set state = v_back, first_by_id = case when undone = 'UNDO_FIRST' then null else d.first_by_id end,
      decided_by_id = null, decided_at = null, reason = '', honour_awarded = null, points_awarded = null, cap_note = ''
  where d.village_id = p_village and d.id = p_deed;
end $$;
