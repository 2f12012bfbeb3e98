package dev.banyan.accounts.brands;

import dev.banyan.accounts.brands.CreateSubAccountPage.Values;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The username of a new brand while the form is filled in.
@Path("/admin/users/sub-accounts")
@RunOnVirtualThread
class BrandUsernamePageResource {

    private final BrandStarts starts;
    private final NameAnswers names;
    private final Settings settings;

    BrandUsernamePageResource(BrandStarts starts, NameAnswers names, Settings settings) {
        this.starts = starts;
        this.names = names;
        this.settings = settings;
    }

    /// Checks the username during typing.
    @GET
    @Path("new/username")
    public Response check(@Context AccountPage page, @QueryParam("username") @DefaultValue("") String username) {
        return Html.ok(new NameAnswerPage(names.answer(page.context(), new Values(username, "", "", "", "", ""))));
    }

    /// Derives the username while the display name is typed; 204 if the person typed another one, which stays.
    ///
    /// @param derived the username that was derived before
    @GET
    @Path("new/address")
    public Response derive(
            @Context AccountPage page,
            @QueryParam("displayName") @DefaultValue("") String displayName,
            @QueryParam("username") @DefaultValue("") String username,
            @QueryParam("derived") @DefaultValue("") String derived) {
        if (!username.isBlank() && !username.equals(derived)) {
            return Response.noContent().build();
        }
        String made = displayName.isBlank() ? "" : starts.usernameFor(page.context(), displayName);
        var values = new Values(made, displayName, "", "", "", made);
        return Html.ok(new BrandUsernamePage(
                page.frame(NavItem.BRANDS, "Create brand"),
                values,
                names.answer(page.context(), values),
                FieldErrors.NONE,
                settings.publicHost(),
                false));
    }
}
