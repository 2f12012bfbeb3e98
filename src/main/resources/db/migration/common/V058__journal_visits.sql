-- Sums of single short links that came in a second when very many were followed: written as they are, and put into
-- visit_days together with those of other seconds (VisitJournalStore). `shard` keeps what belongs to one short link together.
CREATE TABLE visit_journal (
    shard INTEGER NOT NULL,
    id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    sums VARCHAR(2000000) NOT NULL,
    PRIMARY KEY (shard, id),
    CONSTRAINT visit_journal_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX visit_journal_by_account ON visit_journal (tenant_id, account_id);
