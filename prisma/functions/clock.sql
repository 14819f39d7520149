-- The latest moment that may be told to these functions: a caller says what time it is, and none may say it is later.
-- Databases of tests, which live in days of their own, replace this function.
create or replace function latest_moment() returns timestamptz language sql volatile as $$ select clock_timestamp() + interval '5 minutes' $$;
