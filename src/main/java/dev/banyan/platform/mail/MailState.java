package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Keyed;

/// The state of a mail's delivery.
public enum MailState implements Keyed {
    WAITING("Waiting"),
    /// The last try failed; another one follows.
    FAILING("Failing"),
    /// So many tries failed that there is no further automatic one.
    GIVEN_UP("Given up"),
    SENT("Sent"),
    DISCARDED("Discarded");

    public final String label;

    MailState(String label) {
        this.label = label;
    }

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns true if it was not sent yet, and may be.
    public boolean isOpen() {
        return this == WAITING || this == FAILING || this == GIVEN_UP;
    }
}
