package dev.banyan.workspaces.sso;

import module java.base;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderSignIn.Accepted;
import dev.banyan.platform.sso.ProviderSignIn.Returned;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.sso.SsoSessions.Entered;
import dev.banyan.workspaces.sso.SsoSignIn.Begun;
import dev.banyan.workspaces.sso.SsoSignIn.Ended;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Signing in at an OpenID or SAML provider: to it, back from it, and its word that somebody has signed out there.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class SsoSignInPageResource {

    private static final SsoWords EXPIRED =
            new SsoWords("This sign-in has expired or was already used.", "Sign in again.");
    private static final SsoWords CANCELLED = new SsoWords("You weren’t signed in at your provider.", "Sign in again.");

    private final WorkspacePageGuard at;
    private final SsoSignIn signIn;
    private final SsoSignOuts signOuts;
    private final SsoPages pages;
    private final WorkspaceCookies cookies;
    private final Settings settings;

    SsoSignInPageResource(
            WorkspacePageGuard at,
            SsoSignIn signIn,
            SsoSignOuts signOuts,
            SsoPages pages,
            WorkspaceCookies cookies,
            Settings settings) {
        this.at = at;
        this.signIn = signIn;
        this.signOuts = signOuts;
        this.pages = pages;
        this.cookies = cookies;
        this.settings = settings;
    }

    @GET
    @Path("sso")
    public Response begin(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.page(call, shortPath, found -> {
            Workspace workspace = found.workspace();
            return switch (signIn.begin(call.actor(), workspace, call.cookie(cookie(workspace)))) {
                case Begun.Done(URI provider, String browser) ->
                    Response.status(Response.Status.SEE_OTHER)
                            .header(HttpHeaders.LOCATION, provider.toASCIIString())
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .header(
                                    HttpHeaders.SET_COOKIE,
                                    SetCookie.of(
                                            cookie(workspace), browser, ProviderSignIn.ATTEMPT, settings.isHttps()))
                            .build();
                case Begun.NotSet _ -> Html.seeOther(WorkspacePageGuard.pathOf(workspace) + "/login");
                case Begun.TooMany(Duration wait) ->
                    Html.retryAfter(
                            wait,
                            pages.problem(
                                    call,
                                    workspace,
                                    429,
                                    new SsoWords("Too many attempts.", FormProblem.waitText(wait))));
                case Begun.Failed(ProviderTrouble why) -> pages.problem(call, workspace, 502, SsoWords.of(why));
            };
        });
    }

    @GET
    @Path("sso/callback")
    public Response end(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.page(call, shortPath, found -> {
            Workspace workspace = found.workspace();
            var returned = new Returned(
                    call.query("state"),
                    call.query("code"),
                    call.query("error"),
                    call.query("iss"),
                    call.cookie(cookie(workspace)));
            return switch (signIn.end(call.actor(), workspace, returned)) {
                case Ended.Answered(Entered entered) -> entered(call, workspace, entered);
                case Ended.StateUnknown _ -> pages.problem(call, workspace, 400, EXPIRED);
                case Ended.Cancelled _ -> pages.problem(call, workspace, 400, CANCELLED);
                case Ended.Failed(ProviderTrouble why) -> failed(call, workspace, why);
            };
        });
    }

    /// What a SAML provider must know about us.
    @GET
    @Path("sso/metadata")
    public Response metadata(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.page(
                call,
                shortPath,
                found -> Response.ok(signIn.service(found.workspace()).metadata())
                        .type("application/samlmetadata+xml")
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .build());
    }

    /// Takes the answer that a SAML provider makes the browser post, without our cookies (see [SsoSignIn]).
    @POST
    @Path("sso/acs")
    public Response accept(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("SAMLResponse") @DefaultValue("") String response,
            @FormParam("RelayState") @DefaultValue("") String state) {
        return at.page(call, shortPath, found -> {
            Workspace workspace = found.workspace();
            return switch (signIn.accept(call.actor(), workspace, state, response)) {
                case Accepted.Done(String next) ->
                    Html.seeOther(WorkspacePageGuard.pathOf(workspace) + "/sso/callback?state=" + next);
                case Accepted.StateUnknown _ -> pages.problem(call, workspace, 400, EXPIRED);
                case Accepted.Failed(ProviderTrouble why) -> failed(call, workspace, why);
            };
        });
    }

    private Response failed(Call call, Workspace workspace, ProviderTrouble why) {
        return pages.problem(call, workspace, why.kind() == ProviderTrouble.Kind.REFUSED ? 403 : 502, SsoWords.of(why));
    }

    private Response entered(Call call, Workspace workspace, Entered entered) {
        String base = WorkspacePageGuard.pathOf(workspace);
        return switch (entered) {
            case Entered.Welcome welcome -> cookies.with(call, welcome.session(), Html.seeOther(base + "/chat"));
            case Entered.Refused refused -> pages.problem(call, workspace, 403, SsoWords.of(refused.why()));
            case Entered.Changed _ -> Html.seeOther(base + "/login");
        };
    }

    /// Called by the provider when somebody signs out there.
    @POST
    @Path("sso/logout")
    public Response signedOut(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("logout_token") @DefaultValue("") String token) {
        return at.page(call, shortPath, found -> {
            try {
                JWT parsed = JWTParser.parse(token);
                signOuts.signedOut(found.workspace(), parsed);
                return Response.ok()
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
            } catch (ParseException | ProviderTrouble _) {
                return Response.status(400)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
            }
        });
    }

    /// Holds this browser to the sign-ins that it began.
    private String cookie(Workspace workspace) {
        return (settings.isHttps() ? "__Host-" : "") + "banyan_sso_"
                + workspace.id().value();
    }
}
