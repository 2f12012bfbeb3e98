-- Who the demo made in this database, and with which password: it touches nobody else, and no password that a person has
-- changed since. The hash is empty until they are made.
CREATE TABLE sample_people (
    email VARCHAR(254) NOT NULL PRIMARY KEY,
    password_hash VARCHAR(255) NOT NULL
);
