-- 激励: what a merchant receives from a village or from the township for being in the alliance.
--
-- Invariants, each with a test that tries to get around it (lib/alliance/incentive/incentive.db.test.ts):
--   V1  a village gives to merchants that have terms with it, by its secretary; the township to its own merchants, by
--       its official; nobody to a shop he stands in himself
--   V2  what was given stays as it was given; it is taken back once, with a reason, by who may give
--   V3  a certificate's code belongs to honours and to all of them; an amount to rent, tax and subsidies alone
--   V4  a document is a photo of that merchant's documents, and of the giver's own paper

do $$
declare c record;
begin
  for c in select * from (values
    ('incentive_title', 'char_length(btrim(title)) between 1 and 20'),
    ('incentive_note', 'char_length(note) <= 200'),
    ('incentive_amount', 'amount_fen is null or (kind::text in (''RENT'', ''TAX'', ''SUBSIDY'') and amount_fen between 1 and 1000000000)'),
    ('incentive_days', 'until_day is null or until_day >= from_day'),
    ('incentive_code', '(kind::text = ''HONOUR'') = (code is not null) and (code is null or code ~ ''^[0-9A-HJKMNP-TV-Z]{20}$'')'),
    ('incentive_revoked', '(revoked_at is null) = (revoked_by_id is null) and (revoked_at is null) = (btrim(revoke_why) = '''')')
  ) as t(name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = 'incentive'::regclass) then
      execute format('alter table incentive add constraint %I check (%s)', c.name, c.condition);
    end if;
  end loop;
end $$;

create index if not exists incentive_of_village on incentive (village_id);

-- V1: refuses NOT_ALLOWED, NOT_FOUND (not a merchant of the giver's), INCENTIVE_OWN_SHOP.
create or replace function check_incentive_giver(p_village uuid, p_merchant uuid, p_person uuid, p_at timestamptz) returns void
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_village is not null then
    if not holds_role(p_village, p_person, 'SECRETARY', p_at) then perform refuse('NOT_ALLOWED'); end if;
    if not exists (select 1 from alliance_terms t where t.village_id = p_village and t.merchant_id = p_merchant
                   and t.accepted_at is not null) then
      perform refuse('NOT_FOUND');
    end if;
  elsif not exists (select 1 from merchant m where m.id = p_merchant and sits_in_township(m.township_id, p_person, p_at)) then
    perform refuse('NOT_FOUND');
  end if;
  if is_staff_of(p_merchant, p_person, p_at)
     or exists (select 1 from merchant m where m.id = p_merchant and m.owner_id = p_person) then
    perform refuse('INCENTIVE_OWN_SHOP');
  end if;
end $$;

create or replace function check_incentive() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'an incentive is taken back, not deleted' using errcode = '23514'; end if;
  if tg_op = 'UPDATE' then
    if (to_jsonb(new) - array['revoked_at', 'revoked_by_id', 'revoke_why'])
       is distinct from (to_jsonb(old) - array['revoked_at', 'revoked_by_id', 'revoke_why']) then
      raise exception 'an incentive does not change' using errcode = '23514';
    end if;
    if old.revoked_at is not null or new.revoked_at is null then perform refuse('INCENTIVE_REVOKED'); end if;
    if new.revoked_at < old.recorded_at then raise exception 'revoked before it was given' using errcode = '23514'; end if;
    perform check_incentive_giver(new.village_id, new.merchant_id, new.revoked_by_id, new.revoked_at);
    return new;
  end if;
  if new.revoked_at is not null then raise exception 'an incentive does not begin revoked' using errcode = '23514'; end if;
  perform check_incentive_giver(new.village_id, new.merchant_id, new.recorded_by_id, new.recorded_at);
  if not exists (select 1 from merchant m where m.id = new.merchant_id and m.state = 'ADMITTED')
     or (new.village_id is not null and not exists (
       select 1 from alliance_terms t where t.village_id = new.village_id and t.merchant_id = new.merchant_id
         and t.accepted_at is not null and t.ended_at is null)) then
    perform refuse('MERCHANT_NOT_ADMITTED');
  end if;
  -- V4; that it is the merchant's is checked where photos are (shop_photo.sql)
  if exists (select 1 from merchant_photo p where p.id = new.photo_id and p.village_id is distinct from new.village_id) then
    perform refuse('PHOTO_NOT_YOURS');
  end if;
  return new;
end $$;
drop trigger if exists incentive_check on incentive;
create trigger incentive_check before insert or update or delete on incentive
  for each row execute function check_incentive();
drop trigger if exists incentive_no_truncate on incentive;
create trigger incentive_no_truncate before truncate on incentive for each statement execute function refuse_change();

-- Records what a merchant receives; p_village null: from the township. Refuses what check_incentive refuses.
create or replace function incentive_give(
  p_id uuid, p_village uuid, p_merchant uuid, p_kind "IncentiveKind", p_title text, p_amount integer, p_from date, p_until date,
  p_note text, p_photo uuid, p_code text, p_person uuid, p_now timestamptz
) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  insert into incentive (id, merchant_id, village_id, kind, title, amount_fen, from_day, until_day, note, photo_id, code,
    recorded_by_id, recorded_at)
  values (p_id, p_merchant, p_village, p_kind, btrim(p_title), p_amount, p_from, p_until, btrim(p_note), p_photo, p_code,
    p_person, p_now)
$$;

-- Takes it back. p_village is the giver's: null the township. Refuses NOT_FOUND, NOT_ALLOWED, REASON_REQUIRED,
-- INCENTIVE_REVOKED, INCENTIVE_OWN_SHOP.
create or replace function incentive_revoke(p_id uuid, p_village uuid, p_person uuid, p_why text, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_old incentive;
begin
  select * into v_old from incentive i where i.id = p_id for no key update;
  if not found or v_old.village_id is distinct from p_village then perform refuse('NOT_FOUND'); end if;
  perform check_incentive_giver(p_village, v_old.merchant_id, p_person, p_now);
  if v_old.revoked_at is not null then perform refuse('INCENTIVE_REVOKED'); end if;
  if btrim(coalesce(p_why, '')) = '' then perform refuse('REASON_REQUIRED'); end if;
  update incentive i set revoked_at = p_now, revoked_by_id = p_person, revoke_why = btrim(p_why) where i.id = p_id;
end $$;
