package dev.banyan.workspaces.number;

import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.socket.Handshakes;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Lets people who are signed in, to the agency or to a workspace, open a socket that watches numbers: 403 for other
/// origins, 401 for everyone else. Each subscription is checked on its own.
@Singleton
final class NumberUpgrade implements HttpUpgradeCheck {

    private final Handshakes handshakes;
    private final NumberSubscribers visitors;
    private final Audit audit;

    NumberUpgrade(Handshakes handshakes, NumberSubscribers visitors, Audit audit) {
        this.handshakes = handshakes;
        this.visitors = visitors;
        this.audit = audit;
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(NumberSocket.ENDPOINT);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext handshake) {
        return handshakes.check(handshake, () -> check(handshake));
    }

    private CheckResult check(HttpUpgradeContext handshake) {
        HttpServerRequest request = handshake.httpRequest();
        Optional<Handshakes.Visitor> visitor = visitors.visitor(request);
        if (visitor.isEmpty()) {
            return CheckResult.rejectUpgradeSync(403);
        }
        if (!visitors.isSomebody(request, visitor.get())) {
            audit.denied(visitor.get().actor(), request.method() + " " + request.path());
            return CheckResult.rejectUpgradeSync(401);
        }
        if (visitors.isWithoutWorkspaces(request, visitor.get())) {
            audit.denied(visitor.get().actor(), request.method() + " " + request.path());
            return CheckResult.rejectUpgradeSync(403);
        }
        handshake.userData().put(NumberSocket.REQUEST, request);
        return handshakes.admit(handshake, visitor.get());
    }
}
