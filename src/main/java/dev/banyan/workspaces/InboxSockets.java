package dev.banyan.workspaces;

import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.OpenSocket;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.workspaces.WorkspaceActor.Member;
import io.quarkus.virtual.threads.VirtualThreads;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The open inboxes of this node: tells them what is new, ends them with their sessions, finds out which are dead.
@Singleton
public final class InboxSockets {

    static final int PER_USER = 10;

    private record Open(OpenSocket socket, Member member) {}

    private final Map<WorkspaceId, List<Open>> byWorkspace = new ConcurrentHashMap<>();
    private final WorkspaceSessions sessions;
    private final Database database;
    private final ExecutorService threads;

    InboxSockets(WorkspaceSessions sessions, Database database, @VirtualThreads ExecutorService threads) {
        this.sessions = sessions;
        this.database = database;
        this.threads = threads;
    }

    /// @return whether there was room; where not, the socket is closed
    boolean enter(WebSocketConnection connection, Member member) {
        var open = new Open(OpenSocket.of(connection), member);
        boolean entered = byWorkspace
                .compute(member.workspace().id(), (_, before) -> {
                    List<Open> known = before == null ? List.of() : before;
                    long ofUser = known.stream()
                            .filter(other ->
                                    other.member().user().id() == member.user().id())
                            .count();
                    return ofUser < PER_USER
                            ? Stream.concat(known.stream(), Stream.of(open)).toList()
                            : known;
                })
                .contains(open);
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
        byWorkspace.computeIfPresent(member.workspace().id(), (_, known) -> {
            List<Open> left = known.stream().filter(open -> !gone.test(open)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /// A sign of life.
    void heard(WebSocketConnection connection, Member member) {
        byWorkspace.getOrDefault(member.workspace().id(), List.of()).stream()
                .filter(open -> open.socket().isOf(connection))
                .forEach(open -> open.socket().heard());
    }

    /// How many are open.
    public int size() {
        return byWorkspace.values().stream().mapToInt(List::size).sum();
    }

    /// Pings every socket, closes those that did not answer the last two times, and those whose session has ended
    /// unheard: it expired, or another node ended it. A job calls it twice a minute.
    public void beat() {
        List<Open> all = byWorkspace.values().stream().flatMap(List::stream).toList();
        Set<String> live = sessions.stillOpen(
                all.stream().map(open -> open.member().sessionHash()).distinct().toList());
        all.forEach(open -> {
            if (open.socket().isClosed()) {
                forget(open.member(), open::equals); // whatever kept its end from being told
                open.socket().bury();
            } else if (live.contains(open.member().sessionHash())) {
                open.socket().beat();
            } else {
                open.socket().close(OpenSocket.SESSION_ENDED);
            }
        });
    }

    void tell(WebSocketConnection connection, String frame) {
        OpenSocket.of(connection).send(frame);
    }

    void inboxChanged(@Observes InboxChanged changed) {
        String frame = "{\"type\":\"changed\",\"thread\":\"" + changed.thread() + "\",\"what\":\""
                + changed.what().name().toLowerCase(Locale.ROOT) + "\"}";
        byWorkspace
                .getOrDefault(changed.workspace(), List.of())
                .forEach(open -> open.socket().send(frame));
    }

    /// `whatsapp` knows no inboxes: where the message stands is looked up, if anybody of its tenant is there to hear.
    void deliveryChanged(@Observes DeliveryChanged changed) {
        OutgoingMessage message = changed.message();
        boolean heard = byWorkspace.values().stream()
                .flatMap(List::stream)
                .anyMatch(open -> open.member().owner().tenant().equals(message.tenant()));
        if (heard) {
            threads.execute(() -> database.read(
                            tx -> new ThreadMessageStore(tx).threadOf(message.tenant(), message.id()))
                    .ifPresent(thread -> inboxChanged(
                            new InboxChanged(thread.workspace(), thread.thread(), InboxChanged.What.DELIVERY))));
        }
    }

    void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        byWorkspace.values().stream()
                .flatMap(List::stream)
                .filter(open -> ended.concerns(open.member()))
                .forEach(open -> open.socket().close(OpenSocket.SESSION_ENDED));
    }
}
