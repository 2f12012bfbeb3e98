package dev.banyan.platform.config;

import java.time.Duration;

/// How much of the server one visitor may use, and for how long. [Setting] explains each.
///
/// @param requestTime the time in which the header of a request must be complete, and its body unless it comes fast
///     enough
/// @param idleTime the time without activity after which a connection is closed
public record EdgeSettings(int connectionsPerAddress, int socketsPerUser, Duration requestTime, Duration idleTime) {

    static EdgeSettings from(SettingSources sources) {
        return new EdgeSettings(
                sources.number(Setting.CONNECTIONS_PER_ADDRESS, 1, 1_000_000),
                sources.number(Setting.SOCKETS_PER_USER, 1, 1_000_000),
                Duration.ofSeconds(sources.number(Setting.REQUEST_TIME, 1, 3_600)),
                Duration.ofSeconds(sources.number(Setting.IDLE_TIME, 1, 3_600)));
    }
}
