-- What people are told about their numbers and pools, and who gets mails about it.
CREATE TABLE pool_alerts (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    kind VARCHAR(24) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    -- The number, or the master again where the alert is about the whole pool.
    subject_id VARCHAR(60) NOT NULL,
    details VARCHAR(300) NOT NULL,
    created_at BIGINT NOT NULL,
    -- Null while it lasts; an alert about a moment has ended when it is written.
    ended_at BIGINT,
    CONSTRAINT pool_alerts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX pool_alerts_by_tenant ON pool_alerts (tenant_id, id);
CREATE INDEX pool_alerts_by_time ON pool_alerts (created_at);
/* [jooq ignore start] */
-- The same thing is told once while it lasts.
CREATE UNIQUE INDEX pool_alerts_open ON pool_alerts (tenant_id, subject_id, kind) WHERE ended_at IS NULL;
/* [jooq ignore stop] */

-- From when on an account is told; an account without a row has the defaults of AlertSettings. 0: never.
CREATE TABLE alert_settings (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    queue_length INTEGER NOT NULL,
    queue_minutes INTEGER NOT NULL,
    quality INTEGER NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT alert_settings_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- The members who want alerts by mail.
CREATE TABLE alert_recipients (
    tenant_id VARCHAR(36) NOT NULL,
    identity_id VARCHAR(36) NOT NULL,
    -- At most one mail in this time.
    every_minutes INTEGER NOT NULL,
    -- The last alert that was mailed, or the newest one when the member asked for mails.
    mailed_id VARCHAR(36) NOT NULL,
    next_at BIGINT NOT NULL,
    -- Whether there are alerts that were not mailed.
    unmailed INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, identity_id),
    CONSTRAINT alert_recipients_member FOREIGN KEY (tenant_id, identity_id)
        REFERENCES memberships (tenant_id, identity_id) ON DELETE CASCADE
);
/* [jooq ignore start] */
CREATE INDEX alert_recipients_due ON alert_recipients (next_at) WHERE unmailed = 1;
/* [jooq ignore stop] */
