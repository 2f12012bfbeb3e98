-- One row that is only written to find out whether the database takes writes again.
CREATE TABLE write_checks (
    id INTEGER NOT NULL PRIMARY KEY,
    checks BIGINT NOT NULL
);

INSERT INTO write_checks (id, checks) VALUES (1, 0);
