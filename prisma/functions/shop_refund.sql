-- 撤销与退货: points that a merchant has taken go back to the household.
--
--   POSTED ──the shop, on the same Shanghai day──▶ UNDONE
--   POSTED ──asked by one side──▶ (asked) ──agreed by the other──▶ REFUNDED
--                                    └──declined, or taken back──▶ POSTED; it may be asked for again
--
-- Giving back needs no standing: a merchant that is suspended or has left, and a village that has stopped, still give
-- back. Redemptions are no honours, so they go back out of a quarter that is public or locked too (period.sql). What
-- the merchant's statement has already comes off its next one.
-- The reason is one of six words, because the public ledger says it; what is written beside stays with the two sides.
-- Locks: the redemption, the household's account, the offer.

-- Whether a person speaks for a side of a redemption. Who stands on both speaks for the shop alone where both must agree.
create or replace function is_on_side(r redemption, p_side "RefundSide", p_person uuid, p_now timestamptz) returns boolean
language sql stable as $$
  select case p_side when 'SHOP' then is_staff_of(r.merchant_id, p_person, p_now)
    else is_of_household(r.village_id, r.household_id, p_person) end
$$;

-- The reversals by which a posted redemption goes back; an order's go back the way they came. The caller holds it.
create or replace function redemption_reverse(r redemption, p_reason text, p_person uuid, p_command uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p record;
begin
  for p in select x.id, x.leg from posting x where x.village_id = r.village_id and x.source = r.id order by x.leg desc loop
    perform ledger_reverse(r.village_id, p.id, r.id,
      case when r.flow = 'ORDER' then 3 - p.leg else 1 end::smallint, undo_reason_said(p_reason), p_person, p_command, p_now);
  end loop;
end $$;

-- The shop takes a redemption back on the day it was made: the points and the piece return. Once; asked again it answers
-- the first. Refuses NOT_FOUND, REASON_REQUIRED, REDEMPTION_NOT_POSTED, UNDO_SAME_DAY.
create or replace function redemption_undo(
  p_village uuid, p_id uuid, p_reason text, p_note text, p_person uuid, p_command uuid, p_now timestamptz,
  out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not is_staff_of(r.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if undo_reason_said(p_reason) is null then perform refuse('REASON_REQUIRED'); end if;
  repeated := r.state = 'UNDONE';
  if repeated then return; end if;
  if r.state <> 'POSTED' or r.voucher_id is not null then perform refuse('REDEMPTION_NOT_POSTED'); end if;
  if shanghai_day(r.posted_at) <> shanghai_day(p_now) then perform refuse('UNDO_SAME_DAY'); end if;
  perform redemption_reverse(r, p_reason, p_person, p_command, p_now);
  update redemption x set state = 'UNDONE', ended_at = p_now, ended_by_id = p_person, end_reason = p_reason, end_note = btrim(coalesce(p_note, ''))
  where x.village_id = p_village and x.id = p_id returning x.* into r;
  perform offer_return(r);
  perform redemption_tell(r, merchant_said(r.merchant_id) || '撤销了一笔，退回 ' || r.points || ' 分',
    '凭证号 ' || r.receipt || '，原因：' || undo_reason_said(p_reason) || '。', p_now);
end $$;

-- One side asks to give a redemption back, the other side agrees by asking too; then points and piece return. The same
-- side asking again changes nothing. Refuses NOT_FOUND, NOT_ALLOWED, REASON_REQUIRED, REDEMPTION_NOT_POSTED.
create or replace function redemption_refund(
  p_village uuid, p_id uuid, p_side "RefundSide", p_reason text, p_note text, p_person uuid, p_command uuid, p_now timestamptz,
  out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not is_on_side(r, p_side, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if p_side = 'HOUSEHOLD' and is_staff_of(r.merchant_id, p_person, p_now) then perform refuse('NOT_ALLOWED'); end if;
  repeated := r.state = 'REFUNDED' or (r.state = 'POSTED' and r.refund_side is not distinct from p_side);
  if repeated then return; end if;
  if r.state <> 'POSTED' or r.voucher_id is not null then perform refuse('REDEMPTION_NOT_POSTED'); end if;
  if r.refund_side is null then
    if undo_reason_said(p_reason) is null then perform refuse('REASON_REQUIRED'); end if;
    update redemption x set refund_side = p_side, refund_by_id = p_person, refund_why = p_reason, refund_note = btrim(coalesce(p_note, ''))
    where x.village_id = p_village and x.id = p_id returning x.* into r;
    if p_side = 'SHOP' then
      perform redemption_tell(r, merchant_said(r.merchant_id) || '要退回 ' || r.points || ' 分，等您家答复',
        '凭证号 ' || r.receipt || '，原因：' || undo_reason_said(p_reason) || '。同意了，分就退回您家。', p_now);
    end if;
    return;
  end if;
  if r.refund_by_id = p_person then perform refuse('NOT_ALLOWED'); end if;
  perform redemption_reverse(r, r.refund_why, p_person, p_command, p_now);
  update redemption x set state = 'REFUNDED', ended_at = p_now, ended_by_id = p_person, end_reason = r.refund_why, end_note = r.refund_note
  where x.village_id = p_village and x.id = p_id returning x.* into r;
  perform offer_return(r);
  perform redemption_tell(r, merchant_said(r.merchant_id) || '退回 ' || r.points || ' 分',
    '凭证号 ' || r.receipt || '，原因：' || undo_reason_said(r.end_reason) || '，两边都同意了。', p_now);
end $$;

-- A refund that was asked for and is not wanted: the other side declines it, or the same side takes it back. It can be
-- asked for again. Refuses NOT_FOUND, REDEMPTION_DECIDED, REFUND_NOT_ASKED.
create or replace function redemption_refund_decline(
  p_village uuid, p_id uuid, p_side "RefundSide", p_person uuid, p_now timestamptz, out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_asked "RefundSide";
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not is_on_side(r, p_side, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if r.state <> 'POSTED' then perform refuse('REDEMPTION_DECIDED'); end if;
  v_asked := r.refund_side;
  if v_asked is null then perform refuse('REFUND_NOT_ASKED'); end if;
  repeated := false;
  update redemption x set refund_side = null, refund_by_id = null, refund_why = '', refund_note = ''
  where x.village_id = p_village and x.id = p_id returning x.* into r;
  if p_side = 'SHOP' then
    perform redemption_tell(r, merchant_said(r.merchant_id) || case v_asked when 'SHOP' then '收回了退货的提议' else '没有同意退货' end,
      '凭证号 ' || r.receipt || '，' || r.points || ' 分没有退。不同意的话，可以再提，也可以找村里。', p_now);
  end if;
end $$;
