package dev.banyan.accounts.webhooks;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import dev.banyan.platform.webhooks.Delivery;
import dev.banyan.platform.webhooks.Endpoint;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.platform.webhooks.EventType;
import dev.banyan.platform.webhooks.Replay;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pages for webhooks: what is sent where, how it went, and sending it again. Not under `/admin/webhooks`, which is
/// another name of the API’s route (`CanonicalRoutes`).
@Path("/admin/integrations")
@RunOnVirtualThread
class WebhooksPageResource {

    private static final String HOME = "/admin/integrations";
    private static final int SHOWN = 50;
    private static final int REQUEST_SHOWN = 4_000;
    private static final List<String> ALL = List.of("*");

    private final AccountGuard acting;
    private final Endpoints endpoints;
    private final PageFrames shells;
    private final ErrorPages errorPages;

    WebhooksPageResource(AccountGuard acting, Endpoints endpoints, PageFrames shells, ErrorPages errorPages) {
        this.acting = acting;
        this.endpoints = endpoints;
        this.shells = shells;
        this.errorPages = errorPages;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.page(
                call,
                context -> Html.ok(page(call, context, "", ALL, FieldErrors.NONE, Optional.empty(), Optional.empty())));
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("url") @DefaultValue("") String url,
            @FormParam("events") List<String> events) {
        return acting.page(
                call,
                Optional.of(as),
                context -> endpoints
                        .create(whose(context), call.actor(), new Endpoints.Wish(url, events, Optional.empty(), true))
                        .fold(
                                shown -> Html.ok(page(
                                        call,
                                        context,
                                        "",
                                        ALL,
                                        FieldErrors.NONE,
                                        Optional.empty(),
                                        Optional.of(new WebhooksPage.Fresh(
                                                shown.endpoint().id().toString(), shown.secret())))),
                                refusal -> refused(call, context, url, events, refusal)));
    }

    private Response refused(Call call, AccountContext context, String url, List<String> events, Refusal refusal) {
        return refusal instanceof Refusal.Rejected(var invalid)
                ? Html.invalid(
                        page(call, context, url, events, FieldErrors.from(invalid), Optional.empty(), Optional.empty()))
                : Html.answer(
                        409,
                        page(
                                call,
                                context,
                                url,
                                events,
                                FieldErrors.NONE,
                                Optional.of(new FormProblem(
                                        "You have as many webhooks as an account can have.",
                                        "Delete one that is no longer needed.")),
                                Optional.empty()));
    }

    private WebhooksPage page(
            Call call,
            AccountContext context,
            String url,
            List<String> events,
            FieldErrors errors,
            Optional<FormProblem> problem,
            Optional<WebhooksPage.Fresh> fresh) {
        return new WebhooksPage(
                shells.of(call, context, NavItem.API_KEYS, "Webhooks"),
                endpoints.list(whose(context)).stream()
                        .map(WebhooksPageResource::row)
                        .toList(),
                fresh,
                url,
                kinds(events),
                errors,
                problem);
    }

    private static WebhooksPage.Row row(Endpoint endpoint) {
        return new WebhooksPage.Row(
                endpoint.id().toString(),
                endpoint.host(),
                endpoint.url(),
                endpoint.events().equals(ALL) ? "All events" : String.join(", ", endpoint.events()),
                state(endpoint));
    }

    private static WebhooksPage.State state(Endpoint endpoint) {
        if (!endpoint.active()) {
            return new WebhooksPage.State("bad", "Off", endpoint.offReason());
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

    @GET
    @Path("{webhookId}")
    public Response one(
            @Context Call call,
            @PathParam("webhookId") String id,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("after") @DefaultValue("") String after) {
        return with(
                call,
                Optional.empty(),
                id,
                (context, webhook) -> find(context, webhook)
                        .map(endpoint -> Html.ok(
                                page(call, context, endpoint, state, after, Optional.empty(), Optional.empty()))));
    }

    private Outcome<Endpoint> find(AccountContext context, UUID id) {
        return endpoints.find(whose(context), id).map(Outcome::done).orElseGet(Outcome::notFound);
    }

    /// What was typed into the form and refused.
    private record Typed(String url, List<String> events, FieldErrors errors) {}

    private WebhookPage page(
            Call call,
            AccountContext context,
            Endpoint endpoint,
            String state,
            String after,
            Optional<String> secret,
            Optional<Typed> typed) {
        var wanted =
                new Endpoints.Wanted(Optional.empty(), Delivery.State.of(state), Optional.empty(), Uuids.parse(after));
        List<Delivery> found = endpoints
                .deliveries(whose(context), endpoint.id(), wanted, SHOWN + 1)
                .fold(Function.identity(), _ -> List.of());
        List<Delivery> shown = found.subList(0, Math.min(SHOWN, found.size()));
        return new WebhookPage(
                shells.of(call, context, NavItem.API_KEYS, endpoint.host()),
                endpoint.id().toString(),
                endpoint.host(),
                state(endpoint),
                endpoint.active(),
                secret,
                wanted.state().map(Delivery.State::key).orElse(""),
                shown.stream().map(WebhooksPageResource::row).toList(),
                found.size() > SHOWN
                        ? Optional.of(HOME + "/" + endpoint.id() + "?as="
                                + context.acting().username() + "&state="
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

    @POST
    @Path("{webhookId}")
    public Response save(
            @Context Call call,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("url") @DefaultValue("") String url,
            @FormParam("events") List<String> events,
            @FormParam("active") @DefaultValue("") String active) {
        var wish = new Endpoints.Wish(url, events, Optional.empty(), active.equals("on"));
        return with(
                call,
                Optional.of(as),
                id,
                (context, webhook) -> endpoints
                        .update(whose(context), call.actor(), webhook, wish)
                        .fold(
                                _ -> Outcome.done(back(call, context, id, "webhook-saved")),
                                refusal -> refusal instanceof Refusal.Rejected(var invalid)
                                        ? again(
                                                call,
                                                context,
                                                webhook,
                                                new Typed(url, events, FieldErrors.from(invalid)))
                                        : Outcome.refused(refusal)));
    }

    private Outcome<Response> again(Call call, AccountContext context, UUID webhook, Typed typed) {
        return find(context, webhook)
                .map(endpoint ->
                        Html.invalid(page(call, context, endpoint, "", "", Optional.empty(), Optional.of(typed))));
    }

    @POST
    @Path("{webhookId}/test")
    public Response test(
            @Context Call call, @PathParam("webhookId") String id, @FormParam("as") @DefaultValue("") String as) {
        return with(
                call,
                Optional.of(as),
                id,
                (context, webhook) ->
                        endpoints.test(whose(context), webhook).map(_ -> back(call, context, id, "webhook-tested")));
    }

    @POST
    @Path("{webhookId}/replay")
    public Response replay(
            @Context Call call,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("delivery") @DefaultValue("") String delivery) {
        Replay which = Uuids.parse(delivery).<Replay>map(Replay.One::new).orElseGet(Replay.Failed::new);
        return with(
                call,
                Optional.of(as),
                id,
                (context, webhook) -> endpoints
                        .replay(whose(context), call.actor(), webhook, which)
                        .map(_ -> back(call, context, id, "webhook-replayed")));
    }

    @POST
    @Path("{webhookId}/rotate")
    public Response rotate(
            @Context Call call, @PathParam("webhookId") String id, @FormParam("as") @DefaultValue("") String as) {
        return with(
                call,
                Optional.of(as),
                id,
                (context, webhook) -> endpoints
                        .rotate(whose(context), call.actor(), webhook)
                        .map(shown -> Html.ok(page(
                                call,
                                context,
                                shown.endpoint(),
                                "",
                                "",
                                Optional.of(shown.secret()),
                                Optional.empty()))));
    }

    @POST
    @Path("{webhookId}/delete")
    public Response delete(
            @Context Call call, @PathParam("webhookId") String id, @FormParam("as") @DefaultValue("") String as) {
        return with(
                call,
                Optional.of(as),
                id,
                (context, webhook) -> endpoints
                        .delete(whose(context), call.actor(), webhook)
                        .map(_ -> Html.seeOther(
                                call, HOME + "?as=" + context.acting().username() + "&done=webhook-deleted")));
    }

    /// Does something with the webhook that the path names, or answers that there is none.
    private Response with(
            Call call, Optional<String> as, String id, BiFunction<AccountContext, UUID, Outcome<Response>> work) {
        return acting.page(
                call,
                as,
                context -> Uuids.parse(id)
                        .map(webhook -> work.apply(context, webhook))
                        .orElseGet(Outcome::notFound)
                        .fold(Function.identity(), _ -> unknown(call)));
    }

    private static EndpointOwner whose(AccountContext context) {
        return EndpointOwner.account(context.owner());
    }

    private static Response back(Call call, AccountContext context, String id, String done) {
        return Html.seeOther(call, HOME + "/" + id + "?as=" + context.acting().username() + "&done=" + done);
    }

    private Response unknown(Call call) {
        return errorPages.answer(call, 404, "Webhook not found", "It may have been deleted. Go back to your webhooks.");
    }
}
