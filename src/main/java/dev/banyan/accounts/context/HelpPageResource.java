package dev.banyan.accounts.context;

import dev.banyan.platform.config.Settings;
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

    private final Settings settings;

    HelpPageResource(Settings settings) {
        this.settings = settings;
    }

    @GET
    @Path("accounts")
    public Response accounts(@Context AccountPage page) {
        return Html.ok(new HelpPage(
                page.frame(NavItem.NONE, "Pages or brands?"), settings.publicHost(), HelpPage.DIFFERENCES));
    }
}
