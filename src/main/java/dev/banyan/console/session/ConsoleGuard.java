package dev.banyan.console.session;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.config.Settings.ConsoleAccess;
import dev.banyan.platform.web.MeasuredAs;
import dev.banyan.platform.web.gate.ClientAddress;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.platform.web.socket.SocketGuards;
import dev.banyan.platform.web.socket.SocketSeats;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// Admits only clients with the token, and by default only from this machine.
@Singleton
record ConsoleGuard(
        ConsoleEndpoint endpoint,
        Settings settings,
        ClientAddress clientAddress,
        SocketSeats seats,
        SocketGuards guards,
        Audit audit)
        implements HttpUpgradeCheck {

    static final String ENDPOINT = "console";

    private static final int BAD_REQUEST = 400;
    private static final int NO_TOKEN = 401;
    private static final int NOT_FROM_THERE = 403;
    private static final int TOO_MANY = 429;

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(ENDPOINT);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext handshake) {
        HttpServerRequest request = handshake.httpRequest();
        MeasuredAs.route(request, "/api/console");
        if (!Handshakes.isProper(request)) {
            return CheckResult.rejectUpgrade(BAD_REQUEST);
        }
        if (settings.console() == ConsoleAccess.LOCAL && !clientAddress.isLoopback(request)) {
            return refuse(request, NOT_FROM_THERE);
        }
        if (!endpoint.admits(Objects.requireNonNullElse(request.getHeader("Authorization"), ""))) {
            return refuse(request, NO_TOKEN);
        }
        guards.watchConsole(handshake);
        return seats.take(handshake, ENDPOINT) ? CheckResult.permitUpgrade() : CheckResult.rejectUpgrade(TOO_MANY);
    }

    private Uni<CheckResult> refuse(HttpServerRequest request, int status) {
        audit.denied(new Actor(Optional.empty(), clientAddress.of(request)), "GET /api/console");
        return CheckResult.rejectUpgrade(status);
    }
}
