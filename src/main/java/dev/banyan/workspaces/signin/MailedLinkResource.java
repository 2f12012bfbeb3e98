package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.mail.WorkspaceMails;
import dev.banyan.workspaces.signin.WorkspaceSessionResource.SignedInAnswer;
import dev.banyan.workspaces.users.MailedLinks;
import dev.banyan.workspaces.users.MailedLinks.Used;
import dev.banyan.workspaces.users.PasswordLinkRequests;
import dev.banyan.workspaces.users.WorkspaceUsersResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Mailed links of a workspace, as an API.
@Path("/api/sub-client")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client sign-in")
class MailedLinkResource {

    private static final String GONE = "This link has expired or was already used";

    @Schema(requiredProperties = {"shortPath", "usernameOrEmail"})
    record ForgottenBody(
            @Schema(description = "The workspace's address, such as `x7M2-marketing`")
            Optional<String> shortPath,

            @Schema(description = "Email, or username in any case")
            Optional<String> usernameOrEmail) {}

    record InvitedBody(
            @Schema(description = "The workspace's address, such as `x7M2-marketing`")
            Optional<String> shortPath,

            @Schema(description = "From the emailed link") Optional<String> token,

            @Schema(
                    description =
                            "2 to 64 letters, digits, dots, hyphens or underscores; only if the invitation has no username")
            Optional<String> username,

            @Schema(description = "8 to 128 characters") Optional<String> password) {}

    private final WorkspaceLookup lookup;
    private final MailedLinks links;
    private final PasswordLinkRequests passwordLinks;
    private final WorkspaceCookies cookies;
    private final WorkspaceMails mails;

    MailedLinkResource(
            WorkspaceLookup lookup,
            MailedLinks links,
            PasswordLinkRequests passwordLinks,
            WorkspaceCookies cookies,
            WorkspaceMails mails) {
        this.mails = mails;
        this.lookup = lookup;
        this.links = links;
        this.passwordLinks = passwordLinks;
        this.cookies = cookies;
    }

    @POST
    @Path("forgot-password")
    @Operation(summary = "Request a password link; the answer doesn't reveal whether the user exists")
    @APIResponseSchema(
            value = Answers.Envelope.class,
            responseDescription = "If an account matches, a password link is on its way")
    @APIResponse(responseCode = "400", description = "A field is missing")
    public Response forgot(@Context Call call, ForgottenBody body) {
        String shortPath = body.shortPath().orElse("");
        String name = body.usernameOrEmail().orElse("");
        if (shortPath.isBlank() || name.isBlank()) {
            return Answers.refused(400, "shortPath and usernameOrEmail are required");
        }
        Optional<Duration> wait = passwordLinks.ask(call.actor(), shortPath, name, Optional.empty());
        return wait.map(Answers::tooMany)
                .orElseGet(() -> Answers.done(
                        mails.isMailing(lookup.find(shortPath))
                                ? "If an account matches, a password link is on its way"
                                : "This server can’t send email: ask an admin of the workspace for a password link"));
    }

    @POST
    @Path("invitation")
    @Operation(summary = "Use an emailed link to join or choose a new password, and sign in")
    @APIResponseSchema(
            value = SignedInAnswer.class,
            responseDescription = "Signed in; the link stops working",
            responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the username is taken")
    @APIResponse(responseCode = "403", description = "The workspace is suspended")
    @APIResponse(responseCode = "404", description = "The link is unknown, used or expired")
    public Response use(@Context Call call, InvitedBody body) {
        return switch (lookup.find(body.shortPath().orElse(""))) {
            case LookedUp.NotFound _, LookedUp.Moved _, LookedUp.NotEnabled _ -> Answers.refused(404, GONE);
            case LookedUp.Found found
            when found.workspace().suspended() -> Answers.refused(403, WorkspaceSessionResource.SUSPENDED);
            case LookedUp.Found found -> use(call, found.workspace(), body);
        };
    }

    private Response use(Call call, Workspace workspace, InvitedBody body) {
        return switch (links.use(
                call.actor(),
                workspace,
                body.token().orElse(""),
                body.username().orElse(""),
                body.password().orElse(""))) {
            case Used.Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) ->
                cookies.with(
                        call,
                        session,
                        Response.status(201)
                                .entity(SignedInAnswer.of(user, session))
                                .build());
            case Used.NotFound _ -> Answers.refused(404, GONE);
            case Used.UsernameTaken _ -> Answers.refused(400, WorkspaceUsersResource.USERNAME_TAKEN);
            case Used.EmailTaken _ -> Answers.refused(400, WorkspaceUsersResource.EMAIL_TAKEN);
            case Used.Rejected rejected -> Answers.refused(rejected.invalid().getFirst());
            case Used.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
        };
    }
}
