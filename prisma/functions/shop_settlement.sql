-- 结算: every point a merchant has taken is paid for, once.
--
--   MADE ──agree──▶ AGREED ──pay──▶ PAID ──confirm──▶ CONFIRMED
--     └─dispute──▶ DISPUTED ──all answered──▶ MADE
--
-- Invariants, each with a test (lib/alliance/settlement/*.db.test.ts):
--   S1  a posting of a merchant is in one statement at most, with its points and sign; nothing else is in one
--   S2  a statement's points are the sum of its lines, and never change
--   S3  at any cut-off the statements made and what is still in none add up to what the merchant has taken
--   S4  the merchant agrees and confirms, the village pays; nobody does both sides
--
-- A statement takes what no earlier one has: a reversal that comes late, or a posting whose transaction ended after the
-- cut-off was drawn, goes into the next.

do $$
declare c record;
begin
  for c in select * from (values
    ('statement', 'statement_month', 'month ~ ''^[0-9]{4}-(0[1-9]|1[0-2])$'''),
    ('statement', 'statement_agreed', '(agreed_at is not null) = (state in (''AGREED'', ''PAID'', ''CONFIRMED'')) and (agreed_at is null) = (agreed_by_id is null)'),
    ('statement', 'statement_paid', '(paid_at is not null) = (state in (''PAID'', ''CONFIRMED'')) and (paid_at is null) = (paid_by_id is null)
       and (paid_at is null) = (paid_on is null) and (paid_at is null or btrim(channel) <> '''')'),
    ('statement', 'statement_confirmed', '(confirmed_at is not null) = (state = ''CONFIRMED'') and (confirmed_at is null) = (confirmed_by_id is null)'),
    ('statement', 'statement_two_sides', 'paid_by_id is null or (paid_by_id <> agreed_by_id and paid_by_id is distinct from confirmed_by_id)'),
    ('statement_line', 'statement_line_points', 'points <> 0'),
    ('statement_line', 'statement_line_answered', '(answered_by_id is null) = (btrim(answer) = '''') and (answer = '''' or disputed_why <> '''')')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

create index if not exists posting_of_merchant on posting (village_id, credit_id, posted_at) where kind = 'REDEMPTION';
create index if not exists posting_back_from_merchant on posting (village_id, debit_id, posted_at) where kind = 'REVERSAL';

-- What a merchant has taken in a village, as signed points and money a posting, each at the rate under which it was taken.
drop function if exists merchant_postings(uuid, uuid);
create or replace function merchant_postings(p_village uuid, p_merchant uuid)
returns table (posting_id uuid, redemption_id uuid, points integer, fen integer, posted_at timestamptz) language sql stable as $$
  select p.id, r.id, p.points, p.points * r.reference_fen, p.posted_at
  from posting p join redemption r on r.village_id = p.village_id and r.id = p.source
  where p.village_id = p_village and p.credit_id = p_merchant and p.kind = 'REDEMPTION'
  union all
  select p.id, r.id, -p.points, -p.points * r.reference_fen, p.posted_at
  from posting p join redemption r on r.village_id = p.village_id and r.id = p.source
  where p.village_id = p_village and p.debit_id = p_merchant and p.kind = 'REVERSAL'
$$;

-- What of it is in no statement yet.
create or replace function merchant_unstated(p_village uuid, p_merchant uuid, p_until timestamptz)
returns table (posting_id uuid, redemption_id uuid, points integer, fen integer, posted_at timestamptz) language sql stable as $$
  select m.* from merchant_postings(p_village, p_merchant) m
  where m.posted_at < p_until and m.points <> 0
    and not exists (select 1 from statement_line l where l.village_id = p_village and l.posting_id = m.posting_id)
$$;

-- Makes a statement in a month, of all that came before its end (or before p_now, by hand) and is in none yet. The id is
-- the caller's: asked again it answers the same. Null where nothing is owed either way. Refuses STATEMENT_TOO_EARLY,
-- STATEMENT_TOO_LATE (a later month has one).
create or replace function statement_make(p_village uuid, p_merchant uuid, p_month text, p_id uuid, p_now timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_until timestamptz := least(p_now, ((to_date(p_month, 'YYYY-MM') + interval '1 month') at time zone 'Asia/Shanghai'));
  v_number integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('statement' || p_village || p_merchant, 11));
  if exists (select 1 from statement s where s.village_id = p_village and s.id = p_id and s.merchant_id = p_merchant and s.month = p_month) then
    return p_id;
  end if;
  if p_now < (to_date(p_month, 'YYYY-MM')::timestamp at time zone 'Asia/Shanghai') then perform refuse('STATEMENT_TOO_EARLY'); end if;
  if exists (select 1 from statement s where s.village_id = p_village and s.merchant_id = p_merchant and s.month > p_month) then
    perform refuse('STATEMENT_TOO_LATE');
  end if;
  if not exists (select 1 from merchant_unstated(p_village, p_merchant, v_until)) then return null; end if;
  select coalesce(max(s.number), 0) + 1 into v_number from statement s
  where s.village_id = p_village and s.merchant_id = p_merchant and s.month = p_month;
  -- one snapshot for the sum and the lines: a sale may end between two
  with m as materialized (
    select * from merchant_unstated(p_village, p_merchant, v_until)
  ), made as (
    insert into statement (village_id, id, merchant_id, month, number, state, cut_off, points, fen, made_at)
    select p_village, p_id, p_merchant, p_month, v_number, 'MADE', v_until, coalesce(sum(m.points), 0), coalesce(sum(m.fen), 0), p_now from m
  )
  insert into statement_line (village_id, id, statement_id, posting_id, points, fen)
  select p_village, gen_random_uuid(), p_id, m.posting_id, m.points, m.fen from m;
  return p_id;
end $$;

-- S1, S2: at the end of the transaction a statement is the sum of its lines, and each line its posting.
create or replace function check_statement_sum() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s statement;
  v_id uuid := case tg_table_name when 'statement' then new.id else (to_jsonb(new) ->> 'statement_id')::uuid end;
begin
  select x.* into s from statement x where x.village_id = new.village_id and x.id = v_id;
  if (s.points, s.fen) is distinct from (select (coalesce(sum(l.points), 0)::integer, coalesce(sum(l.fen), 0)::integer) from statement_line l
                                          where l.village_id = s.village_id and l.statement_id = s.id)
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
  v_way text := old.state || '>' || new.state;
begin
  if tg_op = 'DELETE' then raise exception 'statements are kept' using errcode = '23514'; end if;
  if (to_jsonb(new) - array['state', 'agreed_by_id', 'agreed_at', 'paid_by_id', 'paid_at', 'paid_on', 'channel', 'reference', 'slip_photo_id', 'confirmed_by_id', 'confirmed_at'])
     is distinct from
     (to_jsonb(old) - array['state', 'agreed_by_id', 'agreed_at', 'paid_by_id', 'paid_at', 'paid_on', 'channel', 'reference', 'slip_photo_id', 'confirmed_by_id', 'confirmed_at']) then
    raise exception 'a statement stays as it was made' using errcode = '23514';
  end if;
  if v_way not in ('MADE>DISPUTED', 'DISPUTED>MADE', 'MADE>AGREED', 'AGREED>PAID', 'PAID>CONFIRMED') then
    raise exception 'a statement goes from % never' , v_way using errcode = '23514';
  end if;
  if v_way = 'MADE>AGREED' and not is_staff_of(new.merchant_id, new.agreed_by_id, new.agreed_at) then perform refuse('NOT_ALLOWED'); end if;
  if v_way = 'AGREED>PAID' and not holds_role(new.village_id, new.paid_by_id, 'SECRETARY', new.paid_at) then perform refuse('NOT_ALLOWED'); end if;
  if v_way = 'PAID>CONFIRMED' and not is_staff_of(new.merchant_id, new.confirmed_by_id, new.confirmed_at) then perform refuse('NOT_ALLOWED'); end if;
  if old.agreed_at is not null and (new.agreed_at, new.agreed_by_id) is distinct from (old.agreed_at, old.agreed_by_id)
     or old.paid_at is not null and (new.paid_at, new.paid_by_id, new.paid_on, new.channel, new.reference, new.slip_photo_id) is distinct from
        (old.paid_at, old.paid_by_id, old.paid_on, old.channel, old.reference, old.slip_photo_id) then
    raise exception 'what was agreed and paid stays' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists statement_check on statement;
create trigger statement_check before update or delete on statement for each row execute function check_statement();

create or replace function check_statement_line() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'lines of statements are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if exists (select 1 from statement s where s.village_id = new.village_id and s.id = new.statement_id and s.xmin::text <> pg_current_xact_id()::text) then
      raise exception 'a statement is made whole' using errcode = '23514';
    end if;
    return new;
  end if;
  if (to_jsonb(new) - array['disputed_why', 'answer', 'answered_by_id']) is distinct from (to_jsonb(old) - array['disputed_why', 'answer', 'answered_by_id'])
     or (old.answer <> '' and new.answer <> old.answer) then
    raise exception 'a line of a statement stays' using errcode = '23514';
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

-- The merchant: agrees, or names what is wrong with single lines. Refuses NOT_FOUND, STATEMENT_ELSEWHERE.
create or replace function statement_agree(p_village uuid, p_id uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare s statement;
begin
  select x.* into s from statement x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not is_staff_of(s.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if s.state in ('AGREED', 'PAID', 'CONFIRMED') then return; end if;
  if s.state <> 'MADE' then perform refuse('STATEMENT_ELSEWHERE'); end if;
  update statement x set state = 'AGREED', agreed_by_id = p_person, agreed_at = p_now where x.village_id = p_village and x.id = p_id;
end $$;

create or replace function statement_dispute(p_village uuid, p_id uuid, p_line uuid, p_why text, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare s statement;
begin
  select x.* into s from statement x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not is_staff_of(s.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if btrim(p_why) = '' then perform refuse('REASON_REQUIRED'); end if;
  if s.state not in ('MADE', 'DISPUTED') then perform refuse('STATEMENT_ELSEWHERE'); end if;
  update statement_line l set disputed_why = btrim(p_why)
  where l.village_id = p_village and l.statement_id = p_id and l.id = p_line and l.answer = '';
  if not found then perform refuse('NOT_FOUND'); end if;
  if s.state = 'MADE' then update statement x set state = 'DISPUTED' where x.village_id = p_village and x.id = p_id; end if;
end $$;

-- The village: answers a line (a mistake is undone by a refund, and goes into the next statement), and pays.
create or replace function statement_answer(p_village uuid, p_id uuid, p_line uuid, p_answer text, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare s statement;
begin
  select x.* into s from statement x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_FOUND'); end if;
  if btrim(p_answer) = '' then perform refuse('REASON_REQUIRED'); end if;
  if s.state <> 'DISPUTED' then perform refuse('STATEMENT_ELSEWHERE'); end if;
  update statement_line l set answer = btrim(p_answer), answered_by_id = p_person
  where l.village_id = p_village and l.statement_id = p_id and l.id = p_line and l.disputed_why <> '' and l.answer = '';
  if not found then perform refuse('NOT_FOUND'); end if;
  if not exists (select 1 from statement_line l where l.village_id = p_village and l.statement_id = p_id and l.disputed_why <> '' and l.answer = '') then
    update statement x set state = 'MADE' where x.village_id = p_village and x.id = p_id;
  end if;
end $$;

create or replace function statement_pay(
  p_village uuid, p_id uuid, p_paid_on date, p_channel text, p_reference text, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare s statement;
begin
  select x.* into s from statement x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_FOUND'); end if;
  if s.state in ('PAID', 'CONFIRMED') and (s.paid_on, s.channel, s.reference) = (p_paid_on, btrim(p_channel), btrim(p_reference)) then return; end if;
  if s.state <> 'AGREED' then perform refuse('STATEMENT_ELSEWHERE'); end if;
  if is_staff_of(s.merchant_id, p_person, p_now) then perform refuse('NOT_ALLOWED'); end if;
  update statement x set state = 'PAID', paid_by_id = p_person, paid_at = p_now, paid_on = p_paid_on,
    channel = btrim(p_channel), reference = btrim(p_reference)
  where x.village_id = p_village and x.id = p_id;
end $$;

create or replace function statement_confirm(p_village uuid, p_id uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare s statement;
begin
  select x.* into s from statement x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not is_staff_of(s.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if s.state = 'CONFIRMED' then return; end if;
  if s.state <> 'PAID' then perform refuse('STATEMENT_ELSEWHERE'); end if;
  update statement x set state = 'CONFIRMED', confirmed_by_id = p_person, confirmed_at = p_now where x.village_id = p_village and x.id = p_id;
end $$;
