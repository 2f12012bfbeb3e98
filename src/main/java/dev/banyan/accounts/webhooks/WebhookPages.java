package dev.banyan.accounts.webhooks;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.platform.webhooks.Delivery;
import dev.banyan.platform.webhooks.Endpoint;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.platform.webhooks.EventType;
import dev.banyan.platform.webhooks.Replay;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The screens for webhooks, of an account or of a workspace: what is sent where, how it went, and sending it again.
@Singleton
public final class WebhookPages {

    private static final int SHOWN = 50;
    private static final int REQUEST_SHOWN = 4_000;
    private static final List<String> ALL = List.of("*");

    /// Whose webhooks a page shows, and where it is.
    ///
    /// @param frame makes the frame for a title
    /// @param home the address of the list
    /// @param as the username of the account that the page is for
    /// @param inside what the webhooks belong to if it is not the account: its name and address
    public record Place(
            Call call,
            EndpointOwner owner,
            Function<String, PageFrame> frame,
            String home,
            String as,
            Optional<Inside> inside) {

        Endpoints.By by() {
            return WebhookViews.by(call);
        }
    }

    /// A part of an account, such as a workspace.
    public record Inside(String name, String href) {}

    private final Endpoints endpoints;
    private final ErrorPages errorPages;

    WebhookPages(Endpoints endpoints, ErrorPages errorPages) {
        this.endpoints = endpoints;
        this.errorPages = errorPages;
    }

    public Response list(Place place) {
        return Html.ok(page(place, "", ALL, FieldErrors.NONE, Optional.empty(), Optional.empty()));
    }

    public Response create(Place place, String url, List<String> events) {
        return endpoints
                .create(place.owner(), place.by(), new Endpoints.Wish(url, events, Optional.empty(), true))
                .fold(
                        shown -> Html.ok(page(
                                place,
                                "",
                                ALL,
                                FieldErrors.NONE,
                                Optional.empty(),
                                Optional.of(new WebhooksPage.Fresh(
                                        shown.endpoint().id().toString(), shown.secret())))),
                        refusal -> refused(place, url, events, refusal));
    }

    private Response refused(Place place, String url, List<String> events, Refusal refusal) {
        if (refusal instanceof Refusal.Forbidden) {
            return forbidden(place);
        }
        return refusal instanceof Refusal.Rejected(var invalid)
                ? Html.invalid(page(place, url, events, FieldErrors.from(invalid), Optional.empty(), Optional.empty()))
                : Html.answer(
                        409,
                        page(
                                place,
                                url,
                                events,
                                FieldErrors.NONE,
                                Optional.of(new FormProblem(
                                        "You have as many webhooks as an account can have.",
                                        "Delete one that is no longer needed.")),
                                Optional.empty()));
    }

    private WebhooksPage page(
            Place place,
            String url,
            List<String> events,
            FieldErrors errors,
            Optional<FormProblem> problem,
            Optional<WebhooksPage.Fresh> fresh) {
        List<Endpoint> all = endpoints.list(place.owner());
        Map<UUID, String> remarks = endpoints.remarks(all);
        return new WebhooksPage(
                place.frame().apply("Webhooks"),
                place.home(),
                place.inside(),
                all.stream()
                        .map(endpoint -> row(endpoint, Optional.ofNullable(remarks.get(endpoint.id()))))
                        .toList(),
                fresh,
                url,
                kinds(events),
                errors,
                problem);
    }

    private static WebhooksPage.Row row(Endpoint endpoint, Optional<String> remark) {
        return new WebhooksPage.Row(
                endpoint.id().toString(),
                endpoint.host(),
                endpoint.url(),
                endpoint.events().equals(ALL) ? "All events" : String.join(", ", endpoint.events()),
                state(endpoint, remark));
    }

    /// @param remark why nothing can arrive
    private static WebhooksPage.State state(Endpoint endpoint, Optional<String> remark) {
        if (!endpoint.active()) {
            return new WebhooksPage.State("bad", "Off", endpoint.offReason());
        }
        if (remark.isPresent()) {
            return new WebhooksPage.State("bad", "Failing", remark);
        }
        return endpoint.failingSince()
                .map(since -> new WebhooksPage.State(
                        "bad", "Failing", Optional.of("Nothing has arrived since " + Words.moment(since) + ".")))
                .orElseGet(() -> new WebhooksPage.State("good", "On", Optional.empty()));
    }

    /// The kinds of events, and single types that were chosen through the API.
    private static List<WebhooksPage.Kind> kinds(List<String> picked) {
        Map<String, List<String>> byKind = EventType.all().stream()
                .map(EventType::name)
                .filter(name -> !name.startsWith("webhook.")) // a test event needs no choice
                .collect(Collectors.groupingBy(
                        name -> name.substring(0, name.indexOf('.')), TreeMap::new, Collectors.toList()));
        var all = new WebhooksPage.Kind(
                "*", "All events", "everything, also what later versions add", picked.contains("*"));
        Stream<WebhooksPage.Kind> kinds = byKind.entrySet().stream()
                .map(kind -> new WebhooksPage.Kind(
                        kind.getKey() + ".*",
                        kind.getKey() + ".*",
                        kind.getValue().stream()
                                .map(name ->
                                        name.substring(name.indexOf('.') + 1).replace('_', ' '))
                                .collect(Collectors.joining(", ")),
                        picked.contains(kind.getKey() + ".*")));
        Stream<WebhooksPage.Kind> single = picked.stream()
                .filter(pattern ->
                        EventType.all().stream().anyMatch(type -> type.name().equals(pattern)))
                .map(name -> new WebhooksPage.Kind(name, name, "this event alone", true));
        return Stream.of(Stream.of(all), kinds, single)
                .flatMap(Function.identity())
                .toList();
    }

    /// @param state what is listed; empty for all
    /// @param after the last delivery of the part before
    public Response one(Place place, String id, String state, String after) {
        return with(
                place,
                id,
                webhook -> find(place, webhook)
                        .map(endpoint ->
                                Html.ok(page(place, endpoint, state, after, Optional.empty(), Optional.empty()))));
    }

    private Outcome<Endpoint> find(Place place, UUID id) {
        return endpoints.find(place.owner(), id).map(Outcome::done).orElseGet(Outcome::notFound);
    }

    /// What was typed into the form and refused.
    private record Typed(String url, List<String> events, FieldErrors errors) {}

    private WebhookPage page(
            Place place,
            Endpoint endpoint,
            String state,
            String after,
            Optional<String> secret,
            Optional<Typed> typed) {
        var wanted =
                new Delivery.Wanted(Optional.empty(), Delivery.State.of(state), Optional.empty(), Uuids.parse(after));
        List<Delivery> found = endpoints
                .deliveries(place.owner(), place.by(), endpoint.id(), wanted, SHOWN + 1)
                .fold(Function.identity(), _ -> List.of());
        List<Delivery> shown = found.subList(0, Math.min(SHOWN, found.size()));
        return new WebhookPage(
                place.frame().apply(endpoint.host()),
                place.home(),
                place.inside(),
                endpoint.id().toString(),
                endpoint.host(),
                state(
                        endpoint,
                        endpoints.remarks(List.of(endpoint)).values().stream().findFirst()),
                endpoint.active(),
                secret,
                wanted.state().map(Delivery.State::key).orElse(""),
                shown.stream().map(WebhookPages::row).toList(),
                found.size() > SHOWN
                        ? Optional.of(place.home() + "/" + endpoint.id() + "?as=" + place.as() + "&state="
                                + wanted.state().map(Delivery.State::key).orElse("") + "&after="
                                + shown.getLast().id())
                        : Optional.empty(),
                typed.map(Typed::url).orElse(endpoint.url()),
                kinds(typed.map(Typed::events).orElse(endpoint.events())),
                typed.map(Typed::errors).orElse(FieldErrors.NONE));
    }

    private static WebhookPage.Row row(Delivery delivery) {
        String took = delivery.tookMillis()
                .map(millis -> " in " + Words.grouped(millis) + " ms")
                .orElse("");
        return new WebhookPage.Row(
                delivery.id().toString(),
                delivery.type(),
                Words.moment(delivery.createdAt()),
                switch (delivery.state()) {
                    case DELIVERED -> "good";
                    case WAITING -> "info";
                    case FAILED -> "bad";
                },
                switch (delivery.state()) {
                    case DELIVERED -> "Delivered";
                    case WAITING -> delivery.attempts() == 0 ? "Waiting" : "Trying again";
                    case FAILED -> "Failed";
                },
                delivery.status().map(status -> status + took).orElse("")
                        + (delivery.attempts() > 1 ? ", " + Words.count(delivery.attempts(), "try", "tries") : ""),
                delivery.error(),
                delivery.state() != Delivery.State.WAITING,
                delivery.body()
                        .substring(0, Math.min(REQUEST_SHOWN, delivery.body().length())),
                delivery.answer());
    }

    public Response save(Place place, String id, String url, List<String> events, boolean active) {
        var wish = new Endpoints.Wish(url, events, Optional.empty(), active);
        return with(
                place,
                id,
                webhook -> endpoints
                        .update(place.owner(), place.by(), webhook, wish)
                        .fold(
                                _ -> Outcome.done(back(place, id, "webhook-saved")),
                                refusal -> refusal instanceof Refusal.Rejected(var invalid)
                                        ? again(place, webhook, new Typed(url, events, FieldErrors.from(invalid)))
                                        : Outcome.refused(refusal)));
    }

    private Outcome<Response> again(Place place, UUID webhook, Typed typed) {
        return find(place, webhook)
                .map(endpoint -> Html.invalid(page(place, endpoint, "", "", Optional.empty(), Optional.of(typed))));
    }

    /// Switches on a webhook in the name of who does it.
    public Response takeOver(Place place, String id) {
        return with(
                place,
                id,
                webhook -> endpoints
                        .takeOver(place.owner(), place.by(), webhook)
                        .map(_ -> back(place, id, "webhook-taken-over")));
    }

    public Response test(Place place, String id) {
        return with(
                place,
                id,
                webhook -> endpoints.test(place.owner(), webhook).map(_ -> back(place, id, "webhook-tested")));
    }

    /// @param delivery its id; empty for all that failed
    public Response replay(Place place, String id, String delivery) {
        Replay which = Uuids.parse(delivery).<Replay>map(Replay.One::new).orElseGet(Replay.Failed::new);
        return with(
                place,
                id,
                webhook -> endpoints
                        .replay(place.owner(), place.by(), webhook, which)
                        .map(_ -> back(place, id, "webhook-replayed")));
    }

    public Response rotate(Place place, String id) {
        return with(
                place,
                id,
                webhook -> endpoints
                        .rotate(place.owner(), place.by(), webhook)
                        .map(shown -> Html.ok(
                                page(place, shown.endpoint(), "", "", Optional.of(shown.secret()), Optional.empty()))));
    }

    public Response delete(Place place, String id) {
        return with(
                place,
                id,
                webhook -> endpoints
                        .delete(place.owner(), place.by(), webhook)
                        .map(_ -> Html.seeOther(
                                place.call(), place.home() + "?as=" + place.as() + "&done=webhook-deleted")));
    }

    /// Does something with the webhook that the path names, or answers that there is none.
    private Response with(Place place, String id, Function<UUID, Outcome<Response>> work) {
        return Uuids.parse(id)
                .map(work)
                .orElseGet(Outcome::notFound)
                .fold(
                        Function.identity(),
                        refusal -> refusal instanceof Refusal.Forbidden
                                ? forbidden(place)
                                : errorPages.answer(
                                        place.call(),
                                        404,
                                        "Webhook not found",
                                        "It may have been deleted. Go back to your webhooks."));
    }

    private Response forbidden(Place place) {
        return errorPages.answer(
                place.call(),
                403,
                "This is for people of the account",
                "A webhook goes on after support access ends, so support can't set one up.");
    }

    private static Response back(Place place, String id, String done) {
        return Html.seeOther(place.call(), place.home() + "/" + id + "?as=" + place.as() + "&done=" + done);
    }
}
