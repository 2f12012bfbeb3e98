package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.people.InvitedSignUps.Opened;
import dev.banyan.accounts.signin.InvitedRegistrations.Joined;
import dev.banyan.accounts.signin.LoginResponses;
import dev.banyan.accounts.signin.SignInPageResource;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.MessagePage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The target of the link in an invitation: a form for a name and a password, which leads into the account. People who
/// are registered already find the invitation among theirs.
@Path(InvitedPageResource.PATH)
@RunOnVirtualThread
class InvitedPageResource {

    static final String PATH = "/invitation";

    private final InvitedSignUps signUps;
    private final People people;
    private final LoginResponses arrivals;
    private final Assets assets;

    InvitedPageResource(InvitedSignUps signUps, People people, LoginResponses arrivals, Assets assets) {
        this.signUps = signUps;
        this.people = people;
        this.arrivals = arrivals;
        this.assets = assets;
    }

    @GET
    public Response open(@Context Call call, @QueryParam("token") @DefaultValue("") String token) {
        return switch (signUps.open(token, call.actor().identity())) {
            case Opened.New invited -> Html.ok(page(call, token, invited, "", FieldErrors.NONE, Optional.empty()));
            case Opened.Unconfirmed(AccountId _, String email, String from) ->
                Html.ok(new InvitedPage(
                        assets.door("You're invited", call),
                        token,
                        email,
                        from,
                        true,
                        "",
                        FieldErrors.NONE,
                        Optional.empty()));
            case Opened.Known _ -> known(call, token);
            case Opened.Over _ -> over(call);
        };
    }

    /// Accepts the invitation.
    @POST
    public Response accept(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("password") @DefaultValue("") String password) {
        Device device = arrivals.device(call);
        return switch (signUps.open(token, call.actor().identity())) {
            case Opened.New invited ->
                answer(
                        call,
                        device,
                        token,
                        invited,
                        name,
                        signUps.register(call.actor(), device, token, name, password));
            case Opened.Unconfirmed invited ->
                call.actor()
                        .identity()
                        .filter(caller -> signUps.accept(call.actor(), token, caller) instanceof Outcome.Done<Account>)
                        .map(caller -> Html.seeOther(into(caller, invited.tenant())))
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
                        : "/login" + OwnPath.asNext("/invitation?token=" + token));
    }

    private Response answer(Call call, Device device, String token, Opened.New invited, String name, Joined joined) {
        return switch (joined) {
            case Joined.Welcome(IdentityId identity, LoginSessions.Opened session) ->
                arrivals.with(device, session, Html.seeOther(into(identity, invited.tenant())));
            case Joined.Rejected rejected ->
                Html.invalid(page(call, token, invited, name, FieldErrors.from(rejected.invalid()), Optional.empty()));
            case Joined.EmailTaken _ -> known(call, token);
            case Joined.Over _ -> over(call);
            case Joined.Closed _ -> SignInPageResource.registrationClosed(assets, call);
            case Joined.TooMany(Duration wait) -> {
                var problem = new FormProblem("Too many registrations.", "Wait an hour and try again.");
                yield Html.tooMany(wait, page(call, token, invited, name, FieldErrors.NONE, Optional.of(problem)));
            }
        };
    }

    private String into(IdentityId member, AccountId tenant) {
        return people.landing(member, tenant)
                .map(username -> Paths.HOME + "?as=" + username + "&done=invitation-accepted")
                .orElse(Paths.INVITATIONS);
    }

    private InvitedPage page(
            Call call,
            String token,
            Opened.New invited,
            String name,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return new InvitedPage(
                assets.door("You're invited", call),
                token,
                invited.email(),
                invited.from(),
                false,
                name,
                errors,
                problem);
    }

    private Response over(Call call) {
        return MessagePage.linkOver(
                assets,
                call,
                "Invitations expire after seven days and can be revoked. Ask for a new one.",
                "/login",
                "Sign in");
    }
}
