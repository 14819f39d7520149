-- 兑换: points of a household taken by a merchant.
--
--   counter   a code of the resident's, read by the shop   ──▶ POSTED                (up to the household's free limit)
--                                                          └─▶ ASKED ──confirm──▶ POSTED   (above it; a minute)
--                                                                    └──────────▶ LAPSED
--   shelf     an offer picked by the resident              ──▶ POSTED
--   voucher   its code, read or typed by the shop          ──▶ POSTED   (paid by the village, not by the household)
--   POSTED ──the shop, on the same day──▶ UNDONE              (not a voucher: it is used up)
--   POSTED ──asked by one side, agreed by the other──▶ REFUNDED
--
-- Invariants, each with a test that tries to get around it (lib/alliance/redemption/*.db.test.ts):
--   R1  the id is the phone's. Asked again with the same content it answers the first outcome and takes nothing; with
--       other content it is refused
--   R2  a code is used once, within its minute, and only for the household whose it is
--   R3  POSTED has exactly one posting of its points, UNDONE that and its reversal, the others none
--   R4  no household pays more than it has; no offer is taken more often than there are pieces, nor by a household more
--       often in a month than it says; no merchant takes more than its terms say
--   R6  a refund needs both sides: whoever asks for it cannot be the one who agrees
--   R5  only a merchant that is admitted and has terms with the village takes points
--
-- Locks: the code, the household's account, the offer (only where its pieces are counted), then nothing more. All that
-- spends of a household queue at its account, so what is counted under it stays true. Nothing of a merchant is locked:
-- a market day at one shop is no queue.

create or replace function is_staff_of(p_merchant uuid, p_person uuid, p_at timestamptz) returns boolean
language sql stable as $$
  select exists (
    select 1 from appointment a where a.person_id = p_person and a.merchant_id = p_merchant and a.role = 'MERCHANT'
      and a.from_day <= shanghai_day(p_at) and (a.until_day is null or a.until_day >= shanghai_day(p_at)))
$$;

-- The four digits that both phones show of a redemption.
create or replace function receipt_of(p_id uuid) returns text language sql immutable parallel safe as $$
  select lpad((('x' || substr(md5(p_id::text), 1, 7))::bit(28)::integer % 10000)::text, 4, '0')
$$;

-- Makes the code that a device shows next; the last one of the same device ends. Answers its eight digits.
create or replace function pay_code_make(
  p_village uuid, p_id uuid, p_household uuid, p_resident uuid, p_person uuid, p_session uuid, p_now timestamptz,
  out digits text, out expires_at timestamptz
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_random bytea;
begin
  if not exists (select 1 from resident r where r.village_id = p_village and r.id = p_resident
                 and r.household_id = p_household and r.person_id = p_person and r.left_on is null) then
    perform refuse('NOT_ALLOWED');
  end if;
  delete from pay_code c where c.village_id = p_village and c.session_id = p_session and c.used_at is null;
  -- what has run out may keep nobody else's digits
  delete from pay_code c where c.village_id = p_village and c.used_at is null and c.expires_at < p_now - interval '5 minutes';
  expires_at := p_now + interval '1 minute';
  for i in 1..20 loop
    v_random := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
    digits := lpad((((get_byte(v_random, 0) * 256 + get_byte(v_random, 1)) * 256 + get_byte(v_random, 2))::bigint * 256
                    + get_byte(v_random, 3))::bigint % 100000000 || '', 8, '0');
    begin
      insert into pay_code (village_id, id, household_id, resident_id, person_id, session_id, digits, made_at, expires_at)
      values (p_village, p_id, p_household, p_resident, p_person, p_session, digits, p_now, pay_code_make.expires_at);
      return;
    exception when unique_violation then
      -- somebody shows the same digits at this moment
      continue;
    end;
  end loop;
  raise exception 'pay_code_make: no digits free';
end $$;

-- What a redemption has come to, as it is said on both phones.
create or replace function redemption_said(r redemption, p_repeated boolean,
  out state "RedemptionState", out receipt text, out points integer, out title text, out household uuid, out repeated boolean)
language sql stable as $$ select r.state, r.receipt, r.points, r.title, r.household_id, p_repeated $$;

-- 分 that a village pays for a point taken under terms now; a charity gives, and is paid nothing.
create or replace function fen_of_terms(t alliance_terms) returns integer language sql stable as $$
  select case when m.is_charity then 0 else t.reference_fen end from merchant m where m.id = t.merchant_id
$$;

-- Whether a merchant may take points of a village at a moment: its terms, or a refusal.
create or replace function terms_in_force(p_village uuid, p_merchant uuid) returns alliance_terms
language plpgsql stable as $$
declare
  t alliance_terms;
begin
  select x.* into t from alliance_terms x join merchant m on m.id = x.merchant_id and m.state = 'ADMITTED'
  where x.village_id = p_village and x.merchant_id = p_merchant and x.ended_at is null and x.accepted_at is not null;
  if not found then perform refuse('MERCHANT_TAKES_NOTHING'); end if;
  return t;
end $$;

-- The core of both flows, under the lock of the household's account. Records the redemption, posts it unless it has to
-- be confirmed. Refuses BAD_INPUT (no, a negative or an absurd amount), OFFER_CLOSED, OFFER_SOLD_OUT, OFFER_HAD, ONCE_MOST, MONTH_MOST, NOT_ENOUGH_POINTS.
create or replace function redemption_take(
  p_village uuid, p_id uuid, p_merchant uuid, p_household uuid, p_resident uuid, p_flow "RedemptionFlow",
  p_offer uuid, p_points integer, p_person uuid, p_ask boolean, p_now timestamptz
) returns redemption
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t alliance_terms := terms_in_force(p_village, p_merchant);
  o offer;
  r redemption;
  v_day date := shanghai_day(p_now);
  v_month timestamptz := (date_trunc('month', p_now at time zone 'Asia/Shanghai')) at time zone 'Asia/Shanghai';
  v_balance bigint;
  v_points integer := p_points;
  v_count bigint;
begin
  select a.balance into v_balance from account a where a.village_id = p_village and a.id = p_household for no key update;
  -- R1, under the lock: a repeat that came at once sees the first
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id;
  if found then return r; end if;

  if p_offer is not null then
    select x.* into o from offer x where x.village_id = p_village and x.id = p_offer and x.merchant_id = p_merchant;
    if not found or not o.is_open or o.valid_from > v_day or o.valid_until < v_day then perform refuse('OFFER_CLOSED'); end if;
    v_points := o.points;
    if o.per_household_month is not null then
      select count(*) into v_count from redemption x
      where x.village_id = p_village and x.household_id = p_household and x.offer_id = p_offer
        and x.state in ('ASKED', 'POSTED') and x.made_at >= v_month;
      if v_count >= o.per_household_month then perform refuse('OFFER_HAD', jsonb_build_object('most', o.per_household_month)); end if;
    end if;
  end if;
  if v_points is null or v_points not between 1 and 100000 then perform refuse('BAD_INPUT'); end if;
  if v_points > t.once_most then perform refuse('ONCE_MOST', jsonb_build_object('most', t.once_most)); end if;
  if t.household_month_most is not null then
    select coalesce(sum(x.points), 0) into v_count from redemption x
    where x.village_id = p_village and x.household_id = p_household and x.merchant_id = p_merchant
      and x.state in ('ASKED', 'POSTED') and x.made_at >= v_month;
    if v_count + v_points > t.household_month_most then
      perform refuse('MONTH_MOST', jsonb_build_object('left', greatest(t.household_month_most - v_count, 0)));
    end if;
  end if;
  if v_balance < v_points then
    perform refuse('NOT_ENOUGH_POINTS', jsonb_build_object('short', v_points - v_balance));
  end if;
  if o.stock is not null then
    update offer x set stock = x.stock - 1 where x.village_id = p_village and x.id = p_offer and x.stock > 0;
    if not found then perform refuse('OFFER_SOLD_OUT'); end if;
  end if;

  insert into redemption (village_id, id, merchant_id, household_id, resident_id, flow, state, offer_id, title, points,
    asked_points, reference_fen, receipt, made_by_id, made_at, posted_at)
  values (p_village, p_id, p_merchant, p_household, p_resident, p_flow,
    case when p_ask and v_points > t.free_most then 'ASKED' else 'POSTED' end::"RedemptionState", p_offer, coalesce(o.title, ''), v_points,
    v_points, fen_of_terms(t), receipt_of(p_id), p_person, p_now,
    case when p_ask and v_points > t.free_most then null else p_now end)
  returning * into r;
  if r.state = 'POSTED' then perform redemption_post(r, p_person, p_now); end if;
  return r;
end $$;

-- R3: the one posting of a redemption.
create or replace function redemption_post(r redemption, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- a voucher takes nothing of the household's: its points come from the village
  perform ledger_post(
    r.village_id, 'REDEMPTION', r.id, 0::smallint, case when r.voucher_id is null then r.household_id else r.village_id end,
    r.merchant_id, r.points, 0, case when r.voucher_id is null then r.household_id end, r.resident_id, shanghai_day(p_now), null, null, null, null, '', null, p_person, r.id, p_now);
end $$;

-- Whether the same id was asked with the same content.
create or replace function redemption_is_of(
  r redemption, p_merchant uuid, p_household uuid, p_offer uuid, p_points integer
) returns boolean language sql immutable as $$
  select r.merchant_id = p_merchant and (p_household is null or r.household_id = p_household)
    and r.offer_id is not distinct from p_offer and (p_offer is not null or r.points = p_points)
$$;

-- The shop reads a code. Refuses CODE_UNKNOWN, CODE_EXPIRED, CODE_USED, SAME_ID_OTHER_CONTENT, NOT_ALLOWED,
-- MERCHANT_TAKES_NOTHING and what redemption_take refuses.
create or replace function redeem_by_code(
  p_village uuid, p_id uuid, p_merchant uuid, p_digits text, p_offer uuid, p_points integer, p_person uuid, p_now timestamptz,
  out state "RedemptionState", out receipt text, out points integer, out title text, out household uuid, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c pay_code;
  r redemption;
begin
  if not is_staff_of(p_merchant, p_person, p_now) then perform refuse('NOT_ALLOWED'); end if;
  select x.* into c from pay_code x
  where x.village_id = p_village and x.digits = p_digits
    -- a code that is used up makes room for the same digits: the one that is good, else the last one
  order by x.used_at is null desc, x.expires_at desc limit 1 for no key update;
  if found and c.redemption_id is distinct from p_id then
    -- a repeat whose code was used by itself comes through below
    if c.used_at is not null and not exists (select 1 from redemption x where x.village_id = p_village and x.id = p_id) then
      perform refuse('CODE_USED');
    end if;
  end if;
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id;
  if found then
    if not redemption_is_of(r, p_merchant, null, p_offer, p_points)
       or not exists (select 1 from pay_code x where x.village_id = p_village and x.redemption_id = p_id and x.digits = p_digits) then
      perform refuse('SAME_ID_OTHER_CONTENT');
    end if;
    select s.* into state, receipt, points, title, household, repeated from redemption_said(r, true) s;
    return;
  end if;
  if c.id is null then perform refuse('CODE_UNKNOWN'); end if;
  if c.expires_at <= p_now then perform refuse('CODE_EXPIRED'); end if;
  r := redemption_take(p_village, p_id, p_merchant, c.household_id, c.resident_id, 'COUNTER', p_offer, p_points, p_person, true, p_now);
  -- the same id came at once with another code
  if not redemption_is_of(r, p_merchant, c.household_id, p_offer, p_points) then perform refuse('SAME_ID_OTHER_CONTENT'); end if;
  update pay_code x set used_at = p_now, redemption_id = p_id where x.village_id = p_village and x.id = c.id;
  select s.* into state, receipt, points, title, household, repeated from redemption_said(r, false) s;
end $$;

-- The resident picks an offer on the shelf, or types an amount, on his own phone. Refuses what redemption_take refuses.
create or replace function redeem_from_shelf(
  p_village uuid, p_id uuid, p_merchant uuid, p_household uuid, p_resident uuid, p_offer uuid, p_points integer,
  p_person uuid, p_now timestamptz,
  out state "RedemptionState", out receipt text, out points integer, out title text, out household uuid, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
  v_known boolean := exists (select 1 from redemption x where x.village_id = p_village and x.id = p_id);
begin
  if not exists (select 1 from resident x where x.village_id = p_village and x.id = p_resident and x.household_id = p_household
                 and x.person_id = p_person and x.left_on is null) then
    perform refuse('NOT_ALLOWED');
  end if;
  r := redemption_take(p_village, p_id, p_merchant, p_household, p_resident, 'SHELF', p_offer, p_points, p_person, false, p_now);
  if not redemption_is_of(r, p_merchant, p_household, p_offer, p_points) or r.made_by_id <> p_person then
    perform refuse('SAME_ID_OTHER_CONTENT');
  end if;
  v_known := v_known or r.made_at <> p_now;
  select s.* into state, receipt, points, title, household, repeated from redemption_said(r, v_known) s;
end $$;

-- The resident answers what the shop asked for: yes within a minute, or no. Once. Refuses NOT_FOUND, NOT_ALLOWED,
-- REDEMPTION_DECIDED, REDEMPTION_LAPSED, MERCHANT_TAKES_NOTHING, NOT_ENOUGH_POINTS.
create or replace function redemption_answer(
  p_village uuid, p_id uuid, p_person uuid, p_yes boolean, p_now timestamptz,
  out state "RedemptionState", out receipt text, out points integer, out title text, out household uuid, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if not exists (select 1 from resident x where x.village_id = p_village and x.household_id = r.household_id
                 and x.person_id = p_person and x.left_on is null) then
    perform refuse('NOT_FOUND');
  end if;
  if r.state <> 'ASKED' then
    if (r.state = 'POSTED') = p_yes and r.state in ('POSTED', 'LAPSED') then
      select s.* into state, receipt, points, title, household, repeated from redemption_said(r, true) s;
      return;
    end if;
    perform refuse('REDEMPTION_DECIDED');
  end if;
  if p_yes and p_now >= r.made_at + interval '1 minute' then perform refuse('REDEMPTION_LAPSED'); end if;
  if p_yes then
    perform terms_in_force(p_village, r.merchant_id);
    update redemption x set state = 'POSTED', posted_at = p_now where x.village_id = p_village and x.id = p_id returning x.* into r;
    perform redemption_post(r, p_person, p_now);
  else
    r := redemption_lapse(r, p_person, p_now);
  end if;
  select s.* into state, receipt, points, title, household, repeated from redemption_said(r, false) s;
end $$;

-- Gives back the piece of an offer; the caller holds the redemption.
create or replace function offer_return(r redemption) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  update offer o set stock = o.stock + 1 where o.village_id = r.village_id and o.id = r.offer_id and o.stock is not null
$$;

create or replace function redemption_lapse(r redemption, p_person uuid, p_now timestamptz) returns redemption
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update redemption x set state = 'LAPSED', ended_at = p_now, ended_by_id = p_person
  where x.village_id = r.village_id and x.id = r.id returning x.* into r;
  perform offer_return(r);
  return r;
end $$;

-- What nobody confirmed within its minute is over; by a job. Answers how many.
create or replace function redemptions_lapse(p_now timestamptz, p_most integer default 500) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
  v_count integer := 0;
begin
  for r in select x.* from redemption x where x.state = 'ASKED' and x.made_at <= p_now - interval '1 minute'
           order by x.village_id, x.id limit p_most for no key update skip locked loop
    perform redemption_lapse(r, null, p_now);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- The shop takes a redemption back on the day it was made: the points and the piece return. Once; asked again it answers
-- the first. Refuses NOT_FOUND, NOT_ALLOWED, REASON_REQUIRED, REDEMPTION_NOT_POSTED, UNDO_SAME_DAY.
create or replace function redemption_undo(
  p_village uuid, p_id uuid, p_command uuid, p_person uuid, p_reason text, p_now timestamptz,
  out state "RedemptionState", out receipt text, out points integer, out title text, out household uuid, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
  v_posting uuid;
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not is_staff_of(r.merchant_id, p_person, p_now) then perform refuse('NOT_FOUND'); end if;
  if btrim(p_reason) = '' then perform refuse('REASON_REQUIRED'); end if;
  if r.state = 'UNDONE' then
    select s.* into state, receipt, points, title, household, repeated from redemption_said(r, true) s;
    return;
  end if;
  if r.state <> 'POSTED' or r.voucher_id is not null then perform refuse('REDEMPTION_NOT_POSTED'); end if;
  if shanghai_day(r.posted_at) <> shanghai_day(p_now) then perform refuse('UNDO_SAME_DAY'); end if;
  select p.id into v_posting from posting p where p.village_id = p_village and p.source = p_id and p.leg = 0;
  perform ledger_reverse(p_village, v_posting, p_id, 1::smallint, btrim(p_reason), p_person, p_command, p_now);
  update redemption x set state = 'UNDONE', ended_at = p_now, ended_by_id = p_person, end_reason = btrim(p_reason)
  where x.village_id = p_village and x.id = p_id returning x.* into r;
  perform offer_return(r);
  select s.* into state, receipt, points, title, household, repeated from redemption_said(r, false) s;
end $$;

-- The shop reads a voucher's code. The household's points stay as they are. Refuses NOT_ALLOWED, VOUCHER_UNKNOWN,
-- MERCHANT_TAKES_NOTHING, SAME_ID_OTHER_CONTENT and what voucher_end refuses (VOUCHER_ENDED, VOUCHER_EXPIRED ...).
create or replace function redeem_voucher(
  p_village uuid, p_id uuid, p_merchant uuid, p_code text, p_person uuid, p_now timestamptz,
  out state "RedemptionState", out receipt text, out points integer, out title text, out household uuid, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
  r redemption;
  t alliance_terms;
begin
  if not is_staff_of(p_merchant, p_person, p_now) then perform refuse('NOT_ALLOWED'); end if;
  select x.id, b.buys, b.points, x.household_id into v from voucher x
  join voucher_batch b on b.village_id = x.village_id and b.id = x.batch_id
  where x.village_id = p_village and x.code = p_code for no key update of x;
  if not found then perform refuse('VOUCHER_UNKNOWN'); end if;
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id;
  if found then
    if r.voucher_id is distinct from v.id or r.merchant_id <> p_merchant then perform refuse('SAME_ID_OTHER_CONTENT'); end if;
    select s.* into state, receipt, points, title, household, repeated from redemption_said(r, true) s;
    return;
  end if;
  t := terms_in_force(p_village, p_merchant);
  perform voucher_end(p_village, v.id, 'REDEEMED', p_person, '', p_now);
  insert into redemption (village_id, id, merchant_id, household_id, flow, state, voucher_id, title, points, asked_points,
    reference_fen, receipt, made_by_id, made_at, posted_at)
  values (p_village, p_id, p_merchant, v.household_id, 'VOUCHER', 'POSTED', v.id, v.buys, v.points, v.points, fen_of_terms(t),
    receipt_of(p_id), p_person, p_now, p_now)
  returning * into r;
  perform redemption_post(r, p_person, p_now);
  select s.* into state, receipt, points, title, household, repeated from redemption_said(r, false) s;
end $$;

-- On which side of a redemption a person stands; null on neither.
create or replace function redemption_side(r redemption, p_person uuid, p_now timestamptz) returns "RefundSide"
language sql stable as $$
  select case
    when is_staff_of(r.merchant_id, p_person, p_now) then 'SHOP'::"RefundSide"
    when exists (select 1 from resident x where x.village_id = r.village_id and x.household_id = r.household_id
                 and x.person_id = p_person and x.left_on is null) then 'HOUSEHOLD'::"RefundSide" end
$$;

-- One side asks to give a redemption back, the other side agrees by asking too; then points and piece return. Refuses
-- NOT_FOUND, REASON_REQUIRED, REDEMPTION_NOT_POSTED. A person of both sides speaks for the shop alone.
create or replace function redemption_refund(
  p_village uuid, p_id uuid, p_command uuid, p_person uuid, p_why text, p_now timestamptz,
  out state "RedemptionState", out receipt text, out points integer, out title text, out household uuid, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
  v_side "RefundSide";
  v_posting uuid;
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  v_side := redemption_side(r, p_person, p_now);
  if v_side is null then perform refuse('NOT_FOUND'); end if;
  if r.state = 'REFUNDED' or (r.state = 'POSTED' and r.refund_side = v_side) then
    select s.* into state, receipt, points, title, household, repeated from redemption_said(r, true) s;
    return;
  end if;
  if r.state <> 'POSTED' or r.voucher_id is not null then perform refuse('REDEMPTION_NOT_POSTED'); end if;
  if r.refund_side is null then
    if btrim(p_why) = '' then perform refuse('REASON_REQUIRED'); end if;
    update redemption x set refund_side = v_side, refund_by_id = p_person, refund_why = btrim(p_why)
    where x.village_id = p_village and x.id = p_id returning x.* into r;
  else
    if r.refund_by_id = p_person then perform refuse('NOT_ALLOWED'); end if;
    select p.id into v_posting from posting p where p.village_id = p_village and p.source = p_id and p.leg = 0;
    perform ledger_reverse(p_village, v_posting, p_id, 1::smallint, r.refund_why, p_person, p_command, p_now);
    update redemption x set state = 'REFUNDED', ended_at = p_now, ended_by_id = p_person, end_reason = r.refund_why
    where x.village_id = p_village and x.id = p_id returning x.* into r;
    perform offer_return(r);
  end if;
  select s.* into state, receipt, points, title, household, repeated from redemption_said(r, false) s;
end $$;

-- R3 for whoever writes past these functions: what a redemption says and what the ledger has, at the end of a transaction.
create or replace function check_redemption_whole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
  v_taken bigint;
  v_count integer;
begin
  select x.* into r from redemption x where x.village_id = new.village_id and x.id = new.id;
  select coalesce(sum(case when p.credit_id = r.merchant_id then p.points else -p.points end), 0), count(*) into v_taken, v_count
  from posting p where p.village_id = r.village_id and p.source = r.id;
  if (v_count, v_taken) is distinct from (case when r.state = 'POSTED' then (1, r.points::bigint)
                                               when r.state in ('UNDONE', 'REFUNDED') then (2, 0::bigint) else (0, 0::bigint) end) then
    raise exception 'a redemption % has % postings of % points', r.state, v_count, v_taken using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists redemption_whole on redemption;
create constraint trigger redemption_whole after insert or update on redemption deferrable initially deferred
  for each row execute function check_redemption_whole();

-- What was taken does not change but by its next state.
create or replace function check_redemption_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'redemptions are kept' using errcode = '23514'; end if;
  if (to_jsonb(new) - array['state', 'posted_at', 'ended_at', 'ended_by_id', 'end_reason', 'refund_side', 'refund_by_id', 'refund_why'])
     is distinct from (to_jsonb(old) - array['state', 'posted_at', 'ended_at', 'ended_by_id', 'end_reason', 'refund_side', 'refund_by_id', 'refund_why'])
     or (old.state::text || '>' || new.state::text) not in ('ASKED>POSTED', 'ASKED>LAPSED', 'POSTED>POSTED', 'POSTED>UNDONE', 'POSTED>REFUNDED')
     or (new.state = 'REFUNDED' and (new.refund_side is null or new.ended_by_id = new.refund_by_id)) then
    raise exception 'a redemption goes from % to % never', old.state, new.state using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists redemption_change on redemption;
create trigger redemption_change before update or delete on redemption for each row execute function check_redemption_change();
drop trigger if exists redemption_no_truncate on redemption;
create trigger redemption_no_truncate before truncate on redemption for each statement execute function refuse_change();
