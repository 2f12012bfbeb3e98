package dev.banyan.workspaces.access;

import dev.banyan.platform.web.socket.OpenSocket;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/// The open sockets of one kind that workspace members hold on this node, by subject. Closes them when their sessions
/// end, and detects dead ones.
///
/// @param <K> whom or what a frame is about
public final class MemberSockets<K> {

    public static final int PER_USER = 10;
    private static final int BEAT_TOGETHER = 250;

    private record Open(OpenSocket socket, Member member) {

        boolean isOf(Participant user) {
            return Participant.of(member).equals(user);
        }
    }

    private final WorkspaceSessions sessions;
    private final Right right;
    private final Function<Member, K> key;
    private final Map<K, List<Open>> byKey = new ConcurrentHashMap<>();

    /// @param right the right required to hold a socket
    public MemberSockets(WorkspaceSessions sessions, Right right, Function<Member, K> key) {
        this.sessions = sessions;
        this.right = right;
        this.key = key;
    }

    /// Registers a socket and checks again whether it may be open: a session or role that ended since the upgrade found
    /// no socket to close.
    ///
    /// @return whether it is open; if not, it is closed
    public boolean enter(WebSocketConnection connection, Member member) {
        var open = new Open(OpenSocket.of(connection), member);
        boolean entered = byKey.compute(key.apply(member), (_, before) -> {
                    List<Open> known = before == null ? List.of() : before;
                    return hasRoom(known, Participant.of(member))
                            ? Stream.concat(known.stream(), Stream.of(open)).toList()
                            : known;
                })
                .contains(open);
        if (!entered) {
            open.socket().close(OpenSocket.TOO_MANY);
        } else if (open.socket().isClosed()) { // closed before it was registered, so it has to be removed here
            leave(connection, member);
            open.socket().bury();
        } else if (sessions.stillOpen(List.of(member.sessionHash()), right).isEmpty()) {
            open.socket().close(OpenSocket.SESSION_ENDED);
            return false;
        }
        return entered;
    }

    private static boolean hasRoom(List<Open> known, Participant user) {
        return known.size() < PER_USER
                || known.stream().filter(open -> open.isOf(user)).count() < PER_USER;
    }

    public void leave(WebSocketConnection connection, Member member) {
        forget(member, open -> open.socket().isOf(connection));
    }

    private void forget(Member member, Predicate<Open> gone) {
        byKey.computeIfPresent(key.apply(member), (_, known) -> {
            List<Open> left = known.stream().filter(open -> !gone.test(open)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    private List<Open> of(K whom) {
        return byKey.getOrDefault(whom, List.of());
    }

    private Stream<Open> all() {
        return byKey.values().stream().flatMap(List::stream);
    }

    /// Records a sign of life.
    public void heard(WebSocketConnection connection, Member member) {
        of(key.apply(member)).stream()
                .filter(open -> open.socket().isOf(connection))
                .forEach(open -> open.socket().heard());
    }

    /// Pings every socket. Closes those that missed the last two pings, and those whose session ended without an event
    /// here: it expired, or another node ended it or changed the role.
    public void heartbeat() {
        all().gather(Gatherers.windowFixed(BEAT_TOGETHER)).forEach(this::heartbeat);
    }

    /// In batches: one session query for all would be too large, and messages would wait behind ten thousand pings.
    private void heartbeat(List<Open> some) {
        Set<String> live = sessions.stillOpen(
                some.stream()
                        .map(open -> open.member().sessionHash())
                        .distinct()
                        .toList(),
                right);
        some.forEach(open -> {
            if (open.socket().isClosed()) {
                forget(open.member(), open::equals); // in case its close event was lost
                open.socket().bury();
            } else if (!live.contains(open.member().sessionHash())) {
                open.socket().close(OpenSocket.SESSION_ENDED);
            } else {
                open.socket().heartbeat();
            }
        });
    }

    public void sessionsEnded(WorkspaceSessionsEnded ended) {
        all().filter(open -> ended.concerns(open.member()))
                .forEach(open -> open.socket().close(OpenSocket.SESSION_ENDED));
    }

    /// Closes the sockets of a user who lost the right.
    public void close(Participant user) {
        all().filter(open -> open.isOf(user)).forEach(open -> open.socket().close(OpenSocket.SESSION_ENDED));
    }

    /// Whether a ping is unanswered.
    public boolean awaitsSignOfLife(K whom) {
        return of(whom).stream().anyMatch(open -> open.socket().awaitsSignOfLife());
    }

    public boolean isListed(K whom) {
        return byKey.containsKey(whom);
    }

    /// Whether a matching member holds a socket.
    public boolean anyOf(Predicate<Member> wanted) {
        return all().map(Open::member).anyMatch(wanted);
    }

    /// The number of open sockets.
    public int size() {
        return byKey.values().stream().mapToInt(List::size).sum();
    }

    public void tell(K whom, String frame) {
        of(whom).forEach(open -> open.socket().send(frame));
    }
}
