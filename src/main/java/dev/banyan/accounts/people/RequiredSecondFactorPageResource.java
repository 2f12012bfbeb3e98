package dev.banyan.accounts.people;

import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.RequiredSecondFactor;
import dev.banyan.accounts.context.RequiredSecondFactor.Changed;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The switch on the list of people with which owners require two-step verification of members.
@Path("/admin/users/second-factor")
@RunOnVirtualThread
class RequiredSecondFactorPageResource {

    private final RequiredSecondFactor secondFactor;

    RequiredSecondFactorPageResource(RequiredSecondFactor secondFactor) {
        this.secondFactor = secondFactor;
    }

    @POST
    public Response require(@Context AccountPage page, @FormParam("required") @DefaultValue("") String required) {
        boolean wanted = required.equals("true");
        MemberPages.refuseSubAccounts(page);
        return switch (secondFactor.require(page.context(), wanted)) {
            case Changed.Done _ -> MemberPages.done(page, wanted ? "second-factor-required" : "second-factor-optional");
            case Changed.NotOwner _ ->
                throw page.refused(403, "This is for owners", "Ask an owner of the account to change this.");
            case Changed.OwnIsMissing _ ->
                Html.seeOther(
                        page.call(),
                        RequiredSecondFactor.PATH + "?as="
                                + page.context().acting().username() + "&required=1");
        };
    }
}
