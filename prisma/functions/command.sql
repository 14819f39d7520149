-- Idempotency: the first statement of every command's transaction. The lock on (village, id) makes a repeated
-- request wait for the first; what the first logged is then answered. The lock ends with the transaction.
create or replace function command_begin(p_village uuid, p_id uuid)
returns table (name text, input_hash text, outcome jsonb)
language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_village::text || p_id::text, 7));
  return query
    select c.name, c.input_hash, c.outcome from command_log c where c.village_id = p_village and c.id = p_id;
end $$;

-- An expected "no" raised from SQL; lib/platform/command.ts turns it into the refusal of that code.
create or replace function refuse(p_code text, p_params jsonb default '{}') returns void
language plpgsql as $$
begin
  raise exception '% %', p_code, p_params::text using errcode = 'CF001';
end $$;
