package dev.banyan.console.client;

/// No server can be used; the message is one line that says which was looked for, and what is wrong.
final class NoServer extends Exception {
    private static final long serialVersionUID = 1L;

    NoServer(String message) {
        super(message);
    }
}
