-- The outbox: a job is queued in the transaction that causes it, so it exists exactly when that was committed.
-- graphile-worker's own tables belong to the owner; the application's role may do this and nothing else with them.

-- Queues a job. With a key, a job of that key that has not begun yet is replaced: one is enough.
create or replace function enqueue_job(p_task text, p_payload json, p_key text default null, p_run_at timestamptz default null)
returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_task !~ '^[a-z][a-z0-9-]{1,60}$' then raise exception 'not the name of a task' using errcode = '22023'; end if;
  if length(p_payload::text) > 20000 then raise exception 'a job carries ids, not contents' using errcode = '22023'; end if;
  perform graphile_worker.add_job(
    identifier => p_task, payload => p_payload, run_at => p_run_at, max_attempts => 12, job_key => p_key);
end $$;

revoke all on all tables in schema graphile_worker from cunfen_app;
revoke all on all sequences in schema graphile_worker from cunfen_app;
revoke all on all functions in schema graphile_worker from cunfen_app;
revoke all on schema graphile_worker from cunfen_app;
