package dev.banyan.workspaces.access;

import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor.Member;
import io.quarkus.websockets.next.HttpUpgradeCheck.CheckResult;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Lets only members of a workspace open one of its sockets: 403 for other origins and for roles without the right, 401
/// for everyone who isn't signed in to this workspace.
@Singleton
public final class MemberUpgrade {

    /// The member who was let in.
    public static final TypedKey<Member> MEMBER = new TypedKey<>("banyan.member");

    private final Handshakes handshakes;
    private final Members members;
    private final Audit audit;

    MemberUpgrade(Handshakes handshakes, Members members, Audit audit) {
        this.handshakes = handshakes;
        this.members = members;
        this.audit = audit;
    }

    /// @param right the right required to open the socket
    public Uni<CheckResult> perform(HttpUpgradeContext handshake, Right right) {
        return handshakes.check(handshake, () -> check(handshake, right));
    }

    private CheckResult check(HttpUpgradeContext handshake, Right right) {
        HttpServerRequest request = handshake.httpRequest();
        Optional<Handshakes.Visitor> visitor = handshakes.visitor(request);
        if (visitor.isEmpty()) {
            return CheckResult.rejectUpgradeSync(403);
        }
        Optional<Member> member = Optional.of(visitor.get().caller())
                .filter(Caller.WorkspaceMember.class::isInstance)
                .map(Caller.WorkspaceMember.class::cast)
                .flatMap(caller -> members.find(visitor.get().actor(), caller))
                .filter(found -> found.workspace().shortPath().equals(handshake.pathParam("shortPath")));
        if (member.isEmpty()) {
            audit.denied(visitor.get().actor(), request.method() + " " + request.path());
            return CheckResult.rejectUpgradeSync(401);
        }
        if (!right.isOf(member.get().user().role())) {
            audit.denied(visitor.get().actor(), request.method() + " " + request.path());
            return CheckResult.rejectUpgradeSync(403);
        }
        handshake.userData().put(MEMBER, member.get());
        return handshakes.admit(handshake, visitor.get());
    }
}
