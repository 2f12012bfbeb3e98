-- What visitors did, per account, subject and day (days since 1970, UTC). A subject is all pages of an account, one
-- page (`p:` and its id), all its short links (`s`) or one of them (`s:` and its id). `parts` says how the day splits
-- into devices, referrers and so on; `sketch` is what tells visitors apart while the day lasts.
CREATE TABLE visit_days (
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    subject VARCHAR(60) NOT NULL,
    day INTEGER NOT NULL,
    views BIGINT NOT NULL,
    clicks BIGINT NOT NULL,
    unlocks BIGINT NOT NULL,
    redirects BIGINT NOT NULL,
    bots BIGINT NOT NULL,
    visitors BIGINT NOT NULL,
    parts VARCHAR(100000) NOT NULL,
    sketch VARCHAR(8000) NOT NULL,
    PRIMARY KEY (tenant_id, account_id, subject, day),
    CONSTRAINT visit_days_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX visit_days_by_day ON visit_days (tenant_id, account_id, day, subject);

-- The sums of an account for good: they outlive what is too old for its plan, and the account itself. The rest says
-- what jobs have done for it, and whether it wants its weekly report; `report_key` switches that off and does no more.
CREATE TABLE visit_accounts (
    account_id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    views BIGINT NOT NULL,
    clicks BIGINT NOT NULL,
    unlocks BIGINT NOT NULL,
    redirects BIGINT NOT NULL,
    bots BIGINT NOT NULL,
    visitors BIGINT NOT NULL,
    swept_day INTEGER NOT NULL,
    is_reported INTEGER NOT NULL,
    reported_week INTEGER NOT NULL,
    report_key VARCHAR(64) NOT NULL,
    CONSTRAINT visit_accounts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX visit_accounts_by_tenant ON visit_accounts (tenant_id, account_id);
CREATE INDEX visit_accounts_by_sweep ON visit_accounts (swept_day, account_id);
CREATE INDEX visit_accounts_by_report ON visit_accounts (reported_week, account_id);
CREATE UNIQUE INDEX visit_accounts_by_key ON visit_accounts (report_key);

-- The last events of an account, at most a hundred of a kind, and how many there were in each of the last minutes.
CREATE TABLE visit_recent (
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    events VARCHAR(200000) NOT NULL,
    minutes VARCHAR(4000) NOT NULL,
    PRIMARY KEY (tenant_id, account_id, kind),
    CONSTRAINT visit_recent_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

-- Makes visitors of one day impossible to recognise on the next; it lasts as long as the day.
CREATE TABLE visit_salts (
    day INTEGER NOT NULL PRIMARY KEY,
    salt VARCHAR(64) NOT NULL
);

-- Sums of single short links that came in a second when very many were followed: written as they are, and put into
-- visit_days together with those of other seconds (VisitJournalStore). `shard` keeps what belongs to one short link
-- together.
CREATE TABLE visit_journal (
    shard INTEGER NOT NULL,
    id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    sums VARCHAR(2000000) NOT NULL,
    PRIMARY KEY (shard, id),
    CONSTRAINT visit_journal_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX visit_journal_by_account ON visit_journal (tenant_id, account_id);
