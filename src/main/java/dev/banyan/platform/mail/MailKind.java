package dev.banyan.platform.mail;

import module java.base;

/// The topic of a mail, for operators who look through the outbox.
public enum MailKind {
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

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MailKind> of(String key) {
        return Stream.of(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
}
