-- Lists, what they rest on, and consents are written by list*.sql alone; the application reads them.
revoke insert, update, delete, truncate on village_list, list_row, list_ground, consent from cunfen_app;
-- inspections: add only; a place is closed, not deleted
revoke update, delete, truncate on place_check, place_check_void from cunfen_app;
revoke delete, truncate on place from cunfen_app;
