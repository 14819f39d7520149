-- 当天别的买卖: a shop's own count of sales without points. Free to do or to leave; a number may be put right on its day
-- and on the next, and then stays, so that a share that was read is not another one later.

do $$
begin
  if not exists (select from pg_constraint where conname = 'shop_day_other_sales') then
    alter table shop_day add constraint shop_day_other_sales check (other_sales between 0 and 100000);
  end if;
end $$;

create or replace function check_shop_day() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'a count is put right, not deleted' using errcode = '23514'; end if;
  if tg_op = 'UPDATE' and ((new.merchant_id, new.day) is distinct from (old.merchant_id, old.day) or new.at < old.at) then
    raise exception 'a count keeps its shop and its day' using errcode = '23514';
  end if;
  if not is_staff_of(new.merchant_id, new.by_id, new.at) then perform refuse('NOT_ALLOWED'); end if;
  if shanghai_day(new.at) - new.day not in (0, 1) then perform refuse('SHOP_DAY_CLOSED'); end if;
  return new;
end $$;
drop trigger if exists shop_day_check on shop_day;
create trigger shop_day_check before insert or update or delete on shop_day
  for each row execute function check_shop_day();
drop trigger if exists shop_day_no_truncate on shop_day;
create trigger shop_day_no_truncate before truncate on shop_day for each statement execute function refuse_change();

-- Writes a day's count, or puts it right. Refuses NOT_ALLOWED, SHOP_DAY_CLOSED (another day than today or yesterday).
create or replace function shop_day_count(p_merchant uuid, p_day date, p_other integer, p_person uuid, p_now timestamptz)
returns void language sql volatile security definer set search_path = public, pg_temp as $$
  insert into shop_day (merchant_id, day, other_sales, by_id, at) values (p_merchant, p_day, p_other, p_person, p_now)
  on conflict (merchant_id, day) do update set other_sales = excluded.other_sales, by_id = excluded.by_id, at = excluded.at
$$;
