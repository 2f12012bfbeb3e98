-- What a new brand can begin with: snapshots of other brands, kept by their agency.
CREATE TABLE brand_templates (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    -- Which parts it has: look, links, short-links.
    parts VARCHAR(60) NOT NULL,
    -- The username of the brand that it was made from, which may be gone.
    source VARCHAR(30) NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT brand_templates_name UNIQUE (tenant_id, name),
    CONSTRAINT brand_templates_owned UNIQUE (tenant_id, id),
    CONSTRAINT brand_templates_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- One document for each package that keeps content of brands; nobody asks for parts of it.
CREATE TABLE brand_template_contents (
    tenant_id VARCHAR(36) NOT NULL,
    template_id VARCHAR(36) NOT NULL,
    content VARCHAR(20) NOT NULL,
    document VARCHAR(500000) NOT NULL,
    PRIMARY KEY (tenant_id, template_id, content),
    CONSTRAINT brand_template_contents_of FOREIGN KEY (tenant_id, template_id)
        REFERENCES brand_templates (tenant_id, id) ON DELETE CASCADE
);

-- Brands with one label, in the order of lists.
CREATE INDEX accounts_by_label ON accounts (parent_id, internal_label, id);
