package dev.banyan.workspaces.number;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.RequestScope;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
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
import java.util.Optional;
import java.util.function.BiFunction;

/// The third tab of a workspace: its WhatsApp number. The page polls while a code is shown; an unchanged state gets an
/// empty answer.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceNumberPageResource {

    private final ProjectGuard inProject;
    private final WorkspaceNumbers numbers;
    private final Linking linking;
    private final NumberParts parts;

    WorkspaceNumberPageResource(ProjectGuard inProject, WorkspaceNumbers numbers, Linking linking, NumberParts parts) {
        this.inProject = inProject;
        this.numbers = numbers;
        this.linking = linking;
        this.parts = parts;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp")
    public Response show(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("seen") @DefaultValue("") String seen) {
        return inProject.page(call, projectId, id, place -> {
            WorkspaceNumberPage page = page(place, Optional.empty());
            return call.isHtmx() && page.part().version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page);
        });
    }

    private WorkspaceNumberPage page(RequestScope place, Optional<FormProblem> problem) {
        String as = place.context().acting().username();
        String base =
                WorkspacePaths.workspace(place.project().id(), place.workspace().id()) + "/whatsapp";
        var where = new NumberParts.PageAddress(base, "?as=" + as, as, Optional.of(base + "/customers?as=" + as));
        return new WorkspaceNumberPage(
                inProject.shell(place, "WhatsApp of " + place.workspace().name()),
                inProject.head(place, Tab.WHATSAPP),
                parts.of(place.workspace(), where, problem));
    }

    /// Gives the workspace a number if it has none, and shows the first code.
    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/link")
    public Response link(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return inProject.form(call, as, projectId, id, place -> switch (numbers.create(
                place.actor(), place.workspace().id())) {
            case WorkspaceNumbers.Created.Done done -> {
                linking.link(
                        done.number().tenant(),
                        place.context().actor(),
                        done.number().id());
                yield Html.seeOther(place.tab("/whatsapp"));
            }
            case WorkspaceNumbers.Created.NotFound _ -> inProject.unknown(call);
            case WorkspaceNumbers.Created.Forbidden _ -> throw mayAll(place);
        });
    }

    private static IllegalStateException mayAll(RequestScope place) {
        return new IllegalStateException(
                "The project's side was refused " + place.workspace().id());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/cancel")
    public Response cancel(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return onNumber(call, as, projectId, id, (place, number) -> {
            linking.cancel(number.tenant(), place.context().actor(), number.id());
            return Html.seeOther(place.tab("/whatsapp"));
        });
    }

    /// Simulates a phone that scans the code; for a real number, only shows the page.
    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/scan")
    public Response scan(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return onNumber(call, as, projectId, id, (place, number) -> {
            linking.scan(number.tenant(), number.id(), Optional.empty());
            return Html.seeOther(place.tab("/whatsapp"));
        });
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/unlink")
    public Response unlink(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return onNumber(call, as, projectId, id, (place, number) -> {
            linking.unlink(number.tenant(), place.context().actor(), number.id());
            return Html.seeOther(place.tab("/whatsapp") + "&done=number-unlinked");
        });
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/delete")
    public Response delete(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return onNumber(call, as, projectId, id, (place, number) -> switch (numbers.delete(
                place.actor(), number.id().value())) {
            case WorkspaceNumbers.Deleted.Done _, WorkspaceNumbers.Deleted.NotFound _ ->
                Html.seeOther(place.tab("/whatsapp") + "&done=number-removed");
            case WorkspaceNumbers.Deleted.HasServants has ->
                Html.invalid(page(place, Optional.of(NumberParts.hasServants(has.servants()))));
            case WorkspaceNumbers.Deleted.Forbidden _ -> throw mayAll(place);
        });
    }

    /// Without a number there is nothing to do: redirects to its page.
    private Response onNumber(
            Call call, String as, String projectId, String id, BiFunction<RequestScope, Sender, Response> work) {
        return inProject.form(
                call,
                as,
                projectId,
                id,
                place -> numbers.of(place.workspace())
                        .map(number -> work.apply(place, number))
                        .orElseGet(() -> Html.seeOther(place.tab("/whatsapp"))));
    }
}
