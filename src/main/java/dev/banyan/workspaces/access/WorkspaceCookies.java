package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.gate.CallerResolver;
import dev.banyan.workspaces.WorkspaceId;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// One cookie per workspace that a browser is signed in to, and the rule for which one a request means (decision 0011).
@Singleton
public record WorkspaceCookies(WorkspaceSessions sessions, WorkspaceLookup lookup, Settings settings, Clock clock)
        implements CallerResolver {

    private static final String PREFIX = "banyan_ws_";
    /// Most cookies per browser; the oldest are dropped.
    private static final int PER_BROWSER = 20;

    private static final String BEARER = "Bearer ";
    private static final Pattern PUBLIC_PAGE = Pattern.compile("/s/([^/]+)(?:/.*)?");
    private static final Pattern PROJECT_ROUTE = Pattern.compile("/api/projects/[^/]+/sub-clients/(scl_[^/]+)(?:/.*)?");
    /// On these routes, members of other workspaces get "forbidden" instead of "not signed in".
    private static final String PROJECT_ROUTES = "/api/projects";

    private static final String OWN_ROUTES = "/api/sub-client/";
    private static final String NUMBER_ROUTES = "/api/whatsapp/";

    /// Before the agency's session on a workspace's own routes, after it on all others.
    @Override
    public int turn(HttpServerRequest request) {
        String path = RequestPath.of(request);
        return path.startsWith("/s/") || path.startsWith(OWN_ROUTES) || path.startsWith(NUMBER_ROUTES) ? 0 : 2;
    }

    @Override
    public Optional<Caller> resolve(HttpServerRequest request, Consumer<String> renewed) {
        String path = RequestPath.of(request);
        Optional<String> bearer = bearer(request);
        if (bearer.isPresent()) {
            // Below a workspace's public address only its own members are recognized.
            return sessions.resolve(List.of(bearer.get()))
                    .filter(member -> !path.startsWith("/s/")
                            || named(request, path)
                                    .filter(id -> id.value().equals(member.workspace()))
                                    .isPresent())
                    .map(member -> member);
        }
        Optional<WorkspaceId> named = named(request, path);
        Optional<Caller.WorkspaceMember> member = named.flatMap(id -> resolve(request, id, renewed));
        boolean anyWillDo =
                path.startsWith(PROJECT_ROUTES) || path.startsWith(OWN_ROUTES) && request.getParam("shortPath") == null;
        return member.or(() -> anyWillDo
                        ? sessions.resolve(tokens(request), session -> renewed.accept(cookieOf(session)))
                        : Optional.empty())
                .map(found -> sessions.withZone(found, Call.zone(request)));
    }

    /// Returns the member of one workspace identified by the request's cookies; a bearer token takes precedence.
    Optional<Caller.WorkspaceMember> resolve(Call call, WorkspaceId workspace) {
        return resolve(call.routing().request(), workspace, call::renewCookie);
    }

    /// Returns true if the request's cookies, or its bearer token, are of a member of the workspace.
    public boolean isMember(Call call, WorkspaceId workspace) {
        return resolve(call, workspace).isPresent();
    }

    /// Returns the member of one workspace identified by a handshake, whose response can't set cookies.
    public Optional<Caller.WorkspaceMember> resolve(HttpServerRequest handshake, WorkspaceId workspace) {
        return resolve(handshake, workspace, _ -> {});
    }

    private Optional<Caller.WorkspaceMember> resolve(
            HttpServerRequest request, WorkspaceId workspace, Consumer<String> renewed) {
        Optional<String> bearer = bearer(request);
        return bearer.or(() -> Optional.ofNullable(request.getCookie(nameOf(workspace)))
                        .map(Cookie::getValue))
                .flatMap(token -> sessions.resolve(List.of(token), session -> {
                    if (bearer.isEmpty() && session.workspace().equals(workspace)) {
                        renewed.accept(cookieOf(session));
                    }
                }))
                .filter(member -> member.workspace().equals(workspace.value()));
    }

    /// Returns the member of any workspace that the browser is signed in to, for requests that name none or another
    /// one: they get the answer that a bearer token gets. Empty if there is a bearer token, which takes precedence.
    Optional<Caller.WorkspaceMember> resolveAny(Call call) {
        HttpServerRequest request = call.routing().request();
        return bearer(request).isPresent()
                ? Optional.empty()
                : sessions.resolve(tokens(request), session -> call.renewCookie(cookieOf(session)));
    }

    /// Whether the request comes from a member of any workspace.
    public boolean isMemberSomewhere(HttpServerRequest request) {
        return sessions.resolve(tokens(request)).isPresent();
    }

    /// The workspace that the request names in its path or query.
    private Optional<WorkspaceId> named(HttpServerRequest request, String path) {
        Matcher page = PUBLIC_PAGE.matcher(path);
        if (page.matches()) {
            return idOf(page.group(1));
        }
        Matcher route = PROJECT_ROUTE.matcher(path);
        if (route.matches()) {
            return WorkspaceId.parse(route.group(1));
        }
        if (path.startsWith(OWN_ROUTES)) {
            return Optional.ofNullable(request.getParam("shortPath")).flatMap(this::idOf);
        }
        if (path.startsWith(NUMBER_ROUTES)) {
            return Optional.ofNullable(request.getParam("subClientId"))
                    .flatMap(WorkspaceId::parse)
                    .or(() -> Optional.ofNullable(request.getParam("clientId"))
                            .flatMap(client -> lookup.findByWhatsappClient(client).stream()
                                    // Several accounts may use the same id: the browser has signed in to one.
                                    .filter(id -> request.getCookie(nameOf(id)) != null)
                                    .findFirst()));
        }
        return Optional.empty();
    }

    /// Finds the workspace at a public address, if it is open.
    Optional<WorkspaceId> idOf(String shortPath) {
        return lookup.find(shortPath) instanceof WorkspaceLookup.LookedUp.Found found
                ? Optional.of(found.workspace().id())
                : Optional.empty();
    }

    private static Optional<String> bearer(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private List<String> tokens(HttpServerRequest request) {
        return cookies(request).stream().map(Cookie::getValue).toList();
    }

    private List<Cookie> cookies(HttpServerRequest request) {
        return request.cookies().stream()
                .filter(cookie -> cookie.getName().startsWith(prefix()))
                .limit(2L * PER_BROWSER) // ignore the rest of a nonsensical list
                .toList();
    }

    /// Adds the cookie that keeps the member signed in to this workspace; ends the oldest sessions if one browser has
    /// too many.
    public Response with(Call call, WorkspaceSessions.Opened session, Response answer) {
        var response = Response.fromResponse(answer).header(HttpHeaders.SET_COOKIE, cookieOf(session));
        List<Cookie> others = cookies(call.routing().request()).stream()
                .filter(cookie -> !cookie.getName().equals(nameOf(session.workspace())))
                .toList();
        if (others.size() >= PER_BROWSER) {
            List<String> newest =
                    sessions.newestFirst(others.stream().map(Cookie::getValue).toList());
            List<String> dropped = newest.subList(PER_BROWSER - 1, newest.size());
            sessions.close(dropped);
            others.stream()
                    .filter(cookie -> dropped.contains(cookie.getValue()))
                    .forEach(cookie -> response.header(
                            HttpHeaders.SET_COOKIE, SetCookie.gone(cookie.getName(), settings.isHttps())));
        }
        return response.build();
    }

    /// Removes this workspace's cookie.
    public Response without(WorkspaceId workspace, Response answer) {
        return Response.fromResponse(answer)
                .header(HttpHeaders.SET_COOKIE, SetCookie.gone(nameOf(workspace), settings.isHttps()))
                .build();
    }

    private String cookieOf(WorkspaceSessions.Opened session) {
        Duration left = Duration.between(clock.instant(), session.expiresAt());
        return SetCookie.of(nameOf(session.workspace()), session.token(), left, settings.isHttps());
    }

    private String nameOf(WorkspaceId workspace) {
        return prefix() + workspace.value();
    }

    /// Over TLS, the name prefix keeps other hosts of the same domain from planting a cookie.
    private String prefix() {
        return settings.isHttps() ? "__Host-" + PREFIX : PREFIX;
    }
}
