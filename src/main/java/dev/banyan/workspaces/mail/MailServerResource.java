package dev.banyan.workspaces.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
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

        MailServers.Wish wish() {
            return new MailServers.Wish(
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
    record MailServerSettings(Optional<MailServerView> mail) {}

    record MailServerAnswer(boolean success, MailServerSettings data) {}

    @Schema(name = "MailTest")
    record TestView(
            boolean ok,

            @Schema(description = "Your own address") String to,

            @Schema(description = "What the server said") String text) {}

    record MailTestAnswer(boolean success, TestView data) {}

    private final WorkspaceApiGuard gate;
    private final MailServers servers;

    MailServerResource(WorkspaceApiGuard gate, MailServers servers) {
        this.gate = gate;
        this.servers = servers;
    }

    @GET
    @Operation(summary = "Get the sub-client’s mail server; the password is not shown")
    @APIResponseSchema(value = MailServerAnswer.class, responseDescription = "Without `mail` if it has none of its own")
    public Response read(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> servers.read(actor, project, id)
                        .fold(found -> ok(found.map(MailServerView::of)), refusal -> refused(call, refusal)));
    }

    @PUT
    @Operation(summary = "Set up the sub-client’s mail server; replaces all settings but an omitted password")
    @APIResponseSchema(value = MailServerAnswer.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown")
    public Response put(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            MailServerBody body) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> servers.put(actor, project, id, body.wish())
                        .fold(server -> ok(Optional.of(MailServerView.of(server))), refusal -> refused(call, refusal)));
    }

    @DELETE
    @Operation(summary = "Remove the sub-client’s mail server; its mails go through this server’s own")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed")
    public Response delete(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> servers.delete(actor, project, id)
                        .fold(_ -> Answers.done("Mail server removed"), refusal -> refused(call, refusal)));
    }

    @POST
    @Path("test")
    @Operation(summary = "Send a test mail to yourself, before or after saving the settings")
    @APIResponseSchema(value = MailTestAnswer.class, responseDescription = "Whether the server took it")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown, or nothing is set up")
    public Response test(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            MailServerBody body) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> servers.test(
                                actor, project, id, body.host().map(_ -> body.wish()))
                        .fold(
                                tested -> Response.ok(new MailTestAnswer(
                                                true, new TestView(tested.ok(), tested.to(), tested.text())))
                                        .build(),
                                refusal -> refused(call, refusal)));
    }

    private static Response ok(Optional<MailServerView> server) {
        return Response.ok(new MailServerAnswer(true, new MailServerSettings(server)))
                .build();
    }

    private Response refused(Call call, Refusal refusal) {
        return gate.refused(call, refusal, FORBIDDEN);
    }
}
