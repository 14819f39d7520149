-- The ledger: where points are.
--
--   ISSUE ──(BUDGET_GRANT)──▶ BUDGET 2026Q4 ──(AWARD)──▶ HOUSEHOLD 03-017
--     └───────────────(AWARD, where no budget is set)──────▶       │
--                                     MERCHANT ◀──(REDEMPTION)────┤
--                                        └───(REDEMPTION)── HOLD ◀─(HOLD)      (an order: set aside, fetched later)
--
-- A posting is one immutable transfer of `points` from `debit` to `credit`; beside it stands by how much the honour
-- score of a household and resident changes. It is the only truth. Everything else is derived and can be rebuilt:
--   account.balance   = credits - debits of the account (ISSUE, MERCHANT and HOLD keep none: everything passes through
--                       them, a running row would make all approvals of a village, or all buyers of a shop, wait for each
--                       other)
--   standing.honour   = sum of honour by period, household and resident
--
-- Invariants, each with a test that breaks it on purpose (lib/ledger/*.db.test.ts):
--   I1  postings are never changed or deleted (append_only.sql)
--   I2  a (source, leg) is posted once for ever; asked again with the same content it answers the first posting,
--       with other content it refuses
--   I3  no balance below zero
--   I4  a posting is reversed at most once, and a reversal never
--   I5  balances and standings equal their sums (ledger_rebuild changes no row)
--   I6  postings are sealed in blocks, each chained to the one before by hash (ledger_seal_village); a changed,
--       removed, inserted or swapped posting is found (ledger_verify.sql)
--
-- Locks are taken in the order of account ids, so two postings can't wait for each other in a circle. Callers that
-- lock more (deed.sql) lock the deed first, then accounts.
--
-- Only these functions may write account, posting, standing and ledger_seal: the application's role has no right to,
-- and the functions run as their owner (security definer).

-- UUIDv7 of a moment, with microseconds in the twelve bits behind the milliseconds. PostgreSQL has its own since 18;
-- we support 15.
create or replace function uuid_of_time(p_at timestamptz) returns uuid language plpgsql volatile parallel safe as $$
declare
  us constant bigint := (extract(epoch from p_at) * 1000000)::bigint;
begin
  return (lpad(to_hex(us / 1000), 12, '0') || '7' || lpad(to_hex((us % 1000) * 4096 / 1000), 3, '0')
          || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid;
end $$;

-- The moment that a UUIDv7 tells, to the millisecond.
create or replace function time_of_uuid(p_id uuid) returns timestamptz language sql immutable parallel safe as $$
  select to_timestamp(('x' || translate(left(p_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)
$$;

-- The smallest id that a posting recorded at a moment or later can have.
create or replace function uuid_floor_of_time(p_at timestamptz) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;

create or replace function quarter_of(p_day date) returns text language sql immutable parallel safe as $$
  select to_char(p_day, 'YYYY"Q"Q')
$$;

create or replace function budget_account_of(p_village uuid, p_quarter text) returns uuid
language sql immutable parallel safe as $$
  select overlay(overlay(md5('budget:' || p_village || ':' || p_quarter) placing '8' from 13) placing '8' from 17)::uuid
$$;

-- The account in which a village's households set points aside for what they ordered: one for all of them.
create or replace function hold_account_of(p_village uuid) returns uuid language sql immutable parallel safe as $$
  select overlay(overlay(md5('hold:' || p_village) placing '8' from 13) placing '8' from 17)::uuid
$$;

-- Whether an account has a row that every posting moves. What everything passes through has none, so that it is never
-- what everybody waits for: its total is the sum of its postings.
create or replace function keeps_balance(p_kind "AccountKind") returns boolean language sql immutable parallel safe as $$
  select p_kind not in ('ISSUE', 'MERCHANT', 'HOLD')
$$;

-- Accounts open with what they belong to.
create or replace function open_issue_account() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into account (village_id, id, kind)
  values (new.id, new.id, 'ISSUE'), (new.id, hold_account_of(new.id), 'HOLD') on conflict do nothing;
  return new;
end $$;

create or replace function open_household_account() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into account (village_id, id, kind) values (new.village_id, new.id, 'HOUSEHOLD') on conflict do nothing;
  return new;
end $$;

-- What a merchant takes in a village, from their first terms on.
create or replace function open_merchant_account() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into account (village_id, id, kind) values (new.village_id, new.merchant_id, 'MERCHANT') on conflict do nothing;
  -- Whose account has the merchant's id already, a household's say, would get what its customers pay.
  if not exists (select 1 from account a where a.village_id = new.village_id and a.id = new.merchant_id and a.kind = 'MERCHANT') then
    raise exception 'a merchant has an account of its own' using errcode = '23514';
  end if;
  return new;
end $$;

drop trigger if exists village_open_account on village;
create trigger village_open_account after insert on village for each row execute function open_issue_account();
-- villages from before there were orders
insert into account (village_id, id, kind) select v.id, hold_account_of(v.id), 'HOLD' from village v on conflict do nothing;
drop trigger if exists household_open_account on household;
create trigger household_open_account after insert on household for each row execute function open_household_account();
drop trigger if exists alliance_terms_open_account on alliance_terms;
create trigger alliance_terms_open_account after insert on alliance_terms for each row execute function open_merchant_account();

-- Posts one transfer; the only way in. Answers the posting, and whether it was there already.
--   p_partial  take what the debit account has and record the rest as shortfall, instead of refusing
-- Refuses: NOT_ENOUGH_POINTS, BUDGET_SPENT, SAME_ID_OTHER_CONTENT. An unknown account is a fault of the caller.
create or replace function ledger_post(
  p_village uuid, p_kind "PostingKind", p_source uuid, p_leg smallint, p_debit uuid, p_credit uuid,
  p_points integer, p_honour integer, p_household uuid, p_resident uuid, p_credited_on date,
  p_version uuid, p_item uuid, p_item_code text, p_metric numeric, p_reason text, p_reverses uuid,
  p_person uuid, p_command uuid, p_now timestamptz, p_partial boolean default false,
  out posting_id uuid, out points integer, out honour integer, out balance bigint, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_account record;
  v_debit_balance bigint;
  v_credit_balance bigint;
  v_debit_kind "AccountKind";
  v_credit_kind "AccountKind";
  v_moved integer := p_points;
  v_old posting;
  v_horizon uuid;
begin
  if p_points < 0 or p_debit = p_credit then
    raise exception 'ledger_post: points must not be negative and accounts must differ';
  end if;

  -- One statement, in id order; accounts without a balance are read but not locked.
  for v_account in
    select a.id, a.kind, a.balance,
      (select b.kind from account b where b.village_id = p_village and b.id = case a.id when p_debit then p_credit else p_debit end)
        as other_kind
    from account a
    where a.village_id = p_village and a.id in (p_debit, p_credit) and keeps_balance(a.kind)
    order by a.id for no key update
  loop
    if v_account.id = p_debit then
      v_debit_kind := v_account.kind; v_debit_balance := v_account.balance; v_credit_kind := v_account.other_kind;
    else
      v_credit_kind := v_account.kind; v_credit_balance := v_account.balance; v_debit_kind := v_account.other_kind;
    end if;
  end loop;
  if v_debit_kind is null and v_credit_kind is null then
    -- from one that keeps none to another
    select a.kind into v_debit_kind from account a where a.village_id = p_village and a.id = p_debit;
    select a.kind into v_credit_kind from account a where a.village_id = p_village and a.id = p_credit;
  end if;
  if v_debit_kind is null or v_credit_kind is null then
    raise exception 'ledger_post: no such account in village %', p_village;
  end if;

  -- I2. Under the lock, so that a repeat that came at once sees the first.
  select * into v_old from posting p where p.village_id = p_village and p.source = p_source and p.leg = p_leg;
  if found then
    if v_old.kind <> p_kind or v_old.debit_id <> p_debit or v_old.credit_id <> p_credit
       or v_old.points + v_old.shortfall <> p_points or v_old.honour <> p_honour
       or v_old.household_id is distinct from p_household or v_old.resident_id is distinct from p_resident
       or v_old.credited_on <> p_credited_on or v_old.reverses is distinct from p_reverses then
      perform refuse('SAME_ID_OTHER_CONTENT');
    end if;
    posting_id := v_old.id; points := v_old.points; honour := v_old.honour; repeated := true;
    balance := coalesce(case when p_debit = p_household then v_debit_balance else v_credit_balance end, 0);
    return;
  end if;

  -- I3.
  if keeps_balance(v_debit_kind) and v_debit_balance < p_points then
    if p_partial then
      v_moved := v_debit_balance;
    elsif v_debit_kind = 'BUDGET' then
      perform refuse('BUDGET_SPENT', jsonb_build_object('left', v_debit_balance));
    else
      perform refuse('NOT_ENOUGH_POINTS', jsonb_build_object('short', p_points - v_debit_balance));
    end if;
  end if;

  if v_moved > 0 then
    update account a
    set balance = a.balance + case when a.id = p_debit then -v_moved else v_moved end, version = a.version + 1
    where a.village_id = p_village and a.id in (p_debit, p_credit) and keeps_balance(a.kind);
  end if;

  -- Never behind the last seal's horizon, where nothing is sealed any more: a clock that was set back gets there.
  posting_id := uuid_of_time(clock_timestamp());
  select s.horizon into v_horizon from ledger_seal s where s.village_id = p_village order by s.number desc limit 1;
  if posting_id < v_horizon then posting_id := uuid_of_time(time_of_uuid(v_horizon) + interval '1 millisecond'); end if;
  insert into posting (
    village_id, id, kind, source, leg, debit_id, credit_id, points, shortfall, honour,
    debit_before, debit_after, credit_before, credit_after, household_id, resident_id, credited_on,
    version_id, item_id, item_code, metric_value, reason, reverses, person_id, command_id, posted_at
  ) values (
    p_village, posting_id, p_kind, p_source, p_leg, p_debit, p_credit, v_moved, p_points - v_moved, p_honour,
    v_debit_balance, v_debit_balance - v_moved, v_credit_balance, v_credit_balance + v_moved,
    p_household, p_resident, p_credited_on, p_version, p_item, p_item_code, p_metric, p_reason, p_reverses,
    p_person, p_command, p_now
  );

  if p_honour <> 0 then
    insert into standing as s (village_id, period, household_id, resident_id, honour)
    values (p_village, quarter_of(p_credited_on), p_household, p_resident, p_honour),
           (p_village, to_char(p_credited_on, 'YYYY'), p_household, p_resident, p_honour),
           (p_village, 'ALL', p_household, p_resident, p_honour)
    on conflict (village_id, period, household_id, resident_id) do update set honour = s.honour + excluded.honour;
  end if;

  points := v_moved;
  honour := p_honour;
  balance := case when p_debit = p_household then v_debit_balance - v_moved else v_credit_balance + v_moved end;
  repeated := false;
end $$;

-- Takes a posting back by a new one, with a reason. Honour goes back in full; points as far as the account that
-- got them still has them (a household that has spent them never falls below zero), the rest is its shortfall.
-- It counts for the same day as what it reverses, so that caps free up again.
-- Refuses: NOT_FOUND, NOT_REVERSIBLE (a reversal, a year's end), ALREADY_REVERSED.
create or replace function ledger_reverse(
  p_village uuid, p_posting uuid, p_source uuid, p_leg smallint, p_reason text,
  p_person uuid, p_command uuid, p_now timestamptz,
  out posting_id uuid, out points integer, out honour integer, out balance bigint, out repeated boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_old posting;
begin
  select * into v_old from posting p where p.village_id = p_village and p.id = p_posting;
  if not found then perform refuse('NOT_FOUND'); end if;
  if v_old.kind in ('REVERSAL', 'YEAR_CLOSE', 'YEAR_CARRY') then perform refuse('NOT_REVERSIBLE'); end if;

  -- The same accounts that ledger_post will lock, in the same order: whoever comes second sees the first (I4).
  perform 1 from account a
  where a.village_id = p_village and a.id in (v_old.debit_id, v_old.credit_id) and keeps_balance(a.kind)
  order by a.id for no key update;
  if exists (select 1 from posting p where p.village_id = p_village and p.reverses = p_posting
             and (p.source, p.leg) <> (p_source, p_leg)) then
    perform refuse('ALREADY_REVERSED');
  end if;

  select l.posting_id, l.points, l.honour, l.balance, l.repeated
  into posting_id, points, honour, balance, repeated
  from ledger_post(
    p_village, 'REVERSAL', p_source, p_leg, v_old.credit_id, v_old.debit_id, v_old.points, -v_old.honour,
    v_old.household_id, v_old.resident_id, v_old.credited_on, v_old.version_id, v_old.item_id, v_old.item_code,
    -v_old.metric_value, p_reason, p_posting, p_person, p_command, p_now, true) l;
end $$;

-- Sees to it that a quarter's budget account holds grants of at least p_amount in sum; answers the account.
-- A raised budget adds the difference; a lowered one takes nothing back.
create or replace function ledger_grant_budget(
  p_village uuid, p_credited_on date, p_amount integer, p_person uuid, p_command uuid, p_now timestamptz
) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_account uuid := budget_account_of(p_village, quarter_of(p_credited_on));
  v_granted bigint;
  v_grants smallint;
begin
  insert into account (village_id, id, kind, holder)
  values (p_village, v_account, 'BUDGET', quarter_of(p_credited_on)) on conflict do nothing;
  perform 1 from account a where a.village_id = p_village and a.id = v_account for no key update;
  select coalesce(sum(p.points) filter (where p.kind = 'BUDGET_GRANT'), 0), coalesce(max(p.leg) + 1, 0) into v_granted, v_grants
  from posting p where p.village_id = p_village and p.source = v_account;
  if v_granted < p_amount then
    perform ledger_post(
      p_village, 'BUDGET_GRANT', v_account, v_grants, p_village, v_account, (p_amount - v_granted)::integer, 0,
      null, null, p_credited_on, null, null, null, null, '', null, p_person, p_command, p_now);
  end if;
  return v_account;
end $$;

-- Derives balances and standings from the postings again. Answers each row that had to be changed: none, unless
-- something other than this file has written to them.
create or replace function ledger_rebuild(p_village uuid)
returns table (what text, key text, had bigint, is_now bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from account a where a.village_id = p_village order by a.id for no key update;

  return query
  with moves as (
    select p.credit_id as id, p.points::bigint as delta from posting p where p.village_id = p_village
    union all select p.debit_id, -p.points from posting p where p.village_id = p_village
  ), sums as (
    select m.id, sum(m.delta)::bigint as balance from moves m group by m.id
  ), wrong as (
    select a.id, a.balance as had, coalesce(s.balance, 0) as is_now
    from account a left join sums s on s.id = a.id
    where a.village_id = p_village and keeps_balance(a.kind) and a.balance <> coalesce(s.balance, 0)
  ), mended as (
    update account a set balance = w.is_now, version = a.version + 1 from wrong w
    where a.village_id = p_village and a.id = w.id
  )
  select 'account', w.id::text, w.had, w.is_now from wrong w;

  return query
  with right_rows as (
    select d.period, d.household_id, d.resident_id, d.honour from ledger_derive_standings(p_village) d
  ), wrong as (
    select coalesce(r.period, s.period) as period, coalesce(r.household_id, s.household_id) as household_id,
           coalesce(r.resident_id, s.resident_id) as resident_id, s.honour as had, coalesce(r.honour, 0) as is_now
    from right_rows r
    full join (select * from standing where village_id = p_village) s
      on s.period = r.period and s.household_id = r.household_id and s.resident_id = r.resident_id
    where s.honour is distinct from r.honour and not (r.honour is null and s.honour = 0)
  ), mended as (
    insert into standing as s (village_id, period, household_id, resident_id, honour)
    select p_village, w.period, w.household_id, w.resident_id, w.is_now from wrong w
    on conflict (village_id, period, household_id, resident_id) do update set honour = excluded.honour
  )
  select 'standing', concat_ws('/', w.period, w.household_id, w.resident_id), coalesce(w.had, 0), w.is_now from wrong w;
end $$;

-- Standings as the postings give them.
create or replace function ledger_derive_standings(p_village uuid)
returns table (period text, household_id uuid, resident_id uuid, honour bigint)
language sql stable as $$
  select x.period, p.household_id, p.resident_id, sum(p.honour)::bigint
  from posting p
  cross join lateral (values (quarter_of(p.credited_on)), (to_char(p.credited_on, 'YYYY')), ('ALL')) x(period)
  where p.village_id = p_village and p.honour <> 0
  group by 1, 2, 3
$$;

-- What of a posting is sealed: all of it. An array in JSON keeps fields apart whatever they contain.
create or replace function posting_hash(p posting) returns bytea language sql stable parallel safe as $$
  select sha256(convert_to(jsonb_build_array(
    p.village_id, p.id, p.kind, p.source, p.leg, p.debit_id, p.credit_id, p.points, p.shortfall, p.honour,
    p.debit_before, p.debit_after, p.credit_before, p.credit_after, p.household_id, p.resident_id,
    to_char(p.credited_on, 'YYYY-MM-DD'), p.version_id, p.item_id, p.item_code, p.metric_value::text, p.reason,
    p.reverses, p.person_id, p.command_id, (extract(epoch from p.posted_at) * 1000000)::bigint
  )::text, 'UTF8'))
$$;

create or replace function seal_hash(
  p_village uuid, p_number integer, p_horizon uuid, p_previous bytea, p_ids uuid[], p_hashes bytea
) returns bytea language sql immutable parallel safe as $$
  select sha256(convert_to(jsonb_build_array(p_village, p_number, p_horizon, p_ids)::text, 'UTF8') || p_previous || p_hashes)
$$;

-- A transaction that recorded its posting this long before a seal must have ended by then (statements and
-- transactions are cut off after 30 seconds). The line a seal draws there is its horizon: whatever turns up behind it
-- was not put there by the program, which makes no id behind it whatever its clock says (ledger_post). It is never sealed,
-- and ledger_verify reports it.
create or replace function seal_overlap() returns interval language sql immutable as $$ select interval '10 minutes' $$;

-- Seals what has been posted since the last seal, at most p_most postings; answers how many. One sealer at a time
-- for a village; no posting waits for it.
create or replace function ledger_seal_village(p_village uuid, p_most integer default 5000) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_last ledger_seal;
  v_known uuid[];
  v_horizon uuid := '00000000-0000-0000-0000-000000000000';
  v_ids uuid[];
  v_hashes bytea;
  v_number integer;
  v_at timestamptz := clock_timestamp();
begin
  if not pg_try_advisory_xact_lock(hashtextextended('seal' || p_village::text, 7)) then return 0; end if;
  select * into v_last from ledger_seal s where s.village_id = p_village order by s.number desc limit 1;
  if found then
    v_horizon := v_last.horizon;
    select array_agg(i) into v_known
    from ledger_seal s, unnest(s.posting_ids) i
    where s.village_id = p_village and s.posting_ids[cardinality(s.posting_ids)] >= v_horizon and i >= v_horizon;
  end if;

  select array_agg(t.id order by t.id), string_agg(t.hash, ''::bytea order by t.id) into v_ids, v_hashes
  from (
    select p.id, posting_hash(p) as hash from posting p
    where p.village_id = p_village and p.id >= v_horizon
      and not exists (select 1 from unnest(v_known) k(id) where k.id = p.id)
    order by p.id limit p_most
  ) t;
  if v_ids is null then return 0; end if;

  v_number := coalesce(v_last.number, 0) + 1;
  -- A full block may have left some for the next: those lie behind its last posting.
  v_horizon := greatest(v_horizon, case
    when cardinality(v_ids) < p_most then uuid_floor_of_time(v_at - seal_overlap())
    else least(uuid_floor_of_time(v_at - seal_overlap()), v_ids[cardinality(v_ids)]) end);
  insert into ledger_seal (village_id, id, number, posting_ids, row_hashes, horizon, previous, hash, sealed_at)
  values (p_village, uuid_of_time(v_at), v_number, v_ids, v_hashes, v_horizon, coalesce(v_last.hash, ''),
          seal_hash(p_village, v_number, v_horizon, coalesce(v_last.hash, ''), v_ids, v_hashes), v_at);
  return cardinality(v_ids);
end $$;
