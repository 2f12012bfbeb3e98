-- When two addresses turned out to be of one person (docs/decisions/0116). It can be undone for 48 hours, and is forgotten
-- then. The row of an undone one stays: the pair isn't learned again.
CREATE TABLE contact_merges (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    former VARCHAR(180) NOT NULL,
    contact VARCHAR(180) NOT NULL,
    merged_at BIGINT NOT NULL,
    undone_at BIGINT,
    CONSTRAINT contact_merges_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT contact_merges_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX contact_merges_by_pair ON contact_merges (tenant_id, contact, former);
CREATE INDEX contact_merges_by_time ON contact_merges (merged_at);

-- The keys of what a merge moved. `place` is the position of a recipient, or 1 for a contact of a workspace that got the
-- other address.
CREATE TABLE contact_merge_keys (
    merge_id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    moved VARCHAR(180) NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (merge_id, kind, moved, place),
    CONSTRAINT contact_merge_keys_merge FOREIGN KEY (tenant_id, merge_id)
        REFERENCES contact_merges (tenant_id, id) ON DELETE CASCADE
);
