-- Addresses that lead to another host since names are read as browsers read them (docs/decisions/0095), and domains that
-- may have been stored as another name. Shown to their owners for a while.
CREATE TABLE old_host_readings (
    kind VARCHAR(10) NOT NULL,
    subject_id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    address VARCHAR(2048) NOT NULL,
    found_at BIGINT NOT NULL,
    PRIMARY KEY (kind, subject_id),
    CONSTRAINT old_host_readings_kind CHECK (kind IN ('link', 'short-link', 'domain')),
    CONSTRAINT old_host_readings_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX old_host_readings_by_account ON old_host_readings (tenant_id, account_id, kind, subject_id);
CREATE INDEX old_host_readings_by_time ON old_host_readings (found_at);

-- [jooq ignore start]
-- The letters that were read otherwise: sharp s, final sigma, and two marks without width. They may be in the path too:
-- that is looked at when it is shown.
INSERT INTO old_host_readings
SELECT 'link', id, tenant_id, account_id, url, 0 FROM links WHERE url LIKE '%ß%' OR url LIKE '%ς%';
INSERT INTO old_host_readings
SELECT 'short-link', id, tenant_id, account_id, target, 0 FROM short_links
WHERE target LIKE '%ß%' OR target LIKE '%ς%';
${on_sqlite}INSERT INTO old_host_readings SELECT 'link', id, tenant_id, account_id, url, 0 FROM links WHERE (instr(url, char(8204)) > 0 OR instr(url, char(8205)) > 0) AND NOT (url LIKE '%ß%' OR url LIKE '%ς%');
${on_sqlite}INSERT INTO old_host_readings SELECT 'short-link', id, tenant_id, account_id, target, 0 FROM short_links WHERE (instr(target, char(8204)) > 0 OR instr(target, char(8205)) > 0) AND NOT (target LIKE '%ß%' OR target LIKE '%ς%');
${on_postgresql}INSERT INTO old_host_readings SELECT 'link', id, tenant_id, account_id, url, 0 FROM links WHERE (strpos(url, chr(8204)) > 0 OR strpos(url, chr(8205)) > 0) AND NOT (url LIKE '%ß%' OR url LIKE '%ς%');
${on_postgresql}INSERT INTO old_host_readings SELECT 'short-link', id, tenant_id, account_id, target, 0 FROM short_links WHERE (strpos(target, chr(8204)) > 0 OR strpos(target, chr(8205)) > 0) AND NOT (target LIKE '%ß%' OR target LIKE '%ς%');
-- Of a domain only the name that was made of it is known. One that was proved is the right one.
INSERT INTO old_host_readings
SELECT 'domain', id, tenant_id, account_id, host, 0 FROM domains
WHERE (host LIKE '%ss%' OR host LIKE '%xn--%') AND serving_host IS NULL AND proved_at IS NULL;
${on_sqlite}UPDATE old_host_readings SET found_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
${on_postgresql}UPDATE old_host_readings SET found_at = CAST(extract(epoch FROM now()) AS BIGINT) * 1000;
-- [jooq ignore stop]
