package dev.banyan.platform.web.socket;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.MeasuredAs;
import dev.banyan.platform.web.socket.Handshakes.Entry;
import dev.banyan.platform.web.socket.Handshakes.Visitor;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/// One kind of WebSocket: who may open one, which are open on this node, what they are told, and when they must close.
/// A subclass carries `@WebSocket` and decides these things; how they are done is the same for all.
///
/// @param <K> what frames are about: a user, a workspace, an account
/// @param <V> the visitor at the other end
public abstract class Channel<K, V> implements HttpUpgradeCheck, Recurring {

    private static final CloseReason NOTHING_TO_SAY = new CloseReason(1008, "This socket accepts no messages");
    private static final CloseReason FLOODING = new CloseReason(1008, "Too many requests");
    private static final int BEAT_TOGETHER = 250;

    /// An open socket and who holds it.
    public record Open<V>(OpenSocket socket, V visitor) {}

    private final Map<K, List<Open<V>>> byKey = new ConcurrentHashMap<>();
    private final TypedKey<V> visitors = new TypedKey<>("banyan.visitor");
    private final Handshakes handshakes;
    private final ObjectMapper json;
    private final String endpoint;
    private final int most;

    /// @param most sockets of one [#holder] under one key
    protected Channel(Handshakes handshakes, ObjectMapper json, String endpoint, int most) {
        this.handshakes = handshakes;
        this.json = json;
        this.endpoint = endpoint;
        this.most = most;
    }

    /// Decides whether a visitor may enter. Reads the database; denials are audited.
    protected abstract Entry<V> entry(HttpUpgradeContext handshake, Visitor visitor);

    /// Returns whether programs may open one with a key of an account; [#entry] decides about each.
    protected boolean takesKeys() {
        return false;
    }

    protected abstract K key(V visitor);

    /// Returns whose sockets are counted together.
    protected Object holder(V visitor) {
        return key(visitor);
    }

    /// Checks again whether the visitors of some sockets may stay.
    protected abstract Predicate<Open<V>> staying(List<Open<V>> some);

    /// A socket is about to be listed.
    protected void entering(Open<V> open) {}

    /// A socket has been listed.
    protected void entered(Open<V> open) {}

    /// A client sent a text.
    protected void said(Open<V> from, String text) {
        from.socket().close(NOTHING_TO_SAY);
    }

    @Override
    public final boolean appliesTo(String endpointId) {
        return endpointId.equals(endpoint);
    }

    @Override
    public final Uni<CheckResult> perform(HttpUpgradeContext handshake) {
        MeasuredAs.route(handshake.httpRequest(), "/" + endpoint);
        return handshakes.check(handshake, takesKeys(), visitor -> entry(handshake, visitor), visitors);
    }

    /// Lists a socket that has opened, or closes it if its holder has too many.
    @OnOpen
    @RunOnVirtualThread
    public void open(WebSocketConnection connection) {
        Open<V> open = of(connection);
        entering(open);
        boolean listed = byKey.compute(key(open.visitor()), (_, before) -> {
                    List<Open<V>> known = before == null ? List.of() : before;
                    return hasRoom(known, holder(open.visitor()))
                            ? Stream.concat(known.stream(), Stream.of(open)).toList()
                            : known;
                })
                .contains(open);
        if (!listed) {
            open.socket().close(OpenSocket.TOO_MANY);
            open.socket().ended();
        } else if (!isGone(open)) {
            entered(open);
        }
    }

    private boolean hasRoom(List<Open<V>> known, Object holder) {
        return known.size() < most
                || known.stream()
                                .filter(open -> holder(open.visitor()).equals(holder))
                                .count()
                        < most;
    }

    /// Returns true if the socket closed before it was listed: then nothing else removes it from the list.
    private boolean isGone(Open<V> open) {
        boolean gone = open.socket().isClosed();
        if (gone) {
            forget(open);
            open.socket().bury();
        }
        return gone;
    }

    private void forget(Open<V> gone) {
        byKey.computeIfPresent(key(gone.visitor()), (_, known) -> {
            List<Open<V>> staying =
                    known.stream().filter(open -> !open.equals(gone)).toList();
            return staying.isEmpty() ? null : staying;
        });
        gone.socket().ended();
    }

    /// A socket has closed.
    @OnClose
    @RunOnVirtualThread
    public void close(WebSocketConnection connection) {
        forget(of(connection));
    }

    /// A client sent a frame.
    @OnTextMessage
    @RunOnVirtualThread
    public void text(String text, WebSocketConnection connection) {
        Open<V> from = of(connection);
        from.socket().heard();
        try {
            said(from, text);
        } finally {
            SocketGuard.handled(connection);
        }
    }

    /// A client answered a ping.
    @OnPongMessage
    public void pong(Buffer ignored, WebSocketConnection connection) {
        OpenSocket.of(connection).heard();
        SocketGuard.handled(connection);
    }

    /// A connection failed or violated the WebSocket protocol.
    @OnError
    public void failed(Throwable failure, WebSocketConnection connection) {
        SocketFailures.close(connection, failure);
    }

    private Open<V> of(WebSocketConnection connection) {
        return new Open<>(OpenSocket.of(connection), connection.userData().get(visitors));
    }

    /// Pings every socket, and closes those that did not answer the last two pings or whose visitors may no longer
    /// stay. A job calls this twice a minute. Works in batches: a single query for all would be too long, and other
    /// messages would wait behind ten thousand pings.
    public void heartbeat() {
        all().gather(Gatherers.windowFixed(BEAT_TOGETHER)).forEach(some -> {
            Predicate<Open<V>> staying = staying(some);
            some.stream().filter(open -> !isGone(open)).forEach(open -> {
                if (staying.test(open)) {
                    open.socket().heartbeat();
                } else {
                    open.socket().close(OpenSocket.SESSION_ENDED);
                }
            });
        });
    }

    /// Returns the job of the heartbeat.
    protected final Job beat(String name, String purpose) {
        return Job.scheduled("30s", "30s", name, purpose, this::heartbeat).onEachServer();
    }

    /// Closes at once the sockets under a key whose visitors may no longer stay.
    protected final void recheck(K key) {
        List<Open<V>> open = of(key);
        end(open.stream(), staying(open).negate());
    }

    /// Closes the sockets of all visitors who are meant.
    protected final void end(Predicate<V> whose) {
        end(all(), open -> whose.test(open.visitor()));
    }

    private void end(Stream<Open<V>> some, Predicate<Open<V>> which) {
        some.filter(which).forEach(open -> open.socket().close(OpenSocket.SESSION_ENDED));
    }

    /// Closes a socket that sends more than a limit allows.
    ///
    /// @return whether it did
    protected final boolean floods(Open<V> from, RateLimit limit, String who) {
        boolean floods = handshakes.isExceeded(limit, who);
        if (floods) {
            from.socket().close(FLOODING);
        }
        return floods;
    }

    /// Sends a frame, written as JSON, to all sockets under a key.
    public final void tell(K key, Object frame) {
        tell(key, _ -> true, frame);
    }

    /// Sends it to those sockets under a key whose visitors are meant.
    protected final void tell(K key, Predicate<V> whom, Object frame) {
        List<Open<V>> listening =
                of(key).stream().filter(open -> whom.test(open.visitor())).toList();
        if (!listening.isEmpty()) {
            String text = write(frame);
            listening.forEach(open -> open.socket().send(text));
        }
    }

    /// Sends a frame, written as JSON.
    protected final void tell(Open<V> one, Object frame) {
        one.socket().send(write(frame));
    }

    private String write(Object frame) {
        try {
            return json.writeValueAsString(frame);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A frame cannot be written as JSON", failure);
        }
    }

    /// @return empty if the text is not JSON of this type
    protected final <F> Optional<F> read(String text, Class<F> type) {
        try {
            return Optional.ofNullable(json.readValue(text, type));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    protected final List<Open<V>> of(K key) {
        return byKey.getOrDefault(key, List.of());
    }

    protected final Stream<Open<V>> all() {
        return byKey.values().stream().flatMap(List::stream);
    }

    public final boolean isListed(K key) {
        return byKey.containsKey(key);
    }

    /// Whether a ping is unanswered.
    public final boolean awaitsSignOfLife(K key) {
        return of(key).stream().anyMatch(open -> open.socket().awaitsSignOfLife());
    }

    /// The number of open sockets.
    public final int size() {
        return byKey.values().stream().mapToInt(List::size).sum();
    }
}
