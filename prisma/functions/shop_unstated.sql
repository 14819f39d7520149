-- What a merchant has taken or given back that no statement has yet. It could be found by looking through all postings of
-- all time; a row each makes it cost as much as there is. Nothing in it goes by the clock: a posting whose time is wrong
-- is stated like any other.
--
--   U1  a posting of a merchant has its row, or its line in a statement, never both and never neither: rows come and go
--       with postings and lines alone, in the same transaction
--
-- ledger:verify compares the rows with the search through everything (ledger_unstated_faults).

create or replace function unstated_begin() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_merchant uuid := case when new.kind = 'REVERSAL' then new.debit_id else new.credit_id end;
begin
  insert into unstated_posting (village_id, merchant_id, posting_id)
  select new.village_id, a.id, new.id from account a
  where a.village_id = new.village_id and a.id = v_merchant and a.kind = 'MERCHANT';
  return null;
end $$;
drop trigger if exists posting_unstated on posting;
create trigger posting_unstated after insert on posting for each row
  when (new.kind in ('REDEMPTION', 'REVERSAL') and new.points <> 0) execute function unstated_begin();

create or replace function unstated_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from unstated_posting u using added l, statement s
  where s.village_id = l.village_id and s.id = l.statement_id
    and u.village_id = l.village_id and u.merchant_id = s.merchant_id and u.posting_id = l.posting_id;
  return null;
end $$;
drop trigger if exists statement_line_states on statement_line;
create trigger statement_line_states after insert on statement_line referencing new table as added
  for each statement execute function unstated_end();

create or replace function check_unstated() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  u unstated_posting := case when tg_op = 'DELETE' then old else new end;
  v_stated boolean := exists (select 1 from statement_line l where l.village_id = u.village_id and l.posting_id = u.posting_id);
begin
  if tg_op = 'UPDATE' or v_stated <> (tg_op = 'DELETE')
     or not exists (select 1 from posting p where p.village_id = u.village_id and p.id = u.posting_id
                    and u.merchant_id = case when p.kind = 'REVERSAL' then p.debit_id else p.credit_id end) then
    raise exception 'what is in no statement follows from postings and lines' using errcode = '23514';
  end if;
  return u;
end $$;
drop trigger if exists unstated_posting_check on unstated_posting;
create trigger unstated_posting_check before insert or update or delete on unstated_posting
  for each row execute function check_unstated();
drop trigger if exists unstated_posting_no_truncate on unstated_posting;
create trigger unstated_posting_no_truncate before truncate on unstated_posting
  for each statement execute function refuse_change();

-- Postings of merchants that have neither a row nor a line, and rows that no posting bears: none, or something is broken.
create or replace function ledger_unstated_faults(p_village uuid)
returns table (posting_id uuid, detail text) language sql stable as $$
  with found as (
    select t.merchant_id, m.posting_id
    from (select a.id as merchant_id from account a where a.village_id = p_village and a.kind = 'MERCHANT') t
    cross join lateral merchant_postings(p_village, t.merchant_id) m
    where m.points <> 0
      and not exists (select 1 from statement_line l where l.village_id = p_village and l.posting_id = m.posting_id)
  ), kept as (
    select u.merchant_id, u.posting_id from unstated_posting u where u.village_id = p_village
  )
  select f.posting_id, format('merchant %s is owed this posting and nothing says so', f.merchant_id)
  from (select * from found except select * from kept) f
  union all
  select k.posting_id, format('merchant %s is owed this posting, which a statement has or no posting is', k.merchant_id)
  from (select * from kept except select * from found) k
$$;
