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

/// Which sockets of one kind are open on this node, and whose they are.
///
/// @param <K> by what they are told together: a user, a workspace, an account
/// @param <V> who is at the other end
public final class OpenSockets<K, V> {

    private static final int BEAT_TOGETHER = 250;

    /// One of them.
    public record Open<V>(OpenSocket socket, V visitor) {}

    private final Map<K, List<Open<V>>> byKey = new ConcurrentHashMap<>();
    private final Function<V, K> keyOf;
    private final Consumer<V> left;

    /// @param left hears of each that is listed no more, once
    public OpenSockets(Function<V, K> keyOf, Consumer<V> left) {
        this.keyOf = keyOf;
        this.left = left;
    }

    /// Lists a socket that has opened.
    ///
    /// @param hasRoom whether there may be one more beside those that are listed under its key
    /// @return false where there was no room, and it is closed, or where it has closed meanwhile
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

    /// A socket may have closed before it was listed: then nobody else takes it off the list.
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

    /// A sign of life.
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

    /// Pings every socket, closes those that did not answer the last two times, and those of visitors who may stay no
    /// longer. Not all at once: the question who may stay would be too long, and who talks would wait behind ten
    /// thousand pings.
    ///
    /// @param staying which of these may
    public void beat(Function<Collection<V>, Set<V>> staying) {
        all().gather(Gatherers.windowFixed(BEAT_TOGETHER)).forEach(some -> beat(some, staying));
    }

    /// Closes those under a key whose visitors may stay no longer, at once.
    ///
    /// @param staying which of these may
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
                open.socket().beat();
            } else {
                open.socket().close(OpenSocket.SESSION_ENDED);
            }
        });
    }
}
