-- Rewards: read only; each is written by the functions of reward_*.sql.
revoke insert, update, delete, truncate on star_rating, plaque, voucher_batch, voucher from cunfen_app;
