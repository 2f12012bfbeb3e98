-- A deleted workspace stays for 30 days, hidden, so that it can be restored; then it is erased.
ALTER TABLE sub_clients ADD COLUMN deleted_at BIGINT;
CREATE INDEX sub_clients_deleted ON sub_clients (deleted_at, id) WHERE deleted_at IS NOT NULL;
