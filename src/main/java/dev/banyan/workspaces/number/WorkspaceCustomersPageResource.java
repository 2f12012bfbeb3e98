package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.simulator.CustomerActForm;
import dev.banyan.whatsapp.simulator.CustomerForms;
import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.whatsapp.simulator.SimulatedContacts.CustomerFile;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Simulates customers of a workspace's simulated number, for its own admins and the project's side, including
/// sub-accounts, which have no pools.
@RunOnVirtualThread
abstract class WorkspaceCustomersPageResource {

    private static final String CUSTOMERS = NumberPageGuard.PAGE + "/customers";

    private final AdminEntrance entrance;
    private final NumberPageGuard guard;
    private final CustomerForms forms;

    private WorkspaceCustomersPageResource(AdminEntrance entrance, NumberPageGuard guard, CustomerForms forms) {
        this.entrance = entrance;
        this.guard = guard;
        this.forms = forms;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceCustomersPageResource {

        OfProjectResource(ProjectGuard inProject, NumberPageGuard guard, CustomerForms forms) {
            super(inProject.entrance(Tab.WHATSAPP), guard, forms);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceCustomersPageResource {

        OfAdminsResource(WorkspacePageGuard at, NumberPageGuard guard, CustomerForms forms) {
            super(at.entrance(WorkspaceMenu.WHATSAPP, at::adminsOnly), guard, forms);
        }
    }

    @GET
    @Path("whatsapp/customers")
    public Response show(
            @Context Call call,
            @QueryParam("phone") @DefaultValue("") String phone,
            @QueryParam("about") @DefaultValue("") String about,
            @QueryParam("seen") @DefaultValue("") String seen) {
        return guard.onNumber(entrance, call, "", (request, number) -> {
            CustomersView view = view(request, number, phone, "", about, Optional.empty());
            return call.isHtmx() && view.chat().version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page(request, view));
        });
    }

    @POST
    @Path("whatsapp/customers/messages")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response write(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text,
            @RestForm("file") @Nullable FileUpload file,
            @BeanParam CustomerActForm form) {
        Optional<CustomerFile> sent = Optional.ofNullable(file)
                .filter(given -> given.size() > 0) // a form without a file sends an empty one
                .map(given -> new CustomerFile(given.fileName(), given.uploadedFile()));
        return guard.onNumber(
                entrance,
                call,
                as,
                (request, number) -> forms.play(number, phone, name, text, sent, form)
                        .map(problem -> Html.invalid(
                                page(request, view(request, number, phone, text, form.about, Optional.of(problem)))))
                        .orElseGet(() -> back(request, phone)));
    }

    @POST
    @Path("whatsapp/customers/read")
    public Response read(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone) {
        return guard.onNumber(entrance, call, as, (request, number) -> {
            forms.read(number, phone);
            return back(request, phone);
        });
    }

    @POST
    @Path("whatsapp/customers/mood")
    public Response mood(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("mood") @DefaultValue("") String mood) {
        return guard.onNumber(entrance, call, as, (request, number) -> {
            forms.setMood(number, phone, mood);
            return back(request, phone);
        });
    }

    private static WorkspaceCustomersPage page(AdminRequest request, CustomersView view) {
        return new WorkspaceCustomersPage(
                request.frame(
                        "Simulate a customer",
                        "Customers of " + request.workspace().name()),
                view);
    }

    private CustomersView view(
            AdminRequest request,
            Sender number,
            String phone,
            String draft,
            String about,
            Optional<FormProblem> problem) {
        var where = new CustomerForms.PageAddress(
                request.base() + CUSTOMERS, request.query(), request.as().orElse(""));
        return forms.view(number, where, phone, draft, about, problem);
    }

    private static Response back(AdminRequest request, String phone) {
        String digits = Phone.parse(phone).map(Phone::digits).orElse("");
        return Html.seeOther(request.path(CUSTOMERS) + (request.as().isPresent() ? "&" : "?") + "phone=" + digits);
    }
}
