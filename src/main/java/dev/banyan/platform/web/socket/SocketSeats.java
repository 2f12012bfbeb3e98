package dev.banyan.platform.web.socket;

import module java.base;
import dev.banyan.platform.config.Settings;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;

/// The number of sockets of all kinds that each user holds on this node, from the handshake until the connection ends.
@Singleton
public final class SocketSeats {

    private final Settings settings;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    SocketSeats(Settings settings) {
        this.settings = settings;
    }

    /// @param who the same for all sockets of one user
    /// @return false if there are too many
    public boolean take(HttpUpgradeContext handshake, String who) {
        if (!settings.rateLimited() || !(handshake.httpRequest().connection() instanceof ConnectionBase below)) {
            return true;
        }
        if (taken.merge(who, 1, Integer::sum) > settings.edge().socketsPerUser()) {
            leave(who);
            return false;
        }
        below.channelHandlerContext().channel().closeFuture().addListener(_ -> leave(who));
        return true;
    }

    private void leave(String who) {
        taken.computeIfPresent(who, (_, open) -> open > 1 ? open - 1 : null);
    }
}
