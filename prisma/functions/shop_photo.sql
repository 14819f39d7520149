-- Pictures of the alliance. Each is of one merchant and for one purpose from the beginning; what uses it names it. One
-- that nothing names is swept after a day (lib/jobs/sweep-photos.ts), and one that is used stays.

do $$
declare c record;
begin
  for c in select * from (values
    ('merchant_photo_hashes', 'source_hash ~ ''^[0-9a-f]{64}$'' and large_hash ~ ''^[0-9a-f]{64}$'' and small_hash ~ ''^[0-9a-f]{64}$'''),
    ('merchant_photo_size', 'width between 1 and 1600 and height between 1 and 1600 and bytes > 0'),
    ('merchant_photo_paper', 'village_id is null or purpose in (''SLIP'', ''DOCUMENT'')')
  ) as t(name, condition) loop
    if not exists (select 1 from pg_constraint where conname = c.name and conrelid = 'merchant_photo'::regclass) then
      execute format('alter table merchant_photo add constraint %I check (%s)', c.name, c.condition);
    end if;
  end loop;
end $$;

-- Whether anything shows it: its merchant, an offer of it, the slip of a payment to it, an incentive.
create or replace function merchant_photo_used(p merchant_photo) returns boolean language sql stable as $$
  select case p.purpose
    when 'FRONT' then exists (select 1 from merchant m where m.id = p.merchant_id and m.front_photo_id = p.id)
    when 'OFFER' then exists (
      select 1 from alliance_terms t join offer o on o.village_id = t.village_id and o.merchant_id = t.merchant_id
      where t.merchant_id = p.merchant_id and o.photo_id = p.id)
    when 'SLIP' then exists (
      select 1 from statement s where s.village_id = p.village_id and s.merchant_id = p.merchant_id and s.slip_photo_id = p.id)
    else exists (select 1 from incentive i where i.merchant_id = p.merchant_id and i.photo_id = p.id)
  end
$$;

-- A picture stays as it came, and goes only while nothing shows it.
create or replace function check_merchant_photo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then raise exception 'a picture stays as it came' using errcode = '23514'; end if;
  if merchant_photo_used(old) then raise exception 'a picture that is shown stays' using errcode = '23514'; end if;
  return old;
end $$;
drop trigger if exists merchant_photo_check on merchant_photo;
create trigger merchant_photo_check before update or delete on merchant_photo
  for each row execute function check_merchant_photo();
drop trigger if exists merchant_photo_no_truncate on merchant_photo;
create trigger merchant_photo_no_truncate before truncate on merchant_photo for each statement execute function refuse_change();

-- What names a picture names one of its own merchant, for its own purpose, and holds it: a sweep that comes at the same
-- moment waits and finds it used. Arguments: the column, the column of the merchant, the purpose.
create or replace function check_names_photo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_new jsonb := to_jsonb(new);
  v_photo uuid := (v_new ->> tg_argv[0])::uuid;
begin
  if v_photo is null or (tg_op = 'UPDATE' and (to_jsonb(old) ->> tg_argv[0])::uuid = v_photo) then return new; end if;
  perform 1 from merchant_photo p
  where p.id = v_photo and p.merchant_id = (v_new ->> tg_argv[1])::uuid and p.purpose::text = tg_argv[2] for key share;
  if not found then perform refuse('PHOTO_NOT_YOURS'); end if;
  return new;
end $$;
do $$
declare t record;
begin
  for t in select * from (values
    ('merchant', 'front_photo_id', 'id', 'FRONT'), ('offer', 'photo_id', 'merchant_id', 'OFFER'),
    ('statement', 'slip_photo_id', 'merchant_id', 'SLIP'), ('incentive', 'photo_id', 'merchant_id', 'DOCUMENT')
  ) as v(on_table, photo, merchant, purpose) loop
    execute format('drop trigger if exists %I on %I', t.on_table || '_names_photo', t.on_table);
    execute format('create trigger %I before insert or update on %I for each row execute function check_names_photo(%L, %L, %L)',
      t.on_table || '_names_photo', t.on_table, t.photo, t.merchant, t.purpose);
  end loop;
end $$;
