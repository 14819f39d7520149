-- Documents of a list (红黑榜): published files that never change. What is wrong with one is mended by the next edition.

-- Takes a list's current documents out of public, and has new ones made when the list still has something to show
-- (the job make-list-documents). In the caller's transaction, so that no reader sees the old names after it commits.
create or replace function list_documents_retire(p_village uuid, p_list uuid, p_why text, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update list_document d set retired_at = p_now, retired_why = p_why
  where d.village_id = p_village and d.list_id = p_list and d.retired_at is null;
  perform enqueue_job('make-list-documents', json_build_object('villageId', p_village, 'listId', p_list),
                      'list-documents:' || p_list);
end $$;
