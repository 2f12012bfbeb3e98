-- Words such as “AT&T” are indexed as one from now on. A job reads the texts that are there already, each kind in the
-- order of its ids. This is the last id that it has read, or an empty text once all are read.
CREATE TABLE word_index_progress (
    texts VARCHAR(20) NOT NULL PRIMARY KEY,
    last_id VARCHAR(40) NOT NULL
);
