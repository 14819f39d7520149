-- Points are taken through functions; merchants, their steps and offers are written by functions too, terms by those of
-- shop_terms.sql, and all of it is checked by triggers. The facts of a merchant are the township's and the shop's to write.
revoke insert, update, delete, truncate on redemption, pay_code, statement, statement_line, unstated_posting from cunfen_app;
revoke delete, truncate on alliance_terms from cunfen_app;
revoke insert, update, delete, truncate on offer, merchant, merchant_step from cunfen_app;
grant update (name, kind, address, opening_hours, contact_name, contact_phone, front_photo_id, spelling) on merchant to cunfen_app;
revoke truncate on merchant_photo from cunfen_app;
revoke execute on function merchant_of_office, merchant_of_owner, shop_person_begin, shop_person_out, shop_owner_out,
  offer_of_shop from public, cunfen_app;
revoke execute on function redemption_take, redemption_by_resident, redemption_post, redemption_lapse, redemption_reverse,
  redemption_tell, redemption_tell_posted, order_end, offer_return from public, cunfen_app;
revoke insert, update, delete, truncate on payment, payment_note, pool_entry, alliance_brake from cunfen_app;
revoke execute on function statement_write, statement_for_step, statement_reopen, payment_for_step from public, cunfen_app;
