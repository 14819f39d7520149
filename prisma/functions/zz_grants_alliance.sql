-- Points are taken through functions; terms and offers are written by commands, and checked by triggers.
revoke insert, update, delete, truncate on redemption, pay_code, statement, statement_line from cunfen_app;
revoke delete, truncate on alliance_terms, offer from cunfen_app;
revoke execute on function redemption_take, redemption_by_resident, redemption_post, redemption_lapse, redemption_reverse,
  redemption_tell, redemption_tell_posted, order_end, offer_return from public, cunfen_app;
