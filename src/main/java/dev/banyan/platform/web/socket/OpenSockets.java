package dev.banyan.platform.web.socket;

import io.quarkus.websockets.next.WebSocketConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/// The open sockets of one kind on this node, with their visitors.
///
/// @param <K> the key that groups sockets for messages: a user, a workspace, an account
/// @param <V> the visitor at the other end
public final class OpenSockets<K, V> {

    private static final int BEAT_TOGETHER = 250;

    /// A listed socket.
    public record Open<V>(OpenSocket socket, V visitor) {}

    private final Map<K, List<Open<V>>> byKey = new ConcurrentHashMap<>();
    private final Function<V, K> keyOf;
    private final Consumer<V> left;

    /// @param left called once for each visitor whose socket is no longer listed
    public OpenSockets(Function<V, K> keyOf, Consumer<V> left) {
        this.keyOf = keyOf;
        this.left = left;
    }

    /// Lists a socket that has opened.
    ///
    /// @param hasRoom whether there may be one more in addition to those listed under its key
    /// @return false if there was no room and the socket is closed, or if it has closed meanwhile
    public boolean enter(WebSocketConnection connection, V visitor, Predicate<List<Open<V>>> hasRoom) {
        var open = new Open<>(OpenSocket.of(connection), visitor);
        boolean entered = byKey.compute(keyOf.apply(visitor), (_, before) -> {
                    List<Open<V>> known = before == null ? List.of() : before;
                    return hasRoom.test(known)
                            ? Stream.concat(known.stream(), Stream.of(open)).toList()
                            : known;
                })
                .contains(open);
        if (!entered) {
            open.socket().close(OpenSocket.TOO_MANY);
        }
        return entered && !isGone(open);
    }

    /// Returns true if the socket closed before it was listed: then nothing else removes it from the list.
    private boolean isGone(Open<V> open) {
        boolean gone = open.socket().isClosed();
        if (gone) {
            forget(keyOf.apply(open.visitor()), open::equals);
            open.socket().bury();
        }
        return gone;
    }

    public void leave(WebSocketConnection connection, K key) {
        forget(key, open -> open.socket().isOf(connection));
    }

    private void forget(K key, Predicate<Open<V>> gone) {
        byKey.computeIfPresent(key, (_, known) -> {
            Map<Boolean, List<Open<V>>> parts = known.stream().collect(Collectors.partitioningBy(gone));
            parts.getOrDefault(true, List.of()).forEach(open -> left.accept(open.visitor()));
            List<Open<V>> staying = parts.getOrDefault(false, List.of());
            return staying.isEmpty() ? null : staying;
        });
    }

    /// Records a sign of life.
    public void heard(WebSocketConnection connection, K key) {
        of(key).stream()
                .filter(open -> open.socket().isOf(connection))
                .forEach(open -> open.socket().heard());
    }

    public List<Open<V>> of(K key) {
        return byKey.getOrDefault(key, List.of());
    }

    public Stream<Open<V>> all() {
        return byKey.values().stream().flatMap(List::stream);
    }

    public int size() {
        return byKey.values().stream().mapToInt(List::size).sum();
    }

    /// Pings every socket, and closes those that did not answer the last two pings or whose visitors may no longer
    /// stay. Works in batches: a single query for all would be too long, and other messages would wait behind ten
    /// thousand pings.
    ///
    /// @param staying selects those who may stay
    public void beat(Function<Collection<V>, Set<V>> staying) {
        all().gather(Gatherers.windowFixed(BEAT_TOGETHER)).forEach(some -> beat(some, staying));
    }

    /// Closes at once the sockets under a key whose visitors may no longer stay.
    ///
    /// @param staying selects those who may stay
    public void recheck(K key, Function<Collection<V>, Set<V>> staying) {
        List<Open<V>> open = of(key);
        Set<V> stay = staying.apply(open.stream().map(Open::visitor).toList());
        open.stream()
                .filter(one -> !stay.contains(one.visitor()))
                .forEach(one -> one.socket().close(OpenSocket.SESSION_ENDED));
    }

    private void beat(List<Open<V>> some, Function<Collection<V>, Set<V>> staying) {
        Set<V> stay = staying.apply(some.stream().map(Open::visitor).toList());
        some.stream().filter(open -> !isGone(open)).forEach(open -> {
            if (stay.contains(open.visitor())) {
                open.socket().heartbeat();
            } else {
                open.socket().close(OpenSocket.SESSION_ENDED);
            }
        });
    }
}
