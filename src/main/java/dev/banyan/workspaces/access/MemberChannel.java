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
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import jakarta.enterprise.event.Observes;

/// A channel for members of a workspace: 403 for other origins and for roles without the right, 401 for everyone who
/// isn't signed in to this workspace. Sockets close when their session ends.
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

    @Override
    protected final Entry<Member> entry(HttpUpgradeContext handshake, Visitor visitor) {
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
        return Participant.of(member);
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
                ? visits.isStaying(open.visitor())
                : live.contains(open.visitor().sessionHash());
    }

    /// People of the project's side leave at once when they lose their right.
    public void accessChanged(@Observes AccessChanged changed) {
        end(member ->
                member.isVisitor() && member.owner().tenant().equals(changed.tenant()) && !visits.isStaying(member));
    }

    public void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        end(ended::concerns);
    }
}
