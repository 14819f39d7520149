-- 兑换品: what a merchant gives for points, one row a village with the same id.
--
-- Invariants, each with a test that tries to get around it (lib/alliance/offer/*.db.test.ts):
--   O1  an offer is made and changed by the merchant's people alone
--   O2  one that is open has accepted terms with its village
--   O3  a charity gives services and voluntary work, nothing that is sold
--   O4  none opens while the village's pool is short (shop_pool.sql); what is open stays
--   O5  pieces are added, or set by who has seen how many there are: a sale meanwhile is never lost

-- Whether the village's pool is below its brake. Nothing says so before there is a pool.
create or replace function pool_is_short(p_village uuid) returns boolean language plpgsql stable as $$
declare v_short boolean := false;
begin
  if to_regprocedure('alliance_pool_short(uuid)') is not null then
    execute 'select alliance_pool_short($1)' into v_short using p_village;
  end if;
  return coalesce(v_short, false);
end $$;

create or replace function check_offer() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'offers are kept' using errcode = '23514'; end if;
  if tg_op = 'UPDATE' and (new.village_id, new.id, new.merchant_id, new.created_at)
     is distinct from (old.village_id, old.id, old.merchant_id, old.created_at) then
    raise exception 'whose an offer is does not change' using errcode = '23514';
  end if;
  -- O3
  if new.category not in ('SERVICE', 'VOLUNTEER') and (tg_op = 'INSERT' or new.category <> old.category)
     and exists (select 1 from merchant m where m.id = new.merchant_id and m.is_charity) then
    perform refuse('OFFER_NOT_FOR_CHARITY');
  end if;
  if new.is_open and (tg_op = 'INSERT' or not old.is_open) then
    if not has_terms(new.village_id, new.merchant_id) then perform refuse('OFFER_WITHOUT_TERMS'); end if;
    if pool_is_short(new.village_id) then perform refuse('POOL_SHORT'); end if;
  end if;
  return new;
end $$;
drop trigger if exists offer_check on offer;
create trigger offer_check before insert or update or delete on offer for each row execute function check_offer();
drop trigger if exists offer_no_truncate on offer;
create trigger offer_no_truncate before truncate on offer for each statement execute function refuse_change();

-- Makes an offer in villages, or changes what it is in all where it stands and makes it in others beside. Pieces and
-- whether it is open stay as they are where it stands. Refuses NOT_FOUND, MERCHANT_NOT_ADMITTED, OFFER_WITHOUT_TERMS,
-- OFFERS_MOST, SAME_ID_OTHER_CONTENT (the id is another merchant's), POOL_SHORT, OFFER_NOT_FOR_CHARITY.
create or replace function offer_put(
  p_merchant uuid, p_id uuid, p_villages uuid[], p_category "OfferCategory", p_title text, p_note text, p_points integer,
  p_stock integer, p_household integer, p_from date, p_until date, p_photo uuid, p_open boolean, p_spelling text,
  p_is_new boolean, p_person uuid, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_village uuid;
  v_changed integer := 0;
  v_count integer;
begin
  perform 1 from merchant m where m.id = p_merchant and m.state in ('ADMITTED', 'SUSPENDED') for no key update;
  if not found or not is_staff_of(p_merchant, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if exists (select 1 from merchant m where m.id = p_merchant and m.state = 'SUSPENDED') then perform refuse('MERCHANT_NOT_ADMITTED'); end if;
  if not p_is_new then
    for v_village in select distinct t.village_id from alliance_terms t where t.merchant_id = p_merchant loop
      update offer o set category = p_category, title = p_title, note = p_note, points = p_points, per_household_month = p_household,
        valid_from = p_from, valid_until = p_until, photo_id = p_photo, spelling = p_spelling
      where o.village_id = v_village and o.id = p_id and o.merchant_id = p_merchant;
      get diagnostics v_count = row_count;
      v_changed := v_changed + v_count;
    end loop;
    if v_changed = 0 then perform refuse('NOT_FOUND'); end if;
  end if;
  foreach v_village in array p_villages loop
    if exists (select 1 from offer o where o.village_id = v_village and o.id = p_id and o.merchant_id = p_merchant) and not p_is_new then
      continue;
    end if;
    if not has_terms(v_village, p_merchant) then perform refuse('OFFER_WITHOUT_TERMS'); end if;
    if (select count(*) from offer o where o.village_id = v_village and o.merchant_id = p_merchant) >= 200 then
      perform refuse('OFFERS_MOST');
    end if;
    if exists (select 1 from offer o where o.village_id = v_village and o.id = p_id) then perform refuse('SAME_ID_OTHER_CONTENT'); end if;
    insert into offer (village_id, id, merchant_id, category, title, note, points, stock, per_household_month, valid_from,
      valid_until, photo_id, is_open, spelling, created_at)
    values (v_village, p_id, p_merchant, p_category, p_title, p_note, p_points, p_stock, p_household, p_from, p_until, p_photo,
      p_open, p_spelling, p_now);
    v_changed := v_changed + 1;
  end loop;
  return v_changed;
end $$;

-- One of a merchant's offers in one village, held, for one of its people. Refuses NOT_FOUND.
create or replace function offer_of_shop(p_village uuid, p_id uuid, p_merchant uuid, p_person uuid, p_now timestamptz) returns offer
language plpgsql security definer set search_path = public, pg_temp as $$
declare o offer;
begin
  select x.* into o from offer x where x.village_id = p_village and x.id = p_id and x.merchant_id = p_merchant for no key update;
  if not found or not is_staff_of(p_merchant, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  return o;
end $$;

-- Opens or closes; done already is done. Refuses NOT_FOUND, OFFER_WITHOUT_TERMS, POOL_SHORT, MERCHANT_NOT_ADMITTED.
create or replace function offer_open(p_village uuid, p_id uuid, p_merchant uuid, p_open boolean, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare o offer := offer_of_shop(p_village, p_id, p_merchant, p_person, p_now);
begin
  if p_open and not exists (select 1 from merchant m where m.id = p_merchant and m.state = 'ADMITTED') then
    perform refuse('MERCHANT_NOT_ADMITTED');
  end if;
  if o.is_open <> p_open then
    update offer x set is_open = p_open where x.village_id = p_village and x.id = p_id;
  end if;
end $$;

-- O5: adds pieces. Refuses NOT_FOUND, OFFER_NOT_COUNTED (one without a count), BAD_INPUT. Answers how many there are.
create or replace function offer_restock(p_village uuid, p_id uuid, p_merchant uuid, p_add integer, p_person uuid, p_now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  o offer := offer_of_shop(p_village, p_id, p_merchant, p_person, p_now);
  v_stock integer;
begin
  if p_add is null or p_add < 1 or coalesce(o.stock, 0) + p_add > 100000 then perform refuse('BAD_INPUT'); end if;
  if o.stock is null then perform refuse('OFFER_NOT_COUNTED'); end if;
  update offer x set stock = x.stock + p_add where x.village_id = p_village and x.id = p_id returning x.stock into v_stock;
  return v_stock;
end $$;

-- O5: sets how many there are (null: not counted), by somebody who has seen p_seen. Refuses NOT_FOUND, OFFER_STOCK_MOVED.
create or replace function offer_set_stock(
  p_village uuid, p_id uuid, p_merchant uuid, p_seen integer, p_stock integer, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare o offer := offer_of_shop(p_village, p_id, p_merchant, p_person, p_now);
begin
  if p_stock < 0 or p_stock > 100000 then perform refuse('BAD_INPUT'); end if;
  if o.stock is distinct from p_seen then
    perform refuse('OFFER_STOCK_MOVED', jsonb_build_object('left', coalesce(o.stock::text || ' 件', '不限')));
  end if;
  update offer x set stock = p_stock where x.village_id = p_village and x.id = p_id;
end $$;
