-- When and where this server writes backups by itself, as an operator entered it.
CREATE TABLE backup_plan (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    is_enabled INTEGER NOT NULL,
    -- From 1, Monday; 0 for every day.
    week_day INTEGER NOT NULL,
    -- Minutes after midnight in UTC.
    day_minute INTEGER NOT NULL,
    keep_count INTEGER NOT NULL,
    place VARCHAR(10) NOT NULL CHECK (place IN ('folder', 'bucket')),
    -- Empty for the folder in the data folder.
    folder VARCHAR(1000) NOT NULL,
    endpoint VARCHAR(500) NOT NULL,
    region VARCHAR(100) NOT NULL,
    bucket VARCHAR(63) NOT NULL,
    prefix VARCHAR(200) NOT NULL,
    access_key VARCHAR(200) NOT NULL,
    -- Encrypted with the key of the data folder, for the endpoint.
    sealed_secret VARCHAR(2000),
    changed_at BIGINT NOT NULL
);

-- The backups that were written, are being written, or failed.
CREATE TABLE backup_results (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    -- The time of the plan that it is for; none if an operator asked for it.
    planned_at BIGINT UNIQUE,
    -- 1 while it is being written: one at a time. Otherwise none.
    is_running INTEGER UNIQUE,
    started_at BIGINT NOT NULL,
    -- The last sign of life of what is running.
    seen_at BIGINT NOT NULL,
    ended_at BIGINT,
    -- The folder, or the bucket with its address.
    location VARCHAR(2000) NOT NULL,
    file_name VARCHAR(100) NOT NULL,
    row_count BIGINT NOT NULL,
    -- In bytes; none unless it was written.
    file_size BIGINT,
    problem VARCHAR(500)
);
