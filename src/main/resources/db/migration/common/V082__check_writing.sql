-- Always empty: a row is put in and taken out again to find out whether the database takes writes.
CREATE TABLE write_checks (
    id INTEGER NOT NULL PRIMARY KEY,
    checks BIGINT NOT NULL
);
