-- What must be true of the ledger and of deeds, whatever the code does.

alter table account
  add constraint account_balance_not_negative check (balance >= 0),
  add constraint account_issue_keeps_none check (kind <> 'ISSUE' or balance = 0);
-- balances change with every posting and are not indexed: leave room for updates in place
alter table account set (fillfactor = 70);
alter table standing set (fillfactor = 70);

alter table posting
  add constraint posting_points_not_negative check (points >= 0 and shortfall >= 0),
  add constraint posting_does_something check (points > 0 or honour <> 0 or shortfall > 0),
  add constraint posting_two_accounts check (debit_id <> credit_id),
  add constraint posting_reversal_names_it check ((kind = 'REVERSAL') = (reverses is not null)),
  add constraint posting_award_adds check (kind <> 'AWARD' or honour >= 0),
  add constraint posting_deduction_takes check (kind <> 'DEDUCTION' or honour <= 0),
  add constraint posting_honour_of_someone check (honour = 0 or (household_id is not null and resident_id is not null)),
  add constraint posting_debit_moves check (debit_after = debit_before - points),
  add constraint posting_credit_moves check (credit_after = credit_before + points);

alter table deed
  add constraint deed_quantity_positive check (quantity between 1 and 1000),
  add constraint deed_metric_not_negative check (metric_value >= 0),
  add constraint deed_decided_or_not check ((state in ('APPROVED', 'RETURNED', 'WITHDRAWN')) = (decided_by_id is not null and decided_at is not null)),
  add constraint deed_awarded_or_not check ((state = 'APPROVED') = (honour_awarded is not null and points_awarded is not null)),
  add constraint deed_second_after_first check (state <> 'AWAITING_SECOND' or first_by_id is not null),
  add constraint deed_two_people check (first_by_id is null or state <> 'APPROVED' or decided_by_id <> first_by_id);

alter table village
  add constraint village_code_plain check (code ~ '^[a-z][a-z0-9-]{1,31}$'),
  add constraint village_deed_age check (deed_age_days_max between 0 and 366),
  add constraint village_undo check (undo_minutes between 0 and 1440);
