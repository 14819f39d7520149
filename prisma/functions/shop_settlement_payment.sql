-- 付款: what the village has paid a merchant outside this system, for one or several agreed statements together.
--
-- What the merchant owes (a statement below zero) comes off a payment: it is covered by the same payment as others. If
-- they come to nothing, no money moves and both sides say so. If all that is agreed comes to less than nothing, it waits
-- for the next statement, or, where a merchant sells no more, the merchant has handed the money back: a payment below
-- zero, recorded and confirmed like any other, and only where nothing else between the two is open: nothing that is in no
-- statement yet, no statement that isn't agreed or whose money isn't confirmed.
-- A payment is only added. One typed wrongly is replaced, until the merchant has confirmed it, by another of the same
-- statements; both stay. A merchant whom the money has not reached says so (payment_note), as often as it must; the
-- statement stays PAID and can still be confirmed or corrected: nobody loses a step.

do $$
declare c record;
begin
  alter table payment drop constraint if exists payment_fen;
  for c in select * from (values
    ('payment', 'payment_money', '(fen = 0) = (channel = ''OFFSET'')'),
    ('payment', 'payment_offset', 'channel <> ''OFFSET'' or (reference = '''' and slip_photo_id is null)'),
    ('payment', 'payment_reference', 'char_length(reference) <= 60'),
    ('payment', 'payment_replaces', '(replaces_id is null) = (btrim(replace_why) = '''') and replaces_id is distinct from id'),
    ('payment', 'payment_paid_on', 'paid_on <= (paid_at at time zone ''Asia/Shanghai'')::date'),
    ('payment_note', 'payment_note_said', 'char_length(btrim(body)) between 2 and 200')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
  if not exists (select from pg_constraint where conname = 'payment_replaces_fkey') then
    alter table payment add constraint payment_replaces_fkey foreign key (village_id, replaces_id) references payment (village_id, id);
  end if;
end $$;

do $$
declare t text;
begin
  foreach t in array array['payment', 'payment_note'] loop
    execute format('drop trigger if exists %I_append_only on %I', t, t);
    execute format('create trigger %I_append_only before update or delete on %I for each row execute function refuse_change()', t, t);
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;

-- The village's secretary alone, and none of the shop's own people, says that it has paid. A slip is one of this merchant's.
create or replace function check_payment() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not holds_role(new.village_id, new.paid_by_id, 'SECRETARY', new.paid_at) or is_staff_of(new.merchant_id, new.paid_by_id, new.paid_at) then
    perform refuse('NOT_ALLOWED');
  end if;
  if new.slip_photo_id is not null and not exists (
    select 1 from merchant_photo f where f.id = new.slip_photo_id and f.merchant_id = new.merchant_id and f.purpose = 'SLIP'
      and f.village_id = new.village_id) then
    perform refuse('PHOTO_NOT_YOURS');
  end if;
  return new;
end $$;
drop trigger if exists payment_check on payment;
create trigger payment_check before insert on payment for each row execute function check_payment();

-- S5, at the end of the transaction: a payment that is not replaced covers statements that sum to it; a replaced one
-- covers nothing.
create or replace function check_payment_whole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ids uuid[];
  p payment;
  v_fen bigint;
  v_count integer;
begin
  if tg_table_name = 'payment' then
    v_ids := array[(to_jsonb(new) ->> 'id')::uuid, (to_jsonb(new) ->> 'replaces_id')::uuid];
  else
    v_ids := array[(to_jsonb(new) ->> 'payment_id')::uuid, (to_jsonb(old) ->> 'payment_id')::uuid];
  end if;
  for p in select x.* from payment x where x.village_id = new.village_id and x.id = any (v_ids) loop
    select coalesce(sum(s.fen), 0), count(*) into v_fen, v_count from statement s where s.village_id = p.village_id and s.payment_id = p.id;
    if exists (select 1 from payment x where x.village_id = p.village_id and x.replaces_id = p.id) then
      if v_count > 0 then raise exception 'a replaced payment covers nothing' using errcode = '23514'; end if;
    elsif v_count = 0 or v_fen <> p.fen then
      raise exception 'a payment is the sum of the statements it covers' using errcode = '23514';
    end if;
  end loop;
  return null;
end $$;
drop trigger if exists payment_whole on payment;
create constraint trigger payment_whole after insert on payment deferrable initially deferred
  for each row execute function check_payment_whole();
drop trigger if exists statement_payment_whole on statement;
create constraint trigger statement_payment_whole after update on statement deferrable initially deferred
  for each row when (new.payment_id is distinct from old.payment_id) execute function check_payment_whole();

create or replace function payment_is(p payment, p_paid_on date, p_channel "PayChannel", p_reference text, p_slip uuid) returns boolean
language sql immutable as $$
  select (p.paid_on, p.channel, p.reference) = (p_paid_on, p_channel, btrim(p_reference)) and p.slip_photo_id is not distinct from p_slip
$$;

-- Records a payment of agreed statements of one merchant. p_fen is what the payer saw as their sum; where it is nothing
-- the channel is OFFSET, where it is below nothing the merchant has handed it back. Asked again with the same id it
-- answers the same. Refuses NOT_FOUND, NOT_ALLOWED, STATEMENT_ELSEWHERE, PAYMENT_LEAVES_OUT, PAYMENT_NEGATIVE, PAYMENT_OTHER_SUM, PAID_ON_OUTSIDE, SAME_ID_OTHER_CONTENT.
create or replace function payment_make(
  p_village uuid, p_id uuid, p_merchant uuid, p_statements uuid[], p_fen integer, p_paid_on date, p_channel "PayChannel", p_reference text,
  p_slip uuid, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p payment;
  v_ids uuid[] := array(select distinct x from unnest(p_statements) x where x is not null order by x);
  v_count integer;
  v_states text[];
  v_fen bigint;
  v_first date;
begin
  if not holds_role(p_village, p_person, 'SECRETARY', p_now)
     or not exists (select 1 from statement s where s.village_id = p_village and s.merchant_id = p_merchant) then
    perform refuse('NOT_FOUND');
  end if;
  perform lock_settlement(p_village, p_merchant);
  select x.* into p from payment x where x.village_id = p_village and x.id = p_id;
  if found then
    if p.merchant_id = p_merchant and p.fen = p_fen and payment_is(p, p_paid_on, p_channel, p_reference, p_slip) then return; end if;
    perform refuse('SAME_ID_OTHER_CONTENT');
  end if;
  select count(*), array_agg(distinct s.state::text), coalesce(sum(s.fen), 0), max(shanghai_day(s.made_at))
    into v_count, v_states, v_fen, v_first
  from statement s where s.village_id = p_village and s.merchant_id = p_merchant and s.id = any (v_ids);
  if v_count = 0 or v_count <> cardinality(v_ids) then perform refuse('NOT_FOUND'); end if;
  if v_states <> array['AGREED'] then perform refuse('STATEMENT_ELSEWHERE'); end if;
  if exists (select 1 from statement s where s.village_id = p_village and s.merchant_id = p_merchant and s.state = 'AGREED' and s.fen < 0
             and s.id <> all (v_ids)) then
    perform refuse('PAYMENT_LEAVES_OUT');
  end if;
  if v_fen <> p_fen then perform refuse('PAYMENT_OTHER_SUM'); end if;
  -- nobody hands money back while something may still be owed to him
  if v_fen < 0 and (
    exists (select 1 from statement s where s.village_id = p_village and s.merchant_id = p_merchant and s.state <> 'CONFIRMED'
            and s.id <> all (v_ids))
    or exists (select 1 from merchant_unstated(p_village, p_merchant, 'infinity'))) then
    perform refuse('PAYMENT_NEGATIVE');
  end if;
  if p_paid_on < v_first or p_paid_on > shanghai_day(p_now) then perform refuse('PAID_ON_OUTSIDE'); end if;
  insert into payment (village_id, id, merchant_id, fen, paid_on, channel, reference, slip_photo_id, paid_by_id, paid_at)
  values (p_village, p_id, p_merchant, p_fen, p_paid_on, p_channel, btrim(p_reference), p_slip, p_person, p_now);
  update statement s set state = 'PAID', payment_id = p_id where s.village_id = p_village and s.id = any (v_ids);
end $$;

-- The payment of a step at it, with the merchant's account held. Refuses NOT_FOUND.
create or replace function payment_for_step(p_village uuid, p_id uuid) returns payment
language plpgsql security definer set search_path = public, pg_temp as $$
declare p payment;
begin
  select x.* into p from payment x where x.village_id = p_village and x.id = p_id;
  if not found then perform refuse('NOT_FOUND'); end if;
  perform lock_settlement(p_village, p.merchant_id);
  return p;
end $$;

-- Refuses what no longer waits for the merchant's word: PAYMENT_REPLACED, STATEMENT_ELSEWHERE.
create or replace function payment_must_wait(p payment) returns void
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from payment x where x.village_id = p.village_id and x.replaces_id = p.id) then perform refuse('PAYMENT_REPLACED'); end if;
  if not exists (select 1 from statement s where s.village_id = p.village_id and s.payment_id = p.id and s.state = 'PAID') then
    perform refuse('STATEMENT_ELSEWHERE');
  end if;
end $$;

-- Replaces a payment typed wrongly, until the merchant has confirmed it. Refuses NOT_FOUND, NOT_ALLOWED, REASON_REQUIRED,
-- PAYMENT_REPLACED, STATEMENT_ELSEWHERE, PAID_ON_OUTSIDE, SAME_ID_OTHER_CONTENT.
create or replace function payment_correct(
  p_village uuid, p_old uuid, p_id uuid, p_paid_on date, p_channel "PayChannel", p_reference text, p_slip uuid, p_why text,
  p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  o payment := payment_for_step(p_village, p_old);
  p payment;
begin
  if not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_FOUND'); end if;
  select x.* into p from payment x where x.village_id = p_village and x.id = p_id;
  if found then
    if p.replaces_id = p_old and payment_is(p, p_paid_on, p_channel, p_reference, p_slip) then return; end if;
    perform refuse('SAME_ID_OTHER_CONTENT');
  end if;
  if btrim(p_why) = '' then perform refuse('REASON_REQUIRED'); end if;
  perform payment_must_wait(o);
  if p_paid_on > shanghai_day(p_now) or p_paid_on < (select max(shanghai_day(s.made_at)) from statement s
                                                      where s.village_id = p_village and s.payment_id = p_old) then
    perform refuse('PAID_ON_OUTSIDE');
  end if;
  -- money that moved does not become none, nor the other way
  if (p_channel = 'OFFSET') <> (o.channel = 'OFFSET') then perform refuse('BAD_INPUT'); end if;
  insert into payment (village_id, id, merchant_id, fen, paid_on, channel, reference, slip_photo_id, replaces_id, replace_why, paid_by_id, paid_at)
  values (p_village, p_id, o.merchant_id, o.fen, p_paid_on, p_channel, btrim(p_reference), p_slip, p_old, btrim(p_why), p_person, p_now);
  update statement s set payment_id = p_id where s.village_id = p_village and s.payment_id = p_old;
end $$;

-- The merchant has the money: every statement of the payment is done. Refuses NOT_FOUND, PAYMENT_REPLACED, NOT_ALLOWED.
create or replace function payment_confirm(p_village uuid, p_id uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare p payment := payment_for_step(p_village, p_id);
begin
  if not is_staff_of(p.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if exists (select 1 from statement s where s.village_id = p_village and s.payment_id = p_id and s.state = 'CONFIRMED') then return; end if;
  perform payment_must_wait(p);
  update statement s set state = 'CONFIRMED', confirmed_by_id = p_person, confirmed_at = p_now
  where s.village_id = p_village and s.payment_id = p_id and s.state = 'PAID';
end $$;

-- A note is of the side that it says: of the shop that the money has not come, of the village what it has found.
create or replace function check_payment_note() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare p payment;
begin
  select x.* into p from payment x where x.village_id = new.village_id and x.id = new.payment_id;
  if not found then perform refuse('NOT_FOUND'); end if;
  if new.side = 'SHOP' and not is_staff_of(p.merchant_id, new.by_id, new.at)
     or new.side = 'VILLAGE' and (not holds_role(new.village_id, new.by_id, 'SECRETARY', new.at) or is_staff_of(p.merchant_id, new.by_id, new.at)) then
    perform refuse('NOT_ALLOWED');
  end if;
  perform payment_must_wait(p);
  if new.side = 'VILLAGE' and coalesce((select n.side from payment_note n where n.village_id = new.village_id and n.payment_id = new.payment_id
                                        order by n.at desc, n.id desc limit 1), 'VILLAGE') <> 'SHOP' then
    perform refuse('PAYMENT_NOT_MISSED');
  end if;
  return new;
end $$;
drop trigger if exists payment_note_check on payment_note;
create trigger payment_note_check before insert on payment_note for each row execute function check_payment_note();

-- Refuses NOT_FOUND, NOT_ALLOWED, REASON_REQUIRED, PAYMENT_REPLACED, STATEMENT_ELSEWHERE, PAYMENT_NOT_MISSED.
create or replace function payment_say(
  p_village uuid, p_payment uuid, p_id uuid, p_side "SettlementSide", p_body text, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare p payment := payment_for_step(p_village, p_payment);
begin
  if p_side = 'SHOP' and not is_staff_of(p.merchant_id, p_person, p_now)
     or p_side = 'VILLAGE' and not holds_role(p_village, p_person, 'SECRETARY', p_now) then
    perform refuse('NOT_FOUND');
  end if;
  if exists (select 1 from payment_note n where n.village_id = p_village and n.id = p_id) then return; end if;
  if char_length(btrim(p_body)) < 2 then perform refuse('REASON_REQUIRED'); end if;
  insert into payment_note (village_id, id, payment_id, side, body, by_id, at)
  values (p_village, p_id, p_payment, p_side, btrim(p_body), p_person, p_now);
end $$;
