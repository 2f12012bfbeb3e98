package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.keys.KeyText;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.MatchedRoute;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.json.Answers;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/// Lets programs in that send a key of a workspace: first the key, then its limit, then its permission for the
/// matched route. Limits come before permissions, so that a program that keeps being refused is slowed down like any
/// other. Everywhere else such a key is nothing but an unknown token. Cookies don't matter when there is a key: a
/// browser sends no key on its own, so other sites can't use one.
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION + 1)
record WorkspaceKeyFilter(
        WorkspaceKeys keys, RateLimits limits, Audit audit, ResourceInfo matched, CurrentVertxRequest current)
        implements ContainerRequestFilter {

    static final String UNKNOWN = "Invalid API key";
    static final String NOT_FOR_KEYS = "API keys of a sub-client can’t be used here";

    private static final String BEARER = "Bearer ";
    private static final List<String> ROUTES =
            List.of("/api/projects/", "/api/sub-client/", "/api/whatsapp/", "/api/inboxes");

    @Override
    public void filter(ContainerRequestContext request) {
        var call = new Call(current.getCurrent());
        String path = RequestPath.of(call.routing().request());
        if (ROUTES.stream().noneMatch(path::startsWith) && !path.equals("/api/projects")) {
            return;
        }
        sent(call.header(HttpHeaders.AUTHORIZATION))
                .flatMap(text -> enter(call, MatchedRoute.method(request.getMethod()), text))
                .ifPresent(request::abortWith);
    }

    /// Returns the key of a workspace in the header of that name.
    static Optional<String> sent(Optional<String> authorization) {
        return authorization
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(KeyText.Kind.WORKSPACE::isOf);
    }

    /// @return the refusal, if any
    private Optional<Response> enter(Call call, String method, String text) {
        // Checked before the key: guessing is slow, right or wrong.
        Optional<Duration> wait = limits.exhausted(RateLimit.KEY_FAILURES_BY_IP, call.ip());
        if (wait.isPresent()) {
            return wait.map(Answers::tooMany);
        }
        return switch (KeyText.parse(KeyText.Kind.WORKSPACE, text)
                .map(keys::look)
                .orElseGet(WorkspaceKeys.Looked.Unknown::new)) {
            case WorkspaceKeys.Looked.Unknown _ -> {
                limits.take(RateLimit.KEY_FAILURES_BY_IP, call.ip());
                audit.denied(call.actor(), call.route());
                yield Optional.of(unauthorized(UNKNOWN));
            }
            case WorkspaceKeys.Looked.MakerGone gone -> {
                audit.denied(call.actor(), gone.workspace().owner(), call.route());
                yield Optional.of(unauthorized(gone.why()));
            }
            case WorkspaceKeys.Looked.Works found -> permitted(call, method, found);
        };
    }

    private Optional<Response> permitted(Call call, String method, WorkspaceKeys.Looked.Works found) {
        WorkspaceKey key = found.key();
        keys.noteUse(found.workspace(), key, call.ip());
        Optional<Duration> wait = limits.take(RateLimit.WORKSPACE_KEY_REQUESTS_BY_KEY, key.id());
        if (wait.isPresent()) {
            return wait.map(Answers::tooMany);
        }
        Optional<KeyPermission> needed = WorkspaceKeyRoutes.permission(method + " " + MatchedRoute.path(matched));
        if (needed.filter(key.permissions()::contains).isEmpty()) {
            audit.denied(call.actor(), found.workspace().owner(), call.route());
            return Optional.of(Answers.refused(
                    403,
                    needed.map(permission -> "This API key doesn’t have the permission " + permission.key())
                            .orElse(NOT_FOR_KEYS)));
        }
        call.routing()
                .put(
                        Call.CALLER,
                        new Caller.WorkspaceKey(key.id(), found.workspace().id().value()));
        return Optional.empty();
    }

    private static Response unauthorized(String text) {
        return Response.fromResponse(Answers.refused(401, text))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"api\"")
                .build();
    }
}
