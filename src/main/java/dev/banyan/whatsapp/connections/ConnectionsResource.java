package dev.banyan.whatsapp.connections;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.history.SenderRatings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
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

            @Schema(description = "Whether marketing templates go over Meta's Marketing Messages API. Of the Cloud API")
            Optional<Boolean> marketingMessages,

            @Schema(
                    description = "Meta's business portfolio, which WhatsApp's limit of new contacts counts for. Of the"
                            + " Cloud API, once it was checked")
            Optional<String> portfolio,

            @Schema(
                    description = "How many people the portfolio may write to first in 24 hours, and has. Only of a"
                            + " single connection, once WhatsApp has told the limit")
            Optional<NewChats> newChats,

            int numbers,
            Optional<String> version,
            Optional<String> engine,
            Optional<Instant> checkedAt,

            @Schema(description = "What is wrong; absent if nothing is known to be")
            Optional<String> problem,

            Instant createdAt) {}

    @Schema(name = "ConnectionNewChats")
    record NewChats(
            @Schema(example = "250") long limit,
            @Schema(example = "118") long reached) {}

    record ConnectionList(List<WireConnection> connections) {}

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

    private final Connections connections;
    private final ConnectionCheck checks;
    private final SenderRatings ratings;

    ConnectionsResource(Connections connections, ConnectionCheck checks, SenderRatings ratings) {
        this.connections = connections;
        this.checks = checks;
        this.ratings = ratings;
    }

    @GET
    @Operation(summary = "List connections, oldest first")
    @APIResponseSchema(value = ConnectionList.class, responseDescription = "All connections of the account")
    public ConnectionList list(@Context PoolRequest request) {
        return new ConnectionList(connections.list(request.tenant()).stream()
                .map(listed -> wire(listed.connection(), listed.numbers(), Optional.empty(), Optional.empty()))
                .toList());
    }

    private WireConnection wire(
            Connection connection, int numbers, Optional<String> verifyToken, Optional<NewChats> newChats) {
        return new WireConnection(
                connection.id(),
                connection.name(),
                connection.driver().key(),
                connection.url(),
                new WireHook(connections.hook(connection), verifyToken),
                Optional.of(connection.marketingMessages())
                        .filter(_ -> connection.driver().isBusinessPlatform()),
                connection.facts().portfolio(),
                newChats,
                numbers,
                connection.facts().version(),
                connection.facts().engine(),
                connection.facts().checkedAt(),
                connections.problem(connection),
                connection.createdAt());
    }

    private WireConnection counted(Connection connection) {
        List<SenderId> senders = connections.senderIds(connection);
        return wire(
                connection,
                senders.size(),
                Optional.empty(),
                ratings.places(connection.tenant(), senders).map(left -> new NewChats(left.most(), left.reached())));
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Add a connection; its credentials are sealed and never shown again")
    @APIResponseSchema(value = WireConnection.class, responseDescription = "Added; check it next", responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid")
    public Response add(@Context PoolRequest request, ConnectionBody body) {
        return request.added(body, () -> {
            Connection added = Refused.unless(
                    connections.add(request.tenant(), request.actor(), body.draft()), PoolRequest.CONNECTION);
            return wire(added, 0, generated(added, body), Optional.empty());
        });
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
    @APIResponseSchema(value = WireConnection.class, responseDescription = "The connection")
    public WireConnection get(@Context PoolRequest request, @PathParam("connectionId") String connectionId) {
        return connections
                .find(request.tenant(), PoolRequest.connection(connectionId))
                .map(this::counted)
                .orElseThrow(() -> Refused.notFound(PoolRequest.CONNECTION));
    }

    @PUT
    @Path("{connectionId}")
    @Operation(summary = "Change a connection; what is left out stays")
    @APIResponseSchema(value = WireConnection.class, responseDescription = "The changed connection")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public WireConnection change(
            @Context PoolRequest request, @PathParam("connectionId") String connectionId, ConnectionBody body) {
        return counted(Refused.unless(
                connections.change(
                        request.tenant(), request.actor(), PoolRequest.connection(connectionId), body.draft()),
                PoolRequest.CONNECTION));
    }

    @DELETE
    @Path("{connectionId}")
    @Operation(summary = "Remove a connection that no number uses")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed")
    @APIResponse(responseCode = "400", description = "Numbers still use it")
    public DoneMessage remove(@Context PoolRequest request, @PathParam("connectionId") String connectionId) {
        Refused.unless(
                connections.remove(request.tenant(), request.actor(), PoolRequest.connection(connectionId)),
                PoolRequest.CONNECTION);
        return new DoneMessage("Connection removed");
    }

    @POST
    @Path("{connectionId}/check")
    @Operation(summary = "Call the gateway: what it is, what it has, and what is missing")
    @APIResponseSchema(
            value = Check.class,
            responseDescription = "What was found; `ok` is false if the gateway can’t be used")
    public Check check(@Context PoolRequest request, @PathParam("connectionId") String connectionId) {
        return switch (checks.check(request.tenant(), PoolRequest.connection(connectionId))) {
            case ConnectionCheck.Checked.Done done ->
                new Check(
                        done.missing().isEmpty(),
                        Optional.empty(),
                        done.version(),
                        done.engine(),
                        done.numbers().stream().map(ConnectionsResource::wire).toList(),
                        done.missing(),
                        done.hook(),
                        done.hookRegistered());
            case ConnectionCheck.Checked.Failed(String sentence, URI hook) ->
                new Check(
                        false,
                        Optional.of(sentence),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        hook,
                        false);
            case ConnectionCheck.Checked.NoCredentials _ ->
                throw Refused.conflict("The credentials can’t be read on this server. Enter them again.");
            case ConnectionCheck.Checked.NotFound _ -> throw Refused.notFound(PoolRequest.CONNECTION);
        };
    }

    private static WireRemote wire(ConnectionCheck.Found found) {
        NumberStatus status = found.number().status();
        return new WireRemote(
                found.number().remote(),
                status.state().key(),
                status.phone(),
                status.device(),
                found.sender().map(SenderKey::id));
    }
}
