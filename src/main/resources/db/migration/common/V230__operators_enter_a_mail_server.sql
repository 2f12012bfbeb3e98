-- The mail server that an operator entered; the settings win.
CREATE TABLE server_mail (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    host VARCHAR(253) NOT NULL,
    port INTEGER NOT NULL,
    security VARCHAR(10) NOT NULL,
    user_name VARCHAR(254) NOT NULL,
    -- Encrypted with the key of the data folder.
    sealed_password VARCHAR(2000),
    from_address VARCHAR(254) NOT NULL,
    from_name VARCHAR(100) NOT NULL,
    updated_at BIGINT NOT NULL
);
