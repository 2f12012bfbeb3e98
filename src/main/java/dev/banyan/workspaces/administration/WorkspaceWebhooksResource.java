package dev.banyan.workspaces.administration;

import static dev.banyan.accounts.webhooks.WebhookViews.by;

import dev.banyan.accounts.webhooks.WebhookViews.DeliveryList;
import dev.banyan.accounts.webhooks.WebhookViews.DeliveryQuery;
import dev.banyan.accounts.webhooks.WebhookViews.ReplayBody;
import dev.banyan.accounts.webhooks.WebhookViews.Replayed;
import dev.banyan.accounts.webhooks.WebhookViews.WebhookAnswer;
import dev.banyan.accounts.webhooks.WebhookViews.WebhookBody;
import dev.banyan.accounts.webhooks.WebhookViews.WebhookList;
import dev.banyan.accounts.webhooks.WebhookViews.WebhookView;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Webhooks of a workspace in the API, as the account has them: they hear of this workspace alone.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/webhooks")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client webhooks", description = "Events of one sub-client for other programs. Project side only.")
class WorkspaceWebhooksResource {

    private static final String UNKNOWN = "Webhook not found";
    private static final String FORBIDDEN = "Only the project owner can manage the webhooks of a sub-client";

    record WebhookListEnvelope(boolean success, WebhookList data) {}

    record WebhookEnvelope(boolean success, WebhookAnswer data) {

        static WebhookEnvelope of(WebhookView view) {
            return new WebhookEnvelope(true, new WebhookAnswer(view));
        }
    }

    record DeliveryListEnvelope(boolean success, DeliveryList data) {}

    record ReplayedEnvelope(boolean success, Replayed data) {}

    private final WorkspaceApiGuard gate;
    private final WorkspaceWebhooks webhooks;
    private final Endpoints endpoints;

    WorkspaceWebhooksResource(WorkspaceApiGuard gate, WorkspaceWebhooks webhooks, Endpoints endpoints) {
        this.gate = gate;
        this.webhooks = webhooks;
        this.endpoints = endpoints;
    }

    @GET
    @Operation(summary = "List the sub-client's webhooks; secrets are not shown")
    @APIResponseSchema(value = WebhookListEnvelope.class, responseDescription = "Oldest first")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId) {
        return in(
                call,
                projectId,
                subClientId,
                whose -> Outcome.done(ok(new WebhookListEnvelope(true, WebhookList.of(endpoints, whose)))));
    }

    @POST
    @Operation(summary = "Add a webhook that hears of this sub-client alone; the secret is returned only once")
    @APIResponseSchema(value = WebhookEnvelope.class, responseCode = "201", responseDescription = "Added")
    @APIResponse(responseCode = "400", description = "Invalid address, event or secret, or too many webhooks")
    public Response create(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            WebhookBody body) {
        return in(
                call,
                projectId,
                subClientId,
                whose -> endpoints
                        .create(whose, by(call), body.wish())
                        .map(shown -> Response.status(201)
                                .entity(WebhookEnvelope.of(WebhookView.of(shown)))
                                .build()));
    }

    @PUT
    @Path("{webhookId}")
    @Operation(summary = "Change a webhook of the sub-client, or turn it on again")
    @APIResponseSchema(value = WebhookEnvelope.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "Invalid address or event")
    public Response update(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("webhookId") String id,
            WebhookBody body) {
        return with(
                call,
                projectId,
                subClientId,
                id,
                (whose, webhook) -> endpoints
                        .update(whose, by(call), webhook, body.wish())
                        .map(endpoint -> ok(WebhookEnvelope.of(WebhookView.of(endpoint)))));
    }

    @DELETE
    @Path("{webhookId}")
    @Operation(summary = "Delete a webhook of the sub-client and its log; nothing more is sent to it")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Deleted")
    public Response delete(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("webhookId") String id) {
        return with(
                call,
                projectId,
                subClientId,
                id,
                (whose, webhook) -> endpoints
                        .delete(whose, by(call), webhook)
                        .map(_ -> Answers.done("Webhook deleted successfully")));
    }

    @POST
    @Path("{webhookId}/test")
    @Operation(summary = "Send a test event, webhook.test, to a webhook of the sub-client")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "On its way; its delivery is in the log")
    public Response test(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("webhookId") String id) {
        return with(
                call,
                projectId,
                subClientId,
                id,
                (whose, webhook) -> endpoints.test(whose, webhook).map(_ -> Answers.done("Test event sent")));
    }

    @POST
    @Path("{webhookId}/rotate")
    @Operation(summary = "Make a new secret for a webhook of the sub-client; for 24 hours both secrets sign")
    @APIResponseSchema(value = WebhookEnvelope.class, responseDescription = "The secret, shown only here")
    public Response rotate(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("webhookId") String id) {
        return with(
                call,
                projectId,
                subClientId,
                id,
                (whose, webhook) -> endpoints
                        .rotate(whose, by(call), webhook)
                        .map(shown -> ok(WebhookEnvelope.of(WebhookView.of(shown)))));
    }

    @GET
    @Path("{webhookId}/deliveries")
    @Operation(summary = "List what was sent to a webhook of the sub-client, newest first, with the answers")
    @APIResponseSchema(value = DeliveryListEnvelope.class, responseDescription = "One page; after names the next")
    @APIResponse(responseCode = "400", description = "Invalid state, since, after or limit")
    public Response deliveries(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("webhookId") String id,
            @QueryParam("event") @DefaultValue("") String event,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("since") @DefaultValue("") String since,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("") String limit) {
        DeliveryQuery asked = DeliveryQuery.of(event, state, since, after, limit);
        return with(call, projectId, subClientId, id, (whose, webhook) -> switch (asked) {
            case DeliveryQuery.Bad(String error) -> Outcome.done(Answers.refused(400, error));
            case DeliveryQuery.Good query ->
                endpoints
                        .deliveries(whose, by(call), webhook, query.wanted(), query.limit() + 1)
                        .map(found -> ok(new DeliveryListEnvelope(true, DeliveryList.of(found, query.limit()))));
        });
    }

    @POST
    @Path("{webhookId}/replay")
    @Operation(summary = "Send deliveries of the sub-client's webhook again: one, all since a time, or all that failed")
    @APIResponseSchema(value = ReplayedEnvelope.class, responseDescription = "How many; at most 10,000 at once")
    @APIResponse(responseCode = "400", description = ReplayBody.RULE)
    public Response replay(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("webhookId") String id,
            ReplayBody body) {
        return with(
                call,
                projectId,
                subClientId,
                id,
                (whose, webhook) -> body.which()
                        .map(which -> endpoints
                                .replay(whose, by(call), webhook, which)
                                .map(count -> ok(new ReplayedEnvelope(true, new Replayed(count)))))
                        .orElseGet(() -> Outcome.done(Answers.refused(400, ReplayBody.RULE))));
    }

    private Response in(
            Call call, String projectId, String subClientId, Function<EndpointOwner, Outcome<Response>> work) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, workspace) -> webhooks.with(actor, project, workspace, work)
                        .fold(Function.identity(), refusal -> refused(call, refusal)));
    }

    private Response with(
            Call call,
            String projectId,
            String subClientId,
            String id,
            BiFunction<EndpointOwner, UUID, Outcome<Response>> work) {
        return in(
                call,
                projectId,
                subClientId,
                whose -> Outcome.done(Uuids.parse(id)
                        .map(webhook -> work.apply(whose, webhook))
                        .orElseGet(Outcome::notFound)
                        .fold(Function.identity(), refusal -> refused(call, refusal, UNKNOWN))));
    }

    private static Response ok(Object body) {
        return Response.ok(body).build();
    }

    private Response refused(Call call, Refusal refusal) {
        return refused(call, refusal, WorkspaceApiGuard.UNKNOWN_WORKSPACE);
    }

    private Response refused(Call call, Refusal refusal, String unknown) {
        return refusal instanceof Refusal.LimitReached(long _, long most)
                ? Answers.refused(400, "A sub-client can have up to " + most + " webhooks")
                : gate.refused(call, refusal, unknown, FORBIDDEN);
    }
}
