-- A third role between admin and user. Whoever was a user stays one, and so no longer reads what customers write: an
-- admin makes agents of those who are to answer.
ALTER TABLE sub_client_users DROP CONSTRAINT sub_client_users_role;
ALTER TABLE sub_client_users ADD CONSTRAINT sub_client_users_role CHECK (role IN ('admin', 'agent', 'user'));

UPDATE inbox_threads SET assignee_id = NULL
WHERE assignee_id IN (SELECT id FROM sub_client_users WHERE role = 'user');
