package dev.banyan.platform.db;

/// The database cannot be opened, read or written. The message is one line for the operator.
public final class UnusableDatabase extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableDatabase(String message) {
        super(message);
    }

    public UnusableDatabase(String message, Throwable cause) {
        super(firstLine(message), cause);
    }

    /// Drivers and Flyway say more: the rest is in the cause.
    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("The database cannot be used");
    }
}
