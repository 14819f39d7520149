-- What a village owes its households in points, and the brake.

-- The most points that households may hold together on a day before approvals stop; null where there is no brake.
create or replace function brake_of(p_village uuid, p_day date) returns integer language sql stable as $$
  select v.outstanding_most from rulebook_version v
  where v.village_id = p_village and v.id = rulebook_version_on(p_village, p_day)
$$;

-- One after another in a village that has set a brake, so that many approvals at once can't pass it together. Taken
-- before the deed's row: no approval waits here with something in its hand.
create or replace function brake_key(p_village uuid) returns bigint language sql immutable parallel safe as $$
  select hashtextextended('brake' || p_village::text, 7)
$$;

-- Points that all households of a village hold together. What they have set aside for orders is among them: it is owed
-- either to the household that gets it back or to the merchant that hands the goods over.
create or replace function points_outstanding(p_village uuid) returns bigint language sql stable as $$
  select coalesce(sum(a.balance), 0)::bigint + points_held(p_village)
  from account a where a.village_id = p_village and a.kind = 'HOUSEHOLD'
$$;

-- All figures of the solvency page from one snapshot, as of p_at: one statement, so that they agree with each other
-- and with the `postings` entries of the ledger that it counts. Months are those in which entries were recorded; the
-- last twelve, the current one last.
create or replace function solvency(p_village uuid, p_at timestamptz)
returns table (
  postings bigint, outstanding bigint, holders bigint, reference_fen integer, outstanding_most integer,
  quarter text, budget bigint, budget_left bigint, year_budget bigint, year_used bigint, months jsonb
)
language sql stable as $$
  with today as (
    select shanghai_day(p_at) as day
  ), version as (
    select v.* from rulebook_version v, today t
    where v.village_id = p_village and v.id = rulebook_version_on(p_village, t.day)
  ), budgets as (
    select a.holder, a.balance,
      (select coalesce(sum(p.points), 0) from posting p where p.village_id = p_village and p.source = a.id) as granted
    from account a, today t
    where a.village_id = p_village and a.kind = 'BUDGET' and left(a.holder, 4) = to_char(t.day, 'YYYY')
      and a.holder <= quarter_of(t.day)
  ), moved as (
    select to_char(least(p.posted_at, p_at) at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
      -- between a household and what it has set aside nothing changes; what is fetched leaves
      case when p.kind = 'HOLD' or (p.kind = 'REVERSAL' and p.debit_id = h.id) then 0
           when p.credit_id in (p.household_id, h.id) then p.points else -p.points end as change,
      p.kind = 'AWARD' or (p.kind = 'REVERSAL' and p.debit_id = p.household_id) as is_award
    from posting p, today t, (select hold_account_of(p_village) as id) h
    where p.village_id = p_village and (p.household_id is not null or p.debit_id = h.id or p.credit_id = h.id)
      and p.posted_at >= (date_trunc('month', t.day::timestamp) - interval '11 months') at time zone 'Asia/Shanghai'
  ), months as (
    select to_char(m, 'YYYY-MM') as month from today t,
      generate_series(date_trunc('month', t.day::timestamp) - interval '11 months', date_trunc('month', t.day::timestamp), interval '1 month') m
  )
  select
    (select count(*) from posting p where p.village_id = p_village and p.household_id is not null),
    points_outstanding(p_village),
    (select count(*) from account a where a.village_id = p_village and a.kind = 'HOUSEHOLD' and a.balance > 0),
    coalesce((select v.reference_fen from version v), 100),
    (select v.outstanding_most from version v),
    (select quarter_of(t.day) from today t),
    -- A grant that no award has asked for yet counts as made.
    (select greatest(v.budget_per_quarter, coalesce((select b.granted from budgets b, today t where b.holder = quarter_of(t.day)), 0))::bigint
     from version v where v.budget_per_quarter is not null),
    (select coalesce((select b.balance from budgets b, today t where b.holder = quarter_of(t.day)), 0)
       + greatest(v.budget_per_quarter - coalesce((select b.granted from budgets b, today t where b.holder = quarter_of(t.day)), 0), 0)
     from version v where v.budget_per_quarter is not null)::bigint,
    (select coalesce(sum(b.granted), 0)
       + greatest(v.budget_per_quarter - coalesce((select c.granted from budgets c, today t where c.holder = quarter_of(t.day)), 0), 0)
     from version v left join budgets b on true where v.budget_per_quarter is not null group by v.budget_per_quarter)::bigint,
    (select coalesce(sum(b.granted - b.balance), 0) from budgets b)::bigint,
    (select jsonb_agg(jsonb_build_object(
        'month', m.month,
        'given', (select coalesce(sum(x.change) filter (where x.is_award), 0) from moved x where x.month = m.month),
        'change', (select coalesce(sum(x.change), 0) from moved x where x.month = m.month)) order by m.month)
     from months m)
$$;
