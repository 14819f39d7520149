-- What a village owes its merchants in money and what it holds for them, each figure the sum of what it names.

-- What every merchant of a village has taken since a moment.
drop function if exists village_takings(uuid);
create or replace function village_takings(p_village uuid, p_since timestamptz)
returns table (points integer, fen integer, posted_at timestamptz) language sql stable as $$
  select m.points, m.fen, m.posted_at
  from (select distinct x.merchant_id from alliance_terms x where x.village_id = p_village) t
  cross join lateral merchant_postings(p_village, t.merchant_id, p_since) m
$$;

-- What of all merchants of a village is in no statement yet.
create or replace function village_unstated(p_village uuid, out points bigint, out fen bigint) language sql stable as $$
  select coalesce(sum(m.points), 0), coalesce(sum(m.fen), 0)
  from (select distinct x.merchant_id from alliance_terms x where x.village_id = p_village) t
  cross join lateral merchant_unstated(p_village, t.merchant_id, 'infinity') m
$$;

-- 分 of money: what went into the pool, what was paid from it, and what merchants are owed, stated and not.
create or replace function pool_of(p_village uuid, out entries bigint, out paid bigint, out stated bigint, out unstated bigint)
language sql stable as $$
  select
    (select coalesce(sum(e.fen), 0) from pool_entry e where e.village_id = p_village),
    (select coalesce(sum(s.fen), 0) from statement s where s.village_id = p_village and s.state in ('PAID', 'CONFIRMED')),
    (select coalesce(sum(s.fen), 0) from statement s where s.village_id = p_village and s.state not in ('PAID', 'CONFIRMED')),
    (select u.fen from village_unstated(p_village) u)
$$;

-- All figures of a village's alliance from one snapshot, as of p_at. Months are those in which points were taken or
-- given back, the last twelve, the current one last; `taken` counts what was taken less what was given back.
create or replace function alliance_solvency(p_village uuid, p_at timestamptz)
returns table (
  is_member boolean, entries bigint, paid bigint, stated_points bigint, stated_fen bigint, unstated_points bigint, unstated_fen bigint,
  months jsonb, overdue integer, oldest_due date, pool_least_fen integer, stopped_at timestamptz, stop_why text
) language sql stable as $$
  with today as (select shanghai_day(p_at) as day),
  unstated as materialized (select * from village_unstated(p_village)),
  months as (
    select to_char(m, 'YYYY-MM') as month from today t,
      generate_series(date_trunc('month', t.day::timestamp) - interval '11 months', date_trunc('month', t.day::timestamp), interval '1 month') m
  ), by_month as (
    select to_char(least(x.posted_at, p_at) at time zone 'Asia/Shanghai', 'YYYY-MM') as month, sum(x.points) as points, sum(x.fen) as fen,
      sum(sign(x.points)) as taken
    from today t cross join lateral village_takings(p_village,
      (date_trunc('month', t.day::timestamp) - interval '11 months') at time zone 'Asia/Shanghai') x group by 1
  ), late as (
    select o.due_on from settlement_open(array[p_village], p_at) o where o.hint = 'OVERDUE'
  )
  select
    exists (select 1 from alliance_terms t where t.village_id = p_village and t.accepted_at is not null),
    (select coalesce(sum(e.fen), 0) from pool_entry e where e.village_id = p_village)::bigint,
    (select coalesce(sum(s.fen), 0) from statement s where s.village_id = p_village and s.state in ('PAID', 'CONFIRMED'))::bigint,
    (select coalesce(sum(s.points), 0) from statement s where s.village_id = p_village and s.state not in ('PAID', 'CONFIRMED'))::bigint,
    (select coalesce(sum(s.fen), 0) from statement s where s.village_id = p_village and s.state not in ('PAID', 'CONFIRMED'))::bigint,
    (select u.points from unstated u),
    (select u.fen from unstated u),
    (select jsonb_agg(jsonb_build_object('month', m.month, 'points', coalesce(b.points, 0), 'fen', coalesce(b.fen, 0), 'taken', coalesce(b.taken, 0))
       order by m.month) from months m left join by_month b on b.month = m.month),
    (select count(*) from late)::integer,
    (select min(l.due_on) from late l),
    b.pool_least_fen, b.stopped_at, coalesce(b.stop_why, '')
  from today left join alliance_brake b on b.village_id = p_village
$$;
