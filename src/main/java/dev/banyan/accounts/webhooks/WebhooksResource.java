package dev.banyan.accounts.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.webhooks.Delivery;
import dev.banyan.platform.webhooks.Endpoint;
import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.platform.webhooks.Replay;
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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
    private static final String NUMBER = "[1-9][0-9]{0,2}";
    private static final int LISTED = 50;
    private static final int LISTED_AT_MOST = 200;

    @JsonInclude(Include.NON_ABSENT)
    record WebhookView(
            UUID id,
            String url,
            List<String> events,
            boolean active,
            Optional<String> offReason,
            Optional<Instant> failingSince,
            Instant createdAt,
            Optional<String> secret) {

        static WebhookView of(Endpoint endpoint, Optional<String> secret) {
            return new WebhookView(
                    endpoint.id(),
                    endpoint.url(),
                    endpoint.events(),
                    endpoint.active(),
                    endpoint.offReason(),
                    endpoint.failingSince(),
                    endpoint.createdAt(),
                    secret);
        }
    }

    record WebhookList(List<WebhookView> webhooks) {}

    record WebhookAnswer(WebhookView webhook) {}

    record WebhookDone(String message) {}

    record Replayed(int replayed) {}

    /// @param request the body that was sent
    @JsonInclude(Include.NON_ABSENT)
    record DeliveryView(
            UUID id,
            String event,
            String type,
            String state,
            int attempts,
            Instant createdAt,
            Optional<Instant> triedAt,
            Optional<Instant> nextTryAt,
            Optional<Integer> duration,
            Optional<Integer> status,
            Optional<String> error,
            Optional<String> answer,

            @JsonRawValue @Schema(implementation = Object.class)
            String request) {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.event(),
                    delivery.type(),
                    delivery.state().key(),
                    delivery.attempts(),
                    delivery.createdAt(),
                    delivery.triedAt(),
                    Optional.of(delivery.due()).filter(_ -> delivery.state() == Delivery.State.WAITING),
                    delivery.tookMillis(),
                    delivery.status(),
                    delivery.error(),
                    delivery.answer(),
                    delivery.body());
        }
    }

    /// @param after names the next page: the id of the last delivery
    @JsonInclude(Include.NON_ABSENT)
    record DeliveryList(List<DeliveryView> deliveries, Optional<UUID> after) {}

    record WebhookBody(
            @Schema(description = "Where events are sent; required")
            Optional<String> url,

            @Schema(description = "Event types, such as page.created, page.* or *; required")
            Optional<List<String>> events,

            @Schema(description = "Your own secret: whsec_ and 24 to 64 bytes in Base64. Without it, one is made")
            Optional<String> secret,

            @Schema(description = "false: nothing is sent, and nothing is kept for later. Default: true")
            Optional<Boolean> active) {}

    record ReplayBody(
            @Schema(description = "The id of one delivery") Optional<String> delivery,

            @Schema(description = "All events since this time, such as 2026-11-23T08:00:00Z")
            Optional<String> since,

            @Schema(description = "true: all that failed") Optional<Boolean> failed) {}

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
        return acting.json(
                call,
                context -> Response.ok(new WebhookList(endpoints.list(context.owner()).stream()
                                .map(endpoint -> WebhookView.of(endpoint, Optional.empty()))
                                .toList()))
                        .build());
    }

    @POST
    @Operation(summary = "Add a webhook; the secret is returned only once")
    @APIResponseSchema(value = WebhookAnswer.class, responseCode = "201", responseDescription = "Added")
    @APIResponse(responseCode = "400", description = "Invalid address, event or secret, or too many webhooks")
    public Response create(@Context Call call, WebhookBody body) {
        return acting.json(
                call,
                context -> endpoints
                        .create(context.owner(), call.actor(), wish(body))
                        .fold(
                                shown -> Response.status(201)
                                        .entity(new WebhookAnswer(
                                                WebhookView.of(shown.endpoint(), Optional.of(shown.secret()))))
                                        .build(),
                                WebhooksResource::refused));
    }

    private static Endpoints.Wish wish(WebhookBody body) {
        return new Endpoints.Wish(
                body.url().orElse(""),
                body.events().orElse(List.of()),
                body.secret(),
                body.active().orElse(true));
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
                        .update(context.owner(), call.actor(), webhook, wish(body))
                        .map(endpoint -> ok(new WebhookAnswer(WebhookView.of(endpoint, Optional.empty())))));
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
                        .delete(context.owner(), call.actor(), webhook)
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
                        endpoints.test(context.owner(), webhook).map(_ -> ok(new WebhookDone("Test event sent"))));
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
                        .rotate(context.owner(), call.actor(), webhook)
                        .map(shown ->
                                ok(new WebhookAnswer(WebhookView.of(shown.endpoint(), Optional.of(shown.secret()))))));
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
        int most = limit.matches(NUMBER) ? Math.min(Integer.parseInt(limit), LISTED_AT_MOST) : LISTED;
        var which = new Endpoints.Wanted(
                Optional.of(event).filter(type -> !type.isBlank()),
                Delivery.State.of(state),
                time(since),
                Uuids.parse(after));
        return with(
                call,
                id,
                (context, webhook) -> wrong(which, state, since, after, limit)
                        .map(text -> Outcome.done(Answers.failure(400, text)))
                        .orElseGet(() -> endpoints
                                .deliveries(context.owner(), webhook, which, most + 1)
                                .map(found -> ok(page(found, most)))));
    }

    private static Optional<String> wrong(
            Endpoints.Wanted read, String state, String since, String after, String limit) {
        if (read.state().isEmpty() && !state.isEmpty() && !state.equals("all")) {
            return Optional.of("state must be waiting, delivered, failed or all");
        }
        if (read.since().isEmpty() && !since.isEmpty()) {
            return Optional.of("since must be a time such as 2026-11-23T08:00:00Z");
        }
        if (read.after().isEmpty() && !after.isEmpty()) {
            return Optional.of("after must be the id of a delivery");
        }
        return limit.isEmpty() || limit.matches(NUMBER)
                ? Optional.empty()
                : Optional.of("limit must be a number from 1 to " + LISTED_AT_MOST);
    }

    private static DeliveryList page(List<Delivery> found, int most) {
        List<Delivery> shown = found.subList(0, Math.min(most, found.size()));
        return new DeliveryList(
                shown.stream().map(DeliveryView::of).toList(),
                found.size() > most ? Optional.of(shown.getLast().id()) : Optional.empty());
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
                (context, webhook) -> which(body)
                        .map(which -> endpoints
                                .replay(context.owner(), call.actor(), webhook, which)
                                .map(count -> ok(new Replayed(count))))
                        .orElseGet(() ->
                                Outcome.done(Answers.failure(400, "Name exactly one of delivery, since and failed"))));
    }

    private static Optional<Replay> which(ReplayBody body) {
        List<Replay> named = Stream.of(
                        body.delivery().flatMap(Uuids::parse).<Replay>map(Replay.One::new),
                        body.since().flatMap(WebhooksResource::time).<Replay>map(Replay.Since::new),
                        body.failed().filter(failed -> failed).<Replay>map(_ -> new Replay.Failed()))
                .flatMap(Optional::stream)
                .toList();
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
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
            case Refusal.NotFound _, Refusal.Forbidden _, Refusal.TooMany _, Refusal.ReadOnly _ ->
                Answers.failure(404, UNKNOWN);
        };
    }
}
