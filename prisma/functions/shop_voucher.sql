-- 核销代金券: a voucher of the village's, on a phone or on paper, taken by a merchant. The village pays for it, by its
-- terms with the merchant; the household's points stay as they are.
--
-- Its twelve digits say the village, as a pay code's do: among the villages whose terms the merchant has accepted.
-- Locks: the voucher's batch, the voucher (as reward_voucher.sql does), then nothing more.

create index if not exists voucher_by_code on voucher (code);

-- Which voucher the digits mean at a merchant, for whoever looks at it and for whoever takes it. Two villages may have
-- given out the same ones before they were drawn apart: the one that this id has taken, else one that is good where the
-- merchant's terms are in force, else one that is over there. No row when there is none in the villages whose terms it
-- has accepted. By the digits first, since driven from the terms it would walk all vouchers of a village.
create or replace function voucher_at_counter(p_merchant uuid, p_code text, p_id uuid, p_now timestamptz)
returns table (village_id uuid, id uuid, is_in_force boolean) language sql stable as $$
  with x as materialized (
    select y.* from voucher y where y.code = p_code
  ), at as (
    select t.village_id, bool_or(t.ended_at is null) as in_force from alliance_terms t
    where t.merchant_id = p_merchant and t.accepted_at is not null and t.village_id in (select x.village_id from x)
    group by t.village_id
  )
  select x.village_id, x.id, at.in_force from x
  join at on at.village_id = x.village_id
  join voucher_batch b on b.village_id = x.village_id and b.id = x.batch_id
  order by exists (select 1 from redemption r where r.village_id = x.village_id and r.id = p_id and r.voucher_id = x.id) desc,
    at.in_force desc, (x.state = 'ISSUED' and b.confirmed_at is not null and b.expires_on >= shanghai_day(p_now)) desc,
    x.village_id limit 1
$$;

-- The shop reads a voucher's code; not who can print the village's codes, its secretary. Refuses NOT_ALLOWED,
-- VOUCHER_UNKNOWN, VOUCHER_OWN_OFFICE, MERCHANT_TAKES_NOTHING, VILLAGE_STOPPED, SAME_ID_OTHER_CONTENT and what
-- voucher_end refuses (VOUCHER_ENDED, VOUCHER_EXPIRED ...).
create or replace function redeem_voucher(
  p_id uuid, p_merchant uuid, p_code text, p_person uuid, p_now timestamptz, out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
  v_terms record;
begin
  if not is_staff_of(p_merchant, p_person, p_now) then perform refuse('NOT_ALLOWED'); end if;
  select x.village_id, x.id, x.household_id, b.buys, b.points into v from voucher_at_counter(p_merchant, p_code, p_id, p_now) c
  join voucher x on x.village_id = c.village_id and x.id = c.id
  join voucher_batch b on b.village_id = x.village_id and b.id = x.batch_id for share of b;
  if not found then perform refuse('VOUCHER_UNKNOWN'); end if;
  perform 1 from voucher x where x.village_id = v.village_id and x.id = v.id for no key update;
  select x.* into r from alliance_terms t join redemption x on x.village_id = t.village_id and x.id = p_id
  where t.merchant_id = p_merchant limit 1;
  if found then
    if r.voucher_id is distinct from v.id or r.merchant_id <> p_merchant then perform refuse('SAME_ID_OTHER_CONTENT'); end if;
    repeated := true;
    return;
  end if;
  if holds_role(v.village_id, p_person, 'SECRETARY', p_now) then perform refuse('VOUCHER_OWN_OFFICE'); end if;
  v_terms := terms_in_force(v.village_id, p_merchant);
  perform voucher_end(v.village_id, v.id, 'REDEEMED', p_person, '', p_now);
  insert into redemption (village_id, id, merchant_id, household_id, flow, state, voucher_id, title, points, asked_points,
    reference_fen, receipt, made_by_id, made_at, posted_at)
  values (v.village_id, p_id, p_merchant, v.household_id, 'VOUCHER', 'POSTED', v.id, v.buys, v.points, v.points, v_terms.fen,
    receipt_of(p_id), p_person, p_now, p_now)
  returning * into r;
  perform redemption_post(r, p_person, p_now);
  repeated := false;
end $$;

-- R8, from both sides and for whoever calls voucher_end alone: at the end of a transaction a redeemed voucher has its
-- one redemption, and a voucher's redemption its redeemed voucher, household and points.
create or replace function check_voucher_redeemed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_voucher uuid := case tg_table_name when 'voucher' then new.id else (to_jsonb(new) ->> 'voucher_id')::uuid end;
begin
  if (select count(*) from voucher v
      join voucher_batch b on b.village_id = v.village_id and b.id = v.batch_id
      join redemption r on r.village_id = v.village_id and r.voucher_id = v.id
      where v.village_id = new.village_id and v.id = v_voucher and v.state = 'REDEEMED' and r.state = 'POSTED'
        and r.household_id = v.household_id and r.points = b.points) <> 1 then
    raise exception 'a redeemed voucher has one redemption' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists voucher_redeemed on voucher;
create constraint trigger voucher_redeemed after update on voucher deferrable initially deferred
  for each row when (new.state = 'REDEEMED') execute function check_voucher_redeemed();
drop trigger if exists redemption_of_redeemed_voucher on redemption;
create constraint trigger redemption_of_redeemed_voucher after insert on redemption deferrable initially deferred
  for each row when (new.voucher_id is not null) execute function check_voucher_redeemed();
