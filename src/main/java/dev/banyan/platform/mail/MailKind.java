package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Keyed;

/// The topic of a mail, for operators who look through the outbox.
public enum MailKind implements Keyed {
    CONFIRMATION("Email confirmation", true),
    SIGN_IN("Password or sign-in", true),
    INVITATION("Invitation", false),
    PLAN("Plan", false),
    NOTICE("Notice", false),
    OTHER("Other", false);

    public final String label;
    private final boolean urgent;

    MailKind(String label, boolean urgent) {
        this.label = label;
        this.urgent = urgent;
    }

    /// Returns whether a person waits for it, with a page open that asks for its code or link.
    boolean isUrgent() {
        return urgent;
    }

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
