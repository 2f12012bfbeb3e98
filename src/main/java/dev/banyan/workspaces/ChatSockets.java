package dev.banyan.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.workspaces.WorkspaceActor.Member;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// The open chat sockets of this node: tells them what is new, ends them with their sessions, finds out which are dead.
@Singleton
public final class ChatSockets {

    private static final Logger LOG = Logger.getLogger(ChatSockets.class);

    static final int PER_USER = 10;
    static final CloseReason SESSION_ENDED = new CloseReason(4401, "The session has ended");
    private static final CloseReason DEAD = new CloseReason(4408, "No sign of life");
    private static final CloseReason TOO_MANY = new CloseReason(4429, "Too many open windows");
    private static final int MISSED_AT_MOST = 2;

    private record Open(WebSocketConnection connection, Member member, AtomicInteger missed) {

        void close(CloseReason reason) {
            connection
                    .close(reason)
                    .subscribe()
                    .with(_ -> {}, failure -> LOG.debugf("A socket was closed already: %s", failure.getMessage()));
        }
    }

    private final Map<Participant, List<Open>> byUser = new ConcurrentHashMap<>();
    private final WorkspaceSessions sessions;
    private final ObjectMapper json;

    ChatSockets(WorkspaceSessions sessions, ObjectMapper json) {
        this.sessions = sessions;
        this.json = json;
    }

    /// @return whether there was room; where not, the socket is closed
    boolean enter(WebSocketConnection connection, Member member) {
        var open = new Open(connection, member, new AtomicInteger());
        List<Open> ofUser = byUser.compute(Participant.of(member), (_, before) -> {
            List<Open> known = before == null ? List.of() : before;
            return known.size() < PER_USER ? with(known, open) : known;
        });
        boolean entered = ofUser.contains(open);
        if (!entered) {
            open.close(TOO_MANY);
        }
        return entered;
    }

    void leave(WebSocketConnection connection, Member member) {
        byUser.computeIfPresent(Participant.of(member), (_, known) -> {
            List<Open> left = known.stream()
                    .filter(open -> !open.connection().id().equals(connection.id()))
                    .toList();
            return left.isEmpty() ? null : left;
        });
    }

    private static List<Open> with(List<Open> known, Open open) {
        var more = new ArrayList<>(known);
        more.add(open);
        return List.copyOf(more);
    }

    /// A sign of life.
    void heard(WebSocketConnection connection, Member member) {
        byUser.getOrDefault(Participant.of(member), List.of()).stream()
                .filter(open -> open.connection().id().equals(connection.id()))
                .forEach(open -> open.missed().set(0));
    }

    /// Pings every socket, closes those that did not answer the last two times, and those whose session has ended
    /// unheard: it expired, or another node ended it. A job calls it twice a minute.
    public void beat() {
        List<Open> all = byUser.values().stream().flatMap(List::stream).toList();
        Set<String> live = sessions.stillOpen(
                all.stream().map(open -> open.member().sessionHash()).distinct().toList());
        all.forEach(open -> {
            if (!live.contains(open.member().sessionHash())) {
                open.close(SESSION_ENDED);
            } else if (open.missed().getAndIncrement() >= MISSED_AT_MOST) {
                open.close(DEAD);
            } else {
                open.connection()
                        .sendPing(Buffer.buffer())
                        .subscribe()
                        .with(_ -> {}, failure -> LOG.debugf("A ping was not sent: %s", failure.getMessage()));
            }
        });
    }

    /// Whether a ping to a user is still without its answer.
    boolean awaitsSignOfLife(Participant whose) {
        return byUser.getOrDefault(whose, List.of()).stream()
                .anyMatch(open -> open.missed().get() > 0);
    }

    boolean isListed(Participant whose) {
        return byUser.containsKey(whose);
    }

    /// How many are open.
    public int size() {
        return byUser.values().stream().mapToInt(List::size).sum();
    }

    void tell(WebSocketConnection connection, ChatFrame frame) {
        send(connection, write(frame));
    }

    /// Tells all sockets of a user.
    void tell(Participant whose, ChatFrame frame) {
        List<Open> sockets = byUser.getOrDefault(whose, List.of());
        if (!sockets.isEmpty()) {
            String text = write(frame);
            sockets.forEach(open -> send(open.connection(), text));
        }
    }

    private static void send(WebSocketConnection connection, String text) {
        connection
                .sendText(text)
                .subscribe()
                .with(_ -> {}, failure -> LOG.debugf("A frame was not sent: %s", failure.getMessage()));
    }

    private String write(ChatFrame frame) {
        try {
            return json.writeValueAsString(frame);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A frame cannot be written as JSON", failure);
        }
    }

    void conversationGrew(@Observes ConversationGrew grown) {
        tell(grown.whose(), ChatFrame.Messages.of(grown.conversation(), grown.added(), false));
    }

    void conversationDeleted(@Observes ConversationDeleted deleted) {
        tell(deleted.whose(), new ChatFrame.Gone(deleted.conversation().toString()));
    }

    void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        byUser.values()
                .forEach(sockets -> sockets.stream()
                        .filter(open -> ended.concerns(open.member()))
                        .forEach(open -> open.close(SESSION_ENDED)));
    }
}
