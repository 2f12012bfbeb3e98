package dev.banyan.platform.webhooks;

import static dev.banyan.platform.webhooks.WebhooksResource.by;
import static dev.banyan.platform.webhooks.WebhooksResource.done;
import static dev.banyan.platform.webhooks.WebhooksResource.webhook;
import static dev.banyan.platform.webhooks.WebhooksResource.whose;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.request.OwnerPage;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The screens for webhooks, of an account or of a workspace: what is sent where, how it went, and sending it again.
public abstract class WebhooksPageResource {

    private static final int SHOWN = 50;
    private static final FormProblem TOO_MANY = new FormProblem(
            "You have as many webhooks as an account can have.", "Delete one that is no longer needed.");

    /// What is typed about a webhook. A new one hears everything.
    public static final class WebhookForm {

        @FormParam("url")
        String url = "";

        @FormParam("events")
        List<String> events = List.of("*");

        @FormParam("active")
        String active = "";

        Endpoints.Wish wish() {
            return new Endpoints.Wish(url, events, Optional.empty(), active.equals("on"));
        }
    }

    private final Endpoints endpoints;
    private final String folder;

    /// @param folder where they are below the address of their owner: `/webhooks`
    protected WebhooksPageResource(Endpoints endpoints, String folder) {
        this.endpoints = endpoints;
        this.folder = folder;
    }

    @GET
    public Response list(@Context OwnerPage page) {
        return Html.ok(list(page, new WebhookForm(), FieldErrors.NONE, Optional.empty(), Optional.empty()));
    }

    @POST
    public Response create(@Context OwnerPage page, @BeanParam WebhookForm form) {
        form.active = "on"; // a new one has no switch
        return switch (endpoints.create(whose(page), by(page), form.wish())) {
            case Outcome.Done<Endpoints.Shown>(Endpoints.Shown shown) ->
                Html.ok(list(page, new WebhookForm(), FieldErrors.NONE, Optional.empty(), Optional.of(shown)));
            case Outcome.Refused<Endpoints.Shown>(Refusal.Rejected(var invalid)) ->
                Html.invalid(list(page, form, FieldErrors.from(invalid), Optional.empty(), Optional.empty()));
            case Outcome.Refused<Endpoints.Shown>(Refusal.LimitReached _) ->
                Html.answer(409, list(page, form, FieldErrors.NONE, Optional.of(TOO_MANY), Optional.empty()));
            case Outcome.Refused<Endpoints.Shown>(Refusal refusal) -> throw new Refused(refusal, WebhooksResource.NOUN);
        };
    }

    private WebhooksPage list(
            OwnerPage page,
            WebhookForm form,
            FieldErrors errors,
            Optional<FormProblem> problem,
            Optional<Endpoints.Shown> fresh) {
        List<Endpoint> all = endpoints.list(whose(page));
        Map<UUID, String> remarks = endpoints.remarks(all);
        return new WebhooksPage(
                page.frame(NavItem.API_KEYS, "Webhooks"),
                home(page),
                page.inside(),
                all.stream()
                        .map(endpoint -> WebhooksPage.Row.of(endpoint, Optional.ofNullable(remarks.get(endpoint.id()))))
                        .toList(),
                fresh.map(shown -> new WebhooksPage.Fresh(shown.endpoint().id().toString(), shown.secret())),
                form.url,
                WebhooksPage.Kind.all(form.events),
                errors,
                problem);
    }

    /// @param state what is listed; empty for all
    /// @param after the last delivery of the part before
    @GET
    @Path("{webhookId}")
    public Response one(
            @Context OwnerPage page,
            @PathParam("webhookId") String id,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("after") @DefaultValue("") String after) {
        return Html.ok(
                one(page, find(page, webhook(id)), state, after, Optional.empty(), Optional.empty(), FieldErrors.NONE));
    }

    private Endpoint find(OwnerPage page, UUID id) {
        return endpoints
                .find(whose(page), id)
                .orElseThrow(() -> new Refused(new Refusal.NotFound(), WebhooksResource.NOUN));
    }

    private WebhookPage one(
            OwnerPage page,
            Endpoint endpoint,
            String state,
            String after,
            Optional<String> secret,
            Optional<WebhookForm> form,
            FieldErrors errors) {
        var wanted =
                new Delivery.Wanted(Optional.empty(), Delivery.State.of(state), Optional.empty(), Uuids.parse(after));
        List<Delivery> found = endpoints
                .deliveries(whose(page), by(page), endpoint.id(), wanted, SHOWN + 1)
                .fold(Function.identity(), _ -> List.of());
        List<Delivery> shown = found.subList(0, Math.min(SHOWN, found.size()));
        return new WebhookPage(
                page.frame(NavItem.API_KEYS, endpoint.host()),
                home(page),
                page.inside(),
                endpoint.id().toString(),
                endpoint.host(),
                WebhooksPage.State.of(
                        endpoint,
                        endpoints.remarks(List.of(endpoint)).values().stream().findFirst()),
                endpoint.active(),
                secret,
                wanted.state().map(Delivery.State::key).orElse(""),
                shown.stream().map(WebhookPage.Row::of).toList(),
                found.size() > SHOWN
                        ? Optional.of(home(page) + "/" + endpoint.id() + "?as=" + page.as() + "&state="
                                + wanted.state().map(Delivery.State::key).orElse("") + "&after="
                                + shown.getLast().id())
                        : Optional.empty(),
                form.map(typed -> typed.url).orElse(endpoint.url()),
                WebhooksPage.Kind.all(form.map(typed -> typed.events).orElse(endpoint.events())),
                errors);
    }

    @POST
    @Path("{webhookId}")
    public Response save(@Context OwnerPage page, @PathParam("webhookId") String id, @BeanParam WebhookForm form) {
        UUID webhook = webhook(id);
        return switch (endpoints.update(whose(page), by(page), webhook, form.wish())) {
            case Outcome.Done<Endpoint> _ -> back(page, id, "webhook-saved");
            case Outcome.Refused<Endpoint>(Refusal.Rejected(var invalid)) ->
                Html.invalid(one(
                        page,
                        find(page, webhook),
                        "",
                        "",
                        Optional.empty(),
                        Optional.of(form),
                        FieldErrors.from(invalid)));
            case Outcome.Refused<Endpoint>(Refusal refusal) -> throw new Refused(refusal, WebhooksResource.NOUN);
        };
    }

    /// Switches on a webhook in the name of who does it.
    @POST
    @Path("{webhookId}/takeover")
    @WithFormRead
    public Response takeOver(@Context OwnerPage page, @PathParam("webhookId") String id) {
        done(endpoints.takeOver(whose(page), by(page), webhook(id)));
        return back(page, id, "webhook-taken-over");
    }

    @POST
    @Path("{webhookId}/test")
    @WithFormRead
    public Response test(@Context OwnerPage page, @PathParam("webhookId") String id) {
        done(endpoints.test(whose(page), webhook(id)));
        return back(page, id, "webhook-tested");
    }

    /// @param delivery its id; empty for all that failed
    @POST
    @Path("{webhookId}/replay")
    public Response replay(
            @Context OwnerPage page,
            @PathParam("webhookId") String id,
            @FormParam("delivery") @DefaultValue("") String delivery) {
        Replay which = Uuids.parse(delivery).<Replay>map(Replay.One::new).orElseGet(Replay.Failed::new);
        done(endpoints.replay(whose(page), by(page), webhook(id), which));
        return back(page, id, "webhook-replayed");
    }

    @POST
    @Path("{webhookId}/rotate")
    @WithFormRead
    public Response rotate(@Context OwnerPage page, @PathParam("webhookId") String id) {
        Endpoints.Shown shown = done(endpoints.rotate(whose(page), by(page), webhook(id)));
        return Html.ok(
                one(page, shown.endpoint(), "", "", Optional.of(shown.secret()), Optional.empty(), FieldErrors.NONE));
    }

    @POST
    @Path("{webhookId}/delete")
    @WithFormRead
    public Response delete(@Context OwnerPage page, @PathParam("webhookId") String id) {
        done(endpoints.delete(whose(page), by(page), webhook(id)));
        return page.done(folder, "webhook-deleted");
    }

    private String home(OwnerPage page) {
        return page.base() + folder;
    }

    private Response back(OwnerPage page, String id, String done) {
        return page.done(folder + "/" + id, done);
    }
}
