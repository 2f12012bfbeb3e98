-- Fills the unzipped folder of a version with a million messages, to see how long the next version keeps a large server
-- down: sqlite3 FOLDER/banyan.db < million.sql, then ./banyan serve --data FOLDER. A million orders to send, each with its
-- row in a workspace's inbox; 10,000 people in one workspace, half of them invited, with two sessions each.
PRAGMA foreign_keys = OFF;
PRAGMA synchronous = OFF;
BEGIN;
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i FROM n;
CREATE TEMP TABLE room AS SELECT id, tenant_id FROM sub_clients ORDER BY id LIMIT 1;
CREATE TEMP TABLE talk AS SELECT id, tenant_id, sub_client_id FROM conversations LIMIT 1;

INSERT INTO outgoing_messages (id, tenant_id, master_id, sender_id, phone, body, idempotency_key, state, attempts,
    provider_id, due_at, created_at, state_changed_at, reason)
SELECT printf('01a00000-0000-7000-8000-%012d', i), tenant_id, 'desk', 'desk', printf('+971500%06d', i % 1000),
    'Your order ' || i || ' is ready. Thank you, and see you tomorrow!', 'k' || i, 'read', 1, 'p' || i, i, i, i,
    'round-robin: number 1 of 1'
FROM n, room;
INSERT INTO messages (id, tenant_id, sub_client_id, conversation_id, position, role, body, author_name, outgoing_id,
    created_at)
SELECT printf('01b00000-0000-7000-8000-%012d', i), talk.tenant_id, talk.sub_client_id, talk.id, 1000 + i, 'agent',
    'Your order ' || i || ' is ready. Thank you, and see you tomorrow!', 'nour',
    printf('01a00000-0000-7000-8000-%012d', i), i
FROM n, talk;

INSERT INTO sub_client_users (id, tenant_id, sub_client_id, username, email, password_hash, role, created_at, updated_at)
SELECT 1000 + i, tenant_id, room.id, 'u' || i, 'u' || i || '@guests.example', 'x', 'user', i, i FROM n, room WHERE i <= 10000;
INSERT INTO workspace_sessions (token_hash, tenant_id, sub_client_id, user_id, created_at, renewed_at, expires_at)
SELECT 't' || i, tenant_id, room.id, 1000 + i / 2, i, i, 4000000000000 FROM n, room WHERE i BETWEEN 2 AND 20000;
INSERT INTO audit_events (id, tenant_id, occurred_at, action, target, details_digest, details, ip)
SELECT printf('01c00000-0000-7000-8000-%012d', i), tenant_id, i,
    CASE WHEN i <= 5000 THEN 'WorkspaceInvitationAccepted' WHEN i <= 7000 THEN 'WorkspaceUserUpdated'
        ELSE 'ConversationRead' END,
    room.id, 'd', '{"role":"user","user":' || (1000 + i) || '}', ''
FROM n, room WHERE i <= 100000;
COMMIT;
