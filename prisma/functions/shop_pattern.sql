-- 看过了: that an official has looked at a pattern. Patterns themselves are kept nowhere: they are counted when they are
-- asked for (lib/alliance/pattern/reads.ts), and nothing follows from one but that somebody looks.

do $$
declare c record;
begin
  for c in select * from (values
    ('pattern_look_note', 'char_length(note) <= 200'),
    ('pattern_look_numbers', 'count >= 1 and out_of >= count'),
    ('pattern_look_household', '(household_id is not null) = (not is_office and kind::text in (''PAIR'', ''OWN''))')
  ) as t(name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = 'pattern_look'::regclass) then
      execute format('alter table pattern_look add constraint %I check (%s)', c.name, c.condition);
    end if;
  end loop;
end $$;

create or replace function check_pattern_look() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then raise exception 'a look is kept' using errcode = '23514'; end if;
  if new.is_office then
    if not exists (select 1 from village v where v.id = new.village_id and sits_in_township(v.township_id, new.by_id, new.at)) then
      perform refuse('NOT_ALLOWED');
    end if;
  elsif not holds_role(new.village_id, new.by_id, 'SECRETARY', new.at)
        and not holds_role(new.village_id, new.by_id, 'SUPERVISOR', new.at) then
    perform refuse('NOT_ALLOWED');
  end if;
  if not exists (select 1 from alliance_terms t where t.village_id = new.village_id and t.merchant_id = new.merchant_id) then
    raise exception 'a look is at a merchant of the village' using errcode = '23514';
  end if;
  -- nobody clears his own shop
  if is_staff_of(new.merchant_id, new.by_id, new.at) then perform refuse('PATTERN_OWN_SHOP'); end if;
  return new;
end $$;
drop trigger if exists pattern_look_check on pattern_look;
create trigger pattern_look_check before insert or update or delete on pattern_look
  for each row execute function check_pattern_look();
drop trigger if exists pattern_look_no_truncate on pattern_look;
create trigger pattern_look_no_truncate before truncate on pattern_look for each statement execute function refuse_change();
