-- Quarters and years are closed through period.sql and year_end.sql only.
revoke insert, update, delete, truncate on period, year_end from cunfen_app;
