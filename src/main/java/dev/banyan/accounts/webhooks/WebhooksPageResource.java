package dev.banyan.accounts.webhooks;

import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.webhooks.WebhookPages.Place;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.webhooks.EndpointOwner;
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
import java.util.Optional;
import java.util.function.Function;

/// The pages for the webhooks of an account. Not under `/admin/webhooks`, which is another name of the API’s route
/// (`CanonicalRoutes`).
@Path("/admin/integrations")
@RunOnVirtualThread
class WebhooksPageResource {

    static final String HOME = "/admin/integrations";

    private final AccountGuard acting;
    private final WebhookPages screens;
    private final PageFrames shells;

    WebhooksPageResource(AccountGuard acting, WebhookPages screens, PageFrames shells) {
        this.acting = acting;
        this.screens = screens;
        this.shells = shells;
    }

    @GET
    public Response show(@Context Call call) {
        return with(call, Optional.empty(), screens::list);
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("url") @DefaultValue("") String url,
            @FormParam("events") List<String> events) {
        return with(call, Optional.of(as), place -> screens.create(place, url, events));
    }

    @GET
    @Path("{webhookId}")
    public Response one(
            @Context Call call,
            @PathParam("webhookId") String id,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("after") @DefaultValue("") String after) {
        return with(call, Optional.empty(), place -> screens.one(place, id, state, after));
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
        return with(call, Optional.of(as), place -> screens.save(place, id, url, events, active.equals("on")));
    }

    @POST
    @Path("{webhookId}/takeover")
    public Response takeOver(
            @Context Call call, @PathParam("webhookId") String id, @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), place -> screens.takeOver(place, id));
    }

    @POST
    @Path("{webhookId}/test")
    public Response test(
            @Context Call call, @PathParam("webhookId") String id, @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), place -> screens.test(place, id));
    }

    @POST
    @Path("{webhookId}/replay")
    public Response replay(
            @Context Call call,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("delivery") @DefaultValue("") String delivery) {
        return with(call, Optional.of(as), place -> screens.replay(place, id, delivery));
    }

    @POST
    @Path("{webhookId}/rotate")
    public Response rotate(
            @Context Call call, @PathParam("webhookId") String id, @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), place -> screens.rotate(place, id));
    }

    @POST
    @Path("{webhookId}/delete")
    public Response delete(
            @Context Call call, @PathParam("webhookId") String id, @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), place -> screens.delete(place, id));
    }

    private Response with(Call call, Optional<String> as, Function<Place, Response> work) {
        return acting.page(
                call,
                as,
                context -> work.apply(new Place(
                        call,
                        EndpointOwner.account(context.owner()),
                        title -> shells.of(call, context, NavItem.API_KEYS, title),
                        HOME,
                        context.acting().username(),
                        Optional.empty())));
    }
}
