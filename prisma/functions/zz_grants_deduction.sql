-- Deductions and what follows them: through deduction_steps.sql and objection.sql alone. A new objection is inserted,
-- and its trigger asks all that is to be asked.
revoke insert, update, delete, truncate on deduction, deduction_step from cunfen_app;
revoke update, delete, truncate on objection from cunfen_app;
