package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.operator.Operators.OperatorMade;
import dev.banyan.accounts.operator.ServerSetup.Setup;
import dev.banyan.accounts.signin.LoginResponses;
import dev.banyan.accounts.signin.ServerOwner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The setup of a new server: its owner becomes its operator, gets an account without limits, and lands on its
/// dashboard.
@Path("/setup")
@RunOnVirtualThread
class SetupPageResource {

    private final SetupLink link;
    private final ServerOwner owner;
    private final ServerSetup serverSetup;
    private final LoginResponses arrivals;
    private final Assets assets;
    private final Settings settings;
    private final ErrorPages errorPages;

    SetupPageResource(
            SetupLink link,
            ServerOwner owner,
            ServerSetup serverSetup,
            LoginResponses arrivals,
            Assets assets,
            Settings settings,
            ErrorPages errorPages) {
        this.link = link;
        this.owner = owner;
        this.serverSetup = serverSetup;
        this.arrivals = arrivals;
        this.assets = assets;
        this.settings = settings;
        this.errorPages = errorPages;
    }

    @GET
    public Response form(@Context Call call, @QueryParam("token") @DefaultValue("") String token) {
        return mayUse(token) ? Html.ok(page(call, token, new Setup("", "", "", ""), FieldErrors.NONE)) : refusal(call);
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("displayName") @DefaultValue("") String name,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password) {
        if (!mayUse(token)) {
            return refusal(call);
        }
        var setup = new Setup(name, username, email, password);
        Device device = arrivals.device(call);
        return switch (serverSetup.setUp(call.actor(), device, setup)) {
            case OperatorMade.Made made -> arrivals.with(device, made.session(), Html.seeOther(Paths.HOME));
            case OperatorMade.Rejected rejected ->
                Html.invalid(page(call, token, setup, FieldErrors.from(rejected.invalid())));
            case OperatorMade.EmailTaken _ ->
                invalid(
                        call,
                        token,
                        setup,
                        "email",
                        "This email is already registered. Enter its password, or use another email.");
            case OperatorMade.UsernameTaken _ ->
                invalid(call, token, setup, "username", OperatorOwnAccountPageResource.USERNAME_TAKEN);
            case OperatorMade.TooLate _ -> refusal(call);
        };
    }

    private Response invalid(Call call, String token, Setup setup, String field, String text) {
        return Html.invalid(page(call, token, setup, new FieldErrors(Map.of(field, text))));
    }

    private boolean mayUse(String token) {
        return link.isRight(token) && !owner.exists();
    }

    private SetupPage page(Call call, String token, Setup setup, FieldErrors errors) {
        return new SetupPage(
                assets.door("Set up Banyan", call),
                token,
                setup.name(),
                setup.username(),
                setup.email(),
                settings.publicHost(),
                errors,
                Optional.empty());
    }

    private Response refusal(Call call) {
        return errorPages.answer(
                call,
                404,
                "This setup link doesn't work",
                "A setup link works once. For the one of this server, look in its log, or run “banyan setup-link” there.");
    }
}
