package dev.banyan.workspaces.number;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.simulator.CustomerForms;
import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Picture;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Simulates customers of a workspace's simulated number, for its own admins.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberCustomersPageResource {

    private final WorkspacePageGuard at;
    private final NumberPageGuard door;
    private final CustomerForms forms;

    MemberCustomersPageResource(WorkspacePageGuard at, NumberPageGuard door, CustomerForms forms) {
        this.at = at;
        this.door = door;
        this.forms = forms;
    }

    @GET
    @Path("whatsapp/customers")
    public Response show(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("phone") @DefaultValue("") String phone,
            @QueryParam("seen") @DefaultValue("") String seen) {
        return door.onNumber(call, shortPath, (member, number) -> {
            CustomersView view = view(member, number, phone, "", Optional.empty());
            return call.isHtmx() && view.chat().version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page(call, member, view));
        });
    }

    @POST
    @Path("whatsapp/customers/messages")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response write(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text,
            @RestForm("picture") @Nullable FileUpload picture) {
        Optional<Picture> sent = Optional.ofNullable(picture)
                .filter(file -> file.size() > 0) // a form without a picture sends an empty file
                .map(file -> new Picture(file.fileName(), file.uploadedFile()));
        return door.onNumber(
                call,
                shortPath,
                (member, number) -> forms.write(number, phone, name, text, sent)
                        .map(problem -> Html.invalid(
                                page(call, member, view(member, number, phone, text, Optional.of(problem)))))
                        .orElseGet(() -> back(member, phone)));
    }

    @POST
    @Path("whatsapp/customers/read")
    public Response read(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("phone") @DefaultValue("") String phone) {
        return door.onNumber(call, shortPath, (member, number) -> {
            forms.read(number, phone);
            return back(member, phone);
        });
    }

    @POST
    @Path("whatsapp/customers/mood")
    public Response mood(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("mood") @DefaultValue("") String mood) {
        return door.onNumber(call, shortPath, (member, number) -> {
            forms.setMood(number, phone, mood);
            return back(member, phone);
        });
    }

    private MemberCustomersPage page(Call call, Member member, CustomersView view) {
        return new MemberCustomersPage(at.shell(call, member, WorkspaceMenu.WHATSAPP, "Play a customer"), view);
    }

    private CustomersView view(
            Member member, Sender number, String phone, String draft, Optional<FormProblem> problem) {
        return forms.view(number, where(member), phone, draft, problem);
    }

    private static CustomerForms.PageAddress where(Member member) {
        return new CustomerForms.PageAddress(NumberPageGuard.path(member) + "/customers", "", "");
    }

    private static Response back(Member member, String phone) {
        String digits = Phone.parse(phone).map(Phone::digits).orElse("");
        return Html.seeOther(where(member).base() + "?phone=" + digits);
    }
}
