package dev.banyan.accounts.checklist;

import module java.base;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Hides the checklist on an account's dashboard, or shows it again.
@Path("/admin/checklist")
@RunOnVirtualThread
class ChecklistPageResource {

    private final AccountGuard acting;
    private final Checklists checklists;

    ChecklistPageResource(AccountGuard acting, Checklists checklists) {
        this.acting = acting;
        this.checklists = checklists;
    }

    @POST
    @Path("hide")
    public Response hide(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return set(call, as, true, "checklist-hidden");
    }

    @POST
    @Path("show")
    public Response show(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return set(call, as, false, "checklist-shown");
    }

    private Response set(Call call, String as, boolean hidden, String done) {
        return acting.page(call, Optional.of(as), context -> {
            checklists.setHidden(context, hidden);
            return Html.seeOther(Paths.HOME + "?as=" + context.root().username() + "&done=" + done);
        });
    }
}
