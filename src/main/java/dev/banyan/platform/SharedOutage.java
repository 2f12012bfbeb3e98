package dev.banyan.platform;

/// Implemented by exceptions about something that everything uses, such as the database. Whatever fails because of it
/// has this one cause, wherever it was noticed.
public interface SharedOutage {

    /// Returns what is to blame, in one word.
    String name();
}
