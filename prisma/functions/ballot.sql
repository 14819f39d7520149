-- Ballots (表决): a vote on a draft, from the phone and in the hall together. What must hold:
--
--   once         one row of ballot_voter for a household (or an adult), whichever way it came; a unique key keeps it
--   secret       who has voted and what was voted share nothing: ballot_voter has random ids and no time, ballot_box is
--                one row of three numbers. A row a vote would betray its voter by the order in which both lie in the
--                tables (and in every dump), and by the transaction that wrote both
--   honest       the three numbers only grow, and together they are as many as the voters, at each commit
--   until then   nobody counts before the vote is closed: the program has no right to read the box, only to ask
--                ballot_count, which answers after closes_at, and believes nobody that it is later than it is
--   fixed        a ballot's question, its time and its voters' roll are those of its opening
--
-- What a person with the rights of the database's owner can still see: the newest entry of the box beside the newest
-- voter, if he looks before and after each single vote. docs/decisions/0010 says why that is left.

do $$
declare c record;
begin
  for c in select * from (values
    ('ballot', 'ballot_has_voters', 'eligible >= 1'),
    ('ballot', 'ballot_unit_votes', 'unit <> ''REPRESENTATIVE'''),
    ('ballot', 'ballot_open_a_while', 'closes_at > opens_at'),
    ('ballot_box', 'ballot_box_not_negative', 'least(votes_for, votes_against, abstained) >= 0')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- Whether someone counts as grown up in the year of a moment: eighteen that year, or of unknown age.
create or replace function is_adult_in(p_birth_year integer, p_at timestamptz) returns boolean language sql stable as $$
  select p_birth_year is null or extract(year from p_at at time zone 'Asia/Shanghai')::integer - p_birth_year >= 18
$$;

-- The roll of a ballot's voters, as it was when it was opened; who has left since has no vote any more.
create or replace function ballot_roll(p_village uuid, p_unit "VoteUnit", p_opened timestamptz) returns setof uuid
language sql stable as $$
  select h.id from household h
  where p_unit = 'HOUSEHOLD' and h.village_id = p_village and h.left_on is null and h.created_at <= p_opened
    and exists (select 1 from resident r where r.village_id = h.village_id and r.household_id = h.id
                and r.left_on is null and is_adult_in(r.birth_year, p_opened))
  union all
  select r.id from resident r join household h on h.village_id = r.village_id and h.id = r.household_id
  where p_unit = 'ADULT' and r.village_id = p_village and r.left_on is null and h.left_on is null
    and r.created_at <= p_opened and is_adult_in(r.birth_year, p_opened)
$$;

-- How many households or adults the roster had on a day: what a meeting's number of eligible is held against. Whoever
-- left since was there; whoever came or was entered later was not.
create or replace function roster_on(p_village uuid, p_unit "VoteUnit", p_day date) returns integer
language plpgsql stable as $$
declare
  v_start timestamptz := p_day::timestamp at time zone 'Asia/Shanghai';
  v_end timestamptz := (p_day + 1)::timestamp at time zone 'Asia/Shanghai';
begin
  return (
    select case p_unit when 'HOUSEHOLD' then count(distinct h.id) when 'ADULT' then count(*) end
    from household h join resident r on r.village_id = h.village_id and r.household_id = h.id
    where h.village_id = p_village and h.created_at < v_end and (h.left_on is null or h.left_on > p_day)
      and r.created_at < v_end and (r.left_on is null or r.left_on > p_day) and is_adult_in(r.birth_year, v_start)
  );
end $$;

create or replace function check_ballot() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_version rulebook_version;
begin
  select * into v_version from rulebook_version v
  where v.village_id = new.village_id and v.id = new.version_id for share;
  if v_version.state is distinct from 'HEARING' then perform refuse('RULEBOOK_NOT_HEARD'); end if;
  if new.opens_at < v_version.hearing_until then perform refuse('HEARING_STILL_OPEN'); end if;
  if not holds_role(new.village_id, new.opened_by_id, 'SECRETARY', new.opens_at) then perform refuse('NOT_ALLOWED'); end if;
  if exists (select 1 from resolution r where r.village_id = new.village_id and r.version_id = new.version_id) then
    raise exception 'what is resolved is not voted on' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists ballot_check on ballot;
create trigger ballot_check before insert on ballot for each row execute function check_ballot();

create or replace function check_ballot_voter() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ballot ballot;
begin
  select * into v_ballot from ballot b where b.village_id = new.village_id and b.id = new.ballot_id for share;
  if not exists (select 1 from rulebook_version v where v.village_id = new.village_id and v.id = v_ballot.version_id
                 and v.state = 'HEARING') then
    perform refuse('BALLOT_CLOSED');
  end if;
  if new.voter_id not in (select ballot_roll(new.village_id, v_ballot.unit, v_ballot.opens_at)) then
    raise exception 'not on the roll of this vote' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists ballot_voter_check on ballot_voter;
create trigger ballot_voter_check before insert on ballot_voter for each row execute function check_ballot_voter();

create or replace function check_ballot_box() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if (new.votes_for, new.votes_against, new.abstained) is distinct from (0, 0, 0) then
      raise exception 'a ballot box begins empty' using errcode = '23514';
    end if;
  elsif (new.village_id, new.id, new.ballot_id) is distinct from (old.village_id, old.id, old.ballot_id)
     or new.votes_for < old.votes_for or new.votes_against < old.votes_against or new.abstained < old.abstained then
    raise exception 'nothing is taken out of a ballot box' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists ballot_box_check on ballot_box;
create trigger ballot_box_check before insert or update on ballot_box for each row execute function check_ballot_box();

-- At each commit there lie as many votes in the box as there are voters.
create or replace function check_ballot_sum() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_votes integer;
  v_voters integer;
begin
  select x.votes_for + x.votes_against + x.abstained into v_votes from ballot_box x
  where x.village_id = new.village_id and x.ballot_id = new.ballot_id;
  select count(*) into v_voters from ballot_voter v where v.village_id = new.village_id and v.ballot_id = new.ballot_id;
  if v_votes is distinct from v_voters then
    raise exception 'votes and voters of a ballot differ' using errcode = '23514';
  end if;
  return null;
end $$;

do $$
declare t text;
begin
  foreach t in array array['ballot_voter', 'ballot_box'] loop
    execute format('drop trigger if exists %I_sum on %I', t, t);
    execute format('create constraint trigger %I_sum after insert or update on %I
      deferrable initially deferred for each row execute function check_ballot_sum()', t, t);
  end loop;
  foreach t in array array['ballot', 'ballot_voter'] loop
    execute format('drop trigger if exists %I_append_only on %I', t, t);
    execute format('create trigger %I_append_only before update or delete on %I for each row execute function refuse_change()', t, t);
  end loop;
  drop trigger if exists ballot_box_stays on ballot_box;
  create trigger ballot_box_stays before delete on ballot_box for each row execute function refuse_change();
  foreach t in array array['ballot', 'ballot_voter', 'ballot_box'] loop
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;

-- Opens the vote on a draft whose hearing is over. The roll and the unit are the village's of this moment.
-- Refuses: NOT_FOUND, RULEBOOK_NOT_HEARD, HEARING_STILL_OPEN, BALLOT_EXISTS, NOT_ALLOWED.
create or replace function ballot_open(
  p_village uuid, p_version uuid, p_person uuid, p_id uuid, p_closes timestamptz, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_unit "VoteUnit";
  v_eligible integer;
begin
  perform 1 from rulebook_version v where v.village_id = p_village and v.id = p_version for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if exists (select 1 from ballot b where b.village_id = p_village and b.version_id = p_version) then
    perform refuse('BALLOT_EXISTS');
  end if;
  select v.ballot_unit into v_unit from village v where v.id = p_village;
  select count(*) into v_eligible from ballot_roll(p_village, v_unit, p_now);
  insert into ballot (village_id, id, version_id, unit, eligible, opens_at, closes_at, opened_by_id)
  values (p_village, p_id, p_version, v_unit, v_eligible, p_now, p_closes, p_person);
  insert into ballot_box (village_id, id, ballot_id) values (p_village, gen_random_uuid(), p_id);
  return v_eligible;
end $$;

-- The ballot, locked so that its voters come one after another. Refuses NOT_FOUND, BALLOT_CLOSED.
create or replace function ballot_take(p_village uuid, p_ballot uuid, p_now timestamptz) returns ballot
language plpgsql volatile as $$
declare
  v_ballot ballot;
begin
  select * into v_ballot from ballot b where b.village_id = p_village and b.id = p_ballot for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if p_now < v_ballot.opens_at or p_now >= v_ballot.closes_at then perform refuse('BALLOT_CLOSED'); end if;
  return v_ballot;
end $$;

-- One vote from the phone: the household's (whoever of its grown-ups comes first) or one's own.
-- Refuses: NOT_FOUND, BALLOT_CLOSED, NOT_ON_THE_ROLL, ALREADY_VOTED.
create or replace function ballot_cast(p_village uuid, p_ballot uuid, p_person uuid, p_vote text, p_now timestamptz)
returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ballot ballot := ballot_take(p_village, p_ballot, p_now);
  v_resident resident;
  v_voter uuid;
begin
  if p_vote is null or p_vote not in ('FOR', 'AGAINST', 'ABSTAIN') then
    raise exception 'no vote' using errcode = '22023';
  end if;
  select * into v_resident from resident r
  where r.village_id = p_village and r.person_id = p_person and r.left_on is null;
  v_voter := case v_ballot.unit when 'HOUSEHOLD' then v_resident.household_id else v_resident.id end;
  if v_voter is null or not is_adult_in(v_resident.birth_year, v_ballot.opens_at)
     or v_voter not in (select ballot_roll(p_village, v_ballot.unit, v_ballot.opens_at)) then
    perform refuse('NOT_ON_THE_ROLL');
  end if;
  insert into ballot_voter (village_id, id, ballot_id, voter_id, channel)
  values (p_village, gen_random_uuid(), p_ballot, v_voter, 'PHONE')
  on conflict (village_id, ballot_id, voter_id) do nothing;
  if not found then perform refuse('ALREADY_VOTED'); end if;
  update ballot_box x
  set votes_for = votes_for + (p_vote = 'FOR')::integer, votes_against = votes_against + (p_vote = 'AGAINST')::integer,
      abstained = abstained + (p_vote = 'ABSTAIN')::integer
  where x.village_id = p_village and x.ballot_id = p_ballot;
end $$;

-- The votes of the hall, all at once: who put a paper into the box, and what the papers say together. A few papers at
-- least, else the sum would tell whose they are.
-- Refuses: NOT_FOUND, BALLOT_CLOSED, NOT_ALLOWED, HALL_TOO_FEW, HALL_SUM_DIFFERS, NOT_ON_THE_ROLL, HALL_VOTED_ALREADY.
create or replace function ballot_cast_hall(
  p_village uuid, p_ballot uuid, p_person uuid, p_voters uuid[],
  p_for integer, p_against integer, p_abstained integer, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_ballot ballot := ballot_take(p_village, p_ballot, p_now);
  v_voters uuid[] := array(select distinct v from unnest(p_voters) v where v is not null order by v);
  v_count integer := cardinality(v_voters);
  v_twice text;
begin
  if not (holds_role(p_village, p_person, 'SECRETARY', p_now) or holds_role(p_village, p_person, 'SUPERVISOR', p_now)) then
    perform refuse('NOT_ALLOWED');
  end if;
  if v_count < 3 then perform refuse('HALL_TOO_FEW'); end if;
  if p_for is null or p_against is null or p_abstained is null or least(p_for, p_against, p_abstained) < 0
     or p_for + p_against + p_abstained <> v_count then
    perform refuse('HALL_SUM_DIFFERS', jsonb_build_object('voters', v_count, 'votes', coalesce(p_for + p_against + p_abstained, 0)));
  end if;
  if exists (select 1 from unnest(v_voters) v where v not in (select ballot_roll(p_village, v_ballot.unit, v_ballot.opens_at))) then
    perform refuse('NOT_FOUND');
  end if;
  select string_agg(coalesce(h.code, r.name), '、' order by coalesce(h.code, r.name)) into v_twice
  from ballot_voter b
  left join household h on h.village_id = b.village_id and h.id = b.voter_id
  left join resident r on r.village_id = b.village_id and r.id = b.voter_id
  where b.village_id = p_village and b.ballot_id = p_ballot and b.voter_id = any (v_voters);
  if v_twice is not null then perform refuse('HALL_VOTED_ALREADY', jsonb_build_object('who', v_twice)); end if;
  insert into ballot_voter (village_id, id, ballot_id, voter_id, channel)
  select p_village, gen_random_uuid(), p_ballot, v, 'HALL' from unnest(v_voters) v;
  update ballot_box x
  set votes_for = votes_for + p_for, votes_against = votes_against + p_against, abstained = abstained + p_abstained
  where x.village_id = p_village and x.ballot_id = p_ballot;
  return v_count;
end $$;

-- How many have voted, and after the close what they voted; before it the three numbers are null, whatever time it is
-- said to be. How many of them voted in the hall is null where it would tell on a few: fewer than three in the hall, or
-- fewer than three elsewhere (lib/rulebook/ballot/rules.ts).
drop function if exists ballot_count(uuid, uuid, timestamptz);
create function ballot_count(
  p_village uuid, p_ballot uuid, p_now timestamptz,
  out voters integer, out hall integer, out votes_for integer, out votes_against integer, out abstained integer
) returns setof record
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select c.voters, case when least(c.hall, c.voters - c.hall) >= 3 then c.hall end,
    case when c.is_closed then x.votes_for end,
    case when c.is_closed then x.votes_against end,
    case when c.is_closed then x.abstained end
  from ballot b
  join ballot_box x on x.village_id = b.village_id and x.ballot_id = b.id
  cross join lateral (
    select count(*)::integer as voters, (count(*) filter (where v.channel = 'HALL'))::integer as hall,
      least(p_now, latest_moment()) >= b.closes_at as is_closed
    from ballot_voter v where v.village_id = b.village_id and v.ballot_id = b.id
  ) c
  where b.village_id = p_village and b.id = p_ballot;
end $$;
