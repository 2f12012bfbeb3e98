package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.signin.AskedPasskey;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The page "Confirm it’s you", which [RecentProofFilter] redirects to before a sensitive action.
@Path(RecentProofPageResource.PATH)
@RunOnVirtualThread
class RecentProofPageResource {

    static final String PATH = "/login/confirm";

    private final RecentProof proof;
    private final SignInChanges changes;
    private final Assets assets;

    RecentProofPageResource(RecentProof proof, SignInChanges changes, Assets assets) {
        this.proof = proof;
        this.changes = changes;
        this.assets = assets;
    }

    @GET
    public Response show(@Context Call call) {
        return LoginSessions.hashOf(call.caller()).isEmpty()
                ? AccountGuard.signIn(call)
                : Html.ok(page(call, call.query("next").flatMap(OwnPath::of), Optional.empty()));
    }

    @POST
    public Response confirm(
            @Context Call call,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("next") @DefaultValue("") String next) {
        return answer(
                call,
                OwnPath.of(next),
                proof.confirm(call.actor(), call.caller(), password),
                new FormProblem("That password is incorrect.", "Check it and try again."));
    }

    @POST
    @Path("passkey/options")
    @Produces(MediaType.APPLICATION_JSON)
    public Response askPasskey(@Context Call call) {
        return proof.askPasskey(call.actor(), call.caller())
                .map(asked -> Response.ok(AskedPasskey.of(asked)).build())
                .orElseGet(() -> Answers.failure(401, "Sign in again to use your passkey."));
    }

    @POST
    @Path("passkey")
    public Response confirmWithPasskey(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("credential") @DefaultValue("") String credential,
            @FormParam("next") @DefaultValue("") String next) {
        return answer(
                call,
                OwnPath.of(next),
                proof.confirmWithPasskey(call.actor(), call.caller(), token, credential),
                new FormProblem("That passkey didn't work.", "Try again, or use your password."));
    }

    private Response answer(Call call, Optional<String> next, Outcome<Nothing> confirmed, FormProblem wrong) {
        return confirmed.fold(_ -> Html.seeOther(next.orElse("/")), refusal -> switch (refusal) {
            case Refusal.Rejected _ -> Html.invalid(page(call, next, Optional.of(wrong)));
            case Refusal.TooMany(Duration wait) ->
                Html.tooMany(wait, page(call, next, Optional.of(FormProblem.tooMany("Too many attempts.", wait))));
            case Refusal.Forbidden _,
                    Refusal.NotFound _,
                    Refusal.LimitReached _,
                    Refusal.ReadOnly _,
                    Refusal.Conflict _ -> AccountGuard.signIn(call);
        });
    }

    private RecentProofPage page(Call call, Optional<String> next, Optional<FormProblem> problem) {
        var person = call.identity().orElseThrow();
        return new RecentProofPage(
                assets.door(RecentProofPage.TITLE, call),
                changes.of(person).email(),
                proof.hasPasskey(person),
                proof.provider(person),
                next,
                problem);
    }
}
