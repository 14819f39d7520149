-- Documents of a list (红黑榜): published files that never change. What is wrong with one is mended by the next edition.
--
--   list_documents_put     one edition, all its files at once; the only way in
--   list_documents_retire  takes the current edition out of public, for good; the only way out
--
-- Both hold the list's row while they work, and so does whoever makes an edition while he reads once more what it says
-- (list_documents_lock). So of a consent withdrawn and an edition being put in at the same time, one sees the other:
-- either the edition is retired with the withdrawal, or what it says is found to be no longer true.

do $$
begin
  if not exists (select from pg_constraint where conname = 'list_document_is_a_file') then
    alter table list_document add constraint list_document_is_a_file
      check (hash ~ '^[0-9a-f]{64}$' and bytes > 0 and edition >= 1);
    alter table list_document add constraint list_document_media_type check (media_type = case kind
      when 'PNG' then 'image/png' when 'PDF_A3' then 'application/pdf' when 'PDF_A4' then 'application/pdf'
      else 'text/html; charset=utf-8' end);
  end if;
end $$;

-- One of a kind is current.
create unique index if not exists list_document_current on list_document (village_id, list_id, kind) where retired_at is null;

-- A document's row is written once; later it is retired, once. This stops the tables' owner too.
create or replace function keep_list_document() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l record;
  before record;
begin
  if tg_op = 'DELETE' then
    raise exception 'a published document is never deleted' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' then
    if old.retired_at is not null or new.retired_at is null
       or to_jsonb(new) - 'retired_at' - 'retired_why' <> to_jsonb(old) - 'retired_at' - 'retired_why' then
      raise exception 'a published document never changes; it can be retired, once' using errcode = '23514';
    end if;
    return new;
  end if;
  if new.retired_at is not null then
    raise exception 'a document begins its life in public' using errcode = '23514';
  end if;
  select state, expires_on into l from village_list where village_id = new.village_id and id = new.list_id;
  if l.state not in ('CHECKED', 'PUBLICITY', 'FINAL')
     or l.expires_on < (new.made_at at time zone 'Asia/Shanghai')::date
     or list_fallen(new.village_id, new.list_id, (new.made_at at time zone 'Asia/Shanghai')::date) is not null then
    raise exception 'this list shows nothing' using errcode = '23514';
  end if;
  select d.id, d.edition into before from list_document d
  where d.village_id = new.village_id and d.list_id = new.list_id and d.kind = new.kind
  order by d.edition desc limit 1;
  if new.replaces is distinct from before.id or new.edition <= coalesce(before.edition, 0) then
    raise exception 'a document names the one it takes the place of' using errcode = '23514';
  end if;
  return new;
end $$;

drop trigger if exists list_document_kept on list_document;
create trigger list_document_kept before insert or update or delete on list_document
  for each row execute function keep_list_document();
drop trigger if exists list_document_no_truncate on list_document;
create trigger list_document_no_truncate before truncate on list_document
  for each statement execute function refuse_change();

-- Holds a list's row until the transaction ends; answers its state, or null when there is no such list.
create or replace function list_documents_lock(p_village uuid, p_list uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare found_state text;
begin
  select state into found_state from village_list where village_id = p_village and id = p_list for no key update;
  return found_state;
end $$;

-- Puts one edition of a list's documents in: [{ "id", "kind", "hash", "bytes", "mediaType" }]. The current edition must
-- have been retired, and this one be the next.
create or replace function list_documents_put(
  p_village uuid, p_list uuid, p_edition int, p_documents jsonb, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_documents_lock(p_village, p_list);
  if p_edition <> 1 + coalesce((select max(edition) from list_document d
                                where d.village_id = p_village and d.list_id = p_list), 0) then
    raise exception 'not the next edition' using errcode = '23514', constraint = 'list_document_next';
  end if;
  insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, replaces, made_at)
  select p_village, (one ->> 'id')::uuid, p_list, (one ->> 'kind')::"DocumentKind", p_edition, one ->> 'hash',
    (one ->> 'bytes')::int, one ->> 'mediaType',
    (select d.id from list_document d where d.village_id = p_village and d.list_id = p_list
       and d.kind = (one ->> 'kind')::"DocumentKind" order by d.edition desc limit 1),
    p_now
  from jsonb_array_elements(p_documents) one;
end $$;

-- Takes a list's current documents out of public, and has new ones made when the list still has something to show
-- (the job make-list-documents). In the caller's transaction, so that no reader sees the old names after it commits.
create or replace function list_documents_retire(p_village uuid, p_list uuid, p_why text, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_documents_lock(p_village, p_list);
  update list_document d set retired_at = p_now, retired_why = p_why
  where d.village_id = p_village and d.list_id = p_list and d.retired_at is null;
  perform enqueue_job('make-list-documents', json_build_object('villageId', p_village, 'listId', p_list),
                      'list-documents:' || p_list);
end $$;
