package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.users.Invitation;
import dev.banyan.workspaces.users.MailedLinks;
import dev.banyan.workspaces.users.MailedLinks.Used;
import dev.banyan.workspaces.users.PasswordLinks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages behind mailed links: invitations and password resets.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MailedLinkPageResource {

    private static final FormProblem TOO_MANY =
            new FormProblem("Too many attempts.", "Wait a few minutes and try again.");

    private final WorkspacePageGuard at;
    private final MailedLinks links;
    private final PasswordLinks passwordLinks;
    private final WorkspaceCookies cookies;
    private final FreshLinks fresh;

    MailedLinkPageResource(
            WorkspacePageGuard at,
            MailedLinks links,
            PasswordLinks passwordLinks,
            WorkspaceCookies cookies,
            FreshLinks fresh) {
        this.fresh = fresh;
        this.at = at;
        this.links = links;
        this.passwordLinks = passwordLinks;
        this.cookies = cookies;
    }

    @GET
    @Path("invitation/{token}")
    public Response form(
            @Context Call call, @PathParam("shortPath") String shortPath, @PathParam("token") String token) {
        return at.page(
                call,
                shortPath,
                found -> links.find(found.workspace(), token)
                        .map(invitation -> Html.ok(page(
                                call,
                                found.workspace(),
                                token,
                                invitation,
                                invitation.username().orElse(""),
                                FieldErrors.NONE,
                                Optional.empty())))
                        .orElseGet(() -> gone(call, found.workspace())));
    }

    private MailedLinkPage page(
            Call call,
            Workspace workspace,
            String token,
            Invitation invitation,
            String username,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        // The invited username may be taken by now: then the person has to choose another one.
        Optional<String> fixed = errors.has("username") ? Optional.empty() : invitation.username();
        return new MailedLinkPage(
                at.door(call, workspace, invitation.isForNewUser() ? "Invitation" : "New password"),
                token,
                invitation.isForNewUser(),
                invitation.email(),
                fixed,
                username,
                errors,
                problem);
    }

    private Response gone(Call call, Workspace workspace) {
        return Html.answer(404, new MailedLinkGonePage(at.door(call, workspace, "Link expired")));
    }

    @POST
    @Path("invitation/{token}")
    public Response use(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("token") String token,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("password") @DefaultValue("") String password) {
        return at.page(call, shortPath, found -> {
            Workspace workspace = found.workspace();
            return switch (links.use(call.actor(), workspace, token, username, password)) {
                case Used.Welcome welcome ->
                    cookies.with(
                            call, welcome.session(), Html.seeOther(WorkspacePageGuard.pathOf(workspace) + "/chat"));
                case Used.NotFound _ -> gone(call, workspace);
                case Used.UsernameTaken _ ->
                    refused(
                            call,
                            workspace,
                            token,
                            username,
                            new FieldErrors(Map.of("username", "This username is taken. Choose another.")),
                            Optional.empty());
                case Used.EmailTaken _ ->
                    refused(
                            call,
                            workspace,
                            token,
                            username,
                            FieldErrors.NONE,
                            Optional.of(new FormProblem(
                                    "This email is already registered.", "Sign in with the password you chose.")));
                case Used.Rejected rejected ->
                    refused(call, workspace, token, username, FieldErrors.from(rejected.invalid()), Optional.empty());
                case Used.TooMany(Duration wait) ->
                    links.find(workspace, token)
                            .map(invitation -> Html.tooMany(
                                    wait,
                                    page(
                                            call,
                                            workspace,
                                            token,
                                            invitation,
                                            username,
                                            FieldErrors.NONE,
                                            Optional.of(TOO_MANY))))
                            .orElseGet(() -> gone(call, workspace));
            };
        });
    }

    private Response refused(
            Call call,
            Workspace workspace,
            String token,
            String username,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return links.find(workspace, token)
                .map(invitation -> Html.invalid(page(call, workspace, token, invitation, username, errors, problem)))
                .orElseGet(() -> gone(call, workspace));
    }

    @GET
    @Path("forgot-password")
    public Response forgotForm(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.page(call, shortPath, found -> Html.ok(forgot(call, found.workspace(), false, Optional.empty())));
    }

    private ForgotPasswordPage forgot(Call call, Workspace workspace, boolean asked, Optional<FormProblem> problem) {
        return new ForgotPasswordPage(at.door(call, workspace, "Forgot password"), asked, fresh.mailing(), problem);
    }

    @POST
    @Path("forgot-password")
    public Response forgot(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("usernameOrEmail") @DefaultValue("") String name) {
        return at.page(
                call,
                shortPath,
                found -> passwordLinks
                        .ask(call.actor(), shortPath, name)
                        .map(wait -> Html.tooMany(wait, forgot(call, found.workspace(), false, Optional.of(TOO_MANY))))
                        .orElseGet(() -> Html.ok(forgot(call, found.workspace(), true, Optional.empty()))));
    }
}
