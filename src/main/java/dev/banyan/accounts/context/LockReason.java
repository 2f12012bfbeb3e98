package dev.banyan.accounts.context;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Why operators switch an account off: a word for operators, and a neutral message that its people read when they sign
/// in.
public enum LockReason {
    PAYMENT("Payment", "A payment is overdue."),
    TERMS("Terms of use", "We need to review how it is used."),
    SECURITY("Security", "It is locked to protect its data."),
    OWNER("Its owner asked for it", "Its owner asked for this."),
    OTHER("Something else", "It is unavailable for now.");

    private final String label;
    private final String words;

    LockReason(String label, String words) {
        this.label = label;
        this.words = words;
    }

    public String label() {
        return label;
    }

    /// Returns one sentence for the people of the account.
    public String words() {
        return words;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LockReason> of(String key) {
        return Stream.of(values()).filter(reason -> reason.key().equals(key)).findFirst();
    }
}
