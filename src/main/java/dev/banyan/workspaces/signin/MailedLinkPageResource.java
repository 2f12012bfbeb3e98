package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspacePageGuard.PublicPage;
import dev.banyan.workspaces.mail.WorkspaceMails;
import dev.banyan.workspaces.users.Invitation;
import dev.banyan.workspaces.users.MailedLinks;
import dev.banyan.workspaces.users.MailedLinks.Used;
import dev.banyan.workspaces.users.PasswordLinkRequests;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages behind mailed links: invitations and password resets.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MailedLinkPageResource {

    private static final FormProblem TOO_MANY =
            new FormProblem("Too many attempts.", "Wait a few minutes and try again.");

    private final MailedLinks links;
    private final PasswordLinkRequests passwordLinks;
    private final WorkspaceCookies cookies;
    private final WorkspaceMails mails;

    MailedLinkPageResource(
            MailedLinks links, PasswordLinkRequests passwordLinks, WorkspaceCookies cookies, WorkspaceMails mails) {
        this.mails = mails;
        this.links = links;
        this.passwordLinks = passwordLinks;
        this.cookies = cookies;
    }

    @GET
    @Path("invitation/{token}")
    public Response form(@Context PublicPage page, @PathParam("token") String token) {
        return links.find(page.workspace(), token)
                .map(invitation -> Html.ok(page(
                        page, token, invitation, invitation.username().orElse(""), FieldErrors.NONE, Optional.empty())))
                .orElseGet(() -> gone(page));
    }

    private MailedLinkPage page(
            PublicPage page,
            String token,
            Invitation invitation,
            String username,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        // The invited username may be taken by now: then the person has to choose another one.
        Optional<String> fixed = errors.has("username") ? Optional.empty() : invitation.username();
        return new MailedLinkPage(
                page.door(invitation.isForNewUser() ? "Invitation" : "New password"),
                token,
                query(page),
                invitation.isForNewUser(),
                invitation.email(),
                fixed,
                username,
                errors,
                problem);
    }

    /// The page inside that they asked for, before they came here.
    private static Optional<String> next(PublicPage page) {
        return page.call().query("next").flatMap(page::inside);
    }

    private static String query(PublicPage page) {
        return OwnPath.asNext(next(page));
    }

    private Response gone(PublicPage page) {
        return Html.answer(404, new MailedLinkGonePage(page.door("Link expired"), query(page)));
    }

    @POST
    @Path("invitation/{token}")
    public Response use(
            @Context PublicPage page,
            @PathParam("token") String token,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("password") @DefaultValue("") String password) {
        return switch (links.use(page.call().actor(), page.workspace(), token, username, password)) {
            case Used.Welcome welcome ->
                cookies.with(
                        page.call(),
                        welcome.session(),
                        page.entered(welcome.user().role(), next(page)));
            case Used.NotFound _ -> gone(page);
            case Used.UsernameTaken _ ->
                refused(
                        page,
                        token,
                        username,
                        new FieldErrors(Map.of("username", "This username is taken. Choose another.")),
                        Optional.empty());
            case Used.EmailTaken _ ->
                refused(
                        page,
                        token,
                        username,
                        FieldErrors.NONE,
                        Optional.of(new FormProblem(
                                "This email is already registered.", "Sign in with the password you chose.")));
            case Used.Rejected rejected ->
                refused(page, token, username, FieldErrors.from(rejected.invalid()), Optional.empty());
            case Used.TooMany(Duration wait) ->
                links.find(page.workspace(), token)
                        .map(invitation -> Html.tooMany(
                                wait, page(page, token, invitation, username, FieldErrors.NONE, Optional.of(TOO_MANY))))
                        .orElseGet(() -> gone(page));
        };
    }

    private Response refused(
            PublicPage page, String token, String username, FieldErrors errors, Optional<FormProblem> problem) {
        return links.find(page.workspace(), token)
                .map(invitation -> Html.invalid(page(page, token, invitation, username, errors, problem)))
                .orElseGet(() -> gone(page));
    }

    @GET
    @Path("forgot-password")
    public Response forgotForm(@Context PublicPage page) {
        return Html.ok(forgot(page, false, Optional.empty()));
    }

    private ForgotPasswordPage forgot(PublicPage page, boolean asked, Optional<FormProblem> problem) {
        return new ForgotPasswordPage(
                page.door("Forgot password"), query(page), asked, mails.isMailing(page.workspace()), problem);
    }

    @POST
    @Path("forgot-password")
    public Response forgot(@Context PublicPage page, @FormParam("usernameOrEmail") @DefaultValue("") String name) {
        return passwordLinks
                .ask(page.call().actor(), page.shortPath(), name, next(page))
                .map(wait -> Html.tooMany(wait, forgot(page, false, Optional.of(TOO_MANY))))
                .orElseGet(() -> Html.ok(forgot(page, true, Optional.empty())));
    }
}
