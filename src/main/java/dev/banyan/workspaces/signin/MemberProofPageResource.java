package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.accounts.context.MemberProofs;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.sso.SsoSetup;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page "Confirm it’s you" of a workspace, to which its users come before acts that give someone data or a way in.
@Path("/s/{shortPath}" + MemberProofs.PAGE)
@RunOnVirtualThread
class MemberProofPageResource {

    private static final FormProblem WRONG = new FormProblem("That password is incorrect.", "Check it and try again.");
    private static final FormProblem ELSEWHERE =
            new FormProblem("Passwords are off here.", "Sign in again with your provider, then try again.");

    private final MemberProof proof;
    private final SsoSetup setup;

    MemberProofPageResource(MemberProof proof, SsoSetup setup) {
        this.proof = proof;
        this.setup = setup;
    }

    @GET
    public Response show(@Context MemberPage page) {
        return Html.ok(page(page, next(page, page.call().query("next").orElse("")), Optional.empty()));
    }

    @POST
    public Response prove(
            @Context MemberPage page,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("next") @DefaultValue("") String typed) {
        String next = next(page, typed);
        return switch (proof.prove(page.member(), password)) {
            case LoggedIn.Welcome _ -> Html.seeOther(next);
            case LoggedIn.WrongCredentials _ -> Html.invalid(page(page, next, Optional.of(WRONG)));
            case LoggedIn.PasswordsOff _ -> Html.answer(403, page(page, next, Optional.of(ELSEWHERE)));
            case LoggedIn.NotAllowed(FormProblem why) -> Html.answer(403, page(page, next, Optional.of(why)));
            case LoggedIn.Unavailable(FormProblem why) -> Html.answer(503, page(page, next, Optional.of(why)));
            case LoggedIn.TooMany(Duration wait) ->
                Html.tooMany(wait, page(page, next, Optional.of(FormProblem.tooMany("Too many attempts.", wait))));
            case LoggedIn.Waits _, LoggedIn.Suspended _, LoggedIn.NotEnabled _ -> page.to("/login");
        };
    }

    /// Goes back within the workspace only.
    private static String next(MemberPage page, String typed) {
        return page.inside(typed).orElseGet(() -> page.home() + "/profile");
    }

    private MemberProofPage page(MemberPage page, String next, Optional<FormProblem> problem) {
        return new MemberProofPage(
                page.door("Confirm it’s you"),
                page.member().user().email(),
                setup.button(page.workspace()),
                next,
                problem);
    }
}
