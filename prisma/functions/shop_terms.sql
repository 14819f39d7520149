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

-- Terms are signed by the secretary, accepted by the shop, and change only by being ended.
create or replace function check_alliance_terms() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'terms are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if not holds_role(new.village_id, new.signed_by_id, 'SECRETARY', new.signed_at) then perform refuse('NOT_ALLOWED'); end if;
    if new.ended_at is not null then raise exception 'terms begin as signed' using errcode = '23514'; end if;
    if not exists (select 1 from merchant m join village v on v.id = new.village_id
                   where m.id = new.merchant_id and m.state = 'ADMITTED') then
      perform refuse('MERCHANT_NOT_ADMITTED');
    end if;
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
     and not is_staff_of(new.merchant_id, new.ended_by_id, new.ended_at) then
    perform refuse('NOT_ALLOWED');
  end if;
  return new;
end $$;
drop trigger if exists alliance_terms_check on alliance_terms;
create trigger alliance_terms_check before insert or update or delete on alliance_terms
  for each row execute function check_alliance_terms();
