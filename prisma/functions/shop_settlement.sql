-- 结算: every point a merchant has taken is paid for, once.
--
--   MADE ──agree──▶ AGREED ──pay──▶ PAID ──confirm──▶ CONFIRMED          (nothing owed either way: MADE ──agree──▶ CONFIRMED)
--     └─dispute──▶ DISPUTED ──all answered, or taken back──▶ MADE
--
-- Invariants, each with a test (lib/alliance/settlement/*.db.test.ts):
--   S1  a posting of a merchant is in one statement at most, with its points and sign; nothing else is in one
--   S2  a statement's points are the sum of its lines, and never change
--   S3  at any cut-off the statements made and what is still in none add up to what the merchant has taken
--   S4  the merchant agrees and confirms, the village pays; nobody does both sides
--   S5  a statement that is paid is covered by one payment, a payment's money is the sum of what it covers, and never
--       below zero (shop_settlement_payment.sql)
--
-- A statement takes what no earlier one has: a reversal that comes late, or a posting whose transaction ended after the
-- cut-off was drawn, goes into the next. So one may be below zero: the merchant owes it, and it comes off a payment.

do $$
declare c record;
begin
  for c in select * from (values
    ('statement', 'statement_month', 'month ~ ''^[0-9]{4}-(0[1-9]|1[0-2])$'''),
    ('statement', 'statement_due', 'to_char(due_on - interval ''1 month'', ''YYYY-MM'') = month'),
    ('statement', 'statement_agreed', '(agreed_at is not null) = (state in (''AGREED'', ''PAID'', ''CONFIRMED'')) and (agreed_at is null) = (agreed_by_id is null)'),
    ('statement', 'statement_covered', '(payment_id is not null) = (state in (''PAID'', ''CONFIRMED'') and fen <> 0) and (fen <> 0 or state not in (''AGREED'', ''PAID''))'),
    ('statement', 'statement_confirmed', '(confirmed_at is not null) = (state = ''CONFIRMED'') and (confirmed_at is null) = (confirmed_by_id is null)'),
    ('statement_line', 'statement_line_points', 'points <> 0'),
    ('statement_line', 'statement_line_answered', '(answered_by_id is null) = (btrim(answer) = '''') and (answer = '''' or disputed_why <> '''')'),
    ('statement_line', 'statement_line_disputed', '(disputed_by_id is null) = (btrim(disputed_why) = '''') and (disputed_by_id is null) = (disputed_at is null)
       and (answered_by_id is null) = (answered_at is null)'),
    ('statement_line', 'statement_line_first', '(first_why = '''') = (first_answer = '''') and (first_why = '''') = (first_by_id is null)
       and (first_by_id is null) = (first_at is null) and (first_by_id is null) = (first_answered_by_id is null)
       and (first_by_id is null) = (first_answered_at is null)'),
    ('statement_line', 'statement_line_withdrawn', '(withdrawn_by_id is null) = (withdrawn_at is null)')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

create index if not exists posting_of_merchant on posting (village_id, credit_id, posted_at) where kind = 'REDEMPTION';
create index if not exists posting_back_from_merchant on posting (village_id, debit_id, posted_at) where kind = 'REVERSAL';

-- What a merchant has taken in a village, as signed points and money a posting, each at the rate under which it was taken.
-- Of all time, or since a moment.
drop function if exists merchant_postings(uuid, uuid);
create or replace function merchant_postings(p_village uuid, p_merchant uuid, p_since timestamptz default '-infinity')
returns table (posting_id uuid, redemption_id uuid, points integer, fen integer, posted_at timestamptz) language sql stable as $$
  select p.id, r.id, p.points, p.points * r.reference_fen, p.posted_at
  from posting p join redemption r on r.village_id = p.village_id and r.id = p.source
  where p.village_id = p_village and p.credit_id = p_merchant and p.kind = 'REDEMPTION' and p.posted_at >= p_since
  union all
  select p.id, r.id, -p.points, -p.points * r.reference_fen, p.posted_at
  from posting p join redemption r on r.village_id = p.village_id and r.id = p.source
  where p.village_id = p_village and p.debit_id = p_merchant and p.kind = 'REVERSAL' and p.posted_at >= p_since
$$;

-- What of it is in no statement yet (kept by shop_unstated.sql, so that it does not cost more with the years).
create or replace function merchant_unstated(p_village uuid, p_merchant uuid, p_until timestamptz)
returns table (posting_id uuid, redemption_id uuid, points integer, fen integer, posted_at timestamptz) language sql stable as $$
  select p.id, r.id, s.sign * p.points, s.sign * p.points * r.reference_fen, p.posted_at
  from unstated_posting u
  join posting p on p.village_id = u.village_id and p.id = u.posting_id
  join redemption r on r.village_id = p.village_id and r.id = p.source
  cross join lateral (select case when p.kind = 'REVERSAL' then -1 else 1 end as sign) s
  where u.village_id = p_village and u.merchant_id = p_merchant and p.posted_at < p_until
$$;

-- The day of the month by which a merchant is paid: of its terms, of the last ones where they have ended.
create or replace function settlement_day_of(p_village uuid, p_merchant uuid) returns integer language sql stable as $$
  select t.settlement_day from alliance_terms t
  where t.village_id = p_village and t.merchant_id = p_merchant and t.accepted_at is not null
  order by t.ended_at desc nulls first, t.accepted_at desc, t.id limit 1
$$;

-- One after another at a merchant's account with a village: what is stated, agreed and paid there see each other.
create or replace function lock_settlement(p_village uuid, p_merchant uuid) returns void language sql volatile as $$
  select pg_advisory_xact_lock(hashtextextended('statement' || p_village || p_merchant, 11))
$$;

-- Writes one statement of what came before p_until and is in none yet; null where nothing came. The caller holds the
-- merchant's account with the village (lock_settlement).
create or replace function statement_write(
  p_village uuid, p_merchant uuid, p_month text, p_id uuid, p_until timestamptz, p_by uuid, p_now timestamptz
) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_number integer;
begin
  if not exists (select 1 from merchant_unstated(p_village, p_merchant, p_until)) then return null; end if;
  select coalesce(max(s.number), 0) + 1 into v_number from statement s
  where s.village_id = p_village and s.merchant_id = p_merchant and s.month = p_month;
  -- one snapshot for the sum and the lines: a sale may end between two
  with m as materialized (
    select * from merchant_unstated(p_village, p_merchant, p_until)
  ), made as (
    insert into statement (village_id, id, merchant_id, month, number, state, cut_off, points, fen, due_on, made_by_id, made_at)
    select p_village, p_id, p_merchant, p_month, v_number, 'MADE', p_until, coalesce(sum(m.points), 0), coalesce(sum(m.fen), 0),
      (to_date(p_month, 'YYYY-MM') + interval '1 month')::date + settlement_day_of(p_village, p_merchant) - 1, p_by, p_now
    from m
  )
  insert into statement_line (village_id, id, statement_id, posting_id, points, fen)
  select p_village, gen_random_uuid(), p_id, m.posting_id, m.points, m.fen from m;
  return p_id;
end $$;

-- Makes a statement in a month, of all that came before its end (or before p_now, by hand) and is in none yet. The id is
-- the caller's: asked again it answers the same. Null where nothing came. p_by is who asks by hand, of either side; null
-- is the month's job. By hand, what the month before still lacks gets a statement of that month first, so that nobody
-- puts off its payment by coming before the job; where nothing came since, that one is the answer. Refuses NOT_FOUND,
-- STATEMENT_TOO_EARLY, STATEMENT_TOO_LATE (a later month has one).
drop function if exists statement_make(uuid, uuid, text, uuid, timestamptz);
create or replace function statement_make(
  p_village uuid, p_merchant uuid, p_month text, p_id uuid, p_now timestamptz, p_by uuid default null
) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := to_date(p_month, 'YYYY-MM')::timestamp at time zone 'Asia/Shanghai';
  v_until timestamptz := least(p_now, ((to_date(p_month, 'YYYY-MM') + interval '1 month') at time zone 'Asia/Shanghai'));
  v_since boolean;
  v_before uuid;
begin
  if p_by is not null and not is_staff_of(p_merchant, p_by, p_now) and not holds_role(p_village, p_by, 'SECRETARY', p_now)
     or not exists (select 1 from alliance_terms t where t.village_id = p_village and t.merchant_id = p_merchant and t.accepted_at is not null) then
    perform refuse('NOT_FOUND');
  end if;
  perform lock_settlement(p_village, p_merchant);
  if exists (select 1 from statement s where s.village_id = p_village and s.id = p_id and s.merchant_id = p_merchant
             and (s.month = p_month or p_by is not null)) then
    return p_id;
  end if;
  if p_now < v_from then perform refuse('STATEMENT_TOO_EARLY'); end if;
  if exists (select 1 from statement s where s.village_id = p_village and s.merchant_id = p_merchant and s.month > p_month) then
    perform refuse('STATEMENT_TOO_LATE');
  end if;
  if p_by is not null and not exists (
    select 1 from statement s where s.village_id = p_village and s.merchant_id = p_merchant and s.month = p_month) then
    v_since := exists (select 1 from merchant_unstated(p_village, p_merchant, v_until) m where m.posted_at >= v_from);
    v_before := statement_write(p_village, p_merchant, to_char(to_date(p_month, 'YYYY-MM') - interval '1 month', 'YYYY-MM'),
                                case when v_since then gen_random_uuid() else p_id end, v_from, p_by, p_now);
  end if;
  -- what is sold at this very moment stands in the next one: the id is given
  if v_before = p_id then return v_before; end if;
  return coalesce(statement_write(p_village, p_merchant, p_month, p_id, v_until, p_by, p_now), v_before);
end $$;

-- S1, S2: at the end of the transaction a statement is the sum of its lines, and each line its posting.
create or replace function check_statement_sum() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s statement;
begin
  select x.* into s from statement x where x.village_id = new.village_id and x.id = new.id;
  if (s.points, s.fen) is distinct from (select (coalesce(sum(l.points), 0)::integer, coalesce(sum(l.fen), 0)::integer) from statement_line l
                                          where l.village_id = s.village_id and l.statement_id = s.id)
     or not exists (select 1 from statement_line l where l.village_id = s.village_id and l.statement_id = s.id)
     or exists (select 1 from statement_line l where l.village_id = s.village_id and l.statement_id = s.id
                and not exists (select 1 from merchant_postings(s.village_id, s.merchant_id) m
                                where m.posting_id = l.posting_id and m.points = l.points and m.fen = l.fen and m.posted_at < s.cut_off)) then
    raise exception 'a statement is the sum of its postings' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists statement_sum on statement;
create constraint trigger statement_sum after insert on statement deferrable initially deferred
  for each row execute function check_statement_sum();

-- What a statement says stays; its state goes its way, each step by who may take it.
create or replace function check_statement() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_way text;
  v_free text[] := array['state', 'agreed_by_id', 'agreed_at', 'payment_id', 'confirmed_by_id', 'confirmed_at'];
  v_open boolean;
  p payment;
begin
  if tg_op = 'DELETE' then raise exception 'statements are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if new.state <> 'MADE' then raise exception 'a statement begins as made' using errcode = '23514'; end if;
    if new.made_by_id is not null and not is_staff_of(new.merchant_id, new.made_by_id, new.made_at)
       and not holds_role(new.village_id, new.made_by_id, 'SECRETARY', new.made_at) then
      perform refuse('NOT_ALLOWED');
    end if;
    return new;
  end if;
  v_way := old.state || '>' || new.state;
  if (to_jsonb(new) - v_free) is distinct from (to_jsonb(old) - v_free) then
    raise exception 'a statement stays as it was made' using errcode = '23514';
  end if;
  if v_way not in ('MADE>DISPUTED', 'DISPUTED>MADE', 'MADE>AGREED', 'MADE>CONFIRMED', 'AGREED>PAID', 'PAID>PAID', 'PAID>CONFIRMED') then
    raise exception 'a statement goes from % never' , v_way using errcode = '23514';
  end if;
  if old.agreed_at is not null and (new.agreed_at, new.agreed_by_id) is distinct from (old.agreed_at, old.agreed_by_id)
     or v_way = 'PAID>CONFIRMED' and new.payment_id is distinct from old.payment_id then
    raise exception 'what was agreed and paid stays' using errcode = '23514';
  end if;
  v_open := exists (select 1 from statement_line l where l.village_id = new.village_id and l.statement_id = new.id
                    and l.disputed_why <> '' and l.answer = '');
  if v_open <> (new.state = 'DISPUTED') then raise exception 'a statement is disputed while a line of it is' using errcode = '23514'; end if;
  if old.state = 'MADE' and new.agreed_at is not null and not is_staff_of(new.merchant_id, new.agreed_by_id, new.agreed_at) then
    perform refuse('NOT_ALLOWED');
  end if;
  if v_way = 'MADE>CONFIRMED' and new.confirmed_by_id is distinct from new.agreed_by_id then perform refuse('NOT_ALLOWED'); end if;
  if new.payment_id is not null then
    select x.* into p from payment x where x.village_id = new.village_id and x.id = new.payment_id;
    -- S4: who pays is not of the shop, neither when it agreed nor when it confirms
    if p.merchant_id is distinct from new.merchant_id or p.paid_by_id = new.agreed_by_id then perform refuse('NOT_ALLOWED'); end if;
  end if;
  if v_way = 'PAID>PAID' and p.replaces_id is distinct from old.payment_id then
    raise exception 'a payment is replaced by the one that corrects it' using errcode = '23514';
  end if;
  if v_way = 'PAID>CONFIRMED' and (not is_staff_of(new.merchant_id, new.confirmed_by_id, new.confirmed_at) or new.confirmed_by_id = p.paid_by_id) then
    perform refuse('NOT_ALLOWED');
  end if;
  return new;
end $$;
drop trigger if exists statement_check on statement;
create trigger statement_check before insert or update or delete on statement for each row execute function check_statement();

create or replace function check_statement_line() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_free text[] := array['disputed_why', 'disputed_by_id', 'disputed_at', 'answer', 'answered_by_id', 'answered_at',
    'first_why', 'first_by_id', 'first_at', 'first_answer', 'first_answered_by_id', 'first_answered_at', 'withdrawn_by_id', 'withdrawn_at'];
  s statement;
  v_again boolean;
  v_taken_back boolean;
begin
  if tg_op = 'DELETE' then raise exception 'lines of statements are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if exists (select 1 from statement x where x.village_id = new.village_id and x.id = new.statement_id and x.xmin <> pg_current_xact_id()::xid)
       or new.disputed_why <> '' or new.first_why <> '' or new.withdrawn_at is not null then
      raise exception 'a statement is made whole' using errcode = '23514';
    end if;
    return new;
  end if;
  -- an answered line is disputed once more: what was said of it stays beside
  v_again := old.answer <> '' and old.first_why = '' and new.answer = '' and new.disputed_why <> ''
    and (new.first_why, new.first_by_id, new.first_at, new.first_answer, new.first_answered_by_id, new.first_answered_at)
      = (old.disputed_why, old.disputed_by_id, old.disputed_at, old.answer, old.answered_by_id, old.answered_at);
  v_taken_back := old.disputed_why <> '' and old.answer = '' and new.disputed_why = '' and new.answer = '';
  if (to_jsonb(new) - v_free) is distinct from (to_jsonb(old) - v_free) or (old.answer <> '' and not v_again and new is distinct from old)
     or not v_again and (new.first_why, new.first_by_id, new.first_at, new.first_answer, new.first_answered_by_id, new.first_answered_at)
       is distinct from (old.first_why, old.first_by_id, old.first_at, old.first_answer, old.first_answered_by_id, old.first_answered_at)
     or not v_taken_back and (new.withdrawn_by_id, new.withdrawn_at) is distinct from (old.withdrawn_by_id, old.withdrawn_at) then
    raise exception 'a line of a statement stays' using errcode = '23514';
  end if;
  select x.* into s from statement x where x.village_id = new.village_id and x.id = new.statement_id;
  if s.state not in ('MADE', 'DISPUTED') then raise exception 'a line is disputed before it is agreed' using errcode = '23514'; end if;
  if (new.disputed_why, new.disputed_by_id, new.disputed_at) is distinct from (old.disputed_why, old.disputed_by_id, old.disputed_at)
     and not coalesce(case when v_taken_back then is_staff_of(s.merchant_id, new.withdrawn_by_id, new.withdrawn_at)
                      else is_staff_of(s.merchant_id, new.disputed_by_id, new.disputed_at) end, false) then
    perform refuse('NOT_ALLOWED');
  end if;
  if new.answer <> old.answer and not v_again
     and (new.answered_at is null or not holds_role(new.village_id, new.answered_by_id, 'SECRETARY', new.answered_at)
          or is_staff_of(s.merchant_id, new.answered_by_id, new.answered_at)) then
    perform refuse('NOT_ALLOWED');
  end if;
  return new;
end $$;
drop trigger if exists statement_line_check on statement_line;
create trigger statement_line_check before insert or update or delete on statement_line for each row execute function check_statement_line();
do $$
declare t text;
begin
  foreach t in array array['statement', 'statement_line'] loop
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;

-- The statement for a step at it, with the merchant's account held. Refuses NOT_FOUND.
create or replace function statement_for_step(p_village uuid, p_id uuid) returns statement
language plpgsql security definer set search_path = public, pg_temp as $$
declare s statement;
begin
  select x.* into s from statement x where x.village_id = p_village and x.id = p_id;
  if not found then perform refuse('NOT_FOUND'); end if;
  perform lock_settlement(p_village, s.merchant_id);
  select x.* into s from statement x where x.village_id = p_village and x.id = p_id for no key update;
  return s;
end $$;

-- The merchant: agrees, or names what is wrong with single lines. Where nothing is owed either way (a charity's, or all
-- given back), that is the end. Refuses NOT_FOUND, STATEMENT_ELSEWHERE, REASON_REQUIRED.
create or replace function statement_agree(p_village uuid, p_id uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare s statement := statement_for_step(p_village, p_id);
begin
  if not is_staff_of(s.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if s.state in ('AGREED', 'PAID', 'CONFIRMED') then return; end if;
  if s.state <> 'MADE' then perform refuse('STATEMENT_ELSEWHERE'); end if;
  update statement x set state = case when s.fen = 0 then 'CONFIRMED' else 'AGREED' end::"StatementState",
    agreed_by_id = p_person, agreed_at = p_now,
    confirmed_by_id = case when s.fen = 0 then p_person end, confirmed_at = case when s.fen = 0 then p_now end
  where x.village_id = p_village and x.id = p_id;
end $$;

-- With no line left that waits for an answer, the statement is the merchant's again. The caller holds the account.
create or replace function statement_reopen(p_village uuid, p_id uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update statement x set state = 'MADE' where x.village_id = p_village and x.id = p_id and x.state = 'DISPUTED'
    and not exists (select 1 from statement_line l where l.village_id = p_village and l.statement_id = p_id and l.disputed_why <> '' and l.answer = '')
$$;

-- The merchant says of a line what is wrong with it, and may say it in other words until it is answered. A line that was
-- answered may be disputed once more; what was said before is kept beside. Refuses NOT_FOUND, REASON_REQUIRED,
-- STATEMENT_ELSEWHERE (agreed), DISPUTED_TWICE.
create or replace function statement_dispute(p_village uuid, p_id uuid, p_line uuid, p_why text, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s statement := statement_for_step(p_village, p_id);
  l statement_line;
begin
  if not is_staff_of(s.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if btrim(p_why) = '' then perform refuse('REASON_REQUIRED'); end if;
  if s.state not in ('MADE', 'DISPUTED') then perform refuse('STATEMENT_ELSEWHERE'); end if;
  select x.* into l from statement_line x where x.village_id = p_village and x.statement_id = p_id and x.id = p_line;
  if not found then perform refuse('NOT_FOUND'); end if;
  if l.first_why <> '' and l.answer <> '' then perform refuse('DISPUTED_TWICE'); end if;
  if l.answer <> '' then
    update statement_line x set first_why = l.disputed_why, first_by_id = l.disputed_by_id, first_at = l.disputed_at,
      first_answer = l.answer, first_answered_by_id = l.answered_by_id, first_answered_at = l.answered_at,
      disputed_why = btrim(p_why), disputed_by_id = p_person, disputed_at = p_now, answer = '', answered_by_id = null, answered_at = null
    where x.village_id = p_village and x.id = p_line;
  else
    update statement_line x set disputed_why = btrim(p_why), disputed_by_id = p_person, disputed_at = p_now
    where x.village_id = p_village and x.id = p_line;
  end if;
  if s.state = 'MADE' then update statement x set state = 'DISPUTED' where x.village_id = p_village and x.id = p_id; end if;
end $$;

-- The merchant takes back what it said of a line, before it is answered; taken back already, nothing happens. With the
-- last of them the statement can be agreed again. Refuses NOT_FOUND, STATEMENT_ELSEWHERE, DISPUTE_ANSWERED.
create or replace function statement_withdraw(p_village uuid, p_id uuid, p_line uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s statement := statement_for_step(p_village, p_id);
  l statement_line;
begin
  if not is_staff_of(s.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if s.state not in ('MADE', 'DISPUTED') then perform refuse('STATEMENT_ELSEWHERE'); end if;
  select x.* into l from statement_line x where x.village_id = p_village and x.statement_id = p_id and x.id = p_line;
  if not found then perform refuse('NOT_FOUND'); end if;
  if l.answer <> '' then perform refuse('DISPUTE_ANSWERED'); end if;
  if l.disputed_why = '' then return; end if;
  update statement_line x set disputed_why = '', disputed_by_id = null, disputed_at = null, withdrawn_by_id = p_person, withdrawn_at = p_now
  where x.village_id = p_village and x.id = p_line;
  perform statement_reopen(p_village, p_id);
end $$;

-- The village answers a line; a mistake is undone by a refund, which goes into the next statement. Refuses NOT_FOUND,
-- NOT_ALLOWED (of the shop's own people), REASON_REQUIRED, STATEMENT_ELSEWHERE.
create or replace function statement_answer(p_village uuid, p_id uuid, p_line uuid, p_answer text, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare s statement := statement_for_step(p_village, p_id);
begin
  if not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_FOUND'); end if;
  if btrim(p_answer) = '' then perform refuse('REASON_REQUIRED'); end if;
  if s.state <> 'DISPUTED' then perform refuse('STATEMENT_ELSEWHERE'); end if;
  update statement_line l set answer = btrim(p_answer), answered_by_id = p_person, answered_at = p_now
  where l.village_id = p_village and l.statement_id = p_id and l.id = p_line and l.disputed_why <> '' and l.answer = '';
  if not found then perform refuse('NOT_FOUND'); end if;
  perform statement_reopen(p_village, p_id);
end $$;

drop function if exists statement_pay(uuid, uuid, date, text, text, uuid, timestamptz);
drop function if exists statement_confirm(uuid, uuid, uuid, timestamptz);
