package dev.banyan.workspaces.mail;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.mail.MailServerInput;
import dev.banyan.platform.mail.StoredMailServer;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.mail.MailServers.Tested;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The mail server of a workspace in the API.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/mail")
@RunOnVirtualThread
@JsonResource
@Tag(
        name = "Sub-client mail server",
        description = "Invitations, password links and notices of the sub-client go through this server.")
class MailServerResource {

    private static final String FORBIDDEN = "Only admins can manage the mail server";

    @NoOtherFields
    @Schema(name = "MailServerBody")
    record MailServerBody(
            @Schema(example = "smtp.example.com") Optional<String> host,

            @Schema(description = "465 for `tls`, 587 for `starttls` and 25 for `none` if omitted")
            Optional<Integer> port,

            @Schema(description = "`tls`, `starttls` or `none`; `starttls` if omitted")
            Optional<String> security,

            @Schema(description = "Omit if the server asks for no sign-in")
            Optional<String> user,

            @Schema(description = "Omit to keep it. Never shown again")
            Optional<String> password,

            @Schema(description = "The sender’s address", example = "shop@example.com")
            Optional<String> from,

            @Schema(description = "The sender’s name, up to 100 characters")
            Optional<String> fromName) {

        MailServerInput input() {
            return new MailServerInput(
                    host.orElse(""),
                    port,
                    security.orElse("starttls"),
                    user.orElse(""),
                    password.filter(text -> !text.isEmpty()),
                    from.orElse(""),
                    fromName.orElse(""));
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "MailServer")
    record MailServerView(
            String host,
            int port,
            String security,
            String user,
            boolean hasPassword,
            String from,
            String fromName,

            @Schema(description = "Mails in a row that it didn’t take")
            int failures,

            @Schema(description = "Why it didn’t take the last one")
            Optional<String> lastError,

            Optional<Instant> failedAt,
            Instant updatedAt) {

        static MailServerView of(StoredMailServer server) {
            return new MailServerView(
                    server.host(),
                    server.port(),
                    server.security().key(),
                    server.user(),
                    server.sealedPassword().isPresent(),
                    server.from(),
                    server.fromName(),
                    server.failures(),
                    server.lastError(),
                    server.failedAt(),
                    server.updatedAt());
        }
    }

    /// @param mail omitted if mails go through this server’s own
    @JsonInclude(Include.NON_ABSENT)
    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "MailServerAnswer"))
    record MailServerSettings(Optional<MailServerView> mail) {

        static MailServerSettings of(Optional<StoredMailServer> server) {
            return new MailServerSettings(server.map(MailServerView::of));
        }
    }

    private final MailServers servers;

    MailServerResource(MailServers servers) {
        this.servers = servers;
    }

    @GET
    @Operation(summary = "Get the sub-client’s mail server; the password is not shown")
    @APIResponseSchema(
            value = MailServerSettings.class,
            responseDescription = "Without `mail` if it has none of its own")
    public MailServerSettings read(@Context WorkspaceRequest request) {
        return MailServerSettings.of(
                request.done(servers.read(request.actor(), request.project(), request.workspace()), FORBIDDEN));
    }

    @PUT
    @Operation(summary = "Set up the sub-client’s mail server; replaces all settings but an omitted password")
    @APIResponseSchema(value = MailServerSettings.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown")
    public MailServerSettings put(@Context WorkspaceRequest request, MailServerBody body) {
        return MailServerSettings.of(Optional.of(request.done(
                servers.put(request.actor(), request.project(), request.workspace(), body.input()), FORBIDDEN)));
    }

    @DELETE
    @Operation(summary = "Remove the sub-client’s mail server; its mails go through this server’s own")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed")
    public DoneMessage delete(@Context WorkspaceRequest request) {
        boolean wasThere =
                request.done(servers.delete(request.actor(), request.project(), request.workspace()), FORBIDDEN);
        return new DoneMessage(wasThere ? "Mail server removed" : "There is no mail server to remove");
    }

    @POST
    @Path("test")
    @Operation(summary = "Send a test mail to yourself, before or after saving the settings")
    @APIResponseSchema(value = Tested.class, responseDescription = "Whether the server took it")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown, or nothing is set up")
    public Tested test(@Context WorkspaceRequest request, MailServerBody body) {
        return request.done(
                servers.test(
                        request.actor(),
                        request.project(),
                        request.workspace(),
                        body.host().map(_ -> body.input())),
                FORBIDDEN);
    }
}
