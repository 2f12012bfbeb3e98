package dev.banyan.console.client;

import module java.base;

/// No usable server; the message is one line that says which was looked for and what is wrong.
final class NoServer extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Path> idle;

    NoServer(String message) {
        this(message, List.of());
    }

    private NoServer(String message, List<Path> idle) {
        super(message);
        this.idle = idle;
    }

    /// @param folders where no server runs, so that the caller may use them
    static NoServer on(List<Path> folders, String message) {
        return new NoServer(message, folders);
    }

    /// The folders that were checked and belong to no server; empty for other problems.
    List<Path> idle() {
        return idle;
    }
}
