package dev.banyan.platform.web;

import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What every resource method wants to know about the request it answers: `method(@BeanParam Call call, …)`.
public record Call(@Context ContainerRequestContext request) {

    static final String CALLER = "banyan.caller";
    static final String IP = "banyan.ip";
    static final String ID = "banyan.id";

    /// Who sent it, as [CallerFilter] found out, once.
    public Caller caller() {
        return (Caller) Objects.requireNonNull(request.getProperty(CALLER), "CallerFilter runs first");
    }

    public Optional<IdentityId> identity() {
        return switch (caller()) {
            case Caller.SignedIn person -> Optional.of(person.identity());
            case Caller.Operator person -> Optional.of(person.identity());
            case Caller.Anonymous _ -> Optional.empty();
        };
    }

    public Actor actor() {
        return new Actor(identity(), ip());
    }

    public String ip() {
        return (String) Objects.requireNonNull(request.getProperty(IP), "CallerFilter runs first");
    }

    /// What people tell support, and what the log names.
    public String requestId() {
        return (String) Objects.requireNonNull(request.getProperty(ID), "CallerFilter runs first");
    }

    /// The account that the request names in its query, if it does: `subAccountId` (the seed), `UserId` (LinkToMe), or
    /// `as`, which our own pages use and which holds a username.
    public Optional<String> namedAccount() {
        return Stream.of("subAccountId", "UserId", "as")
                .map(this::query)
                .flatMap(Optional::stream)
                .findFirst();
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(request.getUriInfo().getQueryParameters().getFirst(name))
                .filter(value -> !value.isEmpty());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaderString(name));
    }

    public Optional<String> cookie(String name) {
        return Optional.ofNullable(request.getCookies().get(name)).map(Cookie::getValue);
    }

    /// True when htmx asks, which wants a part of a page.
    public boolean isHtmx() {
        return header("HX-Request").isPresent() && header("HX-Boosted").isEmpty();
    }

    /// Path and query, to come back to this page.
    public String path() {
        var uri = request.getUriInfo().getRequestUri();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
