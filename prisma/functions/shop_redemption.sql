-- 兑换: points of a household taken by a merchant.
--
--   counter   a code of the resident's, read by the shop   ──▶ POSTED                (up to the household's free limit)
--                                                          └─▶ ASKED ──confirm──▶ POSTED   (above it; a minute)
--                                                                    └──────────▶ LAPSED
--   shelf     an offer picked by the resident              ──▶ POSTED
--   order     picked now, fetched within days              ──▶ HELD ──hand over──▶ POSTED    (shop_order.sql)
--                                                                └──▶ VOIDED | EXPIRED
--   voucher   its code, read or typed by the shop          ──▶ POSTED   (shop_voucher.sql)
--   POSTED ──the shop, on the same day──▶ UNDONE           (shop_refund.sql; not a voucher: it is used up)
--   POSTED ──asked by one side, agreed by the other──▶ REFUNDED
--
-- Postings, all with the redemption as their source:
--                leg 0                          leg 1                         leg 2                leg 3
--   counter …    REDEMPTION household→merchant  REVERSAL of it (taken back)
--   voucher      REDEMPTION village→merchant
--   order        HOLD household→hold            REVERSAL of it (void, expired)
--                                               or REDEMPTION hold→merchant   REVERSAL of leg 1    REVERSAL of leg 0
--
-- Invariants, each with a test that tries to get around it (lib/alliance/redemption/*.db.test.ts):
--   R1  the id is the phone's. Asked again with the same content it answers the first outcome and takes nothing; with
--       other content it is refused
--   R2  a code is used once, within its minute, and only for the household whose it is
--   R3  the postings of a redemption are exactly those of its state, as above
--   R4  no household pays more than it has; no offer is taken more often than there are pieces, nor by a household more
--       often in a month than it says; no merchant takes more than its terms say
--   R5  only a merchant that is admitted and has terms with the village takes points, and none while the village has
--       stopped its alliance
--   R6  a refund needs both sides: whoever asks for it cannot be the one who agrees
--   R7  an order ends once: handed over, voided or expired
--   R8  a voucher that is redeemed has exactly one redemption, and for ever
--   R9  of an offer nothing is taken but the points that were shown to whoever pressed
--
-- Locks: the code (or the voucher's batch and the voucher, or the redemption), the household's account, the offer (only
-- where its pieces are counted), then nothing more. All that spends of a household queue at its account, so what is
-- counted under it stays true. Nothing of a merchant is locked, nor the account of what is held: a market day at one
-- shop is no queue. Whether the merchant is admitted, has terms, and whether the village has stopped is read each time,
-- not locked.

-- Earlier functions of other arguments or answers; `create or replace` cannot change those.
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as sig from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where n.nspname = 'public' and (
             (p.proname in ('redeem_by_code', 'redeem_from_shelf', 'redemption_answer', 'redemption_undo', 'redemption_refund', 'redeem_voucher')
              and 'receipt' = any (p.proargnames))
             or (p.proname in ('redemption_tell', 'redemption_tell_posted') and p.prorettype = 'void'::regtype)
             or (p.proname = 'terms_in_force' and not 'fen' = any (coalesce(p.proargnames, '{}')))
             or p.proname in ('fen_of_terms', 'free_most_of')
             or p.proname in ('redemption_said', 'redemption_is_of', 'redemption_side')
             or (p.proname = 'redemption_take' and not 'repeated' = any (p.proargnames))) loop
    execute 'drop function ' || f.sig;
  end loop;
end $$;

do $$
declare c record;
begin
  alter table redemption drop constraint if exists redemption_end_words, drop constraint if exists redemption_refund_words;
  for c in select * from (values
    ('redemption', 'redemption_order_states', 'case when flow::text = ''ORDER'' then state::text not in (''ASKED'', ''LAPSED'')
        else state::text not in (''HELD'', ''VOIDED'', ''EXPIRED'') end'),
    ('redemption', 'redemption_end_reason', 'end_reason in ('''', ''WRONG_AMOUNT'', ''WRONG_OFFER'', ''WRONG_PERSON'', ''NO_STOCK'', ''CHANGED_MIND'', ''OTHER'')'),
    ('redemption', 'redemption_refund_reason', 'refund_why in ('''', ''WRONG_AMOUNT'', ''WRONG_OFFER'', ''WRONG_PERSON'', ''NO_STOCK'', ''CHANGED_MIND'', ''OTHER'')'),
    ('redemption', 'redemption_notes', 'char_length(end_note) <= 100 and char_length(refund_note) <= 100
        and (end_note = '''' or end_reason <> '''') and (refund_note = '''' or refund_why <> '''')'),
    ('redemption', 'redemption_voided_why', 'state::text <> ''VOIDED'' or (ended_by_id is not null and end_reason <> '''')'),
    ('household', 'household_free_most', 'free_most between 0 and 100000')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- What the jobs look through, and what a village owes of orders.
create index if not exists redemption_waiting on redemption (made_at) where state = 'ASKED';
create index if not exists redemption_held_until on redemption (held_until) where state = 'HELD';
create index if not exists redemption_of_held on redemption (village_id, household_id) where state = 'HELD';
create index if not exists redemption_refund_asked on redemption (village_id, merchant_id) where state = 'POSTED' and refund_side is not null;

create or replace function is_staff_of(p_merchant uuid, p_person uuid, p_at timestamptz) returns boolean
language sql stable as $$
  select exists (
    select 1 from appointment a where a.person_id = p_person and a.merchant_id = p_merchant and a.role = 'MERCHANT'
      and a.from_day <= shanghai_day(p_at) and (a.until_day is null or a.until_day >= shanghai_day(p_at)))
$$;

create or replace function is_of_household(p_village uuid, p_household uuid, p_person uuid) returns boolean
language sql stable as $$
  select exists (select 1 from resident x where x.village_id = p_village and x.household_id = p_household
                 and x.person_id = p_person and x.left_on is null)
$$;

-- The four digits that both phones show of a redemption.
create or replace function receipt_of(p_id uuid) returns text language sql immutable parallel safe as $$
  select lpad((('x' || substr(md5(p_id::text), 1, 7))::bit(28)::integer % 10000)::text, 4, '0')
$$;

-- The fixed words of a reason, as the public ledger says them (lib/alliance/redemption/rules.ts says the same).
create or replace function undo_reason_said(p_reason text) returns text language sql immutable parallel safe as $$
  select case p_reason when 'WRONG_AMOUNT' then '分数不对' when 'WRONG_OFFER' then '东西不对' when 'WRONG_PERSON' then '收错了人'
    when 'NO_STOCK' then '没有货了' when 'CHANGED_MIND' then '不要了' when 'OTHER' then '其他原因' end
$$;

-- Tells a household, everyone of it who can sign in, in the transaction that did it. Answers how many.
create or replace function redemption_tell(r redemption, p_title text, p_body text, p_now timestamptz) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_told integer;
begin
  insert into message (village_id, id, person_id, title, body, href, created_at)
  select r.village_id, uuid_of_time(p_now), x.person_id, p_title, p_body, '/me/redemptions/' || r.id, p_now
  from resident x
  where x.village_id = r.village_id and x.household_id = r.household_id and x.left_on is null and x.person_id is not null;
  get diagnostics v_told = row_count;
  return v_told;
end $$;

create or replace function merchant_said(p_merchant uuid) returns text language sql stable as $$
  select '“' || m.name || '”' from merchant m where m.id = p_merchant
$$;

-- What the household reads when points were taken. Answers how many were told.
create or replace function redemption_tell_posted(r redemption, p_now timestamptz) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if r.flow = 'VOUCHER' then
    return redemption_tell(r, '代金券“' || r.title || '”用掉了',
      '在' || merchant_said(r.merchant_id) || '，凭证号 ' || r.receipt || '，不扣您家的分。不是您家用的，请告诉村里。', p_now);
  else
    return redemption_tell(r, '在' || merchant_said(r.merchant_id) || '用了 ' || r.points || ' 分',
      case when r.title = '' then '' else '兑了“' || r.title || '”。' end
      || case when r.points < r.asked_points then '要 ' || r.asked_points || ' 分，分不够，只收了 ' || r.points || ' 分。' else '' end
      || '凭证号 ' || r.receipt || '。不是您家用的，请找店家，或者告诉村里。', p_now);
  end if;
end $$;

-- Whether a merchant may take points of a village at this moment (R5): its terms, and the 分 that the village pays for a
-- point taken under them (a charity gives, and is paid nothing). Or a refusal: MERCHANT_TAKES_NOTHING, VILLAGE_STOPPED.
create or replace function terms_in_force(p_village uuid, p_merchant uuid, out terms alliance_terms, out fen integer)
language plpgsql stable as $$
declare
  v record;
begin
  select x as terms, case when m.is_charity then 0 else x.reference_fen end as fen, b.stopped_at, b.stop_why into v
  from alliance_terms x join merchant m on m.id = x.merchant_id and m.state = 'ADMITTED'
  left join alliance_brake b on b.village_id = x.village_id and b.stopped_at is not null
  where x.village_id = p_village and x.merchant_id = p_merchant and x.ended_at is null and x.accepted_at is not null;
  if not found then perform refuse('MERCHANT_TAKES_NOTHING'); end if;
  if v.stopped_at is not null then perform refuse('VILLAGE_STOPPED', jsonb_build_object('why', v.stop_why)); end if;
  terms := v.terms; fen := v.fen;
end $$;

-- The core of counter, shelf and order, under the lock of the household's account. Records the redemption, and posts it
-- unless it has to be confirmed. p_points: an amount; of an offer the price that whoever pressed had seen (R9). p_partial:
-- of an amount, not of an offer, what the household has is taken if it is less. Refuses BAD_INPUT (no, a negative or an
-- absurd amount), OFFER_CLOSED, OFFER_PRICE_CHANGED, OFFER_SOLD_OUT, OFFER_HAD, ONCE_MOST, MONTH_MOST, NOT_ENOUGH_POINTS,
-- ORDERS_MOST, MERCHANT_TAKES_NOTHING, VILLAGE_STOPPED.
create or replace function redemption_take(
  p_village uuid, p_id uuid, p_merchant uuid, p_household uuid, p_resident uuid, p_flow "RedemptionFlow",
  p_offer uuid, p_points integer, p_partial boolean, p_person uuid, p_now timestamptz,
  out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t alliance_terms;
  o offer;
  v_day date := shanghai_day(p_now);
  v_month timestamptz := (date_trunc('month', p_now at time zone 'Asia/Shanghai')) at time zone 'Asia/Shanghai';
  v_terms record;
  v_balance bigint;
  v_free_most integer;
  v_asked integer := p_points;
  v_points integer;
  v_count bigint;
  v_state "RedemptionState" := 'POSTED';
begin
  select a.balance, h.free_most into v_balance, v_free_most
  from account a join household h on h.village_id = a.village_id and h.id = a.id
  where a.village_id = p_village and a.id = p_household for no key update of a;
  -- R1, under the lock: a repeat that came at once sees the first
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id;
  repeated := found;
  if repeated then return; end if;
  v_terms := terms_in_force(p_village, p_merchant);
  t := v_terms.terms;

  if p_offer is not null then
    select x.* into o from offer x where x.village_id = p_village and x.id = p_offer and x.merchant_id = p_merchant;
    if not found or not o.is_open or o.valid_from > v_day or o.valid_until < v_day then perform refuse('OFFER_CLOSED'); end if;
    if o.points is distinct from p_points then
      perform refuse('OFFER_PRICE_CHANGED', jsonb_build_object('points', o.points));
    end if;
    if o.per_household_month is not null then
      select count(*) into v_count from redemption x
      where x.village_id = p_village and x.household_id = p_household and x.offer_id = p_offer and x.made_at >= v_month
        and redemption_counts(x, p_now);
      if v_count >= o.per_household_month then perform refuse('OFFER_HAD', jsonb_build_object('most', o.per_household_month)); end if;
    end if;
  end if;
  if v_asked is null or v_asked not between 1 and 100000 then perform refuse('BAD_INPUT'); end if;
  v_points := v_asked;
  if p_partial and p_offer is null and v_balance between 1 and v_asked then v_points := v_balance::integer; end if;
  if v_points > t.once_most then perform refuse('ONCE_MOST', jsonb_build_object('most', t.once_most)); end if;
  if t.household_month_most is not null then
    select coalesce(sum(x.points), 0) into v_count from redemption x
    where x.village_id = p_village and x.household_id = p_household and x.merchant_id = p_merchant and x.voucher_id is null
      and x.made_at >= v_month and redemption_counts(x, p_now);
    if v_count + v_points > t.household_month_most then
      perform refuse('MONTH_MOST', jsonb_build_object('left', greatest(t.household_month_most - v_count, 0)));
    end if;
  end if;
  if v_balance < v_points then
    perform refuse('NOT_ENOUGH_POINTS', jsonb_build_object('short', v_points - v_balance));
  end if;
  if p_flow = 'ORDER' then
    select count(*) into v_count from redemption x
    where x.village_id = p_village and x.household_id = p_household and x.state = 'HELD' and x.held_until > p_now;
    if v_count >= orders_most() then perform refuse('ORDERS_MOST', jsonb_build_object('most', orders_most())); end if;
    v_state := 'HELD';
  -- up to which a shop takes by the code alone: the household's own limit, never above the terms'
  elsif p_flow = 'COUNTER' and v_points > least(t.free_most, v_free_most) then
    v_state := 'ASKED';
  end if;
  if o.stock is not null then
    update offer x set stock = x.stock - 1 where x.village_id = p_village and x.id = p_offer and x.stock > 0;
    if not found then perform refuse('OFFER_SOLD_OUT'); end if;
  end if;

  insert into redemption (village_id, id, merchant_id, household_id, resident_id, flow, state, offer_id, title, points,
    asked_points, reference_fen, held_until, receipt, made_by_id, made_at, posted_at)
  values (p_village, p_id, p_merchant, p_household, p_resident, p_flow, v_state, p_offer, coalesce(o.title, ''), v_points,
    v_asked, v_terms.fen, case when v_state = 'HELD' then held_until_of(p_now) end, receipt_of(p_id), p_person, p_now,
    case when v_state = 'POSTED' then p_now end)
  returning * into r;
  if v_state = 'POSTED' then perform redemption_post(r, p_person, p_now); end if;
end $$;

-- Whether a redemption counts against what a household may have in a month: taken, or still about to be.
create or replace function redemption_counts(r redemption, p_now timestamptz) returns boolean language sql immutable as $$
  select r.state = 'POSTED' or (r.state = 'ASKED' and r.made_at > p_now - interval '1 minute')
    or (r.state = 'HELD' and r.held_until > p_now)
$$;

-- The one posting by which points come to the merchant, and what the household reads of it.
create or replace function redemption_post(r redemption, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  -- assigned and not performed: an expression is spared a plan's start (decision 0062)
  v_posted record;
  v_told integer;
begin
  v_posted := ledger_post(
    r.village_id, 'REDEMPTION', r.id, case when r.flow = 'ORDER' then 1 else 0 end::smallint, redemption_payer(r), r.merchant_id,
    r.points, 0, case when redemption_payer(r) = r.household_id then r.household_id end,
    case when redemption_payer(r) = r.household_id then r.resident_id end,
    shanghai_day(p_now), null, null, null, null, '', null, p_person, r.id, p_now);
  v_told := redemption_tell_posted(r, p_now);
end $$;

-- The account that points come from to the merchant: of a voucher they are the village's, of an order what was held.
create or replace function redemption_payer(r redemption) returns uuid language sql immutable as $$
  select case r.flow when 'VOUCHER' then r.village_id when 'ORDER' then hold_account_of(r.village_id) else r.household_id end
$$;

-- Whether the same id was asked with the same content.
create or replace function redemption_is_of(
  r redemption, p_flow "RedemptionFlow", p_merchant uuid, p_household uuid, p_offer uuid, p_points integer
) returns boolean language sql immutable as $$
  select r.flow = p_flow and r.merchant_id = p_merchant and (p_household is null or r.household_id = p_household)
    and r.offer_id is not distinct from p_offer and r.asked_points is not distinct from p_points
$$;

-- The shop reads a code: its digits say the village and the household. Refuses CODE_UNKNOWN, CODE_EXPIRED, CODE_USED,
-- SAME_ID_OTHER_CONTENT, NOT_ALLOWED and what redemption_take refuses.
create or replace function redeem_by_code(
  p_id uuid, p_merchant uuid, p_digits text, p_offer uuid, p_points integer, p_partial boolean, p_person uuid, p_now timestamptz,
  out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c record;
  v_made record;
begin
  if not is_staff_of(p_merchant, p_person, p_now) then perform refuse('NOT_ALLOWED'); end if;
  select x.*,
    -- whoever lost the phone has ended its session, and the code with it
    x.expires_at <= p_now or exists (select 1 from session s where s.id = x.session_id and s.ended_at is not null) as is_over
  into c from pay_code x
  where x.digits = p_digits and exists (
    select 1 from alliance_terms t where t.village_id = x.village_id and t.merchant_id = p_merchant and t.accepted_at is not null)
  -- a code that is used up makes room for the same digits: the one this id used, else the one that is good, else the last
  order by (x.redemption_id is not distinct from p_id) desc, x.used_at is null desc, x.expires_at desc limit 1 for no key update;
  select x.* into r from alliance_terms t join redemption x on x.village_id = t.village_id and x.id = p_id
  where t.merchant_id = p_merchant limit 1;
  if found then
    if c.redemption_id is distinct from p_id or not redemption_is_of(r, 'COUNTER', p_merchant, c.household_id, p_offer, p_points) then
      perform refuse('SAME_ID_OTHER_CONTENT');
    end if;
    repeated := true;
    return;
  end if;
  if c.id is null then
    if not exists (select 1 from alliance_terms t join merchant m on m.id = t.merchant_id and m.state = 'ADMITTED'
                   where t.merchant_id = p_merchant and t.ended_at is null and t.accepted_at is not null) then
      perform refuse('MERCHANT_TAKES_NOTHING');
    end if;
    perform refuse('CODE_UNKNOWN');
  end if;
  if c.used_at is not null then perform refuse('CODE_USED'); end if;
  if c.is_over then perform refuse('CODE_EXPIRED'); end if;
  v_made := redemption_take(c.village_id, p_id, p_merchant, c.household_id, c.resident_id, 'COUNTER', p_offer, p_points, p_partial,
                            p_person, p_now);
  -- the same id came at once with another code
  if v_made.repeated then perform refuse('SAME_ID_OTHER_CONTENT'); end if;
  r := v_made.r;
  update pay_code x set used_at = p_now, redemption_id = p_id where x.village_id = c.village_id and x.id = c.id;
  repeated := false;
end $$;

-- The resident picks an offer on the shelf, or types an amount, on his own phone. Refuses NOT_ALLOWED,
-- SAME_ID_OTHER_CONTENT and what redemption_take refuses.
create or replace function redeem_from_shelf(
  p_village uuid, p_id uuid, p_merchant uuid, p_household uuid, p_resident uuid, p_offer uuid, p_points integer,
  p_person uuid, p_now timestamptz, out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_made record;
begin
  select s.r, s.repeated into v_made
  from redemption_by_resident(p_village, p_id, p_merchant, p_household, p_resident, 'SHELF', p_offer, p_points, p_person, p_now) s;
  r := v_made.r; repeated := v_made.repeated;
end $$;

create or replace function redemption_by_resident(
  p_village uuid, p_id uuid, p_merchant uuid, p_household uuid, p_resident uuid, p_flow "RedemptionFlow", p_offer uuid,
  p_points integer, p_person uuid, p_now timestamptz, out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_made record;
begin
  if not exists (select 1 from resident x where x.village_id = p_village and x.id = p_resident and x.household_id = p_household
                 and x.person_id = p_person and x.left_on is null) then
    perform refuse('NOT_ALLOWED');
  end if;
  select s.r, s.repeated into v_made
  from redemption_take(p_village, p_id, p_merchant, p_household, p_resident, p_flow, p_offer, p_points, false, p_person, p_now) s;
  r := v_made.r; repeated := v_made.repeated;
  if not redemption_is_of(r, p_flow, p_merchant, p_household, p_offer, p_points) or r.made_by_id <> p_person then
    perform refuse('SAME_ID_OTHER_CONTENT');
  end if;
end $$;

-- The resident answers what the shop asked for: yes within a minute, or no. Once. Refuses NOT_FOUND,
-- REDEMPTION_DECIDED, REDEMPTION_LAPSED, MERCHANT_TAKES_NOTHING, VILLAGE_STOPPED, NOT_ENOUGH_POINTS.
create or replace function redemption_answer(
  p_village uuid, p_id uuid, p_person uuid, p_yes boolean, p_now timestamptz, out r redemption, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select x.* into r from redemption x where x.village_id = p_village and x.id = p_id for no key update;
  if not found or not is_of_household(p_village, r.household_id, p_person) then perform refuse('NOT_FOUND'); end if;
  repeated := r.state <> 'ASKED';
  if repeated then
    if (r.state = 'POSTED') = p_yes and r.state in ('POSTED', 'LAPSED') and r.flow = 'COUNTER' then return; end if;
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

-- Ends what nobody confirmed within its minute; false where it was answered, or is being answered at this moment.
drop function if exists redemptions_lapse(timestamptz, integer);
create or replace function redemption_expire(p_village uuid, p_id uuid, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
begin
  select x.* into r from redemption x
  where x.village_id = p_village and x.id = p_id and x.state = 'ASKED' and x.made_at <= p_now - interval '1 minute'
  for no key update skip locked;
  if not found then return false; end if;
  perform redemption_lapse(r, null, p_now);
  return true;
end $$;

-- The postings that a redemption has by its state, as R3 lists them: leg, kind, from, to and points of each.
create or replace function redemption_legs(r redemption) returns text[] language sql immutable as $$
  select case
    when r.state in ('ASKED', 'LAPSED') then array[]::text[]
    when r.flow <> 'ORDER' then
      array[concat_ws(' ', 0, 'REDEMPTION', redemption_payer(r), r.merchant_id, r.points)]
      || case when r.state in ('UNDONE', 'REFUNDED')
         then array[concat_ws(' ', 1, 'REVERSAL', r.merchant_id, redemption_payer(r), r.points)] else array[]::text[] end
    else
      array[concat_ws(' ', 0, 'HOLD', r.household_id, redemption_payer(r), r.points)]
      || case when r.state in ('VOIDED', 'EXPIRED')
           then array[concat_ws(' ', 1, 'REVERSAL', redemption_payer(r), r.household_id, r.points)]
         when r.state = 'HELD' then array[]::text[]
         else array[concat_ws(' ', 1, 'REDEMPTION', redemption_payer(r), r.merchant_id, r.points)] end
      || case when r.state in ('UNDONE', 'REFUNDED')
         then array[concat_ws(' ', 2, 'REVERSAL', r.merchant_id, redemption_payer(r), r.points),
                    concat_ws(' ', 3, 'REVERSAL', redemption_payer(r), r.household_id, r.points)] else array[]::text[] end
  end
$$;

-- R3 for whoever writes past these functions: what a redemption says and what the ledger has, at the end of a transaction.
create or replace function check_redemption_whole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r redemption;
  v_legs text[];
begin
  select x.* into r from redemption x where x.village_id = new.village_id and x.id = new.id;
  select coalesce(array_agg(concat_ws(' ', p.leg, p.kind, p.debit_id, p.credit_id, p.points) order by p.leg), array[]::text[]) into v_legs
  from posting p where p.village_id = r.village_id and p.source = r.id;
  if v_legs is distinct from redemption_legs(r) then
    raise exception 'a redemption % has the postings %', r.state, v_legs using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists redemption_whole on redemption;
create constraint trigger redemption_whole after insert or update on redemption deferrable initially deferred
  for each row execute function check_redemption_whole();

-- A redemption's id is made by the phone that asks, and the ledger knows it as a source, under which each leg is posted
-- once for ever. So it must not be what somebody else's posting will stand under: an id of version 8, as a year's end and
-- a quarter's budget have theirs (anybody can reckon them), a deduction's, which its household reads in an address, or an
-- account's.
create or replace function check_new_redemption() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if substr(new.id::text, 15, 1) = '8'
     or exists (select 1 from deduction d where d.village_id = new.village_id and d.id = new.id)
     or exists (select 1 from account a where a.village_id = new.village_id and a.id = new.id) then
    perform refuse('SAME_ID_OTHER_CONTENT');
  end if;
  return new;
end $$;
drop trigger if exists redemption_new on redemption;
create trigger redemption_new before insert on redemption for each row execute function check_new_redemption();

-- What was taken does not change but by its next state.
create or replace function check_redemption_change() returns trigger language plpgsql as $$
declare
  v_ways constant text[] := array['ASKED>POSTED', 'ASKED>LAPSED', 'HELD>POSTED', 'HELD>VOIDED', 'HELD>EXPIRED',
                                  'POSTED>POSTED', 'POSTED>UNDONE', 'POSTED>REFUNDED'];
  v_moving constant text[] := array['state', 'posted_at', 'ended_at', 'ended_by_id', 'end_reason', 'end_note',
                                    'refund_side', 'refund_by_id', 'refund_why', 'refund_note'];
begin
  if tg_op = 'DELETE' then raise exception 'redemptions are kept' using errcode = '23514'; end if;
  if (to_jsonb(new) - v_moving) is distinct from (to_jsonb(old) - v_moving)
     or not (old.state || '>' || new.state) = any (v_ways)
     or (old.posted_at is not null and new.posted_at <> old.posted_at)
     -- a voucher is used up, and stays so
     or (old.state = 'POSTED' and old.voucher_id is not null)
     or (new.state = 'REFUNDED' and (new.refund_side is null or new.ended_by_id = new.refund_by_id)) then
    raise exception 'a redemption goes from % to % never', old.state, new.state using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists redemption_change on redemption;
create trigger redemption_change before update or delete on redemption for each row execute function check_redemption_change();
drop trigger if exists redemption_no_truncate on redemption;
create trigger redemption_no_truncate before truncate on redemption for each statement execute function refuse_change();
