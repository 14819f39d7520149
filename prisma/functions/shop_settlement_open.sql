-- What of a settlement is open: since when it waits, and what somebody should look at. One place for the office, its
-- calendar, the township and the public page.
--   OVERDUE        agreed and not paid by its day, unless what the merchant owes comes to as much
--   MISSED         the merchant says that the money has not come, and nobody has answered
--   DENIED         the same of money that it is said to have handed back, or of what is said to be set off
--   DISPUTE_SLOW   a line waits for an answer more than a week
--   MERCHANT_SLOW  waits for the merchant more than ten days, to agree or to confirm
create or replace function settlement_open(p_villages uuid[], p_at timestamptz)
returns table (
  village_id uuid, statement_id uuid, merchant_id uuid, month text, number integer, state "StatementState", points integer, fen integer,
  due_on date, since date, is_missed boolean, hint text, hint_days integer
) language sql stable as $$
  with open as (
    select s.*, sum(s.fen) filter (where s.state = 'AGREED') over (partition by s.village_id, s.merchant_id) as agreed_fen,
      case s.state
        when 'MADE' then coalesce((select max(greatest(l.answered_at, l.withdrawn_at, l.first_answered_at)) from statement_line l
                                where l.village_id = s.village_id and l.statement_id = s.id), s.made_at)
        when 'DISPUTED' then (select min(l.disputed_at) from statement_line l where l.village_id = s.village_id and l.statement_id = s.id and l.answer = '')
        when 'AGREED' then s.agreed_at
        else coalesce(n.at, p.paid_at) end as moved_at,
      coalesce(n.side = 'SHOP', false) as waits_answer, p.fen as paid_fen, n.at is not null as is_missed
    from statement s
    left join payment p on p.village_id = s.village_id and p.id = s.payment_id
    left join lateral (
      select x.side, x.at from payment_note x where x.village_id = s.village_id and x.payment_id = s.payment_id order by x.at desc, x.id desc limit 1
    ) n on true
    where s.village_id = any (p_villages) and s.state <> 'CONFIRMED'
  ), told as (
    select o.*, shanghai_day(p_at) - shanghai_day(o.moved_at) as days, shanghai_day(p_at) - o.due_on as late,
      case
        when o.state = 'AGREED' and o.fen > 0 and o.agreed_fen > 0 and o.due_on < shanghai_day(p_at) then 'OVERDUE'
        when o.waits_answer then case when o.paid_fen > 0 then 'MISSED' else 'DENIED' end
        when o.state = 'DISPUTED' and shanghai_day(p_at) - shanghai_day(o.moved_at) > 7 then 'DISPUTE_SLOW'
        when o.state in ('MADE', 'PAID') and shanghai_day(p_at) - shanghai_day(o.moved_at) > 10 then 'MERCHANT_SLOW' end as hint
    from open o
  )
  select t.village_id, t.id, t.merchant_id, t.month, t.number, t.state, t.points, t.fen, t.due_on, shanghai_day(t.moved_at), t.is_missed, t.hint,
    case t.hint when 'OVERDUE' then t.late else t.days end
  from told t
$$;
