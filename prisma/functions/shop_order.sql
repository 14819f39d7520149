-- 预订: an offer set aside until it is fetched. Its points leave the household at once and lie in the village's account
-- of what is held, which keeps no running row: many orders at once are no queue.
--
--   HELD ──the shop hands it over──▶ POSTED
--     ├──either side calls it off──▶ VOIDED
--     └──nobody came──▶ EXPIRED          (by a job, or by whoever asks for it first)
--
-- Each end moves the points once, on to the merchant or back to the household (R3, R7: redemption_whole). The piece is
-- taken when it is ordered. What a household has in orders is no part of its balance, so a year's end leaves it alone;
-- what comes back later is the household's. A village that has stopped its alliance takes no more orders, and hands
-- over what was ordered before; so does a merchant whose terms have ended. One that is suspended does not.
-- Locks: the redemption, the household's account, the offer.

-- Open orders a household may have at a time.
create or replace function orders_most() returns integer language sql immutable parallel safe as $$ select 5 $$;

-- An order is kept to the end of the third day after the one it was made on.
create or replace function held_until_of(p_now timestamptz) returns timestamptz language sql immutable parallel safe as $$
  select (shanghai_day(p_now) + 4)::timestamp at time zone 'Asia/Shanghai'
$$;

-- Points of a village's households that lie in orders.
create or replace function points_held(p_village uuid) returns bigint language sql stable as $$
  select coalesce(sum(r.points), 0)::bigint from redemption r where r.village_id = p_village and r.state = 'HELD'
$$;

-- The resident orders an offer, at the points that he has seen. Refuses NOT_ALLOWED, SAME_ID_OTHER_CONTENT, ORDERS_MOST
-- and what redemption_take refuses. Before that it was ordered at whatever it cost:
drop function if exists order_place(uuid, uuid, uuid, uuid, uuid, uuid, uuid, timestamptz);
create or replace function order_place(
  p_village uuid, p_id uuid, p_merchant uuid, p_household uuid, p_resident uuid, p_offer uuid, p_seen integer, p_person uuid,
  p_now timestamptz,
  out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_made record;
begin
  if p_offer is null then perform refuse('OFFER_CLOSED'); end if;
  select s.r, s.repeated into v_made
  from redemption_by_resident(p_village, p_id, p_merchant, p_household, p_resident, 'ORDER', p_offer, p_seen, p_person, p_now) s;
  r := v_made.r; repeated := v_made.repeated;
  if repeated then return; end if;
  perform ledger_post(
    p_village, 'HOLD', p_id, 0::smallint, p_household, hold_account_of(p_village), r.points, 0, p_household, p_resident,
    shanghai_day(p_now), null, null, null, null, '', null, p_person, p_id, p_now);
  perform redemption_tell(r, '预订了“' || r.title || '”',
    merchant_said(p_merchant) || '给您留到' || to_char((r.held_until - interval '1 second') at time zone 'Asia/Shanghai', 'FMMM"月"FMDD"日"')
    || '，先放下 ' || r.points || ' 分，凭证号 ' || r.receipt || '。到时没去取，分自动退回。', p_now);
end $$;

-- Ends an order without the goods: points and piece return. The caller holds the redemption, which is HELD.
create or replace function order_end(
  r redemption, p_state "RedemptionState", p_reason text, p_note text, p_person uuid, p_command uuid, p_now timestamptz
) returns redemption
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_hold uuid;
begin
  select p.id into v_hold from posting p where p.village_id = r.village_id and p.source = r.id and p.leg = 0;
  perform ledger_reverse(r.village_id, v_hold, r.id, 1::smallint,
    case when p_state = 'EXPIRED' then '预订过期' else '预订取消：' || undo_reason_said(p_reason) end, p_person, p_command, p_now);
  update redemption x set state = p_state, ended_at = p_now, ended_by_id = p_person, end_reason = p_reason, end_note = p_note
  where x.village_id = r.village_id and x.id = r.id returning x.* into r;
  perform offer_return(r);
  perform redemption_tell(r, '预订的“' || r.title || '”' || case when p_state = 'EXPIRED' then '过期了' else '取消了' end,
    r.points || ' 分已经退回您家。' || case when p_state = 'EXPIRED' then '要的话请再订一次。' else '原因：' || undo_reason_said(p_reason) || '。' end, p_now);
  return r;
end $$;

-- The shop gives out what was ordered. After its last day it expires instead: the answer is EXPIRED, and the points are
-- back. Refuses NOT_FOUND, REDEMPTION_DECIDED, MERCHANT_TAKES_NOTHING (suspended).
create or replace function order_hand_over(
  p_village uuid, p_id uuid, p_person uuid, p_now timestamptz, out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or r.flow <> 'ORDER' or not is_staff_of(r.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  repeated := r.state <> 'HELD';
  if r.state in ('POSTED', 'EXPIRED') then return; end if;
  if repeated then perform refuse('REDEMPTION_DECIDED'); end if;
  if p_now >= r.held_until then
    r := order_end(r, 'EXPIRED', '', '', null, r.id, p_now);
    return;
  end if;
  if not exists (select 1 from merchant m where m.id = r.merchant_id and m.state = 'ADMITTED') then
    perform refuse('MERCHANT_TAKES_NOTHING');
  end if;
  update redemption x set state = 'POSTED', posted_at = p_now where x.village_id = p_village and x.id = p_id returning x.* into r;
  perform redemption_post(r, p_person, p_now);
end $$;

-- One side calls an order off. After its last day it expires instead, which comes to the same. Refuses NOT_FOUND,
-- REASON_REQUIRED, REDEMPTION_DECIDED.
create or replace function order_void(
  p_village uuid, p_id uuid, p_side "RefundSide", p_reason text, p_note text, p_person uuid, p_command uuid, p_now timestamptz,
  out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or r.flow <> 'ORDER' or not is_on_side(r, p_side, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if undo_reason_said(p_reason) is null then perform refuse('REASON_REQUIRED'); end if;
  repeated := r.state <> 'HELD';
  if r.state in ('VOIDED', 'EXPIRED') then return; end if;
  if repeated then perform refuse('REDEMPTION_DECIDED'); end if;
  r := case when p_now >= r.held_until then order_end(r, 'EXPIRED', '', '', null, r.id, p_now)
       else order_end(r, 'VOIDED', p_reason, btrim(coalesce(p_note, '')), p_person, p_command, p_now) end;
end $$;

-- Ends an order that nobody fetched in time; false where it is none any more, or somebody is ending it at this moment.
drop function if exists orders_expire(timestamptz, integer);
create or replace function order_expire(p_village uuid, p_id uuid, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
begin
  select x.* into r from redemption x
  where x.village_id = p_village and x.id = p_id and x.state = 'HELD' and x.held_until <= p_now for no key update skip locked;
  if not found then return false; end if;
  perform order_end(r, 'EXPIRED', '', '', null, r.id, p_now);
  return true;
end $$;
