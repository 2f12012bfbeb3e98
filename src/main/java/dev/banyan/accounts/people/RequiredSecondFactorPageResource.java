package dev.banyan.accounts.people;

import dev.banyan.accounts.context.RequiredSecondFactor;
import dev.banyan.accounts.context.RequiredSecondFactor.Changed;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
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

    private final PeoplePageGuard at;
    private final RequiredSecondFactor secondFactor;
    private final ErrorPages errorPages;

    RequiredSecondFactorPageResource(PeoplePageGuard at, RequiredSecondFactor secondFactor, ErrorPages errorPages) {
        this.at = at;
        this.secondFactor = secondFactor;
        this.errorPages = errorPages;
    }

    @POST
    public Response require(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("required") @DefaultValue("") String required) {
        boolean wanted = required.equals("true");
        return at.page(call, as, context -> switch (secondFactor.require(context, wanted)) {
            case Changed.Done _ ->
                Html.seeOther(
                        call,
                        PeoplePageGuard.path(context, wanted ? "second-factor-required" : "second-factor-optional"));
            case Changed.NotOwner _ ->
                errorPages.answer(call, 403, "This is for owners", "Ask an owner of the account to change this.");
            case Changed.OwnIsMissing _ ->
                Html.seeOther(
                        call,
                        RequiredSecondFactor.PATH + "?as=" + context.acting().username() + "&required=1");
        });
    }
}
