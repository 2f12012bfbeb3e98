package dev.banyan.platform.audit;

/// An operator who helps an account tried what they may not. Nothing is left of the transaction.
public final class NotBySupport extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotBySupport() {
        super("Not by support");
    }
}
