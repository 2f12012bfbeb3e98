package dev.banyan.platform.web.gate;

import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.json.Answers;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/// Applies the limit per caller to every API route. It counts the signed-in person, never the sub-account.
@Provider
@Singleton
@Priority(Priorities.AUTHORIZATION)
record ApiLimitFilter(RateLimits limits, CurrentVertxRequest current) implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        var call = new Call(current.getCurrent());
        String path = RequestPath.of(call.routing().request());
        boolean limited = path.startsWith("/api/admin/") || path.startsWith("/api/siteadmin/");
        // A key has the limits of its plan (KeyDoor).
        if (limited && !(call.caller() instanceof Caller.ApiKey)) {
            String caller = call.identity().map(IdentityId::toString).orElse(call.ip());
            limits.take(RateLimit.ADMIN_BY_CALLER, caller + " " + call.route())
                    .ifPresent(wait -> request.abortWith(Answers.tooManyFailure(wait)));
        }
    }
}
