-- 商社联盟: who may take points of a village. A merchant is admitted by the township (merchant.state), and has terms with
-- the village; both are asked for each time points are taken.

do $$
declare c record;
begin
  for c in select * from (values
    ('alliance_terms', 'alliance_terms_reference', 'reference_fen between 0 and 1000'),
    ('alliance_terms', 'alliance_terms_day', 'settlement_day between 1 and 28'),
    ('alliance_terms', 'alliance_terms_limits', 'coalesce(once_most, 1) >= 1 and coalesce(household_month_most, 1) >= 1 and free_most >= 0'),
    ('alliance_terms', 'alliance_terms_accepted', '(accepted_at is null) = (accepted_by_id is null) and (accepted_by_id is distinct from signed_by_id)'),
    ('alliance_terms', 'alliance_terms_ended', '(ended_at is null) = (ended_by_id is null) and (ended_at is null) = (btrim(end_reason) = '''')'),
    ('offer', 'offer_named', 'char_length(btrim(title)) between 1 and 40'),
    ('offer', 'offer_points', 'points between 1 and 100000'),
    ('offer', 'offer_stock', 'stock >= 0'),
    ('offer', 'offer_per_household', 'per_household_month >= 1'),
    ('offer', 'offer_valid', 'valid_until is null or valid_until >= valid_from'),
    ('pay_code', 'pay_code_digits', 'digits ~ ''^[0-9]{8}$'''),
    ('pay_code', 'pay_code_a_minute', 'expires_at > made_at and expires_at <= made_at + interval ''1 minute'''),
    ('pay_code', 'pay_code_used', '(used_at is null) = (redemption_id is null)'),
    ('redemption', 'redemption_points', 'points between 1 and 100000'),
    ('redemption', 'redemption_receipt', 'receipt ~ ''^[0-9]{4}$'''),
    ('redemption', 'redemption_asked_points', 'asked_points between points and 100000'),
    ('redemption', 'redemption_reference', 'reference_fen between 0 and 1000'),
    ('redemption', 'redemption_held', '(flow::text = ''ORDER'') = (held_until is not null) and (held_until is null or (offer_id is not null and held_until > made_at))'),
    ('redemption', 'redemption_posted', '(posted_at is not null) = (state in (''POSTED'', ''UNDONE'', ''REFUNDED''))'),
    ('redemption', 'redemption_ended_at', '(ended_at is not null) = (state::text in (''LAPSED'', ''UNDONE'', ''REFUNDED'', ''VOIDED'', ''EXPIRED''))'),
    ('redemption', 'redemption_of_one', '(flow = ''VOUCHER'') = (voucher_id is not null) and (voucher_id is null) = (resident_id is not null) and (voucher_id is null or offer_id is null)'),
    ('redemption', 'redemption_refund_asked', '(refund_side is null) = (refund_by_id is null) and (refund_side is null) = (btrim(refund_why) = '''')'),
    ('redemption', 'redemption_undone_why', 'state not in (''UNDONE'', ''REFUNDED'') or (ended_by_id is not null and btrim(end_reason) <> '''')')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

alter table redemption drop constraint if exists redemption_ended;
drop index if exists alliance_terms_one_open;
create unique index if not exists alliance_terms_one_in_force on alliance_terms (village_id, merchant_id)
  where ended_at is null and accepted_at is not null;
create unique index if not exists alliance_terms_one_offered on alliance_terms (village_id, merchant_id)
  where ended_at is null and accepted_at is null;
-- a code is looked for among those of its minute
create unique index if not exists pay_code_unused on pay_code (village_id, digits) where used_at is null;
-- one code at a time on a device: a new one ends the last
create unique index if not exists pay_code_one_a_session on pay_code (village_id, session_id) where used_at is null;

-- A voucher is redeemed once.
create unique index if not exists redemption_of_voucher on redemption (village_id, voucher_id) where state in ('ASKED', 'POSTED');

-- Terms are signed by the secretary of a village of the merchant's township, accepted by the shop, and change only by
-- being ended: by either side, or by the township when the merchant leaves. A charity is paid nothing.
--   T1  terms are signed and accepted by two people, one of each side
--   T2  at most one pair is in force, and one offered, between a village and a merchant (the two unique indexes)
--   T3  what they say stays; they are accepted once and ended once
create or replace function check_alliance_terms() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_merchant merchant;
begin
  if tg_op = 'DELETE' then raise exception 'terms are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if not holds_role(new.village_id, new.signed_by_id, 'SECRETARY', new.signed_at) then perform refuse('NOT_ALLOWED'); end if;
    if new.ended_at is not null then raise exception 'terms begin as signed' using errcode = '23514'; end if;
    select m.* into v_merchant from merchant m join village v on v.id = new.village_id and v.township_id = m.township_id
    where m.id = new.merchant_id;
    if v_merchant.state is distinct from 'ADMITTED' then perform refuse('MERCHANT_NOT_ADMITTED'); end if;
    if is_staff_of(new.merchant_id, new.signed_by_id, new.signed_at) then perform refuse('MERCHANT_OWN_SHOP'); end if;
    if new.accepted_at is not null and not is_staff_of(new.merchant_id, new.accepted_by_id, new.accepted_at) then
      perform refuse('NOT_ALLOWED');
    end if;
    if new.near_group_id is not null and not exists (
      select 1 from village_group g where g.village_id = new.village_id and g.id = new.near_group_id) then
      raise exception 'the nearest group is one of the village' using errcode = '23514';
    end if;
    if v_merchant.is_charity then new.reference_fen := 0; end if;
    return new;
  end if;
  if old.ended_at is not null
     or (to_jsonb(new) - array['accepted_at', 'accepted_by_id', 'ended_at', 'ended_by_id', 'end_reason'])
        is distinct from (to_jsonb(old) - array['accepted_at', 'accepted_by_id', 'ended_at', 'ended_by_id', 'end_reason'])
     or (old.accepted_at is not null and (new.accepted_at, new.accepted_by_id) is distinct from (old.accepted_at, old.accepted_by_id)) then
    raise exception 'terms change only by being accepted and ended, each once' using errcode = '23514';
  end if;
  if old.accepted_at is null and new.accepted_at is not null and not is_staff_of(new.merchant_id, new.accepted_by_id, new.accepted_at) then
    perform refuse('NOT_ALLOWED');
  end if;
  -- either side may end them
  if new.ended_at is not null and not holds_role(new.village_id, new.ended_by_id, 'SECRETARY', new.ended_at)
     and not is_staff_of(new.merchant_id, new.ended_by_id, new.ended_at)
     and not exists (select 1 from merchant m where m.id = new.merchant_id
                     and sits_in_township(m.township_id, new.ended_by_id, new.ended_at)) then
    perform refuse('NOT_ALLOWED');
  end if;
  return new;
end $$;
drop trigger if exists alliance_terms_check on alliance_terms;
create trigger alliance_terms_check before insert or update or delete on alliance_terms
  for each row execute function check_alliance_terms();

drop trigger if exists alliance_terms_no_truncate on alliance_terms;
create trigger alliance_terms_no_truncate before truncate on alliance_terms for each statement execute function refuse_change();

-- At the end of the transaction in which terms ended without others in their place, what the shop offered there is closed:
-- nothing could be taken for it.
create or replace function close_offers_without_terms() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not has_terms(new.village_id, new.merchant_id) then
    update offer o set is_open = false where o.village_id = new.village_id and o.merchant_id = new.merchant_id and o.is_open;
  end if;
  return null;
end $$;
drop trigger if exists alliance_terms_close_offers on alliance_terms;
create constraint trigger alliance_terms_close_offers after update of ended_at on alliance_terms deferrable initially deferred
  for each row when (new.ended_at is not null) execute function close_offers_without_terms();

-- Whether a merchant has accepted terms with a village.
create or replace function has_terms(p_village uuid, p_merchant uuid) returns boolean language sql stable as $$
  select exists (select 1 from alliance_terms t where t.village_id = p_village and t.merchant_id = p_merchant
                 and t.ended_at is null and t.accepted_at is not null)
$$;

-- The secretary signs: an offer to the shop, in place of one that it has not accepted yet.
-- Refuses NOT_ALLOWED, MERCHANT_NOT_ADMITTED, MERCHANT_OWN_SHOP.
create or replace function terms_sign(
  p_village uuid, p_id uuid, p_merchant uuid, p_fen integer, p_day integer, p_once integer, p_month integer, p_free integer,
  p_group uuid, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from merchant m join village v on v.id = p_village and v.township_id = m.township_id
  where m.id = p_merchant and m.state in ('ADMITTED', 'SUSPENDED') for no key update of m;
  if not found then perform refuse('NOT_FOUND'); end if;
  update alliance_terms t set ended_at = p_now, ended_by_id = p_person, end_reason = '村里另拟了一份'
  where t.village_id = p_village and t.merchant_id = p_merchant and t.ended_at is null and t.accepted_at is null;
  insert into alliance_terms (village_id, id, merchant_id, reference_fen, settlement_day, once_most, household_month_most, free_most,
    near_group_id, signed_by_id, signed_at)
  values (p_village, p_id, p_merchant, p_fen, p_day, p_once, p_month, p_free, p_group, p_person, p_now);
end $$;

-- The owner accepts: from now on these bind, and those before have ended. Asked again by the same it answers the same.
-- Refuses NOT_FOUND, NOT_ALLOWED, TERMS_ENDED, MERCHANT_NOT_ADMITTED.
create or replace function terms_accept(p_village uuid, p_id uuid, p_merchant uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  m merchant;
  t alliance_terms;
begin
  select x.* into m from merchant x where x.id = p_merchant for no key update;
  select x.* into t from alliance_terms x where x.village_id = p_village and x.id = p_id and x.merchant_id = p_merchant for no key update;
  if t.id is null or not is_staff_of(p_merchant, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if m.owner_id is distinct from p_person then perform refuse('SHOP_OWNER_ONLY'); end if;
  if t.ended_at is not null then perform refuse('TERMS_ENDED'); end if;
  if t.accepted_at is not null then return; end if;
  if m.state <> 'ADMITTED' then perform refuse('MERCHANT_NOT_ADMITTED'); end if;
  update alliance_terms x set ended_at = p_now, ended_by_id = p_person, end_reason = '接受了新的协议'
  where x.village_id = p_village and x.merchant_id = p_merchant and x.ended_at is null and x.accepted_at is not null;
  update alliance_terms x set accepted_at = p_now, accepted_by_id = p_person where x.village_id = p_village and x.id = p_id;
end $$;

-- Either side ends them, or takes back or declines what was not accepted yet. What was taken under them is still paid.
-- Refuses NOT_FOUND, REASON_REQUIRED, TERMS_ENDED, SHOP_OWNER_ONLY.
create or replace function terms_end(p_village uuid, p_id uuid, p_why text, p_person uuid, p_as_shop uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare t alliance_terms;
begin
  select x.* into t from alliance_terms x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or (p_as_shop is null and not holds_role(p_village, p_person, 'SECRETARY', p_now))
     or (p_as_shop is not null and (t.merchant_id <> p_as_shop or not is_staff_of(p_as_shop, p_person, p_now))) then
    perform refuse('NOT_FOUND');
  end if;
  if p_as_shop is not null and not exists (select 1 from merchant m where m.id = p_as_shop and m.owner_id = p_person) then
    perform refuse('SHOP_OWNER_ONLY');
  end if;
  if btrim(p_why) = '' then perform refuse('REASON_REQUIRED'); end if;
  if t.ended_at is not null then perform refuse('TERMS_ENDED'); end if;
  update alliance_terms x set ended_at = p_now, ended_by_id = p_person, end_reason = btrim(p_why)
  where x.village_id = p_village and x.id = p_id;
end $$;
