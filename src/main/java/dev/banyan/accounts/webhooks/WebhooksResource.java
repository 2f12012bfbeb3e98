package dev.banyan.accounts.webhooks;

import static dev.banyan.accounts.webhooks.WebhookViews.by;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Webhooks in the API: addresses that receive what happens in an account, and what was sent to them. Creating one
/// ignores `Idempotency-Key`: to repeat the answer, the secret would have to be stored readable.
@Path("/api/admin/webhooks")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Webhooks", description = "Events for other programs, by the Standard Webhooks specification.")
@APIResponse(responseCode = "404", description = "The account doesn’t have this webhook")
class WebhooksResource {

    static final String UNKNOWN = "Webhook not found";
    static final String FORBIDDEN = "Only people of the account can do this";

    record WebhookDone(String message) {}

    private final AccountGuard acting;
    private final Endpoints endpoints;

    WebhooksResource(AccountGuard acting, Endpoints endpoints) {
        this.acting = acting;
        this.endpoints = endpoints;
    }

    @GET
    @Operation(summary = "List the account's webhooks; secrets are not shown")
    @APIResponseSchema(value = WebhookList.class, responseDescription = "Oldest first")
    public Response list(@Context Call call) {
        return acting.json(call, context -> ok(WebhookList.of(endpoints, whose(context))));
    }

    @POST
    @Operation(summary = "Add a webhook; the secret is returned only once")
    @APIResponseSchema(value = WebhookAnswer.class, responseCode = "201", responseDescription = "Added")
    @APIResponse(responseCode = "400", description = "Invalid address, event or secret, or too many webhooks")
    public Response create(@Context Call call, WebhookBody body) {
        return acting.json(
                call,
                context -> endpoints
                        .create(whose(context), by(call), body.wish())
                        .fold(
                                shown -> Response.status(201)
                                        .entity(new WebhookAnswer(WebhookView.of(shown)))
                                        .build(),
                                WebhooksResource::refused));
    }

    @PUT
    @Path("{webhookId}")
    @Operation(summary = "Change a webhook, or turn it on again")
    @APIResponseSchema(value = WebhookAnswer.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "Invalid address or event")
    public Response update(@Context Call call, @PathParam("webhookId") String id, WebhookBody body) {
        return with(
                call,
                id,
                (context, webhook) -> endpoints
                        .update(whose(context), by(call), webhook, body.wish())
                        .map(endpoint -> ok(new WebhookAnswer(WebhookView.of(endpoint)))));
    }

    @DELETE
    @Path("{webhookId}")
    @Operation(summary = "Delete a webhook and its log; nothing more is sent to it")
    @APIResponseSchema(value = WebhookDone.class, responseDescription = "Deleted")
    public Response delete(@Context Call call, @PathParam("webhookId") String id) {
        return with(
                call,
                id,
                (context, webhook) -> endpoints
                        .delete(whose(context), by(call), webhook)
                        .map(_ -> ok(new WebhookDone("Webhook deleted successfully"))));
    }

    @POST
    @Path("{webhookId}/test")
    @Operation(summary = "Send a test event, webhook.test; its delivery is in the log")
    @APIResponseSchema(value = WebhookDone.class, responseDescription = "On its way")
    public Response test(@Context Call call, @PathParam("webhookId") String id) {
        return with(
                call,
                id,
                (context, webhook) ->
                        endpoints.test(whose(context), webhook).map(_ -> ok(new WebhookDone("Test event sent"))));
    }

    @POST
    @Path("{webhookId}/rotate")
    @Operation(summary = "Make a new secret; for 24 hours events carry the signatures of both")
    @APIResponseSchema(value = WebhookAnswer.class, responseDescription = "The secret, shown only here")
    public Response rotate(@Context Call call, @PathParam("webhookId") String id) {
        return with(
                call,
                id,
                (context, webhook) -> endpoints
                        .rotate(whose(context), by(call), webhook)
                        .map(shown -> ok(new WebhookAnswer(WebhookView.of(shown)))));
    }

    @GET
    @Path("{webhookId}/deliveries")
    @Operation(summary = "List what was sent, newest first, with what the receiver answered")
    @APIResponseSchema(value = DeliveryList.class, responseDescription = "One page; after names the next")
    @APIResponse(responseCode = "400", description = "Invalid state, since, after or limit")
    public Response deliveries(
            @Context Call call,
            @PathParam("webhookId") String id,
            @QueryParam("event") @DefaultValue("") String event,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("since") @DefaultValue("") String since,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("") String limit) {
        return with(call, id, (context, webhook) -> switch (DeliveryQuery.of(event, state, since, after, limit)) {
            case DeliveryQuery.Bad(String error) -> Outcome.done(Answers.failure(400, error));
            case DeliveryQuery.Good query ->
                endpoints
                        .deliveries(whose(context), by(call), webhook, query.wanted(), query.limit() + 1)
                        .map(found -> ok(DeliveryList.of(found, query.limit())));
        });
    }

    @POST
    @Path("{webhookId}/replay")
    @Operation(summary = "Send deliveries again, with the same ids: one, all since a time, or all that failed")
    @APIResponseSchema(value = Replayed.class, responseDescription = "How many; at most 10,000 at once")
    @APIResponse(responseCode = "400", description = "Name exactly one of delivery, since and failed")
    public Response replay(@Context Call call, @PathParam("webhookId") String id, ReplayBody body) {
        return with(
                call,
                id,
                (context, webhook) -> body.which()
                        .map(which -> endpoints
                                .replay(whose(context), by(call), webhook, which)
                                .map(count -> ok(new Replayed(count))))
                        .orElseGet(() -> Outcome.done(Answers.failure(400, ReplayBody.RULE))));
    }

    private static EndpointOwner whose(AccountContext context) {
        return EndpointOwner.account(context.owner());
    }

    private Response with(Call call, String id, BiFunction<AccountContext, UUID, Outcome<Response>> work) {
        return acting.json(
                call,
                context -> Uuids.parse(id)
                        .map(webhook -> work.apply(context, webhook))
                        .orElseGet(Outcome::notFound)
                        .fold(done -> done, WebhooksResource::refused));
    }

    private static Response ok(Object body) {
        return Response.ok(body).build();
    }

    private static Response refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected -> Answers.failure(rejected.first());
            case Refusal.LimitReached(long _, long most) ->
                Answers.failure(400, "An account can have up to " + most + " webhooks");
            case Refusal.Forbidden _ -> Answers.failure(403, FORBIDDEN);
            case Refusal.NotFound _, Refusal.TooMany _, Refusal.ReadOnly _ -> Answers.failure(404, UNKNOWN);
        };
    }
}
