package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.OwnerRequest;
import dev.banyan.platform.webhooks.WebhookViews.DeliveryList;
import dev.banyan.platform.webhooks.WebhookViews.ReplayBody;
import dev.banyan.platform.webhooks.WebhookViews.Replayed;
import dev.banyan.platform.webhooks.WebhookViews.WebhookAnswer;
import dev.banyan.platform.webhooks.WebhookViews.WebhookBody;
import dev.banyan.platform.webhooks.WebhookViews.WebhookList;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Webhooks in the API: addresses that receive what happens in an account or a workspace, and what was sent to them.
/// Creating one ignores `Idempotency-Key`: to repeat the answer, the secret would have to be stored readable.
@JsonResource
public abstract class WebhooksResource {

    private static final String NUMBER = "[1-9][0-9]{0,2}";
    private static final int LISTED = 50;
    private static final int LISTED_AT_MOST = 200;

    static final Noun NOUN = new Noun(
            "Webhook", "webhooks", "A webhook goes on after support access ends, so support can't set one up.");

    /// Which deliveries a request asks for.
    public static final class DeliveryQuery {

        @QueryParam("event")
        @DefaultValue("")
        String event = "";

        @QueryParam("state")
        @DefaultValue("")
        String state = "";

        @QueryParam("since")
        @DefaultValue("")
        String since = "";

        @QueryParam("after")
        @DefaultValue("")
        String after = "";

        @QueryParam("limit")
        @DefaultValue("")
        String limit = "";

        Delivery.Wanted wanted() {
            var wanted = new Delivery.Wanted(
                    Optional.of(event).filter(type -> !type.isBlank()),
                    Delivery.State.of(state),
                    WebhookViews.time(since),
                    Uuids.parse(after));
            if (wanted.state().isEmpty() && !state.isEmpty() && !state.equals("all")) {
                throw bad("state must be waiting, delivered, failed or all");
            }
            if (wanted.since().isEmpty() && !since.isEmpty()) {
                throw bad("since must be a time such as 2026-11-23T08:00:00Z");
            }
            if (wanted.after().isEmpty() && !after.isEmpty()) {
                throw bad("after must be the id of a delivery");
            }
            return wanted;
        }

        /// Returns how many it asks for.
        int number() {
            if (!limit.isEmpty() && !limit.matches(NUMBER)) {
                throw bad("limit must be a number from 1 to " + LISTED_AT_MOST);
            }
            return limit.isEmpty() ? LISTED : Math.min(Integer.parseInt(limit), LISTED_AT_MOST);
        }
    }

    private final Endpoints endpoints;

    protected WebhooksResource(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @GET
    @Operation(summary = "List webhooks; secrets are not shown")
    @APIResponseSchema(value = WebhookList.class, responseDescription = "Oldest first")
    public WebhookList list(@Context OwnerRequest request) {
        return WebhookList.of(endpoints, whose(request));
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Add a webhook; the secret is returned only once")
    @APIResponseSchema(value = WebhookAnswer.class, responseCode = "201", responseDescription = "Added")
    @APIResponse(responseCode = "400", description = "Invalid address, event or secret, or too many webhooks")
    public WebhookAnswer create(@Context OwnerRequest request, WebhookBody body) {
        return WebhookAnswer.of(done(endpoints.create(whose(request), by(request), body.wish())));
    }

    @PUT
    @Path("{webhookId}")
    @Operation(summary = "Change a webhook, or turn it on again")
    @APIResponseSchema(value = WebhookAnswer.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "Invalid address or event")
    public WebhookAnswer update(@Context OwnerRequest request, @PathParam("webhookId") String id, WebhookBody body) {
        return WebhookAnswer.of(done(endpoints.update(whose(request), by(request), webhook(id), body.wish())));
    }

    @DELETE
    @Path("{webhookId}")
    @Operation(summary = "Delete a webhook and its log; nothing more is sent to it")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    public DoneMessage delete(@Context OwnerRequest request, @PathParam("webhookId") String id) {
        done(endpoints.delete(whose(request), by(request), webhook(id)));
        return new DoneMessage("Webhook deleted successfully");
    }

    @POST
    @Path("{webhookId}/test")
    @Operation(summary = "Send a test event, webhook.test; its delivery is in the log")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "On its way")
    public DoneMessage test(@Context OwnerRequest request, @PathParam("webhookId") String id) {
        done(endpoints.test(whose(request), webhook(id)));
        return new DoneMessage("Test event queued. Its result appears in the deliveries");
    }

    @POST
    @Path("{webhookId}/rotate")
    @Operation(summary = "Make a new secret; for 24 hours events carry the signatures of both")
    @APIResponseSchema(value = WebhookAnswer.class, responseDescription = "The secret, shown only here")
    public WebhookAnswer rotate(@Context OwnerRequest request, @PathParam("webhookId") String id) {
        return WebhookAnswer.of(done(endpoints.rotate(whose(request), by(request), webhook(id))));
    }

    @GET
    @Path("{webhookId}/deliveries")
    @Operation(summary = "List what was sent, newest first, with what the receiver answered")
    @APIResponseSchema(value = DeliveryList.class, responseDescription = "One page; after names the next")
    @APIResponse(responseCode = "400", description = "Invalid state, since, after or limit")
    public DeliveryList deliveries(
            @Context OwnerRequest request, @PathParam("webhookId") String id, @BeanParam DeliveryQuery query) {
        UUID webhook = webhook(id);
        Delivery.Wanted wanted = query.wanted();
        int limit = query.number();
        return DeliveryList.of(
                done(endpoints.deliveries(whose(request), by(request), webhook, wanted, limit + 1)), limit);
    }

    @POST
    @Path("{webhookId}/replay")
    @Operation(summary = "Send deliveries again, with the same ids: one, all since a time, or all that failed")
    @APIResponseSchema(value = Replayed.class, responseDescription = "How many; at most 10,000 at once")
    @APIResponse(responseCode = "400", description = ReplayBody.RULE)
    public Replayed replay(@Context OwnerRequest request, @PathParam("webhookId") String id, ReplayBody body) {
        UUID webhook = webhook(id);
        return new Replayed(done(endpoints.replay(whose(request), by(request), webhook, body.which())));
    }

    static EndpointOwner whose(OwnerRequest request) {
        return new EndpointOwner(request.account(), request.workspace());
    }

    static Endpoints.By by(OwnerRequest request) {
        return new Endpoints.By(request.call().actor(), request.call().caller());
    }

    /// Returns the id of a webhook; what is no id names none.
    static UUID webhook(String id) {
        return Uuids.parse(id).orElseThrow(() -> new Refused(new Refusal.NotFound(), NOUN));
    }

    static <T> T done(Outcome<T> outcome) {
        return Refused.unless(outcome, NOUN);
    }

    /// A request that is refused as it is, with a sentence about the whole of it.
    static Refused bad(String sentence) {
        return new Refused(new Refusal.Rejected(List.of(Invalid.whole(sentence))), NOUN);
    }
}
