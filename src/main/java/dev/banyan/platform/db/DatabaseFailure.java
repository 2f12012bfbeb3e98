package dev.banyan.platform.db;

/// What prevents a database from working.
public enum DatabaseFailure {
    AWAY("the database does not answer"),
    DISK_FULL("the disk is full"),
    NOT_WRITABLE("the database cannot be written");

    public final String sentence;

    DatabaseFailure(String sentence) {
        this.sentence = sentence;
    }
}
