package dev.banyan.platform.web;

/// The order of the HTTP server's filters: the higher the number, the earlier.
public final class FilterOrder {

    /// The gate, before any resource.
    public static final int GATE = 1_000;

    /// How a request is measured, before anything that answers or leads elsewhere.
    public static final int LABELS = 4_000;

    /// Which host a request is for, before anything that answers from memory.
    public static final int HOSTS = 3_000;

    /// Whether a visitor has come at all, before anything that counts visits.
    public static final int AHEAD = 2_500;

    /// What is answered from memory: it needs none of the gate's work.
    public static final int FROM_MEMORY = 2_000;

    private FilterOrder() {}
}
