package dev.banyan.workspaces.number;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.simulator.CustomerForms;
import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Picture;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.RequestScope;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Simulates customers of a workspace's simulated number, for the project's side, including sub-accounts, which have no
/// pools.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceCustomersPageResource {

    private final ProjectGuard inProject;
    private final WorkspaceNumbers numbers;
    private final CustomerForms forms;

    WorkspaceCustomersPageResource(ProjectGuard inProject, WorkspaceNumbers numbers, CustomerForms forms) {
        this.inProject = inProject;
        this.numbers = numbers;
        this.forms = forms;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/customers")
    public Response show(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("phone") @DefaultValue("") String phone,
            @QueryParam("seen") @DefaultValue("") String seen) {
        return onNumber(call, projectId, id, "", (place, number) -> {
            CustomersView view = view(place, number, phone, "", Optional.empty());
            return call.isHtmx() && view.chat().version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page(place, view));
        });
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/customers/messages")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response write(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text,
            @RestForm("picture") @Nullable FileUpload picture) {
        Optional<Picture> sent = Optional.ofNullable(picture)
                .filter(file -> file.size() > 0) // a form without a picture sends an empty file
                .map(file -> new Picture(file.fileName(), file.uploadedFile()));
        return onNumber(
                call,
                projectId,
                id,
                as,
                (place, number) -> forms.write(number, phone, name, text, sent)
                        .map(problem ->
                                Html.invalid(page(place, view(place, number, phone, text, Optional.of(problem)))))
                        .orElseGet(() -> back(place, phone)));
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/customers/read")
    public Response read(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone) {
        return onNumber(call, projectId, id, as, (place, number) -> {
            forms.read(number, phone);
            return back(place, phone);
        });
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/customers/mood")
    public Response mood(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("mood") @DefaultValue("") String mood) {
        return onNumber(call, projectId, id, as, (place, number) -> {
            forms.setMood(number, phone, mood);
            return back(place, phone);
        });
    }

    /// Without a number there are no customers: redirects to the page of the number.
    private Response onNumber(
            Call call, String projectId, String id, String as, BiFunction<RequestScope, Sender, Response> work) {
        return inProject.form(
                call,
                as,
                projectId,
                id,
                place -> numbers.of(place.workspace())
                        .map(number -> work.apply(place, number))
                        .orElseGet(() -> Html.seeOther(place.tab("/whatsapp"))));
    }

    private WorkspaceCustomersPage page(RequestScope place, CustomersView view) {
        return new WorkspaceCustomersPage(
                inProject.shell(place, "Customers of " + place.workspace().name()),
                inProject.head(place, Tab.WHATSAPP),
                view);
    }

    private CustomersView view(
            RequestScope place, Sender number, String phone, String draft, Optional<FormProblem> problem) {
        return forms.view(number, where(place), phone, draft, problem);
    }

    private static CustomerForms.PageAddress where(RequestScope place) {
        String as = place.context().acting().username();
        String base =
                WorkspacePaths.workspace(place.project().id(), place.workspace().id()) + "/whatsapp/customers";
        return new CustomerForms.PageAddress(base, "?as=" + as, as);
    }

    private static Response back(RequestScope place, String phone) {
        CustomerForms.PageAddress where = where(place);
        String digits = Phone.parse(phone).map(Phone::digits).orElse("");
        return Html.seeOther(where.base() + where.query() + "&phone=" + digits);
    }
}
