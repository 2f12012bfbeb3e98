package dev.banyan.accounts.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.Caller;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.MatchedRoute;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.Html;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Requires a recent proof of identity before any method of [SensitiveRoutes] runs. It checks the matched method and
/// not the address as sent, so another spelling of the address changes nothing.
@Provider
@Singleton
@Priority(Priorities.AUTHORIZATION)
public final class RecentProofFilter implements ContainerRequestFilter {

    /// The answer to programs.
    ///
    /// @param success only on routes that answer in the envelope
    /// @param confirmAt the route that takes the password
    @JsonInclude(Include.NON_ABSENT)
    record Unproved(Optional<Boolean> success, String error, boolean reauthenticate, String confirmAt) {}

    private final LoginSessions sessions;
    private final ResourceInfo matched;
    private final CurrentVertxRequest current;
    private final Settings settings;
    /// The declared paths that no sensitive method has, as most.
    private final Set<String> harmless = ConcurrentHashMap.newKeySet();

    RecentProofFilter(LoginSessions sessions, ResourceInfo matched, CurrentVertxRequest current, Settings settings) {
        this.sessions = sessions;
        this.matched = matched;
        this.current = current;
        this.settings = settings;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = MatchedRoute.path(matched);
        if (harmless.contains(path)) {
            return;
        }
        if (!SensitiveRoutes.mayAskForProof(path)) {
            harmless.add(path);
            return;
        }
        var call = new Call(current.getCurrent());
        String verb = MatchedRoute.method(request.getMethod());
        if (isKeyOfAccount(call, path) && SensitiveRoutes.contains(verb + " " + path)) {
            request.abortWith(Answers.refused(403, "API keys can’t do this. Sign in instead."));
            return;
        }
        if (SensitiveRoutes.askForProof(verb + " " + path, call.query("action").orElse(""))
                && !sessions.hasRecentProof(call.caller())) {
            request.abortWith(path.startsWith("/api/") ? json(path) : page(call));
        }
    }

    /// On `/api/projects`, where keys may use every other route: `/v1` has a list of its own.
    private static boolean isKeyOfAccount(Call call, String path) {
        return call.caller() instanceof Caller.ApiKey && path.startsWith("/api/projects/");
    }

    /// Returns whether a route begins a sensitive action.
    ///
    /// @param declared method and path as its resource declares it
    public static boolean isSensitive(String declared) {
        return SensitiveRoutes.contains(declared);
    }

    /// Answers a program whose route found no recent proof, and no password or a wrong one in the body.
    public Response unproved(Refusal refusal, String path) {
        return switch (refusal) {
            case Refusal.Rejected rejected -> Answers.failure(rejected.first());
            case Refusal.TooMany(Duration wait) -> Answers.tooManyFailure(wait);
            default -> json(path);
        };
    }

    private Response json(String path) {
        return Response.status(403)
                .entity(new Unproved(
                        path.startsWith("/api/admin/") ? Optional.empty() : Optional.of(false),
                        "Confirm your password first: send it to POST " + ConfirmResource.PATH + " or open "
                                + settings.baseUrl() + RecentProofPageResource.PATH + ", then try again",
                        true,
                        ConfirmResource.PATH))
                .build();
    }

    private static Response page(Call call) {
        boolean opens = call.isGet() && !call.isHtmx();
        Optional<String> back = opens ? Optional.of(call.path()) : call.cameFrom();
        return Html.seeOther(
                call,
                RecentProofPageResource.PATH
                        + back.map(next -> "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
                                .orElse(""));
    }
}
