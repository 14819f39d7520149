-- Closing a quarter: publicity, then the lock.
--
--   (open, no row) ──open-publicity──▶ PUBLICITY ──lock-period──▶ LOCKED
--
-- A quarter whose publicity has begun takes no further award and no deduction: all that it will ever have is public
-- for all the days of the publicity, and nobody slips a line in on the last evening. What is approved later counts
-- for the first day of the earliest quarter that is still open (`credit_day`), so nobody loses a point by it.
-- While a quarter is public a line can still be reversed. Once it is locked only an upheld objection, or a deduction
-- that is given back or overturned, does so; the lines objected to stay open alone. What was paid with points is no
-- part of either, and is given back at any time.
--
-- Locks: whatever posts into a quarter takes its advisory lock shared, opening and locking it take it alone. So no
-- posting slips in behind either, and postings never wait for each other. The lock is taken after a deed's row and
-- before accounts; opening and locking take nothing else.

create or replace function shanghai_day(p_at timestamptz) returns date language sql immutable parallel safe as $$
  select (p_at at time zone 'Asia/Shanghai')::date
$$;

create or replace function first_day_of_quarter(p_code text) returns date language sql immutable parallel safe as $$
  select make_date(left(p_code, 4)::integer, right(p_code, 1)::integer * 3 - 2, 1)
$$;

-- The first day of the quarter after the one a day lies in.
create or replace function next_quarter_day(p_day date) returns date language sql immutable parallel safe as $$
  select (date_trunc('quarter', p_day::timestamp) + interval '3 months')::date
$$;

create or replace function say_quarter(p_code text) returns text language sql immutable parallel safe as $$
  select left(p_code, 4) || '年第' || substr('一二三四', right(p_code, 1)::integer, 1) || '季度'
$$;

create or replace function say_day(p_day date) returns text language sql immutable parallel safe as $$
  select to_char(p_day, 'FMYYYY年FMMM月FMDD日')
$$;

create or replace function quarter_key(p_village uuid, p_code text) returns bigint language sql immutable parallel safe as $$
  select hashtextextended('quarter' || p_village::text || p_code, 7)
$$;

-- The day for which a deed of p_day counts as things stand: for what a page shows ahead.
create or replace function credited_day(p_village uuid, p_day date) returns date language plpgsql stable as $$
declare
  v_day date := p_day;
begin
  while exists (select 1 from period p where p.village_id = p_village and p.code = quarter_of(v_day)) loop
    v_day := next_quarter_day(v_day);
  end loop;
  return v_day;
end $$;

-- The same for a posting that is about to be made: true until the end of the transaction.
create or replace function credit_day(p_village uuid, p_day date) returns date language plpgsql volatile as $$
declare
  v_day date := p_day;
begin
  loop
    perform pg_advisory_xact_lock_shared(quarter_key(p_village, quarter_of(v_day)));
    exit when not exists (select 1 from period p where p.village_id = p_village and p.code = quarter_of(v_day));
    v_day := next_quarter_day(v_day);
  end loop;
  return v_day;
end $$;

-- Days of publicity by the rulebook in force on a day; seven where there is none.
create or replace function publicity_days(p_village uuid, p_day date) returns integer language sql stable as $$
  select coalesce((select v.publicity_days from rulebook_version v
                   where v.village_id = p_village and v.id = rulebook_version_on(p_village, p_day)), 7)
$$;

-- Postings: none into a quarter that is closed. Reversals are judged at the end of their transaction, because what
-- allows them (an objection upheld, a deduction given back) is decided in the same one.
create or replace function check_posting_quarter() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_code text := quarter_of(new.credited_on);
  v_state "PeriodState";
begin
  perform pg_advisory_xact_lock_shared(quarter_key(new.village_id, v_code));
  select p.state into v_state from period p where p.village_id = new.village_id and p.code = v_code;
  if v_state is not null and new.kind <> 'REVERSAL' then
    perform refuse(case v_state when 'LOCKED' then 'PERIOD_LOCKED' else 'PERIOD_IN_PUBLICITY' end,
                   jsonb_build_object('quarter', say_quarter(v_code)));
  end if;
  return new;
end $$;
drop trigger if exists posting_quarter on posting;
create trigger posting_quarter before insert on posting for each row
  when (new.kind not in ('BUDGET_GRANT', 'YEAR_CLOSE', 'YEAR_CARRY', 'REDEMPTION', 'HOLD')) execute function check_posting_quarter();

-- A verifier's change of mind comes too late once the quarter is locked, whatever the minutes say; an objection too
-- must not lend it a way around the person who decides objections.
create or replace function refuse_locked_quarter(p_village uuid, p_posting uuid) returns void
language plpgsql volatile as $$
declare
  v_code text;
begin
  select quarter_of(p.credited_on) into v_code from posting p where p.village_id = p_village and p.id = p_posting;
  perform pg_advisory_xact_lock_shared(quarter_key(p_village, v_code));
  if exists (select 1 from period p where p.village_id = p_village and p.code = v_code and p.state = 'LOCKED') then
    perform refuse('PERIOD_LOCKED', jsonb_build_object('quarter', say_quarter(v_code)));
  end if;
end $$;

-- The deduction that a posting stands for, by the posting's source: the deduction itself or one of its steps.
create or replace function deduction_of_posting(p_village uuid, p_source uuid) returns uuid language sql stable as $$
  select d.id from deduction d where d.village_id = p_village and d.id = p_source
  union all
  select s.deduction_id from deduction_step s where s.village_id = p_village and s.id = p_source
  limit 1
$$;

-- The objections to a line of the ledger: to itself, to the deed or to the deduction it stands for.
create or replace function objections_of_posting(p_village uuid, p_posting uuid) returns setof objection
language sql stable as $$
  select o.* from posting p
  join objection o on o.village_id = p.village_id
  where p.village_id = p_village and p.id = p_posting and (
    (o.subject_kind = 'POSTING' and o.subject = p.id)
    or (o.subject_kind = 'DEED' and o.subject = (
      select dd.deed_id from deed_decision dd where dd.village_id = p_village and dd.id = p.source))
    or (o.subject_kind = 'DEDUCTION' and o.subject = deduction_of_posting(p_village, p.source)))
$$;

create or replace function check_reversal_in_locked() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_old posting;
begin
  if not exists (select 1 from period p where p.village_id = new.village_id
                 and p.code = quarter_of(new.credited_on) and p.state = 'LOCKED') then
    return null;
  end if;
  select p.* into v_old from posting p where p.village_id = new.village_id and p.id = new.reverses;
  -- what was paid with points was no honour and is no part of what the quarter told: it may always be given back
  if v_old.kind in ('REDEMPTION', 'HOLD')
     or exists (select 1 from deduction d where d.village_id = new.village_id
             and d.id = deduction_of_posting(new.village_id, v_old.source) and d.state in ('RESTORED', 'OVERTURNED'))
     -- one about a deed was against its return: upheld, it is why the line is there
     or exists (select 1 from objections_of_posting(new.village_id, new.reverses) o
                where o.state = 'UPHELD' and o.subject_kind <> 'DEED') then
    return null;
  end if;
  perform refuse('PERIOD_LOCKED', jsonb_build_object('quarter', say_quarter(quarter_of(new.credited_on))));
  return null;
end $$;
drop trigger if exists posting_reversal_in_locked on posting;
create constraint trigger posting_reversal_in_locked after insert on posting deferrable initially deferred
  for each row when (new.kind = 'REVERSAL') execute function check_reversal_in_locked();

-- The way of a quarter's states, and what each step needs. It holds for the owner of the table too.
create or replace function check_period() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_from date;
  v_earlier text;
begin
  if tg_op = 'DELETE' then
    raise exception 'a quarter that was closed stays closed' using errcode = '23514';
  end if;

  if tg_op = 'INSERT' then
    if new.code !~ '^\d{4}Q[1-4]$' or new.state <> 'PUBLICITY' or new.locked_at is not null or new.locked_by_id is not null then
      raise exception 'closing a quarter begins with its publicity' using errcode = '23514';
    end if;
    perform pg_advisory_xact_lock(quarter_key(new.village_id, new.code));
    v_from := first_day_of_quarter(new.code);
    if not holds_role(new.village_id, new.opened_by_id, 'SECRETARY', new.as_of) then perform refuse('NOT_ALLOWED'); end if;
    if shanghai_day(new.as_of) < next_quarter_day(v_from) then
      perform refuse('PERIOD_NOT_OVER', jsonb_build_object('quarter', say_quarter(new.code),
        'day', say_day(next_quarter_day(v_from) - 1)));
    end if;
    if not exists (select 1 from posting p where p.village_id = new.village_id and p.kind in ('AWARD', 'DEDUCTION')
                   and p.credited_on >= v_from and p.credited_on < next_quarter_day(v_from)) then
      perform refuse('PERIOD_EMPTY', jsonb_build_object('quarter', say_quarter(new.code)));
    end if;
    -- In order; a quarter in which nothing was recorded needs no closing.
    select quarter_of(min(p.credited_on)) into v_earlier from posting p
    where p.village_id = new.village_id and p.kind in ('AWARD', 'DEDUCTION') and p.credited_on < v_from
      and not exists (select 1 from period e where e.village_id = p.village_id and e.code = quarter_of(p.credited_on));
    if v_earlier is not null then
      perform refuse('PERIOD_EARLIER_OPEN', jsonb_build_object('quarter', say_quarter(v_earlier)));
    end if;
    -- The day it begins is not counted: so many whole days are public.
    if new.public_from <> shanghai_day(new.as_of)
       or new.public_until <> new.public_from + publicity_days(new.village_id, new.public_from) then
      raise exception 'publicity lasts as long as the rulebook says' using errcode = '23514';
    end if;
    return new;
  end if;

  if (to_jsonb(new) - 'state' - 'locked_at' - 'locked_by_id') is distinct from (to_jsonb(old) - 'state' - 'locked_at' - 'locked_by_id')
     or old.state <> 'PUBLICITY' or new.state <> 'LOCKED' or new.locked_at is null or new.locked_by_id is null then
    raise exception 'a quarter in publicity can only be locked' using errcode = '23514';
  end if;
  perform pg_advisory_xact_lock(quarter_key(new.village_id, new.code));
  if not holds_role(new.village_id, new.locked_by_id, 'SUPERVISOR', new.locked_at) then perform refuse('NOT_ALLOWED'); end if;
  if new.locked_by_id = new.opened_by_id then perform refuse('OPENED_BY_SAME'); end if;
  if shanghai_day(new.locked_at) <= new.public_until then
    perform refuse('PUBLICITY_RUNNING', jsonb_build_object('until', say_day(new.public_until)));
  end if;
  return new;
end $$;
drop trigger if exists period_check on period;
create trigger period_check before insert or update or delete on period for each row execute function check_period();
drop trigger if exists period_no_truncate on period;
create trigger period_no_truncate before truncate on period for each statement execute function refuse_change();

-- Who did it and when, as the second of two people hears it.
create or replace function done_by_said(p_person uuid, p_at timestamptz) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'who', coalesce((select pe.name from person pe where pe.id = p_person), '有人'),
    'when', to_char(p_at at time zone 'Asia/Shanghai', 'FMMM月FMDD日 HH24:MI'))
$$;

-- Begins the publicity of a quarter. Refuses: PERIOD_OPENED, PERIOD_NOT_OVER, PERIOD_EMPTY, PERIOD_EARLIER_OPEN,
-- NOT_ALLOWED.
create or replace function period_open(p_village uuid, p_id uuid, p_code text, p_person uuid, p_now timestamptz)
returns date
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_until date := shanghai_day(p_now) + publicity_days(p_village, shanghai_day(p_now));
  v_old period;
begin
  insert into period (village_id, id, code, as_of, opened_by_id, public_from, public_until)
  values (p_village, p_id, p_code, p_now, p_person, shanghai_day(p_now), v_until)
  on conflict (village_id, code) do nothing;
  if not found then
    select * into v_old from period p where p.village_id = p_village and p.code = p_code;
    perform refuse('PERIOD_OPENED', done_by_said(v_old.opened_by_id, v_old.as_of));
  end if;
  return v_until;
end $$;

-- Locks a quarter after its publicity. Refuses: PERIOD_NOT_OPENED, PERIOD_LOCKED_ALREADY, PUBLICITY_RUNNING,
-- OPENED_BY_SAME, NOT_ALLOWED.
create or replace function period_lock(p_village uuid, p_code text, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_old period;
begin
  update period p set state = 'LOCKED', locked_at = p_now, locked_by_id = p_person
  where p.village_id = p_village and p.code = p_code and p.state = 'PUBLICITY';
  if found then return; end if;
  select * into v_old from period p where p.village_id = p_village and p.code = p_code;
  if not found then perform refuse('PERIOD_NOT_OPENED'); end if;
  perform refuse('PERIOD_LOCKED_ALREADY', done_by_said(v_old.locked_by_id, v_old.locked_at));
end $$;
