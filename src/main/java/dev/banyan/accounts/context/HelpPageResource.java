package dev.banyan.accounts.context;

import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Help pages on the topics that people meet at work.
@Path("/help")
@RunOnVirtualThread
class HelpPageResource {

    private final AccountGuard acting;
    private final PageFrames shells;
    private final Settings settings;

    HelpPageResource(AccountGuard acting, PageFrames shells, Settings settings) {
        this.acting = acting;
        this.shells = shells;
        this.settings = settings;
    }

    @GET
    @Path("accounts")
    public Response accounts(@Context Call call) {
        return acting.page(
                call,
                context -> Html.ok(new HelpPage(
                        shells.of(call, context, NavItem.NONE, "Pages or brands?"),
                        settings.publicHost(),
                        HelpPage.DIFFERENCES)));
    }
}
