package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.accounts.domains.HostFilter;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.sso.ProviderSignIn.Accepted;
import dev.banyan.platform.sso.ProviderSignIn.Begun;
import dev.banyan.platform.sso.ProviderSignIn.Ended;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.SsoAnswers;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspacePageGuard.PublicPage;
import dev.banyan.workspaces.sso.SsoPeople.Admitted;
import dev.banyan.workspaces.sso.SsoSessions.Entered;
import dev.banyan.workspaces.sso.SsoSignIn.Door;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Signing in at an OpenID or SAML provider: to it, back from it, and its word that somebody has signed out there.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class SsoSignInPageResource {

    private final SsoSignIn signIn;
    private final SsoSignOuts signOuts;
    private final SsoAnswers answers;
    private final WorkspaceCookies cookies;

    SsoSignInPageResource(SsoSignIn signIn, SsoSignOuts signOuts, SsoAnswers answers, WorkspaceCookies cookies) {
        this.signIn = signIn;
        this.signOuts = signOuts;
        this.answers = answers;
        this.cookies = cookies;
    }

    @GET
    @Path("sso")
    public Response begin(@Context PublicPage page) {
        Optional<Duration> wait = signIn.wait(page.call().actor());
        if (wait.isPresent()) {
            return Html.retryAfter(
                    wait.get(), SsoPages.problem(page, 429, FormProblem.tooMany("Too many attempts.", wait.get())));
        }
        Optional<Door> door = signIn.door(page.workspace());
        if (door.isEmpty()) {
            return page.to("/login");
        }
        Optional<String> next = page.call().query("next").flatMap(page::inside);
        if (!door.get().isAt(host(page))) {
            return Html.seeOther(door.get().beginning() + OwnPath.asNext(next));
        }
        return switch (signIn.begin(door.get(), answers.browser(page.call(), cookie(page)), next)) {
            case Begun.Done done ->
                answers.leave(
                        done,
                        cookie(page),
                        to -> SsoPages.leading(page, door.get().shownName(), to));
            case Begun.Failed(ProviderTrouble why) -> SsoPages.problem(page, 502, why.problem(SsoSignIn.ASK_AN_ADMIN));
        };
    }

    /// Returns the host of the workspace to which the request came; empty: ours.
    private static Optional<String> host(PublicPage page) {
        return HostFilter.host(page.call().routing());
    }

    private static String cookie(PublicPage page) {
        return "_" + page.workspace().id().value();
    }

    @GET
    @Path("sso/callback")
    public Response end(@Context PublicPage page) {
        Actor actor = page.call().actor();
        Optional<Door> door = signIn.door(page.workspace());
        return switch (signIn.end(actor, door, answers.returned(page.call(), cookie(page)))) {
            case Ended.Proved(SsoProof proof, Optional<String> next) ->
                entered(page, signIn.enter(actor, door.orElseThrow(), proof), next);
            // The back button leads here again after a sign-in.
            case Ended.StateUnknown _ ->
                page.member()
                        .map(member -> page.entered(member.user().role(), Optional.empty()))
                        .orElseGet(() -> expired(page));
            case Ended.Cancelled(Optional<String> words) -> SsoPages.problem(page, 400, SsoAnswers.cancelled(words));
            case Ended.Failed(ProviderTrouble why) -> failed(page, why);
        };
    }

    /// What a SAML provider must know about us.
    @GET
    @Path("sso/metadata")
    public Response metadata(@Context PublicPage page) {
        return answers.metadata(
                signIn.addresses(page.workspace()).service(),
                signIn.door(page.workspace()).map(Door::provider));
    }

    /// Takes the answer that a SAML provider makes the browser post, without our cookies (see [SsoSignIn]).
    @POST
    @Path("sso/acs")
    public Response accept(
            @Context PublicPage page,
            @FormParam("SAMLResponse") @DefaultValue("") String response,
            @FormParam("RelayState") @DefaultValue("") String state) {
        return switch (signIn.accept(page.call().actor(), signIn.door(page.workspace()), state, response)) {
            case Accepted.Done(String next) -> page.to("/sso/callback?state=" + next);
            // Used already, perhaps by this browser, whose cookies go along only with a request of our own.
            case Accepted.StateUnknown _ -> page.to("/sso/callback");
            case Accepted.Unasked _ -> page.to("/sso");
            case Accepted.Failed(ProviderTrouble why) -> failed(page, why);
        };
    }

    private Response expired(PublicPage page) {
        signIn.failed(page.call().actor());
        return SsoPages.problem(page, 400, SsoAnswers.EXPIRED);
    }

    private Response failed(PublicPage page, ProviderTrouble why) {
        return SsoPages.problem(page, SsoAnswers.status(why), why.problem(SsoSignIn.ASK_AN_ADMIN));
    }

    private Response entered(PublicPage page, Entered entered, Optional<String> next) {
        return switch (entered) {
            case Entered.Welcome welcome ->
                cookies.with(
                        page.call(),
                        welcome.session(),
                        page.entered(welcome.user().role(), next));
            case Entered.Refused(Admitted why) -> SsoPages.problem(page, 403, why.problem());
            case Entered.Changed _ -> page.to("/login");
        };
    }

    /// Called by the provider when somebody signs out there.
    @POST
    @Path("sso/logout")
    public Response signedOut(@Context PublicPage page, @FormParam("logout_token") @DefaultValue("") String token) {
        return SsoAnswers.signedOut(token, told -> signOuts.signedOut(page.workspace(), told));
    }
}
