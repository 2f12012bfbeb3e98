package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.OpenSession;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.SupportStore;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.sso.realm.SessionUsed;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.gate.CallerResolver;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Sign-in sessions: an opaque token in a cookie or as a bearer token, of which only the SHA-256 is stored. A session
/// lasts seven days, is renewed by use, and ends 30 days after the sign-in at the latest.
@Singleton
public record LoginSessions(Database database, Settings settings, Event<SessionUsed> used, Clock clock)
        implements CallerResolver, Expiring {

    static final Duration LIFE = Duration.ofDays(7);
    static final Duration LONGEST = Duration.ofDays(30);
    /// How long a proof of identity counts for sensitive acts.
    public static final Duration PROOF_LIFE = Duration.ofMinutes(15);
    private static final Duration RENEWED_AFTER = Duration.ofHours(1);
    /// How long a request that was under way may still come with the token that was changed.
    static final Duration FORMER_LIFE = Duration.ofSeconds(10);

    private static final String BEARER = "Bearer ";

    /// A new session. The token is returned here only.
    public record Opened(String token, Instant expiresAt) {}

    /// A session under its new token.
    public record Renewed(IdentityId identity, Opened session) {}

    private record SessionOf(String hash) {}

    private static final int LISTED = 100;

    /// Opens a session without a known browser.
    public Opened open(Tx tx, IdentityId identity) {
        return open(tx, identity, Device.UNKNOWN);
    }

    public Opened open(Tx tx, IdentityId identity, Device device) {
        String token = Digests.newToken();
        Instant now = clock.instant();
        new SessionStore(tx).insert(Digests.sha256Hex(token), identity, device, now, now.plus(LIFE));
        return new Opened(token, now.plus(LIFE));
    }

    /// Returns whose session has this token; empty if none has it.
    public Optional<IdentityId> holder(String token) {
        return find(Digests.sha256Hex(token), clock.instant()).map(SessionStore.Found::identity);
    }

    /// Gives a session a new token. Requests under way may come with the old one for a few seconds.
    ///
    /// @return not found if the session ended, or its token was already changed
    public Outcome<Renewed> rotate(String token) {
        String fresh = Digests.newToken();
        Instant now = clock.instant();
        String hash = Digests.sha256Hex(token);
        return database.write(tx -> {
            var store = new SessionStore(tx);
            return store.find(hash, now)
                    .filter(found -> store.rotate(
                            hash, Digests.sha256Hex(fresh), now, expiry(found.createdAt(), now), now.plus(FORMER_LIFE)))
                    .map(found -> new Renewed(found.identity(), new Opened(fresh, expiry(found.createdAt(), now))))
                    .map(Outcome::done)
                    .orElseGet(Outcome::notFound);
        });
    }

    /// Returns when a session that is used now expires, unless it is used again.
    private static Instant expiry(Instant createdAt, Instant now) {
        Instant unused = now.plus(LIFE);
        Instant last = createdAt.plus(LONGEST);
        return unused.isBefore(last) ? unused : last;
    }

    /// Ends the caller's session; does nothing for a caller without one.
    public void close(Caller caller) {
        hashOf(caller)
                .ifPresent(hash -> database.write(tx -> {
                    new SessionStore(tx).delete(hash);
                    return hash;
                }));
    }

    public List<OpenSession> of(IdentityId identity) {
        return database.read(tx -> new SessionStore(tx).list(identity, clock.instant(), LISTED));
    }

    /// @return false if the person has no such session (any more)
    public boolean end(IdentityId identity, String id) {
        return database.write(tx -> new SessionStore(tx).deleteOwn(identity, id));
    }

    /// Ends all of the person's sessions except the caller's.
    public void endOthers(IdentityId identity, Caller caller) {
        String own = hashOf(caller).orElse("");
        database.write(tx -> {
            new SessionStore(tx).deleteOthers(identity, own);
            return own;
        });
    }

    /// Returns true while the caller's session is open: for sockets, which outlive the request that opened them.
    public boolean isOpen(Caller caller) {
        Optional<String> open = hashOf(caller)
                .filter(hash -> database.read(tx -> new SessionStore(tx).find(hash, clock.instant()))
                        .isPresent());
        open.ifPresent(hash -> used.fire(new SessionUsed(hash)));
        return open.isPresent();
    }

    /// Returns true if the caller may begin a sensitive action. Callers without a person's session, such as API keys,
    /// need no proof: other rules decide what they may do.
    public boolean hasRecentProof(Caller caller) {
        return hashOf(caller)
                .map(hash -> database.read(tx -> new SessionStore(tx).provedAt(hash))
                        .filter(proved -> proved.plus(PROOF_LIFE).isAfter(clock.instant()))
                        .isPresent())
                .orElse(true);
    }

    public static Optional<String> hashOf(Caller caller) {
        return switch (caller) {
            case Caller.SignedIn person -> Optional.of(person.sessionHash());
            case Caller.Operator person -> Optional.of(person.sessionHash());
            case Caller.Support person -> Optional.of(person.sessionHash());
            case Caller.Anonymous _, Caller.WorkspaceMember _, Caller.ApiKey _, Caller.WorkspaceKey _ ->
                Optional.empty();
        };
    }

    @Override
    public int turn(HttpServerRequest request) {
        return 1;
    }

    @Override
    public Optional<Caller> resolve(HttpServerRequest request, Consumer<String> renewed) {
        return token(request).flatMap(token -> {
            String hash = Digests.sha256Hex(token);
            Instant now = clock.instant();
            Optional<SessionStore.Found> found = find(hash, now);
            if (found.isEmpty()) {
                return database.read(tx -> new SessionStore(tx).successor(hash, now))
                        .flatMap(current -> find(current, now).map(session -> caller(session, current, now)));
            }
            found.filter(session -> session.renewedAt().plus(RENEWED_AFTER).isBefore(now))
                    .ifPresent(session -> {
                        Instant expiresAt = expiry(session.createdAt(), now);
                        boolean isRenewed =
                                database.actIfPossible(tx -> new SessionStore(tx).renew(hash, now, expiresAt));
                        if (isRenewed && bearer(request).isEmpty()) {
                            renewed.accept(cookieOf(new Opened(token, expiresAt)));
                        }
                    });
            found.ifPresent(_ -> used.fire(new SessionUsed(hash)));
            return found.map(session -> caller(withZone(session, request), hash, now));
        });
    }

    /// Gives a person without a time zone the one of the browser that they first sign in with.
    private SessionStore.Found withZone(SessionStore.Found session, HttpServerRequest request) {
        return session.zone().isPresent() || bearer(request).isPresent()
                ? session
                : Call.zone(request)
                        .map(zone -> {
                            database.actIfPossible(tx -> new IdentityStore(tx).setFirstZone(session.identity(), zone));
                            return session.in(zone);
                        })
                        .orElse(session);
    }

    private Optional<SessionStore.Found> find(String hash, Instant now) {
        return database.read(tx -> tx.once(new SessionOf(hash), _ -> new SessionStore(tx).find(hash, now)))
                .filter(session -> session.expiresAt().isAfter(now)); // it may have been found a while ago
    }

    private Caller caller(SessionStore.Found session, String hash, Instant now) {
        return session.support()
                .filter(_ -> session.operator())
                .flatMap(access -> database.read(tx -> new SupportStore(tx).acting(session.identity(), access, now)))
                .<Caller>map(of -> new Caller.Support(session.identity(), hash, of, session.zone()))
                .orElseGet(() -> session.operator()
                        ? new Caller.Operator(session.identity(), hash, session.zone())
                        : new Caller.SignedIn(session.identity(), hash, session.zone()));
    }

    /// Returns the request's token. A bearer token takes precedence over the cookie, because a program sends it on
    /// purpose.
    private Optional<String> token(HttpServerRequest request) {
        return bearer(request)
                .or(() -> Optional.ofNullable(request.getCookie(cookieName())).map(Cookie::getValue));
    }

    private static Optional<String> bearer(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    /// Returns the token in the cookie, valid or not.
    public Optional<String> tokenInCookie(Call call) {
        return call.cookie(cookieName()).filter(token -> !token.isEmpty());
    }

    /// Returns the answer with the cookie that keeps the caller signed in.
    public Response with(Opened session, Response answer) {
        return Response.fromResponse(answer)
                .header(HttpHeaders.SET_COOKIE, cookieOf(session))
                .build();
    }

    private String cookieOf(Opened session) {
        Duration left = Duration.between(clock.instant(), session.expiresAt());
        return SetCookie.of(cookieName(), session.token(), left, settings.isHttps());
    }

    /// Returns the answer with the cookie removed.
    public Response without(Response answer) {
        return Response.fromResponse(answer)
                .header(HttpHeaders.SET_COOKIE, SetCookie.gone(cookieName(), settings.isHttps()))
                .build();
    }

    /// Returns the cookie's name. Over TLS the name's prefix keeps other hosts of the same domain from setting the
    /// cookie.
    private String cookieName() {
        return settings.isHttps() ? "__Host-banyan_session" : "banyan_session";
    }

    /// Removes sessions that have expired.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new SessionStore(tx).deleteExpired(clock.instant(), 1_000));
    }
}
