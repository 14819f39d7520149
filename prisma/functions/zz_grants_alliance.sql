-- Points are taken through functions; terms and offers are written by commands, and checked by triggers.
revoke insert, update, delete, truncate on redemption, pay_code, statement, statement_line from cunfen_app;
revoke delete, truncate on alliance_terms, offer from cunfen_app;
revoke execute on function redemption_take, redemption_post, redemption_lapse, offer_return from public, cunfen_app;
revoke insert, update, delete, truncate on payment, payment_note, pool_entry, alliance_brake from cunfen_app;
revoke execute on function statement_for_step, payment_for_step from public, cunfen_app;
