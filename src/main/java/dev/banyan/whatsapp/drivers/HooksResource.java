package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.connections.Connections;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Where gateways send their webhooks (design 7). They prove themselves by a signature, not by a session.
@Path(Connections.HOOKS + "{connection}")
@RunOnVirtualThread
class HooksResource {

    private static final int RETRY_SECONDS = 5;

    private final Hooks hooks;

    HooksResource(Hooks hooks) {
        this.hooks = hooks;
    }

    @GET
    @Operation(hidden = true)
    public Response greet(@PathParam("connection") String connection, @Context UriInfo uri) {
        var query = new HashMap<String, String>();
        uri.getQueryParameters().forEach((name, values) -> query.put(name, values.getFirst()));
        return ConnectionId.parse(connection)
                .flatMap(id -> hooks.greeting(id, query))
                .map(text -> Response.ok(text, MediaType.TEXT_PLAIN).build())
                .orElseGet(() -> Answers.refused(403, "Access denied"));
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response accept(@PathParam("connection") String connection, @Context HttpHeaders headers, byte[] body) {
        Optional<ConnectionId> id = ConnectionId.parse(connection);
        if (id.isEmpty()) {
            return answer(Hooks.Accepted.UNKNOWN);
        }
        return answer(hooks.accept(id.get(), new HookRequest(lowercase(headers), body)));
    }

    /// Some gateways append the name of the event to the address.
    @POST
    @Path("{event}")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response acceptEvent(@PathParam("connection") String connection, @Context HttpHeaders headers, byte[] body) {
        return accept(connection, headers, body);
    }

    private static Map<String, String> lowercase(HttpHeaders headers) {
        var all = new HashMap<String, String>();
        headers.getRequestHeaders()
                .forEach((name, values) -> all.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return all;
    }

    private static Response answer(Hooks.Accepted accepted) {
        return switch (accepted) {
            case KEPT -> Answers.done("Accepted");
            case UNKNOWN -> Answers.refused(404, "Connection not found");
            case UNSIGNED -> Answers.refused(401, "Missing signature");
            case FORGED -> Answers.refused(403, "Invalid signature");
            case BUSY ->
                Response.fromResponse(Answers.refused(503, "The server can’t store this right now"))
                        .header("Retry-After", RETRY_SECONDS)
                        .build();
        };
    }
}
