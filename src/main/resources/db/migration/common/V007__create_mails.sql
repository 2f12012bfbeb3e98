-- Mails wait here, written with the change that causes them, until a job has sent them.
CREATE TABLE mails (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    recipient VARCHAR(254) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);

CREATE INDEX mails_by_due ON mails (sent_at, due_at);
