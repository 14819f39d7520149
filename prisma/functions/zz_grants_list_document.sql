-- documents of lists: through list_document.sql
revoke insert, update, delete, truncate on list_document from cunfen_app;
