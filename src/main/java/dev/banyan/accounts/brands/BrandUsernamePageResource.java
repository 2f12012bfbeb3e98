package dev.banyan.accounts.brands;

import dev.banyan.accounts.brands.CreateSubAccountPage.Values;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
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

    private final AccountGuard acting;
    private final BrandStarts starts;
    private final NameAnswers names;
    private final PageFrames shells;
    private final Settings settings;

    BrandUsernamePageResource(
            AccountGuard acting, BrandStarts starts, NameAnswers names, PageFrames shells, Settings settings) {
        this.acting = acting;
        this.starts = starts;
        this.names = names;
        this.shells = shells;
        this.settings = settings;
    }

    /// Checks the username during typing.
    @GET
    @Path("new/username")
    public Response check(@Context Call call, @QueryParam("username") @DefaultValue("") String username) {
        return acting.page(
                call,
                context ->
                        Html.ok(new NameAnswerPage(names.answer(context, new Values(username, "", "", "", "", "")))));
    }

    /// Derives the username while the display name is typed; 204 if the person typed another one, which stays.
    ///
    /// @param derived the username that was derived before
    @GET
    @Path("new/address")
    public Response derive(
            @Context Call call,
            @QueryParam("displayName") @DefaultValue("") String displayName,
            @QueryParam("username") @DefaultValue("") String username,
            @QueryParam("derived") @DefaultValue("") String derived) {
        return acting.page(call, context -> {
            if (!username.isBlank() && !username.equals(derived)) {
                return Response.noContent().build();
            }
            String made = displayName.isBlank() ? "" : starts.usernameFor(context, displayName);
            var values = new Values(made, displayName, "", "", "", made);
            return Html.ok(new BrandUsernamePage(
                    shells.of(call, context, NavItem.BRANDS, "Create brand"),
                    values,
                    names.answer(context, values),
                    FieldErrors.NONE,
                    settings.publicHost(),
                    false));
        });
    }
}
