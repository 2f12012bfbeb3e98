package dev.banyan.accounts.settings;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.MemberProofs;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.platform.Caller;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.MatchedRoute;
import dev.banyan.platform.web.OwnPath;
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

/// Requires a recent proof of identity before any method runs that gives someone data or a way in ([RouteEffects]), and
/// keeps programs off what only people may do. It checks the matched method and not the address as sent, so another
/// spelling of the address changes nothing.
@Provider
@Singleton
@Priority(Priorities.AUTHORIZATION)
public record RecentProofFilter(
        LoginSessions sessions,
        MemberProofs members,
        ResourceInfo matched,
        CurrentVertxRequest current,
        Settings settings)
        implements ContainerRequestFilter {

    /// The answer to programs.
    ///
    /// @param success only on routes that answer in the envelope
    /// @param confirmAt the route that takes the password
    @JsonInclude(Include.NON_ABSENT)
    record Unproved(Optional<Boolean> success, String error, boolean reauthenticate, String confirmAt) {}

    /// Switching off two-step verification requires the password in the body or a recent proof, which [SecondFactors]
    /// checks.
    private static final String SECOND_FACTOR = "POST /api/admin/2fatokensetup";

    static final String NOT_BY_KEYS = "API keys can’t do this. Sign in instead.";

    @Override
    public void filter(ContainerRequestContext request) {
        String path = MatchedRoute.path(matched);
        String route = MatchedRoute.method(request.getMethod()) + " " + path;
        if (!RouteEffects.isSensitive(route)) {
            return;
        }
        var call = new Call(current.getCurrent());
        if (call.caller() instanceof Caller.ApiKey) {
            if (RouteEffects.of(route).isOfPeople()) {
                request.abortWith(
                        path.startsWith("/api/admin/")
                                ? Answers.failure(403, NOT_BY_KEYS)
                                : Answers.refused(403, NOT_BY_KEYS));
            }
        } else if (asks(route, call) && !hasProof(call.caller())) {
            request.abortWith(path.startsWith("/api/") ? json(path, call) : page(call));
        }
    }

    private static boolean asks(String route, Call call) {
        return RouteEffects.asksForProof(route)
                && !(route.equals(SECOND_FACTOR)
                        && call.query("action").orElse("").equals("disable"));
    }

    private boolean hasProof(Caller caller) {
        return caller instanceof Caller.WorkspaceMember member
                ? members.isRecent(member.sessionHash())
                : sessions.hasRecentProof(caller);
    }

    /// Answers a program whose route found no recent proof, and no password or a wrong one in the body.
    public Response unproved(Refusal refusal, String path) {
        return switch (refusal) {
            case Refusal.Rejected rejected -> Answers.failure(rejected.first());
            case Refusal.TooMany(Duration wait) -> Answers.tooManyFailure(wait);
            default -> json(path, ConfirmResource.PATH, RecentProofPageResource.PATH);
        };
    }

    private Response json(String path, Call call) {
        return call.caller() instanceof Caller.WorkspaceMember
                ? json(path, MemberProofs.API, "the workspace's page " + MemberProofs.PAGE)
                : json(path, ConfirmResource.PATH, RecentProofPageResource.PATH);
    }

    private Response json(String path, String confirmAt, String page) {
        return Response.status(403)
                .entity(new Unproved(
                        path.startsWith("/api/admin/") ? Optional.empty() : Optional.of(false),
                        "Confirm your password first: send it to POST " + confirmAt + " or open "
                                + (page.startsWith("/") ? settings.baseUrl() : "") + page + ", then try again",
                        true,
                        confirmAt))
                .build();
    }

    private static Response page(Call call) {
        boolean opens = call.isGet() && !call.isHtmx();
        Optional<String> back = opens ? Optional.of(call.path()) : call.cameFrom();
        return Html.seeOther(call, proofPage(call) + OwnPath.asNext(back));
    }

    /// Members prove themselves below the address of their workspace, where their cookie is.
    private static String proofPage(Call call) {
        return call.caller() instanceof Caller.WorkspaceMember
                ? call.routing().normalizedPath().replaceFirst("^(/s/[^/]+).*", "$1") + MemberProofs.PAGE
                : RecentProofPageResource.PATH;
    }
}
