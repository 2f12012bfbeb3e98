package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.simulator.CustomerActForm;
import dev.banyan.whatsapp.simulator.CustomerForms;
import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.whatsapp.simulator.SimulatedContacts.CustomerFile;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Simulates customers of a simulated number of the pools: their messages arrive here, and replies appear on their
/// phones.
@Path("/admin/pools")
@RunOnVirtualThread
class CustomersPageResource {

    private final PoolPages rooms;
    private final CustomerForms forms;

    CustomersPageResource(PoolPages rooms, CustomerForms forms) {
        this.rooms = rooms;
        this.forms = forms;
    }

    @GET
    @Path("{senderId}/customers")
    public Response show(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @QueryParam("phone") @DefaultValue("") String phone,
            @QueryParam("about") @DefaultValue("") String about,
            @QueryParam("seen") @DefaultValue("") String seen) {
        return rooms.onSender(call, senderId, "", (context, sender) -> {
            CustomersView view = view(context, sender, phone, "", about, Optional.empty());
            return call.isHtmx() && view.chat().version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page(call, context, view));
        });
    }

    @POST
    @Path("{senderId}/customers/messages")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response write(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text,
            @RestForm("file") @Nullable FileUpload file,
            @BeanParam CustomerActForm form) {
        return rooms.onSender(
                call,
                senderId,
                as,
                (context, sender) -> forms.play(sender, phone, name, text, file(file), form)
                        .map(problem -> Html.invalid(page(
                                call, context, view(context, sender, phone, text, form.about, Optional.of(problem)))))
                        .orElseGet(() -> back(context, sender, phone)));
    }

    /// Returns the file; browsers send an empty file if none was chosen.
    private static Optional<CustomerFile> file(@Nullable FileUpload given) {
        return Optional.ofNullable(given)
                .filter(file -> file.size() > 0)
                .map(file -> new CustomerFile(file.fileName(), file.uploadedFile()));
    }

    @POST
    @Path("{senderId}/customers/read")
    public Response read(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone) {
        return rooms.onSender(call, senderId, as, (context, sender) -> {
            forms.read(sender, phone);
            return back(context, sender, phone);
        });
    }

    @POST
    @Path("{senderId}/customers/mood")
    public Response mood(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("mood") @DefaultValue("") String mood) {
        return rooms.onSender(call, senderId, as, (context, sender) -> {
            forms.setMood(sender, phone, mood);
            return back(context, sender, phone);
        });
    }

    private CustomersPage page(Call call, AccountContext context, CustomersView view) {
        return new CustomersPage(rooms.frame(call, context, "Simulate a customer"), view);
    }

    private CustomersView view(
            AccountContext context,
            Sender sender,
            String phone,
            String draft,
            String about,
            Optional<FormProblem> problem) {
        return forms.view(sender, where(context, sender), phone, draft, about, problem);
    }

    private static CustomerForms.PageAddress where(AccountContext context, Sender sender) {
        String as = context.root().username();
        return new CustomerForms.PageAddress("/admin/pools/" + sender.id() + "/customers", "?as=" + as, as);
    }

    private static Response back(AccountContext context, Sender sender, String phone) {
        CustomerForms.PageAddress where = where(context, sender);
        String digits = Phone.parse(phone).map(Phone::digits).orElse("");
        return Html.seeOther(where.base() + where.query() + "&phone=" + digits);
    }
}
