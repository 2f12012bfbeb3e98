package dev.banyan.accounts.people;

import dev.banyan.accounts.Device;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.people.InvitedSignUps.Opened;
import dev.banyan.accounts.signin.LoginResponses;
import dev.banyan.accounts.signin.Registrations.Registered;
import dev.banyan.accounts.signin.SignInPageResource;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.MessagePage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The target of the link in an invitation: leads people with an account to their invitations, others to a
/// registration.
@Path(InvitedPageResource.PATH)
@RunOnVirtualThread
class InvitedPageResource {

    static final String PATH = "/invitation";

    private final InvitedSignUps signUps;
    private final LoginResponses arrivals;
    private final Assets assets;
    private final Settings settings;

    InvitedPageResource(InvitedSignUps signUps, LoginResponses arrivals, Assets assets, Settings settings) {
        this.signUps = signUps;
        this.arrivals = arrivals;
        this.assets = assets;
        this.settings = settings;
    }

    @GET
    public Response open(@Context Call call, @QueryParam("token") @DefaultValue("") String token) {
        return switch (signUps.open(token, call.actor().identity())) {
            case Opened.New invited -> Html.ok(page(call, token, invited, "", FieldErrors.NONE, Optional.empty()));
            case Opened.Known _ -> known(call, token);
            case Opened.Over _ -> over(call);
        };
    }

    @POST
    public Response register(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("password") @DefaultValue("") String password) {
        Device device = arrivals.device(call);
        return switch (signUps.open(token, call.actor().identity())) {
            case Opened.New invited ->
                signUps.register(call.actor(), device, token, username, password)
                        .map(registered -> answer(call, device, token, invited, username, registered))
                        .orElseGet(() -> over(call));
            case Opened.Known _ -> known(call, token);
            case Opened.Over _ -> over(call);
        };
    }

    /// Redirects to the invitations. People who are not signed in come back here after they sign in.
    private static Response known(Call call, String token) {
        return Html.seeOther(
                call.actor().identity().isPresent()
                        ? Paths.INVITATIONS
                        : "/login?next=" + URLEncoder.encode("/invitation?token=" + token, StandardCharsets.UTF_8));
    }

    private Response answer(
            Call call, Device device, String token, Opened.New invited, String username, Registered registered) {
        return switch (registered) {
            case Registered.Welcome welcome ->
                arrivals.with(device, welcome.session(), Html.seeOther(Paths.INVITATIONS));
            case Registered.Rejected rejected ->
                Html.invalid(
                        page(call, token, invited, username, FieldErrors.from(rejected.invalid()), Optional.empty()));
            case Registered.EmailTaken _ -> Html.seeOther(Paths.INVITATIONS);
            case Registered.UsernameTaken _ -> {
                var taken =
                        new FieldErrors(Map.of("username", "“" + username.strip() + "” is taken. Try another name."));
                yield Html.invalid(page(call, token, invited, username, taken, Optional.empty()));
            }
            case Registered.Closed _ -> SignInPageResource.registrationClosed(assets, call);
            case Registered.TooMany(Duration wait) -> {
                var problem = new FormProblem("Too many registrations.", "Wait an hour and try again.");
                yield Html.tooMany(wait, page(call, token, invited, username, FieldErrors.NONE, Optional.of(problem)));
            }
        };
    }

    private InvitedPage page(
            Call call,
            String token,
            Opened.New invited,
            String username,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return new InvitedPage(
                assets.door("You're invited", call),
                token,
                invited.email(),
                invited.from(),
                username,
                settings.publicHost(),
                errors,
                problem);
    }

    private Response over(Call call) {
        return Html.answer(
                404,
                new MessagePage(
                        assets.door("Link not valid", call),
                        "This link no longer works",
                        "Invitations expire after seven days and can be revoked. Ask for a new one.",
                        "/login",
                        "Sign in"));
    }
}
