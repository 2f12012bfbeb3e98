package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.moves.Conversions.Opened;
import dev.banyan.accounts.moves.Moves.Seen;
import dev.banyan.accounts.signin.InvitedRegistrations.Joined;
import dev.banyan.accounts.signin.LoginResponses;
import dev.banyan.accounts.signin.SignInPageResource;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.outcome.Refusal;
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

/// The target of the link in a conversion's mail: what becomes the person's own, and the answer.
@Path(ConversionPageResource.PATH)
@RunOnVirtualThread
class ConversionPageResource {

    static final String PATH = "/conversion";

    private final Conversions conversions;
    private final LoginResponses arrivals;
    private final Assets assets;

    ConversionPageResource(Conversions conversions, LoginResponses arrivals, Assets assets) {
        this.conversions = conversions;
        this.arrivals = arrivals;
        this.assets = assets;
    }

    @GET
    public Response open(@Context Call call, @QueryParam("token") @DefaultValue("") String token) {
        return switch (conversions.open(token, call.actor().identity())) {
            case Opened.New(Seen seen, MovePlan plan) ->
                Html.ok(page(call, token, seen, plan, false, "", FieldErrors.NONE, Optional.empty()));
            case Opened.Known(Seen seen, MovePlan plan) ->
                Html.ok(page(call, token, seen, plan, true, "", FieldErrors.NONE, Optional.empty()));
            case Opened.NotSignedIn _ -> signIn(token);
            case Opened.Over _ -> over(call);
        };
    }

    /// Accepts the offer.
    @POST
    public Response accept(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("reading") @DefaultValue("") String reads,
            @FormParam("gateways") @DefaultValue("") String gateways) {
        var keeps = new Keeps(reads.equals("true"), gateways.equals("true"));
        return switch (conversions.open(token, call.actor().identity())) {
            case Opened.New(Seen seen, MovePlan plan) -> {
                Device device = arrivals.device(call);
                yield answer(
                        call,
                        device,
                        token,
                        seen,
                        plan,
                        name,
                        conversions.register(
                                call.actor(), device, token, new Conversions.Newcoming(name, password, keeps)));
            }
            case Opened.Known(Seen seen, MovePlan plan) ->
                call.actor()
                        .identity()
                        .map(caller -> conversions
                                .accept(call.actor(), token, caller, keeps)
                                .fold(
                                        account -> Html.seeOther(into(account.username())),
                                        refusal -> refusal instanceof Refusal.Rejected rejected
                                                ? Html.answer(
                                                        409,
                                                        page(
                                                                call,
                                                                token,
                                                                seen,
                                                                plan,
                                                                true,
                                                                "",
                                                                FieldErrors.NONE,
                                                                Optional.of(new FormProblem(
                                                                        "That didn't work.",
                                                                        rejected.first()
                                                                                .userMessage()))))
                                                : over(call)))
                        .orElseGet(() -> signIn(token));
            case Opened.NotSignedIn _ -> signIn(token);
            case Opened.Over _ -> over(call);
        };
    }

    /// People who are not signed in come back here after they sign in.
    private static Response signIn(String token) {
        return Html.seeOther("/login" + OwnPath.asNext(PATH + "?token=" + token));
    }

    private Response answer(
            Call call, Device device, String token, Seen seen, MovePlan plan, String name, Joined joined) {
        return switch (joined) {
            case Joined.Welcome(IdentityId _, LoginSessions.Opened session) ->
                arrivals.with(device, session, Html.seeOther(into(seen.account().username())));
            case Joined.Rejected rejected ->
                Html.invalid(page(
                        call, token, seen, plan, false, name, FieldErrors.from(rejected.invalid()), Optional.empty()));
            case Joined.EmailTaken _ -> signIn(token);
            case Joined.Over _ -> over(call);
            case Joined.Closed _ -> SignInPageResource.registrationClosed(assets, call);
            case Joined.TooMany(Duration wait) ->
                Html.tooMany(
                        wait,
                        page(
                                call,
                                token,
                                seen,
                                plan,
                                false,
                                name,
                                FieldErrors.NONE,
                                Optional.of(
                                        new FormProblem("Too many registrations.", "Wait an hour and try again."))));
        };
    }

    private static String into(String username) {
        return Paths.HOME + "?as=" + username + "&done=brand-converted";
    }

    private ConversionPage page(
            Call call,
            String token,
            Seen seen,
            MovePlan plan,
            boolean known,
            String name,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        Account account = seen.account();
        return new ConversionPage(
                assets.door("Your own account", call),
                token,
                seen.move().email().orElse(""),
                account.displayName(),
                seen.from().displayName(),
                known,
                MoveSummary.of(plan),
                name,
                errors,
                problem);
    }

    private Response over(Call call) {
        return MessagePage.linkOver(
                assets, call, "Offers end after 14 days and can be canceled. Ask for a new one.", "/login", "Sign in");
    }
}
