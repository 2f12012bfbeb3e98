package dev.banyan.accounts.operator;

import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.operator.Operators.OperatorMade;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/// The setup of a new server: its owner becomes its operator.
@Path("/setup")
@RunOnVirtualThread
class SetupPageResource {

    private final SetupLink link;
    private final Operators operators;
    private final LoginSessions sessions;
    private final Assets assets;
    private final ErrorPages errorPages;

    SetupPageResource(
            SetupLink link, Operators operators, LoginSessions sessions, Assets assets, ErrorPages errorPages) {
        this.link = link;
        this.operators = operators;
        this.sessions = sessions;
        this.assets = assets;
        this.errorPages = errorPages;
    }

    @GET
    public Response form(@Context Call call, @QueryParam("token") @DefaultValue("") String token) {
        return mayUse(token) ? Html.ok(page(call, token, "", FieldErrors.NONE)) : refusal(call);
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password) {
        if (!mayUse(token)) {
            return refusal(call);
        }
        return switch (operators.createFirst(call.actor(), email, password)) {
            case OperatorMade.Made made -> sessions.with(made.session(), Html.seeOther(Paths.OPERATOR_HOME));
            case OperatorMade.Rejected rejected ->
                Html.invalid(page(call, token, email, FieldErrors.from(rejected.invalid())));
            case OperatorMade.EmailTaken _ ->
                Html.invalid(page(
                        call,
                        token,
                        email,
                        new FieldErrors(Map.of("email", "This email is already registered. Use another one."))));
            case OperatorMade.TooLate _ -> refusal(call);
        };
    }

    private boolean mayUse(String token) {
        return link.isRight(token) && !operators.exist();
    }

    private SetupPage page(Call call, String token, String email, FieldErrors errors) {
        return new SetupPage(assets.door("Set up Banyan", call), token, email, errors, Optional.empty());
    }

    private Response refusal(Call call) {
        return errorPages.answer(
                call,
                404,
                "This setup link doesn't work",
                "A setup link works once, until the server restarts. Look for a newer link in the server's output.");
    }
}
