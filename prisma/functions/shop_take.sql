-- 收积分 in one round trip: who asks, how often, whether it was asked before, the taking, and the line in the log, as
-- lib/platform/command.ts does them one after another for every other command. Market days pass through here.
--
-- A refusal is answered, not raised: what it had begun is rolled back, and the count of this minute stays, so that
-- nobody tries out digits by being refused for nothing.

-- What a redemption has come to, as commands answer it and both phones say it.
create or replace function redemption_outcome(r redemption) returns jsonb language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'subject', r.id, 'villageId', r.village_id, 'state', r.state, 'receipt', r.receipt, 'points', r.points,
    'askedPoints', r.asked_points, 'title', r.title,
    'heldUntil', to_char(r.held_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
$$;

-- p_hash is the keyed hash of name and input; the person is hashed into it here, as command.ts does. p_points: an amount,
-- or of an offer the points that the phone showed. p_shop is the shop whose page asks, null where it said none: nothing is
-- taken for another (SHOP_ELSEWHERE), nor, from somebody of several shops, for one that isn't said (SHOP_UNSAID), as
-- lib/platform/shop-said.ts does.
drop function if exists take_points(uuid, uuid, text, text, uuid, integer, boolean, text, integer, timestamptz);
create or replace function take_points(
  p_session uuid, p_id uuid, p_hash text, p_digits text, p_offer uuid, p_points integer, p_partial boolean,
  p_address text, p_minute_most integer, p_now timestamptz, p_shop uuid,
  out refusal text, out params jsonb, out outcome jsonb, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_merchant uuid;
  v_day constant date := shanghai_day(p_now);
  v_window timestamptz := date_trunc('minute', p_now);
  v_count integer;
  v_hash text;
  v_earlier command_log;
  v_done record;
begin
  select s.person_id, o.merchant_id into v_person, v_merchant
  from session s left join lateral (
    select a.merchant_id from appointment a join merchant m on m.id = a.merchant_id
    where a.person_id = s.person_id and a.role = 'MERCHANT'
      and a.from_day <= v_day and (a.until_day is null or a.until_day >= v_day)
    -- the shop that the session stands in, else the first, as lib/auth/reads.ts chooses
    order by a.merchant_id is not distinct from s.shop_merchant_id desc, merchant_precedence(m.state), a.from_day, a.created_at, a.id limit 1
  ) o on true
  where s.id = p_session and s.ended_at is null and s.expires_at > p_now;
  if v_person is null then refusal := 'SIGN_IN_FIRST'; return; end if;
  if v_merchant is null then refusal := 'NOT_ALLOWED'; return; end if;

  insert into rate_count as c (key, "window", count) values ('command:take-points:' || v_person, v_window, 1)
  on conflict (key, "window") do update set count = c.count + 1
  returning c.count into v_count;
  if v_count > p_minute_most then
    refusal := 'TOO_MANY_REQUESTS';
    params := jsonb_build_object('seconds', greatest(1, ceil(extract(epoch from v_window + interval '1 minute' - p_now))));
    return;
  end if;

  v_hash := encode(sha256(convert_to(p_hash || ':' || v_person, 'UTF8')), 'hex');
  begin
    v_earlier := command_earlier('00000000-0000-0000-0000-000000000000', p_id);
    if v_earlier.id is not null then
      if v_earlier.name <> 'take-points' or v_earlier.input_hash <> v_hash then perform refuse('SAME_ID_OTHER_CONTENT'); end if;
      outcome := v_earlier.outcome; repeated := true;
      return;
    end if;
    if p_shop is null then
      if exists (select 1 from appointment a where a.person_id = v_person and a.role = 'MERCHANT' and a.merchant_id <> v_merchant
                 and a.from_day <= v_day and (a.until_day is null or a.until_day >= v_day)) then
        perform refuse('SHOP_UNSAID', jsonb_build_object('shop', (select m.name from merchant m where m.id = v_merchant)));
      end if;
    elsif p_shop <> v_merchant then
      perform refuse('SHOP_ELSEWHERE', jsonb_build_object('shop', (select m.name from merchant m where m.id = v_merchant)));
    end if;
    v_done := redeem_by_code(p_id, v_merchant, p_digits, p_offer, p_points, p_partial, v_person, p_now);
    outcome := redemption_outcome(v_done.r);
    insert into command_log (village_id, id, name, person_id, seat, input_hash, input, outcome, subject, address, logged_at)
    values ('00000000-0000-0000-0000-000000000000', p_id, 'take-points', v_person, 'SHOP', v_hash,
      jsonb_strip_nulls(jsonb_build_object('offerId', p_offer, 'points', p_points, 'partial', p_partial)),
      take_points.outcome, p_id, p_address, p_now);
    repeated := false;
  exception when sqlstate 'CF001' then
    refusal := split_part(sqlerrm, ' ', 1);
    params := substr(sqlerrm, length(refusal) + 2)::jsonb;
  end;
end $$;
