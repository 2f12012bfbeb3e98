package dev.banyan.platform.web.socket;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.gate.Callers;
import dev.banyan.platform.web.gate.ClientAddress;
import dev.banyan.platform.web.gate.KeyDoor.Entered;
import dev.banyan.platform.web.gate.OwnOrigin;
import io.quarkus.virtual.threads.VirtualThreads;
import io.quarkus.websockets.next.HttpUpgradeCheck.CheckResult;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;

/// Checks WebSocket handshakes. A browser sends its cookies with the handshake of any site's page, and no browser rule
/// keeps that page from reading the response: so the page must be ours. Browsers always send the page's `Origin`;
/// programs may leave it out, with a cookie too, as on all other routes.
@Singleton
public record Handshakes(
        Callers callers,
        SocketSeats seats,
        ClientAddress clientAddress,
        Settings settings,
        RateLimits limits,
        Audit audit,
        SocketGuards guards,
        @VirtualThreads ExecutorService threads) {

    private static final String VERSION = "13";
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    /// A visitor who may be admitted, if the route knows them.
    public record Visitor(Caller caller, Actor actor) {}

    /// What a route makes of a visitor.
    public sealed interface Entry<V> {

        record Granted<V>(V visitor) implements Entry<V> {}

        /// @param status of the response
        record Denied<V>(int status) implements Entry<V> {}
    }

    /// Runs the check of a handshake off its event loop, because it reads the database, and completes on the loop.
    /// Stops checking addresses that were refused too often.
    ///
    /// @param keys whether programs may come in with a key of an account
    /// @param entry audits nothing: denials are audited here
    /// @param granted remembers on the connection who was let in
    <V> Uni<CheckResult> check(
            HttpUpgradeContext handshake, boolean keys, Function<Visitor, Entry<V>> entry, TypedKey<V> granted) {
        Context eventLoop = Objects.requireNonNull(Vertx.currentContext(), "Handshakes begin on an event loop");
        if (!isProper(handshake.httpRequest())) {
            return CheckResult.rejectUpgrade(BAD_REQUEST);
        }
        guards.watch(handshake);
        String address = clientAddress.of(handshake.httpRequest());
        if (limits.exhausted(RateLimit.REFUSED_HANDSHAKES_BY_IP, address).isPresent()) {
            return CheckResult.rejectUpgrade(TOO_MANY);
        }
        return Uni.createFrom()
                .item(() -> {
                    HttpServerRequest request = handshake.httpRequest();
                    Optional<Entered> program = keys ? callers.program(request, address) : Optional.empty();
                    Optional<Visitor> known =
                            program.isPresent() ? program.flatMap(of -> program(of, address)) : visitor(request);
                    CheckResult result = known.filter(_ -> isOfOurSite(request))
                            .map(visitor -> check(handshake, visitor, entry.apply(visitor), granted))
                            .orElseGet(() -> CheckResult.rejectUpgradeSync(
                                    program.map(Handshakes::status).orElse(FORBIDDEN)));
                    if (!result.isUpgradePermitted()) {
                        limits.take(RateLimit.REFUSED_HANDSHAKES_BY_IP, address);
                    }
                    return result;
                })
                .runSubscriptionOn(threads)
                .emitOn(work -> eventLoop.runOnContext(_ -> work.run()));
    }

    private static Optional<Visitor> program(Entered entered, String address) {
        return entered instanceof Entered.As(Caller.ApiKey key, var _)
                ? Optional.of(new Visitor(key, Actor.ofKey(key, address)))
                : Optional.empty();
    }

    private static int status(Entered entered) {
        return entered instanceof Entered.Refused refused ? refused.answer().getStatus() : FORBIDDEN;
    }

    private <V> CheckResult check(HttpUpgradeContext handshake, Visitor visitor, Entry<V> entry, TypedKey<V> granted) {
        return switch (entry) {
            case Entry.Denied<V>(int status) -> {
                HttpServerRequest request = handshake.httpRequest();
                audit.denied(visitor.actor(), request.method() + " " + request.path());
                yield CheckResult.rejectUpgradeSync(status);
            }
            case Entry.Granted<V>(V known) -> {
                if (!seats.take(handshake, seat(visitor))) {
                    yield CheckResult.rejectUpgradeSync(TOO_MANY);
                }
                handshake.userData().put(granted, known);
                OpenSocket.prepare(handshake);
                yield CheckResult.permitUpgradeSync();
            }
        };
    }

    /// Counts a frame; returns true if it is one too many.
    boolean isExceeded(RateLimit limit, String who) {
        return limits.take(limit, who).isPresent();
    }

    private static String seat(Visitor visitor) {
        return Callers.owner(visitor.caller())
                .orElseGet(() -> "address " + visitor.actor().ip());
    }

    /// Returns true for a WebSocket handshake as RFC 6455 defines it. The underlying server would also accept drafts of
    /// it, which our rules do not cover.
    public static boolean isProper(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1 && VERSION.equals(request.getHeader("Sec-WebSocket-Version"));
    }

    /// Reads the database, so it must not run on an event loop.
    ///
    /// Operators who act for an account get no sockets: these show QR codes, and outlive the access.
    ///
    /// @return empty for a page of another site
    public Optional<Visitor> visitor(HttpServerRequest request) {
        if (!isOfOurSite(request)) {
            return Optional.empty();
        }
        Caller caller = callers.of(request, _ -> {}); // pages keep cookies fresh
        if (caller instanceof Caller.Support) {
            return Optional.empty();
        }
        var identity = switch (caller) {
            case Caller.SignedIn person -> Optional.of(person.identity());
            case Caller.Operator person -> Optional.of(person.identity());
            case Caller.Anonymous _,
                    Caller.Support _,
                    Caller.WorkspaceMember _,
                    Caller.ApiKey _,
                    Caller.WorkspaceKey _ -> Optional.<IdentityId>empty();
        };
        return Optional.of(new Visitor(caller, new Actor(identity, clientAddress.of(request))));
    }

    private boolean isOfOurSite(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null ? !OwnOrigin.isOtherSite(request).orElse(false) : OwnOrigin.is(origin, request, settings);
    }
}
