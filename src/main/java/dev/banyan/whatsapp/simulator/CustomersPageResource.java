package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.simulator.SimulatedContacts.CustomerFile;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Simulates customers of a simulated number of the pools: their messages arrive here, and replies appear
/// on their phones.
@Path("/admin/pools")
@RunOnVirtualThread
class CustomersPageResource {

    private final CustomerForms forms;

    CustomersPageResource(CustomerForms forms) {
        this.forms = forms;
    }

    @GET
    @Path("{senderId}/customers")
    public Response show(
            @Context PoolPage page,
            @QueryParam("phone") @DefaultValue("") String phone,
            @QueryParam("about") @DefaultValue("") String about,
            @QueryParam("seen") @DefaultValue("") String seen) {
        Sender sender = page.sender();
        CustomersView view = view(page, sender, phone, "", about, Optional.empty());
        return page.isHtmx() && view.chat().version().equals(seen)
                ? Response.noContent().header("Cache-Control", "no-store").build()
                : Html.ok(draw(page, view));
    }

    @POST
    @Path("{senderId}/customers/messages")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response write(
            @Context PoolPage page,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text,
            @RestForm("file") @Nullable FileUpload file,
            @BeanParam CustomerActForm form) {
        Sender sender = page.sender();
        return forms.play(sender, phone, name, text, file(file), form)
                .map(problem ->
                        Html.invalid(draw(page, view(page, sender, phone, text, form.about, Optional.of(problem)))))
                .orElseGet(() -> back(page, sender, phone));
    }

    /// Returns the file; browsers send an empty file if none was chosen.
    private static Optional<CustomerFile> file(@Nullable FileUpload given) {
        return Optional.ofNullable(given)
                .filter(file -> file.size() > 0)
                .map(file -> new CustomerFile(file.fileName(), file.uploadedFile()));
    }

    @POST
    @Path("{senderId}/customers/read")
    public Response read(@Context PoolPage page, @FormParam("phone") @DefaultValue("") String phone) {
        Sender sender = page.sender();
        forms.read(sender, phone);
        return back(page, sender, phone);
    }

    @POST
    @Path("{senderId}/customers/mood")
    public Response mood(
            @Context PoolPage page,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("mood") @DefaultValue("") String mood) {
        Sender sender = page.sender();
        forms.setMood(sender, phone, mood);
        return back(page, sender, phone);
    }

    private CustomersPage draw(PoolPage page, CustomersView view) {
        return new CustomersPage(page.frame(view.number() + " – Simulate a customer"), view);
    }

    private CustomersView view(
            PoolPage page, Sender sender, String phone, String draft, String about, Optional<FormProblem> problem) {
        return forms.view(sender, where(page, sender), phone, draft, about, problem);
    }

    private static CustomerForms.PageAddress where(PoolPage page, Sender sender) {
        String as = page.context().root().username();
        return new CustomerForms.PageAddress("/admin/pools/" + sender.id() + "/customers", "?as=" + as, as);
    }

    private static Response back(PoolPage page, Sender sender, String phone) {
        CustomerForms.PageAddress where = where(page, sender);
        String digits = Phone.ofContact(phone).map(Phone::digits).orElse("");
        return Html.seeOther(where.base() + where.query() + "&phone=" + digits);
    }
}
