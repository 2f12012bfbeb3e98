package dev.banyan.workspaces.access;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.socket.Channel;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.platform.web.socket.Handshakes.Entry;
import dev.banyan.platform.web.socket.Handshakes.Visitor;
import dev.banyan.platform.web.socket.OpenSocket;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;

/// A channel for members of a workspace: 403 for other origins and for roles and keys without the right, 401 for
/// everyone who isn't signed in to this workspace, 404 for keys of other accounts, workspaces and parts of this one.
/// Sockets close when their session or key ends.
///
/// @param <K> whom or what a frame is about
public abstract class MemberChannel<K> extends Channel<K, Member> {

    public static final int PER_USER = 10;

    private final Members members;
    private final WorkspaceVisits visits;
    private final WorkspaceSessions sessions;
    private final Right right;

    /// @param right the right required to hold a socket
    protected MemberChannel(
            Handshakes handshakes,
            ObjectMapper json,
            Members members,
            WorkspaceVisits visits,
            WorkspaceSessions sessions,
            String endpoint,
            Right right) {
        super(handshakes, json, endpoint, PER_USER);
        this.members = members;
        this.visits = visits;
        this.sessions = sessions;
        this.right = right;
    }

    /// Programs read inboxes; conversations with the assistant belong to users.
    @Override
    protected final boolean takesKeys() {
        return right == Right.USE_INBOX;
    }

    @Override
    protected final Entry<Member> entry(HttpUpgradeContext handshake, Visitor visitor) {
        if (visitor.caller() instanceof Caller.ApiKey key) {
            return program(ofAccount(handshake, visitor, key));
        }
        Optional<String> ofWorkspace = takesKeys()
                ? WorkspaceKeyFilter.sent(
                        Optional.ofNullable(handshake.httpRequest().getHeader(HttpHeaders.AUTHORIZATION)))
                : Optional.empty();
        return ofWorkspace
                .map(text ->
                        program(members.program(visitor.actor(), text, visits.idOf(handshake.pathParam("shortPath")))))
                .orElseGet(() -> person(handshake, visitor));
    }

    private Members.Program ofAccount(HttpUpgradeContext handshake, Visitor visitor, Caller.ApiKey key) {
        Optional<String> account = Stream.of("subAccountId", "UserId", "as")
                .flatMap(name -> Optional.ofNullable(handshake.httpRequest().getParam(name)).stream())
                .findFirst();
        return members.program(visitor.actor(), key, account, visits.idOf(handshake.pathParam("shortPath")));
    }

    private static Entry<Member> program(Members.Program program) {
        return switch (program) {
            case Members.Program.Known(Member member) -> new Entry.Granted<>(member);
            case Members.Program.NotPermitted _ -> new Entry.Denied<>(403);
            case Members.Program.Unknown _ -> new Entry.Denied<>(404);
            case Members.Program.NoKey _ -> new Entry.Denied<>(401);
            case Members.Program.TooMany _ -> new Entry.Denied<>(429);
        };
    }

    private Entry<Member> person(HttpUpgradeContext handshake, Visitor visitor) {
        Optional<Member> member = Optional.of(visitor.caller())
                .filter(Caller.WorkspaceMember.class::isInstance)
                .map(Caller.WorkspaceMember.class::cast)
                .flatMap(caller -> members.find(visitor.actor(), caller))
                // Conversations with the assistant belong to users; the inbox is open to the project's side, too.
                .or(() -> right == Right.USE_INBOX
                        ? visits.of(
                                handshake.httpRequest(),
                                visitor.caller(),
                                visitor.actor(),
                                handshake.pathParam("shortPath"))
                        : Optional.empty())
                .filter(found -> found.workspace().shortPath().equals(handshake.pathParam("shortPath")));
        if (member.isEmpty()) {
            return new Entry.Denied<>(401);
        }
        return right.isOf(member.get().user().role()) ? new Entry.Granted<>(member.get()) : new Entry.Denied<>(403);
    }

    @Override
    protected final Object holder(Member member) {
        return member.key().<Object>map(WorkspaceActor.Key::id).orElseGet(() -> Participant.of(member));
    }

    /// Checks again: a session or role that ended since the upgrade found no socket to close.
    @Override
    protected final void entered(Open<Member> open) {
        if (!staying(List.of(open)).test(open)) {
            open.socket().close(OpenSocket.SESSION_ENDED);
        }
    }

    /// Those whose session did not end without an event here: it expired, or another node ended it or changed the role.
    @Override
    protected final Predicate<Open<Member>> staying(List<Open<Member>> some) {
        Set<String> live = sessions.stillOpen(
                some.stream()
                        .filter(open -> !open.visitor().isVisitor())
                        .map(open -> open.visitor().sessionHash())
                        .distinct()
                        .toList(),
                right);
        return open -> open.visitor().isVisitor()
                ? isStaying(open.visitor())
                : live.contains(open.visitor().sessionHash());
    }

    private boolean isStaying(Member visitor) {
        return visitor.key().map(members::isStaying).orElseGet(() -> visits.isStaying(visitor));
    }

    /// People of the project's side and programs leave at once when they lose their right.
    public void accessChanged(@Observes AccessChanged changed) {
        end(member -> member.isVisitor() && member.owner().tenant().equals(changed.tenant()) && !isStaying(member));
    }

    public void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        end(ended::concerns);
    }
}
