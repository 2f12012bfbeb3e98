package dev.banyan.platform.config;

import module java.base;

/// How much of the server one visitor may use, and for how long. [Setting] explains each.
///
/// @param bodyBytes of memory for the bodies of all requests together
/// @param uploadsBytes of disk for all uploads in progress
/// @param requestTime the time in which the header of a request must be complete, and its body unless it comes fast
///     enough
/// @param idleTime the time without activity after which a connection is closed
public record EdgeSettings(
        int connectionsPerAddress,
        int socketsPerUser,
        long bodyBytes,
        long uploadsBytes,
        Duration requestTime,
        Duration idleTime) {

    private static final long MEGABYTE = 1_024 * 1_024;
    /// Until it is worked off, a body takes about three times its length: as bytes, as text, as what it says.
    private static final int PART_OF_HEAP = 8;

    static EdgeSettings from(SettingSources sources) {
        return new EdgeSettings(
                sources.number(Setting.CONNECTIONS_PER_ADDRESS, 1, 1_000_000),
                sources.number(Setting.SOCKETS_PER_USER, 1, 1_000_000),
                bodyBytes(sources),
                sources.number(Setting.UPLOADS, 1, 1_000_000) * MEGABYTE,
                Duration.ofSeconds(sources.number(Setting.REQUEST_TIME, 1, 3_600)),
                Duration.ofSeconds(sources.number(Setting.IDLE_TIME, 1, 3_600)));
    }

    private static long bodyBytes(SettingSources sources) {
        return sources.optional(Setting.BODY_MEMORY).isPresent()
                ? sources.number(Setting.BODY_MEMORY, 1, 100_000) * MEGABYTE
                : Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    }
}
