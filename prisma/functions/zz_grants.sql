-- What the application's role may do. It reads everything, writes what belongs to no ledger, and has no right to
-- touch the rest: points move through functions that run as their owner.

grant usage on schema public to cunfen_app;
grant select, insert, update, delete on all tables in schema public to cunfen_app;
grant execute on all functions in schema public to cunfen_app;

-- the ledger: read only
revoke insert, update, delete, truncate on account, posting, standing, ledger_seal from cunfen_app;
revoke execute on function ledger_post, ledger_reverse, ledger_grant_budget from public, cunfen_app;
-- logs: add only
revoke update, delete, truncate on command_log, access_log from cunfen_app;
-- decisions: through deed.sql; a new deed is inserted, and later steps are functions
revoke insert, update, delete, truncate on deed_decision from cunfen_app;
revoke update, delete, truncate on deed from cunfen_app;
revoke update, delete, truncate on deed_photo, attached_photo from cunfen_app;
-- people and households are never deleted
revoke delete, truncate on village, household, resident, person, appointment, village_group from cunfen_app;
-- what recusal rests on: who was whose person is written by a trigger; kin are declared, and ended by kinship_end
revoke insert, update, delete, truncate on resident_person from cunfen_app;
revoke update, delete, truncate on kinship from cunfen_app;
