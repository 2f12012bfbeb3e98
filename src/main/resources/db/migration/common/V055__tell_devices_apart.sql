-- With what and from where a session was opened; the address is kept without its last part.
ALTER TABLE sessions ADD COLUMN user_agent VARCHAR(300);
ALTER TABLE sessions ADD COLUMN network VARCHAR(50);

-- Whether a person hears by mail of a sign-in from a new device.
ALTER TABLE identities ADD COLUMN device_mails_enabled INTEGER NOT NULL DEFAULT 1;

-- Devices that a person has signed in with: the digest of what their cookie holds, or of browser and network.
CREATE TABLE known_devices (
    identity_id VARCHAR(36) NOT NULL,
    device_hash VARCHAR(64) NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (identity_id, device_hash),
    CONSTRAINT known_devices_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

CREATE INDEX known_devices_by_time ON known_devices (seen_at);
