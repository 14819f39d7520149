-- What time it is. The functions of this database are told the moment by their caller, so that a request has one time
-- and a test can have its own. What they must not be told is a later one: each wait that protects somebody (the days to
-- answer, publicity, a hearing, a ballot, the year's end) would be over at once for whoever says so.

-- The latest moment that may be told to these functions: a caller says what time it is, and none may say it is later.
-- Databases of tests, which live in days of their own, replace this function.
create or replace function latest_moment() returns timestamptz language sql volatile as $$ select clock_timestamp() + interval '5 minutes' $$;

-- Refuses a row whose named columns lie in the future.
create or replace function refuse_future() returns trigger language plpgsql as $$
declare
  v_row jsonb := to_jsonb(new);
  v_column text;
begin
  foreach v_column in array tg_argv loop
    if (v_row ->> v_column)::timestamptz > latest_moment() then
      raise exception '%.% lies in the future', tg_table_name, v_column using errcode = '23514';
    end if;
  end loop;
  return null;
end $$;

do $$
declare t record;
begin
  for t in select * from (values
    ('rulebook_version', array['created_at', 'hearing_from']),
    ('rulebook_comment', array['said_at', 'answered_at']),
    ('ballot', array['opens_at']),
    ('resolution', array['recorded_at']),
    ('deduction', array['recorded_at', 'warned_at', 'proposed_at', 'noticed_at', 'answered_at', 'posted_at', 'repair_claimed_at', 'said_risen_at', 'ended_at']),
    ('deduction_step', array['done_at']),
    ('objection', array['opened_at', 'risen_at', 'decided_at']),
    ('period', array['as_of', 'locked_at']),
    ('year_end', array['announced_at', 'done_at']),
    ('village_list', array['as_of', 'drafted_at', 'checked_at', 'final_at', 'ended_at']),
    ('list_row', array['gone_at']),
    ('place_check', array['recorded_at']),
    ('place_check_void', array['voided_at']),
    ('kinship', array['declared_at', 'ended_at']),
    ('consent', array['given_at', 'withdrawn_at']),
    ('list_document', array['made_at', 'retired_at']),
    ('star_rating', array['awarded_at', 'revoked_at']),
    ('plaque', array['revoked_at']),
    ('voucher_batch', array['issued_at', 'confirmed_at', 'dropped_at']),
    ('voucher', array['ended_at']),
    ('alliance_terms', array['signed_at', 'accepted_at', 'ended_at']),
    ('merchant_step', array['at']),
    ('incentive', array['recorded_at', 'revoked_at']),
    ('shop_day', array['at']),
    ('pattern_look', array['at']),
    ('pool_entry', array['recorded_at']),
    ('statement', array['cut_off', 'made_at', 'agreed_at', 'confirmed_at']),
    ('statement_line', array['disputed_at', 'answered_at', 'first_at', 'first_answered_at', 'withdrawn_at']),
    ('payment', array['paid_at']),
    ('payment_note', array['at']),
    ('alliance_brake', array['stopped_at', 'changed_at'])
  ) as v(on_table, columns) loop
    execute format('drop trigger if exists %I on %I', t.on_table || '_not_of_the_future', t.on_table);
    execute format('create trigger %I after insert or update on %I for each row execute function refuse_future(%s)',
      t.on_table || '_not_of_the_future', t.on_table,
      (select string_agg(quote_literal(c), ', ') from unnest(t.columns) c));
  end loop;
end $$;
