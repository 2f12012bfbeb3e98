package dev.banyan.whatsapp.drivers;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionChanged;
import dev.banyan.whatsapp.connections.ConnectionStore;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.proxies.Proxies;
import dev.banyan.whatsapp.proxies.Proxy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Finds numbers at their gateways. Kept in memory, because every message and every round of questions needs it.
@Singleton
public final class Lines {

    /// Changes are told; this is for those that another server makes.
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 20_000;

    private record Remote(ConnectionId connection, String name) {}

    private final Database database;
    private final Connections connections;
    private final Proxies proxies;
    private final Cache<SenderKey, Line> lines =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
    private final Cache<ConnectionId, GatewayAccess> gateways =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
    private final Cache<Remote, SenderKey> senders =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
    private final Cache<SenderKey, SenderKey> pools =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    public Lines(Database database, Connections connections, Proxies proxies) {
        this.database = database;
        this.connections = connections;
        this.proxies = proxies;
    }

    /// Returns the number at its gateway; empty if it is at none, or the gateway's credentials can't be opened here.
    public Optional<Line> of(SenderKey sender) {
        return Optional.ofNullable(lines.getIfPresent(sender)).or(() -> {
            Optional<Line> read = read(sender);
            read.ifPresent(line -> lines.put(sender, line));
            return read;
        });
    }

    private Optional<Line> read(SenderKey key) {
        Optional<Sender> sender = database.read(key.tenant(), tx -> new SenderStore(tx).find(key.tenant(), key.id()));
        return sender.flatMap(Sender::remote)
                .flatMap(remote -> gateway(remote.connection())
                        .filter(access -> access.connection().tenant().equals(key.tenant()))
                        .map(access -> new Line(
                                key,
                                access,
                                remote.name(),
                                sender.flatMap(Sender::phone),
                                proxies.of(key.tenant(), key.id()).map(Lines::proxy))));
    }

    private static Line.Proxy proxy(Proxy.Address address) {
        return new Line.Proxy(address.kind().key(), address.host(), address.port(), address.user(), address.password());
    }

    /// Returns a gateway by its id alone, as in the address of its webhooks.
    public Optional<GatewayAccess> gateway(ConnectionId id) {
        return Optional.ofNullable(gateways.getIfPresent(id)).or(() -> {
            Optional<GatewayAccess> read = connections.openForHook(id).map(this::access);
            read.ifPresent(access -> gateways.put(id, access));
            return read;
        });
    }

    /// Returns the account's other connections to gateways of the same kind.
    public List<GatewayAccess> others(GatewayAccess gateway) {
        Connection own = gateway.connection();
        return database.read(own.tenant(), tx -> new ConnectionStore(tx).list(own.tenant())).stream()
                .filter(one -> one.driver() == own.driver() && !one.id().equals(own.id()))
                .flatMap(one -> gateway(one.id()).stream())
                .toList();
    }

    public GatewayAccess access(Connections.Opened opened) {
        return new GatewayAccess(opened.connection(), opened.credentials(), connections.hook(opened.connection()));
    }

    /// Returns the number that a gateway calls so.
    public Optional<SenderKey> sender(GatewayAccess gateway, String name) {
        var remote = new Remote(gateway.connection().id(), name);
        return Optional.ofNullable(senders.getIfPresent(remote)).or(() -> {
            Optional<SenderKey> read = database.read(
                    gateway.connection().tenant(),
                    tx -> new ConnectionStore(tx).sender(gateway.connection().tenant(), remote.connection(), name));
            read.ifPresent(sender -> senders.put(remote, sender));
            return read;
        });
    }

    /// Returns the pool of the number that a gateway calls so, as it was a moment ago.
    Optional<SenderKey> pool(GatewayAccess gateway, String name) {
        return sender(gateway, name)
                .flatMap(sender -> Optional.ofNullable(pools.getIfPresent(sender))
                        .or(() -> {
                            Optional<SenderKey> read = database.read(
                                            sender.tenant(),
                                            tx -> new SenderStore(tx).find(sender.tenant(), sender.id()))
                                    .map(Sender::pool);
                            read.ifPresent(pool -> pools.put(sender, pool));
                            return read;
                        }));
    }

    void senderChanged(@Observes SenderChanged changed) {
        var sender = new SenderKey(changed.tenant(), changed.sender());
        pools.invalidate(sender);
        forget(sender);
    }

    /// Reads a number again when it is needed next.
    void forget(SenderKey sender) {
        lines.invalidate(sender);
    }

    void connectionChanged(@Observes ConnectionChanged changed) {
        gateways.invalidate(changed.connection());
        lines.invalidateAll();
    }
}
