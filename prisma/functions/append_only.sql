-- What is written once stays written: the ledger, its seals, the command log, the access log and the decisions.
-- The application's role has no right to change them (zz_grants.sql); these triggers stop the tables' owner too.

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = '23514';
end $$;

do $$
declare t text;
begin
  foreach t in array array['posting', 'ledger_seal', 'command_log', 'access_log', 'deed_decision'] loop
    execute format('drop trigger if exists %I_append_only on %I', t, t);
    execute format('create trigger %I_append_only before update or delete on %I for each row execute function refuse_change()', t, t);
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;
