package dev.banyan.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.web.OpenSocket;
import dev.banyan.workspaces.WorkspaceActor.Member;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Gatherers;

/// The open chat sockets of this node: tells them what is new, ends them with their sessions, finds out which are dead.
@Singleton
public final class ChatSockets {

    static final int PER_USER = 10;
    private static final int BEAT_TOGETHER = 250;

    private record Open(OpenSocket socket, Member member) {}

    private final Map<Participant, List<Open>> byUser = new ConcurrentHashMap<>();
    private final WorkspaceSessions sessions;
    private final ObjectMapper json;

    ChatSockets(WorkspaceSessions sessions, ObjectMapper json) {
        this.sessions = sessions;
        this.json = json;
    }

    /// @return whether there was room; where not, the socket is closed
    boolean enter(WebSocketConnection connection, Member member) {
        var open = new Open(OpenSocket.of(connection), member);
        List<Open> ofUser = byUser.compute(Participant.of(member), (_, before) -> {
            List<Open> known = before == null ? List.of() : before;
            return known.size() < PER_USER ? with(known, open) : known;
        });
        boolean entered = ofUser.contains(open);
        if (!entered) {
            open.socket().close(OpenSocket.TOO_MANY);
        } else if (open.socket().isClosed()) { // before it was listed, so nobody will take it off
            leave(connection, member);
            open.socket().bury();
        }
        return entered;
    }

    void leave(WebSocketConnection connection, Member member) {
        forget(member, open -> open.socket().isOf(connection));
    }

    private void forget(Member member, Predicate<Open> gone) {
        byUser.computeIfPresent(Participant.of(member), (_, known) -> {
            List<Open> left = known.stream().filter(open -> !gone.test(open)).toList();
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
                .filter(open -> open.socket().isOf(connection))
                .forEach(open -> open.socket().heard());
    }

    /// Pings every socket, closes those that did not answer the last two times, and those whose session has ended
    /// unheard: it expired, or another node ended it. A job calls it twice a minute.
    public void beat() {
        byUser.values().stream()
                .flatMap(List::stream)
                .gather(Gatherers.windowFixed(BEAT_TOGETHER))
                .forEach(this::beat);
    }

    /// Not all at once: the question for their sessions would be too long, and who talks would wait behind ten thousand
    /// pings.
    private void beat(List<Open> some) {
        Set<String> live = sessions.stillOpen(some.stream()
                .map(open -> open.member().sessionHash())
                .distinct()
                .toList());
        some.forEach(open -> {
            if (open.socket().isClosed()) {
                forget(open.member(), open::equals); // whatever kept its end from being told
                open.socket().bury();
            } else if (!live.contains(open.member().sessionHash())) {
                open.socket().close(OpenSocket.SESSION_ENDED);
            } else {
                open.socket().beat();
            }
        });
    }

    /// Whether a ping to a user is still without its answer.
    boolean awaitsSignOfLife(Participant whose) {
        return byUser.getOrDefault(whose, List.of()).stream()
                .anyMatch(open -> open.socket().awaitsSignOfLife());
    }

    boolean isListed(Participant whose) {
        return byUser.containsKey(whose);
    }

    /// How many are open.
    public int size() {
        return byUser.values().stream().mapToInt(List::size).sum();
    }

    void tell(WebSocketConnection connection, ChatFrame frame) {
        OpenSocket.of(connection).send(write(frame));
    }

    /// Tells all sockets of a user.
    void tell(Participant whose, ChatFrame frame) {
        List<Open> sockets = byUser.getOrDefault(whose, List.of());
        if (!sockets.isEmpty()) {
            String text = write(frame);
            sockets.forEach(open -> open.socket().send(text));
        }
    }

    private String write(ChatFrame frame) {
        try {
            return json.writeValueAsString(frame);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A frame cannot be written as JSON", failure);
        }
    }

    void conversationGrew(@Observes ConversationGrew grown) {
        tell(grown.whose(), ChatFrame.Messages.of(grown.conversation(), grown.added(), grown.attachments(), false));
    }

    void answerWritten(@Observes AnswerWritten written) {
        tell(written.whose(), ChatFrame.Delta.of(written));
    }

    void answerDropped(@Observes AnswerDropped dropped) {
        tell(dropped.whose(), new ChatFrame.Dropped(dropped.conversation()));
    }

    void conversationDeleted(@Observes ConversationDeleted deleted) {
        tell(deleted.whose(), new ChatFrame.Gone(deleted.conversation().toString()));
    }

    void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        byUser.values()
                .forEach(sockets -> sockets.stream()
                        .filter(open -> ended.concerns(open.member()))
                        .forEach(open -> open.socket().close(OpenSocket.SESSION_ENDED)));
    }
}
