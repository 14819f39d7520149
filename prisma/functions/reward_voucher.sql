-- 积分代金券: vouchers are near to money, so two people issue them and each ends exactly once.
--
--   batch     issued by the secretary ──▶ confirmed by the supervisor        (a code is shown to nobody before that)
--                                     └─▶ dropped by either, with its vouchers
--   voucher   ISSUED ──▶ REDEEMED | EXPIRED | CANCELLED
--
-- Invariants, each tried by a test (lib/rewards/voucher/*.db.test.ts):
--   V1  a batch rests on a final red list, at its issue and again when it is confirmed; a voucher on a standing row
--   V2  it is confirmed by another person than the one who issued it; where households were picked instead of all,
--       neither of the two may be of one of them, or near kin
--   V3  what a voucher is (code, household, batch) never changes, and it ends once
--   V4  a voucher of a batch that isn't confirmed is worth nothing: it is not redeemed, only dropped with its batch
--
-- Whoever redeems one calls voucher_end(…, 'REDEEMED', …), in a transaction that records its redemption (shop_voucher.sql).
-- Locks: the list, the batch, then its vouchers.

-- Twelve digits whose last is the check digit of ISO 7064, MOD 11,10: every wrong digit and nearly every swap of two
-- neighbours is noticed. lib/rewards/voucher/rules.ts says the same.
create or replace function voucher_code_holds(p_code text) returns boolean language plpgsql immutable parallel safe as $$
declare
  v_product integer := 10;
  v_sum integer;
begin
  if p_code !~ '^[0-9]{12}$' then return false; end if;
  for i in 1..11 loop
    v_sum := (v_product + substr(p_code, i, 1)::integer) % 10;
    if v_sum = 0 then v_sum := 10; end if;
    v_product := (v_sum * 2) % 11;
  end loop;
  return (v_product + substr(p_code, 12, 1)::integer) % 10 = 1;
end $$;

do $$
declare c record;
begin
  for c in select * from (values
    ('voucher_batch', 'voucher_batch_buys', 'char_length(btrim(buys)) between 1 and 40'),
    ('voucher_batch', 'voucher_batch_points', 'points between 1 and 1000'),
    ('voucher_batch', 'voucher_batch_confirmed_whole', '(confirmed_at is null) = (confirmed_by_id is null)'),
    ('voucher_batch', 'voucher_batch_dropped_whole',
      '(dropped_at is null) = (dropped_by_id is null) and (dropped_at is null) = (btrim(dropped_why) = '''')'),
    ('voucher_batch', 'voucher_batch_one_end', 'confirmed_at is null or dropped_at is null'),
    ('voucher_batch', 'voucher_batch_two_people', 'confirmed_by_id is null or confirmed_by_id <> issued_by_id'),
    ('voucher', 'voucher_code_checked', 'voucher_code_holds(code)'),
    ('voucher', 'voucher_ended_or_not', '(state = ''ISSUED'') = (ended_at is null)'),
    ('voucher', 'voucher_ended_by', '(ended_by_id is null) = (state in (''ISSUED'', ''EXPIRED''))'),
    ('voucher', 'voucher_cancelled_why', '(state = ''CANCELLED'') = (btrim(end_reason) <> '''')')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- The same thing is issued once to a list, unless it was dropped.
create unique index if not exists voucher_batch_once on voucher_batch (village_id, list_id, buys)
  where dropped_at is null;
-- What the daily job looks through.
create index if not exists voucher_still_issued on voucher (village_id, batch_id) where state = 'ISSUED';

-- Households that a list gives a claim to: those of its standing rows that still live here, the first rank first.
create or replace function voucher_households(p_village uuid, p_list uuid)
returns table (household_id uuid, rank integer) language sql stable as $$
  select r.household_id, min(r.rank) from list_row r
  join household h on h.village_id = r.village_id and h.id = r.household_id and h.left_on is null
  where r.village_id = p_village and r.list_id = p_list and r.state = 'STANDING'
  group by r.household_id
$$;

create or replace function is_final_red_list(p_village uuid, p_list uuid, p_day date) returns boolean
language sql stable as $$
  select exists (select 1 from village_list l where l.village_id = p_village and l.id = p_list and l.kind = 'RED'
                 and l.state = 'FINAL' and (l.expires_on is null or l.expires_on >= p_day))
$$;

create or replace function check_voucher_batch() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_day date;
  v_why text;
begin
  if tg_op = 'DELETE' then
    raise exception 'a batch of vouchers is not deleted' using errcode = '23514';
  end if;
  if tg_op = 'INSERT' then
    v_day := (new.issued_at at time zone 'Asia/Shanghai')::date;
    if new.confirmed_at is not null or new.dropped_at is not null then
      raise exception 'a batch waits to be confirmed' using errcode = '23514';
    end if;
    if not holds_role(new.village_id, new.issued_by_id, 'SECRETARY', new.issued_at) then perform refuse('NOT_ALLOWED'); end if;
    if not is_final_red_list(new.village_id, new.list_id, v_day) then perform refuse('REWARD_LIST_NOT_FINAL'); end if;
    if new.expires_on <= v_day or new.expires_on > v_day + 366 then perform refuse('VOUCHER_EXPIRY_RANGE'); end if;
    return new;
  end if;

  if (to_jsonb(new) - array['confirmed_at', 'confirmed_by_id', 'dropped_at', 'dropped_by_id', 'dropped_why'])
     is distinct from
     (to_jsonb(old) - array['confirmed_at', 'confirmed_by_id', 'dropped_at', 'dropped_by_id', 'dropped_why']) then
    raise exception 'a batch of vouchers does not change' using errcode = '23514';
  end if;
  if old.confirmed_at is not null or old.dropped_at is not null then perform refuse('VOUCHERS_DECIDED'); end if;
  if new.dropped_at is not null then
    if not holds_role(new.village_id, new.dropped_by_id, 'SECRETARY', new.dropped_at)
       and not holds_role(new.village_id, new.dropped_by_id, 'SUPERVISOR', new.dropped_at) then
      perform refuse('NOT_ALLOWED');
    end if;
  elsif new.confirmed_at is not null then
    v_day := (new.confirmed_at at time zone 'Asia/Shanghai')::date;
    if new.confirmed_by_id = new.issued_by_id then perform refuse('REWARD_SAME_PERSON'); end if;
    if not holds_role(new.village_id, new.confirmed_by_id, 'SUPERVISOR', new.confirmed_at) then
      perform refuse('NOT_ALLOWED');
    end if;
    if new.expires_on < v_day then perform refuse('VOUCHER_EXPIRED'); end if;
    if not is_final_red_list(new.village_id, new.list_id, v_day) or exists (
      select 1 from voucher v where v.village_id = new.village_id and v.batch_id = new.id
        and v.household_id not in (select h.household_id from voucher_households(new.village_id, new.list_id) h)
    ) then
      perform refuse('VOUCHER_LIST_CHANGED');
    end if;
    if not new.is_whole then
      select min(recusal(new.village_id, v.household_id, null, new.confirmed_by_id, new.confirmed_at)) into v_why
      from voucher v where v.village_id = new.village_id and v.batch_id = new.id;
      if v_why is not null then perform refuse('VOUCHERS_PICKED_OWN'); end if;
    end if;
  end if;
  return new;
end $$;
drop trigger if exists voucher_batch_check on voucher_batch;
create trigger voucher_batch_check before insert or update or delete on voucher_batch
  for each row execute function check_voucher_batch();

-- At the end of a transaction a batch has vouchers, one for every household where it says so; a dropped one has none
-- left that is good.
create or replace function check_voucher_batch_whole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_batch voucher_batch;
begin
  select * into v_batch from voucher_batch b where b.village_id = new.village_id and b.id = new.id;
  if not exists (select 1 from voucher v where v.village_id = new.village_id and v.batch_id = new.id) then
    raise exception 'a batch has vouchers' using errcode = '23514';
  end if;
  if tg_op = 'INSERT' and v_batch.is_whole and exists (
    select 1 from voucher_households(new.village_id, new.list_id) h
    where not exists (select 1 from voucher v where v.village_id = new.village_id and v.batch_id = new.id
                      and v.household_id = h.household_id)) then
    raise exception 'a whole batch leaves no household out' using errcode = '23514';
  end if;
  if v_batch.dropped_at is not null and exists (
    select 1 from voucher v where v.village_id = new.village_id and v.batch_id = new.id and v.state in ('ISSUED', 'REDEEMED')) then
    raise exception 'a dropped batch takes its vouchers with it' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists voucher_batch_whole on voucher_batch;
create constraint trigger voucher_batch_whole after insert or update on voucher_batch deferrable initially deferred
  for each row execute function check_voucher_batch_whole();

create or replace function check_voucher() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_batch voucher_batch;
  v_day date;
begin
  if tg_op = 'DELETE' then
    raise exception 'a voucher is cancelled, not deleted' using errcode = '23514';
  end if;
  select * into v_batch from voucher_batch b where b.village_id = new.village_id and b.id = new.batch_id for share;
  if tg_op = 'INSERT' then
    if new.state <> 'ISSUED' then raise exception 'a voucher begins as ISSUED' using errcode = '23514'; end if;
    if v_batch.confirmed_at is not null or v_batch.dropped_at is not null then
      raise exception 'nothing is added to a batch that was decided' using errcode = '23514';
    end if;
    if not exists (select 1 from voucher_households(new.village_id, v_batch.list_id) h
                   where h.household_id = new.household_id) then
      raise exception 'a voucher rests on a standing row of its list' using errcode = '23514';
    end if;
    if not v_batch.is_whole
       and recusal(new.village_id, new.household_id, null, v_batch.issued_by_id, v_batch.issued_at) is not null then
      perform refuse('VOUCHERS_PICKED_OWN');
    end if;
    return new;
  end if;

  if (new.village_id, new.id, new.batch_id, new.household_id, new.code)
     is distinct from (old.village_id, old.id, old.batch_id, old.household_id, old.code) then
    raise exception 'a voucher does not change' using errcode = '23514';
  end if;
  if old.state <> 'ISSUED' or new.state = 'ISSUED' then
    raise exception 'a voucher ends once' using errcode = '23514';
  end if;
  if new.ended_at < v_batch.issued_at then
    raise exception 'a voucher does not end before it is issued' using errcode = '23514';
  end if;
  v_day := (new.ended_at at time zone 'Asia/Shanghai')::date;
  if new.state = 'EXPIRED' then
    if v_day <= v_batch.expires_on then
      raise exception 'a voucher is good to the end of its last day' using errcode = '23514';
    end if;
  elsif v_batch.dropped_at is not null then
    if new.state <> 'CANCELLED' or new.ended_by_id <> v_batch.dropped_by_id then
      raise exception 'a dropped batch takes its vouchers with it' using errcode = '23514';
    end if;
  else
    if v_batch.confirmed_at is null then perform refuse('VOUCHER_NOT_CONFIRMED'); end if;
    if v_day > v_batch.expires_on then perform refuse('VOUCHER_EXPIRED'); end if;
    if new.state = 'CANCELLED' and not holds_role(new.village_id, new.ended_by_id, 'SECRETARY', new.ended_at) then
      perform refuse('NOT_ALLOWED');
    end if;
  end if;
  return new;
end $$;
drop trigger if exists voucher_check on voucher;
create trigger voucher_check before insert or update or delete on voucher for each row execute function check_voucher();

do $$
declare t text;
begin
  foreach t in array array['voucher_batch', 'voucher'] loop
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;

-- Issues vouchers to rows of a list, or with no rows named to every household of it. p_codes: fresh random codes, more
-- than are needed: one that the village has already is passed over. Answers how many were issued.
-- Refuses: NOT_ALLOWED, NOT_FOUND, REWARD_LIST_NOT_FINAL, REWARD_ROW_NOT_STANDING, VOUCHERS_ISSUED, VOUCHER_EXPIRY_RANGE, VOUCHERS_PICKED_OWN.
create or replace function voucher_issue(
  p_village uuid, p_batch uuid, p_list uuid, p_rows uuid[], p_buys text, p_points integer, p_expires_on date,
  p_codes text[], p_person uuid, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_list village_list;
  v_codes text[];
  v_issued integer;
begin
  if not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_ALLOWED'); end if;
  v_list := hold_final_red_list(p_village, p_list, (p_now at time zone 'Asia/Shanghai')::date);
  if v_list.subject = 'PLACE' then perform refuse('NOT_FOUND'); end if;
  perform 1 from list_row r where r.village_id = p_village and r.list_id = p_list order by r.id for share;
  if exists (select 1 from unnest(p_rows) w(id) where not exists (
      select 1 from list_row r where r.village_id = p_village and r.list_id = p_list and r.id = w.id)) then
    perform refuse('NOT_FOUND');
  end if;
  if exists (select 1 from list_row r where r.village_id = p_village and r.list_id = p_list and r.id = any (p_rows)
             and r.state <> 'STANDING')
     or not exists (select 1 from voucher_households(p_village, p_list)) then
    perform refuse('REWARD_ROW_NOT_STANDING');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('vouchers' || p_village::text || p_list::text, 7));
  if exists (select 1 from voucher_batch b where b.village_id = p_village and b.list_id = p_list and b.buys = p_buys
             and b.dropped_at is null) then
    perform refuse('VOUCHERS_ISSUED');
  end if;
  insert into voucher_batch (village_id, id, list_id, buys, points, expires_on, is_whole, issued_by_id, issued_at)
  values (p_village, p_batch, p_list, p_buys, p_points, p_expires_on, cardinality(p_rows) = 0, p_person, p_now);
  select array_agg(c) into v_codes from (
    select distinct c from unnest(p_codes) c
    -- nor any other village: a shop of several takes them by their digits alone
    where not exists (select 1 from voucher v where v.code = c)) x;
  insert into voucher (village_id, id, batch_id, household_id, code)
  select p_village, uuid_of_time(p_now), p_batch, h.household_id, v_codes[row_number() over (order by h.rank, h.household_id)]
  from voucher_households(p_village, p_list) h
  where cardinality(p_rows) = 0 or exists (
    select 1 from list_row r where r.village_id = p_village and r.list_id = p_list and r.id = any (p_rows)
      and r.household_id = h.household_id);
  get diagnostics v_issued = row_count;
  return v_issued;
end $$;

-- What became of a batch, as a refusal.
create or replace function refuse_batch_decided(p_village uuid, p_batch uuid) returns void
language plpgsql as $$
begin
  if exists (select 1 from voucher_batch b where b.village_id = p_village and b.id = p_batch) then
    perform refuse('VOUCHERS_DECIDED');
  end if;
  perform refuse('NOT_FOUND');
end $$;

-- The second person agrees: from now on the codes are good, and shown.
-- Refuses: NOT_FOUND, VOUCHERS_DECIDED, NOT_ALLOWED, REWARD_SAME_PERSON, VOUCHER_EXPIRED, VOUCHER_LIST_CHANGED, VOUCHERS_PICKED_OWN.
create or replace function voucher_batch_confirm(p_village uuid, p_batch uuid, p_person uuid, p_now timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from village_list l
  where l.village_id = p_village
    and l.id = (select b.list_id from voucher_batch b where b.village_id = p_village and b.id = p_batch) for share;
  update voucher_batch b set confirmed_at = p_now, confirmed_by_id = p_person
  where b.village_id = p_village and b.id = p_batch and b.confirmed_at is null and b.dropped_at is null;
  if not found then perform refuse_batch_decided(p_village, p_batch); end if;
end $$;

-- Takes a batch back before it was confirmed, with all its vouchers.
-- Refuses: NOT_FOUND, VOUCHERS_DECIDED, NOT_ALLOWED, REWARD_REASON_REQUIRED.
create or replace function voucher_batch_drop(p_village uuid, p_batch uuid, p_person uuid, p_reason text, p_now timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if btrim(coalesce(p_reason, '')) = '' then perform refuse('REWARD_REASON_REQUIRED'); end if;
  update voucher_batch b set dropped_at = p_now, dropped_by_id = p_person, dropped_why = p_reason
  where b.village_id = p_village and b.id = p_batch and b.confirmed_at is null and b.dropped_at is null;
  if not found then perform refuse_batch_decided(p_village, p_batch); end if;
  update voucher v set state = 'CANCELLED', ended_at = p_now, ended_by_id = p_person, end_reason = p_reason
  where v.village_id = p_village and v.batch_id = p_batch and v.state = 'ISSUED';
end $$;

-- Ends one voucher: exactly one of those who ask at once. The one way to redeem, cancel or expire it.
-- Refuses: NOT_FOUND, VOUCHER_ENDED, VOUCHER_NOT_CONFIRMED, VOUCHER_EXPIRED, NOT_ALLOWED, REWARD_REASON_REQUIRED.
create or replace function voucher_end(p_village uuid, p_voucher uuid, p_to "VoucherState", p_person uuid, p_reason text,
                                       p_now timestamptz, out household_id uuid, out batch_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_old voucher;
begin
  if p_to = 'CANCELLED' and btrim(coalesce(p_reason, '')) = '' then perform refuse('REWARD_REASON_REQUIRED'); end if;
  perform 1 from voucher_batch b
  where b.village_id = p_village
    and b.id = (select v.batch_id from voucher v where v.village_id = p_village and v.id = p_voucher) for share;
  select * into v_old from voucher v where v.village_id = p_village and v.id = p_voucher for update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if v_old.state <> 'ISSUED' then
    perform refuse('VOUCHER_ENDED', jsonb_build_object(
      'what', case v_old.state when 'REDEEMED' then '用掉' when 'EXPIRED' then '过期' else '作废' end,
      'when', to_char(v_old.ended_at at time zone 'Asia/Shanghai', 'FMMM"月"FMDD"日"')));
  end if;
  update voucher v set state = p_to, ended_at = p_now, ended_by_id = p_person,
    end_reason = case when p_to = 'CANCELLED' then p_reason else '' end
  where v.village_id = p_village and v.id = p_voucher;
  household_id := v_old.household_id;
  batch_id := v_old.batch_id;
end $$;

-- Ends vouchers whose last day is over, at most so many; one that somebody is ending at this moment is left to them.
-- Answers how many.
create or replace function voucher_expire(p_now timestamptz, p_most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_ended integer;
begin
  with old as (
    select v.village_id, v.id from voucher_batch b
    join voucher v on v.village_id = b.village_id and v.batch_id = b.id and v.state = 'ISSUED'
    where b.expires_on < (p_now at time zone 'Asia/Shanghai')::date
    limit p_most for share of b skip locked for update of v skip locked
  )
  update voucher v set state = 'EXPIRED', ended_at = p_now from old
  where v.village_id = old.village_id and v.id = old.id;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;
