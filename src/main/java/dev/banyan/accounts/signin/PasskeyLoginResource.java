package dev.banyan.accounts.signin;

import dev.banyan.accounts.Device;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// Signs in with a passkey alone: the passkey identifies the person.
@Path("/login/passkey")
@RunOnVirtualThread
class PasskeyLoginResource {

    private final Logins logins;
    private final Registrations registrations;
    private final LoginResponses arrivals;
    private final Assets assets;

    PasskeyLoginResource(Logins logins, Registrations registrations, LoginResponses arrivals, Assets assets) {
        this.logins = logins;
        this.registrations = registrations;
        this.arrivals = arrivals;
        this.assets = assets;
    }

    @POST
    @Path("options")
    @Produces(MediaType.APPLICATION_JSON)
    public Response ask() {
        return Response.ok(AskedPasskey.of(logins.askPasskey())).build();
    }

    @POST
    public Response login(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("credential") @DefaultValue("") String credential,
            @FormParam("next") @DefaultValue("") String next) {
        Optional<String> back = OwnPath.of(next);
        Device device = arrivals.device(call);
        return switch (logins.loginWithPasskey(call.actor(), device, token, credential)) {
            case Logins.LoggedIn.Welcome welcome -> arrivals.page(device, welcome.session(), welcome.operator(), back);
            case Logins.LoggedIn.TooMany tooMany ->
                Html.answer(
                        429, page(call, back, "Too many tries.", SignInPageResource.waitText(tooMany.retryAfter())));
            case Logins.LoggedIn.Disabled disabled ->
                Html.answer(
                        403,
                        page(
                                call,
                                back,
                                SignInPageResource.SWITCHED_OFF,
                                SignInPageResource.switchedOff(disabled.reason())));
            case Logins.LoggedIn.WrongCredentials _, Logins.LoggedIn.OfSubAccount _, Logins.LoggedIn.SecondStep _ ->
                Html.invalid(page(
                        call,
                        back,
                        "That passkey does not open anything here.",
                        "It may have been removed. Sign in with your password."));
        };
    }

    private LoginPage page(Call call, Optional<String> back, String title, String text) {
        return new LoginPage(
                assets.door("Sign in", call),
                "",
                Optional.of(new FormProblem(title, text)),
                back,
                registrations.isOpen());
    }
}
