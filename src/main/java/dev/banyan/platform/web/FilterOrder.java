package dev.banyan.platform.web;

/// The order of the HTTP server's filters: the higher the number, the earlier.
public final class FilterOrder {

    /// The gate, before any resource.
    public static final int GATE = 1_000;

    private FilterOrder() {}
}
