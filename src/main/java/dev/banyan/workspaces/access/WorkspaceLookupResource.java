package dev.banyan.workspaces.access;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.MeasuredAs;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.access.WorkspaceViews.PublicView;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Looks up the workspace at an address: the first and most frequent request of a workspace's visitors.
@Path(WorkspaceLookupResource.PATH)
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-clients", description = "The workspaces of a project.")
public class WorkspaceLookupResource {

    static final String PATH = "/api/sub-clients/lookup";
    static final String UNKNOWN = "Sub-client not found";
    public static final String NOT_ENABLED = "Sub-clients feature is not enabled for this project";

    private static final String QUERY = "shortPath=";

    record Found(PublicView subClient) {}

    record FoundAnswer(boolean success, Found data) {}

    private final WorkspaceLookup lookup;
    private final LookupCache cache;
    private final ObjectMapper json;

    WorkspaceLookupResource(WorkspaceLookup lookup, LookupCache cache, ObjectMapper json) {
        this.lookup = lookup;
        this.cache = cache;
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answerFromCache, FilterOrder.FROM_MEMORY);
    }

    /// Only for unescaped paths: short paths need no escapes.
    private void answerFromCache(RoutingContext context) {
        HttpServerRequest request = context.request();
        String query = request.query();
        if (request.method() == HttpMethod.GET
                && query != null
                && query.startsWith(QUERY)
                && RequestPath.of(request).equals(PATH)) {
            Optional<byte[]> kept = cache.find(query.substring(QUERY.length()));
            if (kept.isPresent()) {
                MeasuredAs.route(request, PATH);
                request.response()
                        .putHeader("Content-Type", MediaType.APPLICATION_JSON)
                        .putHeader("Cache-Control", "no-store")
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .end(Buffer.buffer(kept.get()));
                return;
            }
        }
        context.next();
    }

    @GET
    @Operation(summary = "Find a sub-client (workspace) by its public address")
    @APIResponseSchema(value = FoundAnswer.class, responseDescription = "The sub-client; also if it is suspended")
    @APIResponse(responseCode = "400", description = "Missing query parameter, or sub-clients are off for the project")
    @APIResponse(responseCode = "404", description = "Sub-client not found")
    public Response lookup(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @QueryParam("host") Optional<String> host) {
        long state = cache.state();
        if (call.query("shortPath").isPresent()) {
            return answer(lookup.find(shortPath.orElseThrow()), Optional.of(state));
        }
        return call.query("host")
                .map(domain -> answer(lookup.findByDomain(domain), Optional.empty()))
                .orElseGet(() -> Answers.refused(400, "Either 'shortPath' or 'host' query parameter is required"));
    }

    private Response answer(LookedUp lookedUp, Optional<Long> stateBefore) {
        return switch (lookedUp) {
            case LookedUp.Found found -> {
                byte[] bytes = write(found);
                stateBefore.ifPresent(state -> cache.keep(found.workspace(), state, bytes));
                yield Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE).build();
            }
            case LookedUp.NotFound _, LookedUp.Moved _ -> Answers.refused(404, UNKNOWN);
            case LookedUp.NotEnabled _ -> Answers.refused(400, NOT_ENABLED);
        };
    }

    private byte[] write(LookedUp.Found found) {
        try {
            return json.writeValueAsBytes(
                    new FoundAnswer(true, new Found(PublicView.of(found.workspace(), found.registrationOpen()))));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("An answer cannot be written as JSON", failure);
        }
    }
}
