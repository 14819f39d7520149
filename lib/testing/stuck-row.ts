import type pg from 'pg';

/** Does something while every change of a table's rows with this value in a column breaks, as a damaged row would. */
export async function whileStuck<T>(
  owner: pg.Pool,
  table: string,
  column: string,
  value: string,
  run: () => Promise<T>,
): Promise<T> {
  await owner.query(`
    create or replace function stuck() returns trigger language plpgsql as $$
    begin
      if (to_jsonb(new) ->> '${column}') = '${value}' then raise exception 'this row is stuck'; end if;
      return new;
    end $$;
    create trigger a_stuck before insert or update on ${table} for each row execute function stuck()`);
  try {
    return await run();
  } finally {
    await owner.query(`drop trigger a_stuck on ${table}`);
  }
}
