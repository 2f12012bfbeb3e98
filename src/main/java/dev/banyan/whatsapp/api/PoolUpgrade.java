package dev.banyan.whatsapp.api;

import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.whatsapp.SenderId;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Checks who may subscribe to the pools of an account, as a board or as a program: 403 for pages of other sites,
/// sub-accounts and managers without workspaces, 401 without a session, 404 for accounts of other people.
@Singleton
public final class PoolUpgrade implements HttpUpgradeCheck {

    /// Endpoint of the live board, named here because `board` is a higher room.
    public static final String BOARD_ENDPOINT = "pools-live";

    private final Handshakes handshakes;
    private final Contexts contexts;
    private final Audit audit;

    PoolUpgrade(Handshakes handshakes, Contexts contexts, Audit audit) {
        this.handshakes = handshakes;
        this.contexts = contexts;
        this.audit = audit;
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(BOARD_ENDPOINT) || endpointId.equals(PoolEventSocket.ENDPOINT);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext handshake) {
        return handshakes.check(handshake, () -> check(handshake));
    }

    private CheckResult check(HttpUpgradeContext handshake) {
        HttpServerRequest request = handshake.httpRequest();
        Optional<Handshakes.Visitor> visitor = handshakes.visitor(request);
        if (visitor.isEmpty()) {
            return CheckResult.rejectUpgradeSync(403);
        }
        var who = visitor.get();
        Resolved resolved = contexts.resolve(who.caller(), who.actor(), parameter(request, "as"));
        int refused = switch (resolved) {
            case Resolved.Found(var context)
            when !context.isSubAccount() && context.membership().workspaces() -> {
                handshake
                        .userData()
                        .put(
                                PoolSubscribers.VISIT,
                                new PoolSubscribers.Visit(
                                        who.caller(),
                                        who.actor(),
                                        context.root().username(),
                                        context.root().id(),
                                        parameter(request, "sender").flatMap(SenderId::parse)));
                yield 0;
            }
            case Resolved.Found _, Resolved.NoAccount _, Resolved.SecondFactorMissing _, Resolved.ReadOnly _ -> 403;
            case Resolved.NotSignedIn _ -> 401;
            case Resolved.NotManaged _, Resolved.Suspended _, Resolved.Ended _ -> 404;
        };
        if (refused == 0) {
            return handshakes.admit(handshake, who);
        }
        audit.denied(who.actor(), request.method() + " " + request.path());
        return CheckResult.rejectUpgradeSync(refused);
    }

    private static Optional<String> parameter(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getParam(name)).filter(value -> !value.isEmpty());
    }
}
