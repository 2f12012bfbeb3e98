package dev.banyan.platform.mail;

import module java.base;

/// The state of a mail's delivery.
public enum MailState {
    WAITING("Waiting"),
    /// The last try failed; another one follows.
    FAILING("Failing"),
    /// So many tries failed that there is no further automatic one.
    GIVEN_UP("Given up"),
    SENT("Sent"),
    DISCARDED("Discarded");

    private final String label;

    MailState(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns true if it was not sent yet, and may be.
    public boolean isOpen() {
        return this == WAITING || this == FAILING || this == GIVEN_UP;
    }

    public static Optional<MailState> of(String key) {
        return Stream.of(values()).filter(state -> state.key().equals(key)).findFirst();
    }
}
