package dev.banyan.whatsapp.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.GatewayChecks;
import dev.banyan.whatsapp.drivers.NumberStatus;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The gateways that an account's numbers reach WhatsApp through. Credentials come in and never go out.
@Path("/api/whatsapp/connections")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp connections", description = "Gateways: the Cloud API, WAHA and Evolution API.")
class ConnectionsResource {

    static final String NOT_FOUND = "Connection not found";

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "Webhook")
    record WireHook(
            @Schema(description = "Where the gateway sends its webhooks")
            URI url,

            @Schema(description = "What to enter at Meta together with the address; shown once, when it was generated")
            Optional<String> verifyToken) {}

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "Connection")
    record WireConnection(
            ConnectionId id,
            String name,

            @Schema(description = "`cloud`, `waha`, `evolution` or `simulator`")
            String driver,

            Optional<URI> url,
            WireHook webhook,
            int numbers,
            Optional<String> version,
            Optional<String> engine,
            Optional<Instant> checkedAt,

            @Schema(description = "What is wrong; absent if nothing is known to be")
            Optional<String> problem,

            Instant createdAt) {}

    record ConnectionList(List<WireConnection> connections) {}

    record ConnectionListAnswer(boolean success, ConnectionList data) {}

    record ConnectionAnswer(boolean success, WireConnection data) {}

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "RemoteNumber")
    record WireRemote(
            @Schema(description = "What the gateway calls the number; pass it to adopt the number")
            String remote,

            @Schema(description = "`working`, `restricted`, `starting`, `code`, `stopped`, `unlinked` and others")
            String state,

            Optional<Phone> phone,

            @Schema(description = "The name of the phone or business")
            String name,

            @Schema(description = "The number of Banyan, if it was adopted already")
            Optional<SenderId> sender) {}

    @JsonInclude(Include.NON_ABSENT)
    record Check(
            @Schema(description = "Whether the gateway answers and nothing is missing")
            boolean ok,

            @Schema(description = "Why the gateway could not be checked")
            Optional<String> error,

            Optional<String> version,
            Optional<String> engine,

            @Schema(description = "What the gateway has") List<WireRemote> numbers,

            @Schema(description = "What is missing, as sentences")
            List<String> missing,

            @Schema(description = "Where the gateway must send its webhooks")
            URI webhookUrl,

            @Schema(description = "Whether that address is registered without anyone entering it")
            boolean webhookRegistered) {}

    record CheckAnswer(boolean success, Check data) {}

    private final PoolApiGuard gate;
    private final Connections connections;
    private final GatewayChecks checks;

    ConnectionsResource(PoolApiGuard gate, Connections connections, GatewayChecks checks) {
        this.gate = gate;
        this.connections = connections;
        this.checks = checks;
    }

    @GET
    @Operation(summary = "List connections, oldest first")
    @APIResponseSchema(value = ConnectionListAnswer.class, responseDescription = "All connections of the account")
    public Response list(@Context Call call) {
        return gate.json(
                call,
                context -> Response.ok(new ConnectionListAnswer(
                                true,
                                new ConnectionList(
                                        connections.list(context.root().id()).stream()
                                                .map(listed ->
                                                        wire(listed.connection(), listed.numbers(), Optional.empty()))
                                                .toList())))
                        .build());
    }

    private WireConnection wire(Connection connection, int numbers, Optional<String> verifyToken) {
        return new WireConnection(
                connection.id(),
                connection.name(),
                connection.driver().key(),
                connection.url(),
                new WireHook(connections.hook(connection), verifyToken),
                numbers,
                connection.facts().version(),
                connection.facts().engine(),
                connection.facts().checkedAt(),
                connections.problem(connection),
                connection.createdAt());
    }

    private WireConnection counted(Connection connection) {
        return wire(
                connection,
                connections.senders(connection.tenant(), connection.id()).size(),
                Optional.empty());
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Add a connection; its credentials are sealed and never shown again")
    @APIResponseSchema(
            value = ConnectionAnswer.class,
            responseDescription = "Added; check it next",
            responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid")
    public Response add(@Context Call call, ConnectionBody body) {
        return gate.once(
                call,
                body,
                context -> connections
                        .add(context.root().id(), context.actor(), body.draft())
                        .fold(
                                added -> Response.status(201)
                                        .entity(new ConnectionAnswer(true, wire(added, 0, generated(added, body))))
                                        .build(),
                                refusal -> gate.refused(call, refusal, NOT_FOUND)));
    }

    /// Returns the verify token that we have generated: someone has to enter it at Meta.
    private Optional<String> generated(Connection added, ConnectionBody body) {
        return body.draft().secrets().verifyToken().isPresent()
                ? Optional.empty()
                : connections
                        .open(added.tenant(), added.id())
                        .flatMap(opened -> opened.credentials().access() instanceof Credentials.Cloud cloud
                                ? Optional.of(cloud.verifyToken())
                                : Optional.empty());
    }

    @GET
    @Path("{connectionId}")
    @Operation(summary = "Get a connection, without its credentials")
    @APIResponseSchema(value = ConnectionAnswer.class, responseDescription = "The connection")
    public Response get(@Context Call call, @PathParam("connectionId") String connectionId) {
        return gate.json(
                call,
                context -> ConnectionId.parse(connectionId)
                        .flatMap(id -> connections.find(context.root().id(), id))
                        .map(found -> Response.ok(new ConnectionAnswer(true, counted(found)))
                                .build())
                        .orElseGet(() -> gate.unknown(call, NOT_FOUND)));
    }

    @PUT
    @Path("{connectionId}")
    @Operation(summary = "Change a connection; what is left out stays")
    @APIResponseSchema(value = ConnectionAnswer.class, responseDescription = "The changed connection")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public Response change(@Context Call call, @PathParam("connectionId") String connectionId, ConnectionBody body) {
        return gate.json(
                call,
                context -> ConnectionId.parse(connectionId)
                        .map(id -> connections
                                .change(context.root().id(), context.actor(), id, body.draft())
                                .fold(
                                        changed -> Response.ok(new ConnectionAnswer(true, counted(changed)))
                                                .build(),
                                        refusal -> gate.refused(call, refusal, NOT_FOUND)))
                        .orElseGet(() -> gate.unknown(call, NOT_FOUND)));
    }

    @DELETE
    @Path("{connectionId}")
    @Operation(summary = "Remove a connection that no number uses")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed")
    @APIResponse(responseCode = "400", description = "Numbers still use it")
    public Response remove(@Context Call call, @PathParam("connectionId") String connectionId) {
        return gate.json(
                call,
                context -> ConnectionId.parse(connectionId)
                        .map(id -> connections
                                .remove(context.root().id(), context.actor(), id)
                                .fold(
                                        removed -> Answers.done("Connection removed"),
                                        refusal -> gate.refused(call, refusal, NOT_FOUND)))
                        .orElseGet(() -> gate.unknown(call, NOT_FOUND)));
    }

    @POST
    @Path("{connectionId}/check")
    @Operation(summary = "Call the gateway: what it is, what it has, and what is missing")
    @APIResponseSchema(
            value = CheckAnswer.class,
            responseDescription = "What was found; `ok` is false if the gateway can’t be used")
    public Response check(@Context Call call, @PathParam("connectionId") String connectionId) {
        return gate.json(
                call,
                context -> ConnectionId.parse(connectionId)
                        .map(id -> answer(call, checks.check(context.root().id(), id)))
                        .orElseGet(() -> gate.unknown(call, NOT_FOUND)));
    }

    private Response answer(Call call, GatewayChecks.Checked checked) {
        return switch (checked) {
            case GatewayChecks.Checked.Done done ->
                answer(new Check(
                        done.missing().isEmpty(),
                        Optional.empty(),
                        done.version(),
                        done.engine(),
                        done.numbers().stream().map(ConnectionsResource::wire).toList(),
                        done.missing(),
                        done.hook(),
                        done.hookRegistered()));
            case GatewayChecks.Checked.Failed(String sentence, URI hook) ->
                answer(new Check(
                        false,
                        Optional.of(sentence),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        hook,
                        false));
            case GatewayChecks.Checked.NoCredentials _ ->
                Answers.refused(409, "The credentials can’t be read on this server. Enter them again.");
            case GatewayChecks.Checked.NotFound _ -> gate.unknown(call, NOT_FOUND);
        };
    }

    private static Response answer(Check check) {
        return Response.ok(new CheckAnswer(true, check)).build();
    }

    private static WireRemote wire(GatewayChecks.Found found) {
        NumberStatus status = found.number().status();
        return new WireRemote(
                found.number().remote(),
                status.state().key(),
                status.phone(),
                status.device(),
                found.sender().map(SenderKey::id));
    }
}
