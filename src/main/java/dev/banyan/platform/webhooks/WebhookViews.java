package dev.banyan.platform.webhooks;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.banyan.platform.Parse;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.json.ApiDescription;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Webhooks and their deliveries as JSON, the same for accounts and workspaces.
public final class WebhookViews {

    private WebhookViews() {}

    @JsonInclude(Include.NON_ABSENT)
    public record WebhookView(
            UUID id,
            String url,
            List<String> events,
            boolean active,
            Optional<String> offReason,
            Optional<Instant> failingSince,
            Instant createdAt,
            Optional<String> secret,

            @Schema(description = "Why nothing arrives there, and what helps")
            Optional<String> remark) {

        /// A webhook whose secret is not shown.
        public static WebhookView of(Endpoint endpoint) {
            return of(endpoint, Optional.empty(), Optional.empty());
        }

        /// A webhook whose secret was just made.
        public static WebhookView of(Endpoints.Shown shown) {
            return of(shown.endpoint(), Optional.of(shown.secret()), Optional.empty());
        }

        private static WebhookView of(Endpoint endpoint, Optional<String> secret, Optional<String> remark) {
            return new WebhookView(
                    endpoint.id(),
                    endpoint.url(),
                    endpoint.events(),
                    endpoint.active(),
                    endpoint.offReason(),
                    endpoint.failingSince(),
                    endpoint.createdAt(),
                    secret,
                    remark);
        }
    }

    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "WebhookListEnvelope"))
    public record WebhookList(List<WebhookView> webhooks) {

        public static WebhookList of(Endpoints endpoints, EndpointOwner whose) {
            List<Endpoint> all = endpoints.list(whose);
            Map<UUID, String> remarks = endpoints.remarks(all);
            return new WebhookList(all.stream()
                    .map(endpoint ->
                            WebhookView.of(endpoint, Optional.empty(), Optional.ofNullable(remarks.get(endpoint.id()))))
                    .toList());
        }
    }

    public record WebhookAnswer(WebhookView webhook) {

        static WebhookAnswer of(Endpoint endpoint) {
            return new WebhookAnswer(WebhookView.of(endpoint));
        }

        static WebhookAnswer of(Endpoints.Shown shown) {
            return new WebhookAnswer(WebhookView.of(shown));
        }
    }

    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "ReplayedEnvelope"))
    public record Replayed(int replayed) {}

    /// @param request the body that was sent
    @JsonInclude(Include.NON_ABSENT)
    public record DeliveryView(
            UUID id,
            String event,
            String type,
            @Schema(implementation = Delivery.State.class) String state,
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
    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "DeliveryListEnvelope"))
    public record DeliveryList(List<DeliveryView> deliveries, Optional<UUID> after) {

        /// @param found one more than `limit` if there are more
        public static DeliveryList of(List<Delivery> found, int limit) {
            List<Delivery> shown = found.subList(0, Math.min(limit, found.size()));
            return new DeliveryList(
                    shown.stream().map(DeliveryView::of).toList(),
                    found.size() > limit ? Optional.of(shown.getLast().id()) : Optional.empty());
        }
    }

    @Schema(requiredProperties = {"url", "events"})
    public record WebhookBody(
            @Schema(description = "Where events are sent; required")
            Optional<String> url,

            @Schema(description = "Event types, such as page.created, page.* or *; required")
            Optional<List<String>> events,

            @Schema(
                    description =
                            "Your own secret: whsec_ and 24 to 64 bytes in Base64. Without it, a new webhook gets one,"
                                    + " and any other keeps its own. For 24 hours the one before signs too")
            Optional<String> secret,

            @Schema(description = "false: nothing is sent, and nothing is kept for later. Default: true")
            Optional<Boolean> active) {

        public Endpoints.Wish wish() {
            return new Endpoints.Wish(url.orElse(""), events.orElse(List.of()), secret, active.orElse(true));
        }
    }

    public record ReplayBody(
            @Schema(description = "The id of one delivery") Optional<String> delivery,

            @Schema(description = "All events since this time, such as 2026-11-23T08:00:00Z")
            Optional<String> since,

            @Schema(description = "true: all that failed") Optional<Boolean> failed) {

        public static final String RULE = "Name exactly one of delivery, since and failed";

        /// Returns what it names, which must be exactly one thing.
        Replay which() {
            Optional<String> one = delivery.filter(id -> !id.isBlank());
            Optional<String> from = since.filter(time -> !time.isBlank());
            Optional<Boolean> all = failed.filter(Boolean::booleanValue);
            // What can't be read counts as well: the others aren't meant alone.
            if (Stream.of(one, from, all).filter(Optional::isPresent).count() != 1) {
                throw WebhooksResource.bad(RULE);
            }
            return one.flatMap(Uuids::parse)
                    .<Replay>map(Replay.One::new)
                    .or(() -> from.flatMap(WebhookViews::time).map(Replay.Since::new))
                    .or(() -> all.map(_ -> new Replay.Failed()))
                    .orElseThrow(() -> WebhooksResource.bad(RULE));
        }
    }

    static Optional<Instant> time(String text) {
        return Parse.of(text, Instant::parse);
    }
}
