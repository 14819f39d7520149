-- 商户: who is in the alliance. A shop applies, its township admits it, and each step stands in merchant_step for ever.
--
--   APPLIED ──admit──▶ ADMITTED ──suspend──▶ SUSPENDED
--      │                  │  ◀──reinstate──────┘ │
--      └─reject──▶ REJECTED └──────leave──▶ LEFT ◀┘
--
-- Invariants, each with a test that tries to get around it (lib/alliance/merchant/*.db.test.ts):
--   M1  a merchant's state is that of its last step, and goes only these ways; steps are only added
--   M2  every step but the application is taken by somebody of its township's office, on a day of the appointment
--   M3  a merchant leaves only with everything settled: nothing unstated, no statement open, no order or question waiting
--   M4  an admitted merchant has an owner who is one of its people, and never nobody; when it leaves, all others go
--
-- District and village see, and decide nothing. Of a sale and a step at the same moment either may be first (0040).

do $$
declare c record;
begin
  for c in select * from (values
    ('merchant', 'merchant_named', 'char_length(btrim(name)) between 1 and 40 and char_length(kind) <= 40 and char_length(address) <= 100'),
    ('merchant', 'merchant_phone', 'contact_phone = '''' or contact_phone ~ ''^1[3-9][0-9]{9}$'''),
    ('merchant_step', 'merchant_step_by', '(by_id is null) = (state = ''APPLIED'')'),
    ('merchant_step', 'merchant_step_why', 'state not in (''REJECTED'', ''SUSPENDED'', ''LEFT'') or btrim(why) <> ''''')
  ) as t(on_table, name, condition) loop
    if not exists (select 1 from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- Whether somebody sits in the office of a township at a moment.
create or replace function sits_in_township(p_township uuid, p_person uuid, p_at timestamptz) returns boolean
language sql stable as $$
  select exists (
    select 1 from appointment a where a.person_id = p_person and a.township_id = p_township and a.role = 'TOWNSHIP'
      and a.from_day <= shanghai_day(p_at) and (a.until_day is null or a.until_day >= shanghai_day(p_at)))
$$;

-- In which order somebody of several shops is led to them: to those that take points, then to those that may again, then
-- to those that are over.
create or replace function merchant_precedence(p_state "MerchantState") returns integer language sql immutable as $$
  select case p_state when 'ADMITTED' then 1 when 'SUSPENDED' then 2 else 3 end
$$;

create or replace function merchant_may_become(p_from "MerchantState", p_to "MerchantState") returns boolean
language sql immutable as $$
  select (p_from, p_to) in (('APPLIED', 'ADMITTED'), ('APPLIED', 'REJECTED'), ('ADMITTED', 'SUSPENDED'),
    ('SUSPENDED', 'ADMITTED'), ('ADMITTED', 'LEFT'), ('SUSPENDED', 'LEFT'))
$$;

-- M1, M2: a step follows the last one, by who may take it; taking it is what changes the merchant.
create or replace function check_merchant_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  m merchant;
  v_last merchant_step;
begin
  if tg_op <> 'INSERT' then raise exception 'steps of a merchant are only added' using errcode = '23514'; end if;
  select x.* into m from merchant x where x.id = new.merchant_id for no key update;
  select s.* into v_last from merchant_step s where s.merchant_id = new.merchant_id order by s.at desc limit 1;
  if not found then
    if m.state <> 'APPLIED' or new.state <> 'APPLIED' then
      raise exception 'a merchant begins by applying' using errcode = '23514';
    end if;
    return new;
  end if;
  if not merchant_may_become(m.state, new.state) or new.at < v_last.at then
    raise exception 'a merchant that is % does not become %', m.state, new.state using errcode = '23514';
  end if;
  if not sits_in_township(m.township_id, new.by_id, new.at) then perform refuse('NOT_ALLOWED'); end if;
  update merchant x set state = new.state where x.id = new.merchant_id;
  return new;
end $$;
drop trigger if exists merchant_step_check on merchant_step;
create trigger merchant_step_check before insert or update or delete on merchant_step
  for each row execute function check_merchant_step();
drop trigger if exists merchant_step_no_truncate on merchant_step;
create trigger merchant_step_no_truncate before truncate on merchant_step for each statement execute function refuse_change();

-- What of a merchant never changes, or only before it is admitted.
create or replace function check_merchant() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'merchants are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if new.state <> 'APPLIED' or new.owner_id is not null or new.front_photo_id is not null then
      raise exception 'a merchant begins by applying' using errcode = '23514';
    end if;
    return new;
  end if;
  if (new.id, new.township_id, new.created_at) is distinct from (old.id, old.township_id, old.created_at)
     or (new.is_charity <> old.is_charity and old.state <> 'APPLIED') then
    raise exception 'what a merchant is does not change' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists merchant_check on merchant;
create trigger merchant_check before insert or update or delete on merchant for each row execute function check_merchant();
drop trigger if exists merchant_no_truncate on merchant;
create trigger merchant_no_truncate before truncate on merchant for each statement execute function refuse_change();

-- M1, M4 at the end of a transaction.
create or replace function check_merchant_settled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  m merchant;
begin
  select x.* into m from merchant x where x.id = new.id;
  if not exists (select 1 from merchant_step s where s.merchant_id = m.id and s.state = m.state
                 and not exists (select 1 from merchant_step l where l.merchant_id = m.id and l.at > s.at)) then
    raise exception 'a merchant''s state is that of its last step' using errcode = '23514';
  end if;
  if m.state in ('ADMITTED', 'SUSPENDED') and m.owner_id is null then
    raise exception 'an admitted merchant has an owner' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists merchant_settled on merchant;
create constraint trigger merchant_settled after insert or update of state, owner_id on merchant deferrable initially deferred
  for each row execute function check_merchant_settled();

-- A shop applies; nobody signed in yet.
create or replace function merchant_apply(
  p_id uuid, p_step uuid, p_township uuid, p_name text, p_kind text, p_address text, p_hours text, p_contact text, p_phone text,
  p_charity boolean, p_spelling text, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from township t where t.id = p_township) then perform refuse('NOT_FOUND'); end if;
  insert into merchant (id, township_id, name, kind, address, opening_hours, contact_name, contact_phone, is_charity, spelling, created_at)
  values (p_id, p_township, p_name, p_kind, p_address, p_hours, p_contact, p_phone, p_charity, p_spelling, p_now);
  insert into merchant_step (id, merchant_id, state, at) values (p_step, p_id, 'APPLIED', p_now);
end $$;

-- A merchant of the person's own township, held until the end of the transaction. Refuses NOT_FOUND.
create or replace function merchant_of_office(p_merchant uuid, p_person uuid, p_now timestamptz) returns merchant
language plpgsql security definer set search_path = public, pg_temp as $$
declare m merchant;
begin
  select x.* into m from merchant x where x.id = p_merchant for no key update;
  if not found or not sits_in_township(m.township_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  return m;
end $$;

-- One of a merchant's people from a day on; nothing happens for who is one already.
create or replace function shop_person_begin(p_merchant uuid, p_person uuid, p_appointment uuid, p_by uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if is_staff_of(p_merchant, p_person, p_now) then return; end if;
  insert into appointment (id, person_id, role, merchant_id, from_day, appointed_by_id, created_at)
  values (p_appointment, p_person, 'MERCHANT', p_merchant, shanghai_day(p_now), p_by, p_now);
end $$;

-- Admits: the owner may sign in for it from today. Refuses NOT_FOUND, MERCHANT_ELSEWHERE.
create or replace function merchant_admit(
  p_merchant uuid, p_step uuid, p_owner uuid, p_appointment uuid, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare m merchant := merchant_of_office(p_merchant, p_person, p_now);
begin
  if m.state <> 'APPLIED' then perform refuse('MERCHANT_ELSEWHERE'); end if;
  if p_owner = p_person then perform refuse('MERCHANT_OWN_SHOP'); end if;
  perform shop_person_begin(p_merchant, p_owner, p_appointment, p_person, p_now);
  update merchant x set owner_id = p_owner where x.id = p_merchant;
  insert into merchant_step (id, merchant_id, state, by_id, at) values (p_step, p_merchant, 'ADMITTED', p_person, p_now);
end $$;

-- M3: what of a merchant is not settled yet, in all villages: how many of each.
create or replace function merchant_unsettled(p_merchant uuid, out postings bigint, out statements bigint, out waiting bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  with v as (
    select t.village_id from alliance_terms t where t.merchant_id = p_merchant
    union select a.village_id from account a where a.id = p_merchant and a.kind = 'MERCHANT'
  )
  select (select count(*) from v cross join lateral merchant_unstated(v.village_id, p_merchant, 'infinity')),
    (select count(*) from v join statement s on s.village_id = v.village_id and s.merchant_id = p_merchant and s.state <> 'CONFIRMED'),
    (select count(*) from v join redemption r on r.village_id = v.village_id and r.merchant_id = p_merchant
       -- a refund that both sides agreed to is over, and keeps who asked
       and (r.state::text in ('ASKED', 'HELD') or (r.state = 'POSTED' and r.refund_side is not null)))
  into postings, statements, waiting;
end $$;

-- Ends somebody's appointments at a merchant at once, false where there are none: a day of an appointment counts to its
-- end, so the last one is yesterday, and who began today never began. Null: of all but the owner.
create or replace function shop_person_out(m merchant, p_who uuid, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment a set until_day = least(shanghai_day(p_now), a.from_day) - 1
  where a.merchant_id = m.id and a.role = 'MERCHANT' and a.person_id is distinct from case when p_who is null then m.owner_id end
    and (p_who is null or a.person_id = p_who)
    and (a.until_day is null or (a.until_day >= shanghai_day(p_now) and a.until_day >= a.from_day));
  return found;
end $$;

-- Rejects, suspends, reinstates, lets go for good. Terms end with a merchant that leaves, and so do the seats of its people;
-- the owner alone stays, to read its statements and to answer what is given back late, until somebody ends that too.
-- Refuses NOT_FOUND, REASON_REQUIRED, MERCHANT_ELSEWHERE, MERCHANT_OWN_SHOP, MERCHANT_NOT_SETTLED.
create or replace function merchant_decide(
  p_merchant uuid, p_step uuid, p_state "MerchantState", p_why text, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  m merchant := merchant_of_office(p_merchant, p_person, p_now);
  u record;
begin
  if p_state not in ('REJECTED', 'SUSPENDED', 'ADMITTED', 'LEFT') or not merchant_may_become(m.state, p_state)
     or (m.state = 'APPLIED' and p_state = 'ADMITTED') then
    perform refuse('MERCHANT_ELSEWHERE');
  end if;
  if p_state <> 'ADMITTED' and btrim(p_why) = '' then perform refuse('REASON_REQUIRED'); end if;
  if is_staff_of(p_merchant, p_person, p_now) then perform refuse('MERCHANT_OWN_SHOP'); end if;
  if p_state = 'LEFT' then
    update alliance_terms t set ended_at = p_now, ended_by_id = p_person, end_reason = '商户退出联盟'
    where t.merchant_id = p_merchant and t.ended_at is null;
    select * into u from merchant_unsettled(p_merchant);
    if u.postings + u.statements + u.waiting > 0 then
      perform refuse('MERCHANT_NOT_SETTLED', jsonb_build_object('postings', u.postings, 'statements', u.statements, 'waiting', u.waiting));
    end if;
  end if;
  insert into merchant_step (id, merchant_id, state, why, by_id, at)
  values (p_step, p_merchant, p_state, btrim(p_why), p_person, p_now);
  if p_state = 'LEFT' then perform shop_person_out(m, null, p_now); end if;
end $$;

-- A merchant whose owner this is, held; p_left: also one that has left. Refuses NOT_ALLOWED, SHOP_OWNER_ONLY,
-- MERCHANT_NOT_ADMITTED.
drop function if exists merchant_of_owner(uuid, uuid, timestamptz);
create or replace function merchant_of_owner(p_merchant uuid, p_person uuid, p_now timestamptz, p_left boolean default false) returns merchant
language plpgsql security definer set search_path = public, pg_temp as $$
declare m merchant;
begin
  select x.* into m from merchant x where x.id = p_merchant for no key update;
  if not found or not is_staff_of(p_merchant, p_person, p_now) then perform refuse('NOT_ALLOWED'); end if;
  if m.owner_id is distinct from p_person then perform refuse('SHOP_OWNER_ONLY'); end if;
  if m.state not in ('ADMITTED', 'SUSPENDED') and not (p_left and m.state = 'LEFT') then perform refuse('MERCHANT_NOT_ADMITTED'); end if;
  return m;
end $$;

-- The owner's acts about the shop's people. Refuses NOT_ALLOWED, MERCHANT_NOT_ADMITTED, SHOP_PERSON_HERE, SHOP_PEOPLE_MOST.
create or replace function shop_person_add(p_merchant uuid, p_who uuid, p_appointment uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform merchant_of_owner(p_merchant, p_person, p_now);
  if is_staff_of(p_merchant, p_who, p_now) then perform refuse('SHOP_PERSON_HERE'); end if;
  if (select count(*) from appointment a where a.merchant_id = p_merchant and a.role = 'MERCHANT'
      and is_staff_of(p_merchant, a.person_id, p_now)) >= 20 then
    perform refuse('SHOP_PEOPLE_MOST');
  end if;
  perform shop_person_begin(p_merchant, p_who, p_appointment, p_person, p_now);
end $$;

-- The owner goes last, out of a merchant that has left and owes and is owed nothing. Refuses MERCHANT_NOT_SETTLED.
create or replace function shop_owner_out(m merchant, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare u record;
begin
  select * into u from merchant_unsettled(m.id);
  if u.postings + u.statements + u.waiting > 0 then
    perform refuse('MERCHANT_NOT_SETTLED', jsonb_build_object('postings', u.postings, 'statements', u.statements, 'waiting', u.waiting));
  end if;
  return shop_person_out(m, m.owner_id, p_now);
end $$;

-- The owner ends one of the shop's people, at once; of a shop that has left also the own seat. Refuses NOT_ALLOWED,
-- SHOP_OWNER_ONLY, NOT_FOUND, SHOP_OWNER_STAYS (so a shop never stands without anybody), MERCHANT_NOT_SETTLED.
create or replace function shop_person_end(p_merchant uuid, p_who uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare m merchant := merchant_of_owner(p_merchant, p_person, p_now, true);
begin
  if p_who = m.owner_id and m.state <> 'LEFT' then perform refuse('SHOP_OWNER_STAYS'); end if;
  if not (case when p_who = m.owner_id then shop_owner_out(m, p_now) else shop_person_out(m, p_who, p_now) end) then
    perform refuse('NOT_FOUND');
  end if;
end $$;

-- The township ends one of the people of a shop that has left. Refuses NOT_FOUND, MERCHANT_ELSEWHERE, MERCHANT_OWN_SHOP,
-- MERCHANT_NOT_SETTLED (the owner).
create or replace function merchant_person_end(p_merchant uuid, p_who uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare m merchant := merchant_of_office(p_merchant, p_person, p_now);
begin
  if m.state <> 'LEFT' then perform refuse('MERCHANT_ELSEWHERE'); end if;
  if is_staff_of(p_merchant, p_person, p_now) then perform refuse('MERCHANT_OWN_SHOP'); end if;
  if not (case when p_who = m.owner_id then shop_owner_out(m, p_now) else shop_person_out(m, p_who, p_now) end) then
    perform refuse('NOT_FOUND');
  end if;
end $$;

-- Hands the shop over to another of its people. Refuses NOT_ALLOWED, NOT_FOUND.
create or replace function shop_hand_over(p_merchant uuid, p_to uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform merchant_of_owner(p_merchant, p_person, p_now);
  if not is_staff_of(p_merchant, p_to, p_now) then perform refuse('NOT_FOUND'); end if;
  update merchant x set owner_id = p_to where x.id = p_merchant;
end $$;

-- The township names another owner, for one who has lost the phone or is no more. Refuses as merchant_decide.
create or replace function merchant_name_owner(
  p_merchant uuid, p_owner uuid, p_appointment uuid, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare m merchant := merchant_of_office(p_merchant, p_person, p_now);
begin
  if m.state not in ('ADMITTED', 'SUSPENDED') then perform refuse('MERCHANT_ELSEWHERE'); end if;
  if p_owner = p_person or is_staff_of(p_merchant, p_person, p_now) then perform refuse('MERCHANT_OWN_SHOP'); end if;
  perform shop_person_begin(p_merchant, p_owner, p_appointment, p_person, p_now);
  update merchant x set owner_id = p_owner where x.id = p_merchant;
end $$;

-- M4: nobody ends the owner's appointment from outside these functions either.
create or replace function check_shop_owner_stays() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.role = 'MERCHANT' and new.until_day is not null and exists (
    select 1 from merchant m where m.id = new.merchant_id and m.owner_id = new.person_id and m.state in ('ADMITTED', 'SUSPENDED'))
    and not exists (select 1 from appointment a where a.merchant_id = new.merchant_id and a.person_id = new.person_id
                    and a.role = 'MERCHANT' and a.until_day is null) then
    perform refuse('SHOP_OWNER_STAYS');
  end if;
  return null;
end $$;
drop trigger if exists appointment_owner_stays on appointment;
create constraint trigger appointment_owner_stays after update on appointment deferrable initially deferred
  for each row execute function check_shop_owner_stays();
