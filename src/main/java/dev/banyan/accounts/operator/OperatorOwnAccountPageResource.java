package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.OperatorGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.operator.Operators.AccountMade;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which an operator without an account creates one, with the sign-in that they have.
@Path("/operator/account")
@RunOnVirtualThread
class OperatorOwnAccountPageResource {

    static final String USERNAME_TAKEN = "This username is taken. Choose another one.";

    private final OperatorGuard asOperator;
    private final Operators operators;
    private final PageFrames shells;
    private final Settings settings;

    OperatorOwnAccountPageResource(
            OperatorGuard asOperator, Operators operators, PageFrames shells, Settings settings) {
        this.asOperator = asOperator;
        this.operators = operators;
        this.shells = shells;
        this.settings = settings;
    }

    @GET
    public Response form(@Context Call call) {
        return asOperator.page(
                call,
                () -> call.identity().filter(operators::hasAccount).isPresent()
                        ? Html.seeOther(Paths.HOME)
                        : Html.ok(page(call, "", "", FieldErrors.NONE)));
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("displayName") @DefaultValue("") String name,
            @FormParam("username") @DefaultValue("") String username) {
        return asOperator.page(call, () -> switch (operators.openAccount(
                call.actor(), call.identity().orElseThrow(), name, username)) {
            case AccountMade.Made made ->
                Html.seeOther(Paths.HOME + "?as=" + made.account().username() + "&done=account-created");
            case AccountMade.HasAccount _ -> Html.seeOther(Paths.HOME);
            case AccountMade.Rejected rejected ->
                Html.invalid(page(call, name, username, FieldErrors.from(rejected.invalid())));
            case AccountMade.UsernameTaken _ ->
                Html.invalid(page(call, name, username, new FieldErrors(Map.of("username", USERNAME_TAKEN))));
        });
    }

    private OperatorOwnAccountPage page(Call call, String name, String username, FieldErrors errors) {
        return new OperatorOwnAccountPage(
                shells.ofOperator(call, NavItem.OPERATOR_START, "Create your account"),
                name,
                username,
                settings.publicHost(),
                errors);
    }
}
