-- Whether a village's ledger is what was written into it: its seals, its sums, and what its postings rest on.

-- Postings behind which nothing stands that could have caused them: of an award the approval, of a deduction the one that
-- was posted, of a payment the redemption with this leg, of a reversal what it takes back, of a grant its budget, of a
-- year's end that end. Who adjusts all sums when slipping in a posting still has to say what it was for.
-- The joins of posting_of_award, posting_of_deduction and posting_of_year_end over everything. That a payment has its
-- redemption is asked here alone: at a counter it would cost each sale, and the program can post none without (zz_grants.sql).
create or replace function ledger_unfounded(p_village uuid) returns table (posting_id uuid, detail text)
language plpgsql stable as $$
begin
  return query
  select p.id, 'no approval of a deed stands behind this award'
  from posting p
  where p.village_id = p_village and p.kind = 'AWARD' and not exists (
    select 1 from deed_decision dd join deed d on d.village_id = dd.village_id and d.id = dd.deed_id
    where dd.village_id = p.village_id and dd.id = p.source and dd.kind = 'APPROVE' and p.leg = 0
      and d.household_id = p.household_id and d.resident_id = p.resident_id and p.credit_id = d.household_id
      -- what was not taken back is what the deed says
      and ((d.state = 'APPROVED' and d.points_awarded = p.points and d.honour_awarded = p.honour)
        or exists (select 1 from posting r where r.village_id = p.village_id and r.reverses = p.id)))
  union all
  select p.id, 'no deduction that was posted stands behind this'
  from posting p
  where p.village_id = p_village and p.kind = 'DEDUCTION' and not exists (
    select 1 from deduction d
    where d.village_id = p.village_id and d.id = p.source and d.posted_at is not null and p.leg = 0
      and d.household_id = p.household_id and d.item_id = p.item_id and d.version_id = p.version_id
      and p.debit_id = d.household_id and p.points + p.shortfall = -p.honour and -p.honour between 1 and d.points)
  union all
  select p.id, 'no redemption stands behind this'
  from posting p
  where p.village_id = p_village and p.kind in ('REDEMPTION', 'HOLD') and not exists (
    select 1 from redemption r
    where r.village_id = p.village_id and r.id = p.source and p.honour = 0
      and concat_ws(' ', p.leg, p.kind, p.debit_id, p.credit_id, p.points) = any (redemption_legs(r)))
  union all
  select p.id, 'it is not what it takes back, the other way round'
  from posting p
  where p.village_id = p_village and p.kind = 'REVERSAL' and not exists (
    select 1 from posting o
    where o.village_id = p.village_id and o.id = p.reverses and o.kind not in ('REVERSAL', 'YEAR_CLOSE', 'YEAR_CARRY')
      and o.debit_id = p.credit_id and o.credit_id = p.debit_id and o.points = p.points + p.shortfall and o.honour = -p.honour
      and o.household_id is not distinct from p.household_id and o.resident_id is not distinct from p.resident_id
      and o.credited_on = p.credited_on)
  union all
  select p.id, 'it is no grant to a budget'
  from posting p
  where p.village_id = p_village and p.kind = 'BUDGET_GRANT'
    and not (p.source = p.credit_id and p.debit_id = p.village_id and p.honour = 0
      and p.credit_id = budget_account_of(p.village_id, quarter_of(p.credited_on)))
  union all
  select p.id, 'no year''s end stands behind this'
  from posting p
  where p.village_id = p_village and p.kind in ('YEAR_CLOSE', 'YEAR_CARRY') and not exists (
    select 1 from year_end y
    where y.village_id = p.village_id and make_date(y.year, 12, 31) = p.credited_on and y.done_at = p.posted_at and p.honour = 0
      and p.source = year_end_source(p.village_id, y.year, p.household_id));
end $$;

-- Walks a village's seals, sums and grounds. Answers of each kind of fault the first place, or no row; a fault hides no
-- other:
--   SEAL_MISSING, SEAL_BROKEN      the chain itself
--   POSTING_REMOVED, POSTING_CHANGED, POSTING_INSERTED
--   BALANCE_WRONG, STANDING_WRONG  a derived row differs from its sum
--   UNSTATED_WRONG                 what merchants are owed and no statement says
--   POSTING_UNFOUNDED              nothing stands behind a posting
create or replace function ledger_verify(p_village uuid)
returns table (fault text, seal integer, posting_id uuid, detail text)
language plpgsql stable as $$
declare
  v_seal ledger_seal;
  v_number integer := 0;
  v_previous bytea := '';
  v_horizon uuid;
  v_bad record;
  v_told text[] := '{}';
begin
  for v_seal in select * from ledger_seal s where s.village_id = p_village order by s.number loop
    v_number := v_number + 1;
    if v_seal.number <> v_number then
      if not 'SEAL_MISSING' = any (v_told) then
        return query select 'SEAL_MISSING', v_number, null::uuid, format('after seal %s comes %s', v_number - 1, v_seal.number);
        v_told := v_told || 'SEAL_MISSING'::text;
      end if;
      -- the chain goes on behind the gap
      v_number := v_seal.number;
      v_previous := v_seal.previous;
    end if;
    for v_bad in
      select distinct on (t.what) t.what, t.id
      from (
        select u.id, u.n, case when p.id is null then 'POSTING_REMOVED' else 'POSTING_CHANGED' end as what
        from unnest(v_seal.posting_ids) with ordinality u(id, n)
        left join posting p on p.village_id = p_village and p.id = u.id
        where p.id is null
          or posting_hash(p) is distinct from substring(v_seal.row_hashes from ((u.n - 1) * 32 + 1)::integer for 32)
      ) t where not t.what = any (v_told) order by t.what, t.n
    loop
      return query select v_bad.what, v_number, v_bad.id, format('seal %s no longer fits', v_number);
      v_told := v_told || v_bad.what;
    end loop;
    if not 'SEAL_BROKEN' = any (v_told) and (v_seal.previous <> v_previous
       or v_seal.hash <> seal_hash(p_village, v_number, v_seal.horizon, v_previous, v_seal.posting_ids, v_seal.row_hashes)) then
      return query select 'SEAL_BROKEN', v_number, null::uuid, format('seal %s does not follow from seal %s', v_number, v_number - 1);
      v_told := v_told || 'SEAL_BROKEN'::text;
    end if;
    v_previous := v_seal.hash;
    v_horizon := v_seal.horizon;
  end loop;

  return query
  select 'POSTING_INSERTED', null::integer, p.id, 'behind the last seal''s horizon, and in no seal'
  from posting p
  where p.village_id = p_village and p.id < v_horizon
    and not exists (select 1 from (select unnest(s.posting_ids) as id from ledger_seal s where s.village_id = p_village) k
                    where k.id = p.id)
  order by p.id limit 1;

  return query
  select 'BALANCE_WRONG', null::integer, a.id, format('account has %s, postings give %s', a.balance, coalesce(s.balance, 0))
  from account a
  left join (
    select m.id, sum(m.delta)::bigint as balance from (
      select p.credit_id as id, p.points::bigint as delta from posting p where p.village_id = p_village
      union all select p.debit_id, -p.points from posting p where p.village_id = p_village
    ) m group by m.id
  ) s on s.id = a.id
  where a.village_id = p_village and keeps_balance(a.kind) and a.balance <> coalesce(s.balance, 0)
  order by a.id limit 1;

  return query
  select 'STANDING_WRONG', null::integer, d.id,
         format('%s: standing has %s, postings give %s', d.period, coalesce(d.had, 0), coalesce(d.should, 0))
  from (
    select coalesce(r.resident_id, s.resident_id) as id, coalesce(r.period, s.period) as period, s.honour as had, r.honour as should
    from ledger_derive_standings(p_village) r
    full join (select * from standing where village_id = p_village) s
      on s.period = r.period and s.household_id = r.household_id and s.resident_id = r.resident_id
    where coalesce(s.honour, 0) <> coalesce(r.honour, 0)
  ) d order by d.id, d.period limit 1;

  return query
  select 'UNSTATED_WRONG', null::integer, u.posting_id, u.detail
  from ledger_unstated_faults(p_village) u order by u.posting_id limit 1;

  return query
  select 'POSTING_UNFOUNDED', null::integer, u.posting_id, u.detail
  from ledger_unfounded(p_village) u order by u.posting_id limit 1;
end $$;
