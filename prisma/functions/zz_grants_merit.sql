-- What merchants receive and count is written by functions; that a pattern was looked at is only added.
revoke insert, update, delete, truncate on incentive, shop_day from cunfen_app;
revoke update, delete, truncate on pattern_look from cunfen_app;
