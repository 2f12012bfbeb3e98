package dev.banyan.workspaces.administration;

import dev.banyan.accounts.webhooks.WebhookPages;
import dev.banyan.accounts.webhooks.WebhookPages.Inside;
import dev.banyan.accounts.webhooks.WebhookPages.Place;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.workspaces.access.ProjectGuard;
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

/// The pages for the webhooks of a workspace, on the project's side.
@Path("/projects/{projectId}/sub-clients/{subClientId}/webhooks")
@RunOnVirtualThread
class WorkspaceWebhooksPageResource {

    private final ProjectGuard guard;
    private final WebhookPages screens;

    WorkspaceWebhooksPageResource(ProjectGuard guard, WebhookPages screens) {
        this.guard = guard;
        this.screens = screens;
    }

    @GET
    public Response show(
            @Context Call call, @PathParam("projectId") String project, @PathParam("subClientId") String workspace) {
        return with(call, Optional.empty(), project, workspace, screens::list);
    }

    @POST
    public Response create(
            @Context Call call,
            @PathParam("projectId") String project,
            @PathParam("subClientId") String workspace,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("url") @DefaultValue("") String url,
            @FormParam("events") List<String> events) {
        return with(call, Optional.of(as), project, workspace, place -> screens.create(place, url, events));
    }

    @GET
    @Path("{webhookId}")
    public Response one(
            @Context Call call,
            @PathParam("projectId") String project,
            @PathParam("subClientId") String workspace,
            @PathParam("webhookId") String id,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("after") @DefaultValue("") String after) {
        return with(call, Optional.empty(), project, workspace, place -> screens.one(place, id, state, after));
    }

    @POST
    @Path("{webhookId}")
    public Response save(
            @Context Call call,
            @PathParam("projectId") String project,
            @PathParam("subClientId") String workspace,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("url") @DefaultValue("") String url,
            @FormParam("events") List<String> events,
            @FormParam("active") @DefaultValue("") String active) {
        return with(
                call,
                Optional.of(as),
                project,
                workspace,
                place -> screens.save(place, id, url, events, active.equals("on")));
    }

    @POST
    @Path("{webhookId}/takeover")
    public Response takeOver(
            @Context Call call,
            @PathParam("projectId") String project,
            @PathParam("subClientId") String workspace,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), project, workspace, place -> screens.takeOver(place, id));
    }

    @POST
    @Path("{webhookId}/test")
    public Response test(
            @Context Call call,
            @PathParam("projectId") String project,
            @PathParam("subClientId") String workspace,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), project, workspace, place -> screens.test(place, id));
    }

    @POST
    @Path("{webhookId}/replay")
    public Response replay(
            @Context Call call,
            @PathParam("projectId") String project,
            @PathParam("subClientId") String workspace,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("delivery") @DefaultValue("") String delivery) {
        return with(call, Optional.of(as), project, workspace, place -> screens.replay(place, id, delivery));
    }

    @POST
    @Path("{webhookId}/rotate")
    public Response rotate(
            @Context Call call,
            @PathParam("projectId") String project,
            @PathParam("subClientId") String workspace,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), project, workspace, place -> screens.rotate(place, id));
    }

    @POST
    @Path("{webhookId}/delete")
    public Response delete(
            @Context Call call,
            @PathParam("projectId") String project,
            @PathParam("subClientId") String workspace,
            @PathParam("webhookId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), project, workspace, place -> screens.delete(place, id));
    }

    private Response with(
            Call call, Optional<String> as, String project, String workspace, Function<Place, Response> work) {
        return guard.form(
                call,
                as.orElse(""),
                project,
                workspace,
                scope -> work.apply(new Place(
                        call,
                        new EndpointOwner(
                                scope.workspace().owner(),
                                Optional.of(scope.workspace().id().value())),
                        title -> guard.shell(scope, title),
                        path(scope),
                        scope.context().acting().username(),
                        Optional.of(new Inside(scope.workspace().name(), scope.path())))));
    }

    private static String path(ProjectGuard.RequestScope scope) {
        String tab = scope.tab("/webhooks");
        return tab.substring(0, tab.indexOf('?'));
    }
}
