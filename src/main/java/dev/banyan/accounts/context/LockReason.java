package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.Keyed;

/// Why operators switch an account off: a word for operators, and a neutral message that its people read when they sign
/// in.
public enum LockReason implements Keyed {
    PAYMENT("Payment", "A payment is overdue."),
    TERMS("Terms of use", "We're reviewing how the account is used."),
    SECURITY("Security", "We closed the account to protect your data."),
    OWNER("Owner's request", "The account owner asked for this."),
    OTHER("Other", "The account is closed for now.");

    public final String label;
    /// One sentence for the people of the account.
    public final String words;

    LockReason(String label, String words) {
        this.label = label;
        this.words = words;
    }
}
