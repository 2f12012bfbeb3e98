package dev.banyan.platform.web;

/// Which filters of the HTTP server run before which: the higher the number, the earlier.
public final class FilterOrder {

    /// The gate, before any resource.
    public static final int GATE = 1_000;

    private FilterOrder() {}
}
