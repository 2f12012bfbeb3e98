package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.simulator.CustomerActForm;
import dev.banyan.whatsapp.simulator.CustomerForms;
import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.whatsapp.simulator.SimulatedContacts.CustomerFile;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.number.NumberPages.NumberPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Simulates customers of a workspace's simulated number, for its own admins and the project's side, including
/// sub-accounts, which have no pools.
@InMenu(value = WorkspaceMenu.WHATSAPP, refusedPlainly = true)
abstract class WorkspaceCustomersPageResource {

    private static final String CUSTOMERS = NumberPage.ADDRESS + "/customers";

    private final CustomerForms forms;

    private WorkspaceCustomersPageResource(CustomerForms forms) {
        this.forms = forms;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceCustomersPageResource {

        OfProjectResource(CustomerForms forms) {
            super(forms);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceCustomersPageResource {

        OfAdminsResource(CustomerForms forms) {
            super(forms);
        }
    }

    @GET
    @Path("whatsapp/customers")
    public Response show(
            @Context NumberPage page,
            @QueryParam("phone") @DefaultValue("") String phone,
            @QueryParam("about") @DefaultValue("") String about,
            @QueryParam("seen") @DefaultValue("") String seen) {
        CustomersView view = view(page, phone, "", about, Optional.empty());
        return page.call().isHtmx() && view.chat().version().equals(seen)
                ? Response.noContent().header("Cache-Control", "no-store").build()
                : Html.ok(page(page.request(), view));
    }

    @POST
    @Path("whatsapp/customers/messages")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response write(
            @Context NumberPage page,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text,
            @RestForm("file") @Nullable FileUpload file,
            @BeanParam CustomerActForm form) {
        Optional<CustomerFile> sent = Optional.ofNullable(file)
                .filter(given -> given.size() > 0) // a form without a file sends an empty one
                .map(given -> new CustomerFile(given.fileName(), given.uploadedFile()));
        return forms.play(page.number(), phone, name, text, sent, form)
                .map(problem ->
                        Html.invalid(page(page.request(), view(page, phone, text, form.about, Optional.of(problem)))))
                .orElseGet(() -> back(page.request(), phone));
    }

    @POST
    @Path("whatsapp/customers/read")
    public Response read(@Context NumberPage page, @FormParam("phone") @DefaultValue("") String phone) {
        forms.read(page.number(), phone);
        return back(page.request(), phone);
    }

    @POST
    @Path("whatsapp/customers/mood")
    public Response mood(
            @Context NumberPage page,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("mood") @DefaultValue("") String mood) {
        forms.setMood(page.number(), phone, mood);
        return back(page.request(), phone);
    }

    private static WorkspaceCustomersPage page(AdminRequest request, CustomersView view) {
        return new WorkspaceCustomersPage(request.frame("Simulate a customer"), view);
    }

    private CustomersView view(
            NumberPage page, String phone, String draft, String about, Optional<FormProblem> problem) {
        AdminRequest request = page.request();
        var where = new CustomerForms.PageAddress(
                request.base() + CUSTOMERS, request.query(), request.as().orElse(""));
        return forms.view(page.number(), where, phone, draft, about, problem);
    }

    private static Response back(AdminRequest request, String phone) {
        String digits = Phone.ofContact(phone).map(Phone::digits).orElse("");
        return Html.seeOther(request.path(CUSTOMERS) + (request.as().isPresent() ? "&" : "?") + "phone=" + digits);
    }
}
