package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.operator.Operators.AccountMade;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which an operator without an account creates one, with the sign-in that they have.
@Path("/operator/account")
@RunOnVirtualThread
class OperatorOwnAccountPageResource {

    static final String USERNAME_TAKEN = "This username is taken. Choose another one.";

    private final Operators operators;
    private final Settings settings;

    OperatorOwnAccountPageResource(Operators operators, Settings settings) {
        this.operators = operators;
        this.settings = settings;
    }

    @GET
    public Response form(@Context OperatorPage page) {
        return page.call().identity().filter(operators::hasAccount).isPresent()
                ? Html.seeOther(Paths.HOME)
                : Html.ok(page(page, "", "", FieldErrors.NONE));
    }

    @POST
    public Response create(
            @Context OperatorPage page,
            @FormParam("displayName") @DefaultValue("") String name,
            @FormParam("username") @DefaultValue("") String username) {
        return switch (operators.openAccount(
                page.actor(), page.call().identity().orElseThrow(), name, username)) {
            case AccountMade.Made made ->
                Html.seeOther(Paths.HOME + "?as=" + made.account().username() + "&done=account-created");
            case AccountMade.HasAccount _ -> Html.seeOther(Paths.HOME);
            case AccountMade.Rejected rejected ->
                Html.invalid(page(page, name, username, FieldErrors.from(rejected.invalid())));
            case AccountMade.UsernameTaken _ ->
                Html.invalid(page(page, name, username, new FieldErrors(Map.of("username", USERNAME_TAKEN))));
        };
    }

    private OperatorOwnAccountPage page(OperatorPage page, String name, String username, FieldErrors errors) {
        return new OperatorOwnAccountPage(
                page.frame(NavItem.OPERATOR_START, "Create your account"),
                name,
                username,
                settings.publicHost(),
                errors);
    }
}
