package dev.banyan.platform.web;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Parse;
import dev.banyan.platform.Zones;
import dev.banyan.platform.audit.Actor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/// What every resource method needs to know about its request: `method(@Context Call call, …)`.
public record Call(RoutingContext routing) {

    public static final String CALLER = "banyan.caller";
    public static final String REQUEST_ID = "banyan.request-id";
    public static final String IP = "banyan.ip";
    public static final String RENEWED = "banyan.renewed";
    /// The cookie in which a browser tells its time zone. Ours, and readable for our script, which writes it.
    public static final String ZONE_COOKIE = "banyan_zone";

    /// Returns the caller, determined once by [CallerFilter].
    public Caller caller() {
        return Objects.requireNonNull(routing.<Caller>get(CALLER), "CallerFilter runs first");
    }

    public Optional<IdentityId> identity() {
        return switch (caller()) {
            case Caller.SignedIn person -> Optional.of(person.identity());
            case Caller.Operator person -> Optional.of(person.identity());
            case Caller.Support person -> Optional.of(person.identity());
            case Caller.ApiKey key -> Optional.of(key.madeBy());
            case Caller.Anonymous _, Caller.WorkspaceMember _, Caller.WorkspaceKey _ -> Optional.empty();
        };
    }

    public Actor actor() {
        if (caller() instanceof Caller.ApiKey key) {
            return Actor.ofKey(key, ip());
        }
        return new Actor(
                identity(),
                ip(),
                caller() instanceof Caller.Support support ? Optional.of(support.of()) : Optional.empty());
    }

    public String ip() {
        return Objects.requireNonNull(routing.<String>get(IP), "CallerFilter runs first");
    }

    /// Returns the id that people tell support, and that the log contains.
    public String requestId() {
        return Objects.requireNonNull(routing.<String>get(REQUEST_ID), "Gate runs first");
    }

    /// Returns the account that the request names in its query, if it does: `subAccountId` (the seed), `UserId`
    /// (LinkToMe), or `as`, which our own pages use and which holds a username.
    public Optional<String> namedAccount() {
        return Stream.of("subAccountId", "UserId", "as")
                .map(this::query)
                .flatMap(Optional::stream)
                .findFirst();
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(routing.queryParams().get(name)).filter(value -> !value.isEmpty());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(routing.request().getHeader(name));
    }

    public Optional<String> cookie(String name) {
        return Optional.ofNullable(routing.request().getCookie(name)).map(Cookie::getValue);
    }

    /// Sends a cookie again, with a new lifetime, along with the answer ([RenewedCookieFilter]).
    ///
    /// @param setCookie built by [SetCookie]
    public void renewCookie(String setCookie) {
        routing.put(RENEWED, setCookie);
    }

    /// Returns the time zone in which the answer is read: the person's, or the browser's. Empty until one is known.
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(routing.<Caller>get(CALLER))
                .flatMap(Caller::zone)
                .or(() -> zone(routing.request()));
    }

    /// Returns the time zone that the browser has told.
    public static Optional<ZoneId> zone(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(ZONE_COOKIE))
                .map(Cookie::getValue)
                .flatMap(Zones::of);
    }

    /// Returns true for requests of htmx, which expect a part of a page.
    public boolean isHtmx() {
        return header("HX-Request").isPresent() && header("HX-Boosted").isEmpty();
    }

    /// Returns the path and query of our page from which a form or htmx sent this request.
    public Optional<String> cameFrom() {
        return header("HX-Current-URL").or(() -> header("Referer")).flatMap(this::ownPath);
    }

    private Optional<String> ownPath(String address) {
        return Parse.of(address, URI::create)
                .flatMap(uri -> Optional.ofNullable(uri.getRawPath())
                        .filter(_ -> header("Host").equals(Optional.ofNullable(uri.getRawAuthority())))
                        .map(path -> uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
                        .flatMap(OwnPath::of));
    }

    public boolean isGet() {
        return routing.request().method().name().equals("GET");
    }

    /// Returns true if the request's method changes something.
    public boolean isWrite() {
        String method = routing.request().method().name();
        return !method.equals("GET") && !method.equals("HEAD");
    }

    /// Returns the method and path, without the query.
    public String route() {
        return routing.request().method() + " " + routing.request().path();
    }

    /// Returns the path and query, to return to this page.
    public String path() {
        return routing.request().uri();
    }
}
