-- Idempotency: the first statement of every command's transaction. The lock on (village, id) makes a repeated
-- request wait for the first; what the first logged is then answered. The lock ends with the transaction.
create or replace function command_earlier(p_village uuid, p_id uuid) returns command_log
language plpgsql volatile as $$
declare
  v command_log;
begin
  -- asked as a condition, since a condition is spared a plan's start
  if pg_advisory_xact_lock(hashtextextended(p_village::text || p_id::text, 7)) is null then return null; end if;
  select c.* into v from command_log c where c.village_id = p_village and c.id = p_id;
  return v;
end $$;

-- The same as rows of what commands look at; none when the id is new.
create or replace function command_begin(p_village uuid, p_id uuid)
returns table (name text, input_hash text, outcome jsonb)
language sql volatile as $$
  select c.name, c.input_hash, c.outcome from command_earlier(p_village, p_id) c where c.id is not null
$$;

-- An expected "no" raised from SQL; lib/platform/command.ts turns it into the refusal of that code.
create or replace function refuse(p_code text, p_params jsonb default '{}') returns void
language plpgsql as $$
begin
  raise exception '% %', p_code, p_params::text using errcode = 'CF001';
end $$;
