package dev.banyan.accounts.support;

import dev.banyan.platform.Caller;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.NotBySupport;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.MatchedRoute;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.ErrorPages;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Keeps operators who act for an account off what [SupportRoutes] closes, before any method runs.
@Provider
@Singleton
@Priority(Priorities.AUTHORIZATION - 1)
public record SupportFilter(ResourceInfo matched, CurrentVertxRequest current, Audit audit, ErrorPages errorPages)
        implements ContainerRequestFilter {

    static final String REFUSAL = "Not available during support access. An owner of the account can do this.";

    @Override
    public void filter(ContainerRequestContext request) {
        var call = new Call(current.getCurrent());
        if (!(call.caller() instanceof Caller.Support support)) {
            return;
        }
        String path = MatchedRoute.path(matched);
        String declared = MatchedRoute.method(request.getMethod()) + " " + path;
        if (!SupportRoutes.isOpen(declared, call.route())) {
            audit.denied(
                    call.actor(), new Owner(support.of().account(), support.of().account()), call.route());
            request.abortWith(answer(call, path));
        }
    }

    /// Answers where an act that is closed to support was a part of one that isn't.
    @ServerExceptionMapper
    public Response refused(NotBySupport refusal) {
        var call = new Call(current.getCurrent());
        audit.denied(call.actor(), call.route());
        return answer(call, call.route().substring(call.route().indexOf(' ') + 1));
    }

    private Response answer(Call call, String path) {
        if (!path.startsWith("/api/")) {
            return errorPages.answer(call, 403, "Not available to support", REFUSAL);
        }
        return path.startsWith("/api/admin/") || path.startsWith("/api/siteadmin/")
                ? Answers.failure(403, REFUSAL)
                : Answers.refused(403, REFUSAL);
    }
}
