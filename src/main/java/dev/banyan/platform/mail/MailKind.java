package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Keyed;

/// The topic of a mail, for operators who look through the outbox.
public enum MailKind implements Keyed {
    CONFIRMATION("Email confirmation"),
    SIGN_IN("Password or sign-in"),
    INVITATION("Invitation"),
    PLAN("Plan"),
    NOTICE("Notice"),
    OTHER("Other");

    private final String label;

    MailKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
