package dev.banyan.accounts.checklist;

import module java.base;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// Hides the checklist on an account's dashboard, or shows it again.
@Path("/admin/checklist")
@RunOnVirtualThread
class ChecklistPageResource {

    private final Checklists checklists;

    ChecklistPageResource(Checklists checklists) {
        this.checklists = checklists;
    }

    @POST
    @Path("hide")
    @WithFormRead
    public Response hide(@Context AccountPage page) {
        return set(page, true, "checklist-hidden");
    }

    @POST
    @Path("show")
    @WithFormRead
    public Response show(@Context AccountPage page) {
        return set(page, false, "checklist-shown");
    }

    private Response set(AccountPage page, boolean hidden, String done) {
        checklists.setHidden(page.context(), hidden);
        return Html.seeOther(Paths.HOME + "?as=" + page.context().root().username() + "&done=" + done);
    }
}
