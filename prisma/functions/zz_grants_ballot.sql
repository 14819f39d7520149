-- Votes go in and are counted through ballot.sql alone; what lies in the box, the program can't read at all.
revoke insert, update, delete, truncate on ballot, ballot_voter from cunfen_app;
revoke all on ballot_box from cunfen_app;
-- what was said, resolved and adopted stays
revoke delete, truncate on rulebook_comment, resolution from cunfen_app;
revoke truncate on rulebook_version, category, item, scale_step from cunfen_app;
