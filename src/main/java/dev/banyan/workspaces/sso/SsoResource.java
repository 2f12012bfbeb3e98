package dev.banyan.workspaces.sso;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.sso.ProviderTests;
import dev.banyan.platform.sso.SsoBody;
import dev.banyan.platform.sso.SsoView;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Single sign-on of a workspace in the API.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/sso")
@RunOnVirtualThread
@JsonResource
@Tag(
        name = "Sub-client single sign-on",
        description = "Sign-in at your own provider: OpenID Connect, SAML 2.0 or LDAP.")
class SsoResource {

    private static final String FORBIDDEN = "Only admins can manage single sign-on";

    /// @param sso omitted if it isn’t set up
    /// @param redirectUri the address that an OpenID provider must know
    /// @param metadataUri the address of our SAML metadata, which is our entity id, too
    /// @param acsUri the address to which a SAML provider must post its answers
    @JsonInclude(Include.NON_ABSENT)
    record SsoAnswer(Optional<SsoView> sso, String redirectUri, String metadataUri, String acsUri) {

        static SsoAnswer of(SsoSetup.View view) {
            return new SsoAnswer(
                    view.stored()
                            .map(stored -> SsoView.of(
                                    stored.settings(),
                                    StoredSso.reach(stored.settings()),
                                    stored.sealedSecret().isPresent(),
                                    stored.passwordSignIn(),
                                    stored.linkedPasswords(),
                                    view.emergencyAdmin(),
                                    stored.createdAt(),
                                    stored.updatedAt())),
                    view.redirectAddress(),
                    view.service().entityId(),
                    view.service().answersTo());
        }
    }

    record SsoEnvelope(boolean success, SsoAnswer data) {}

    record SsoTestEnvelope(boolean success, ProviderTests.Result data) {}

    private final WorkspaceApiGuard gate;
    private final SsoSetup setup;

    SsoResource(WorkspaceApiGuard gate, SsoSetup setup) {
        this.gate = gate;
        this.setup = setup;
    }

    @GET
    @Operation(summary = "Get the sub-client’s single sign-on; secrets are not shown")
    @APIResponseSchema(
            value = SsoEnvelope.class,
            responseDescription = "The settings, without `sso` if it isn’t set up")
    public Response read(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, workspace) ->
                        setup.read(actor, project, workspace).fold(SsoResource::ok, refusal -> refused(call, refusal)));
    }

    @PUT
    @Operation(summary = "Set up the sub-client’s single sign-on; replaces all settings but an omitted secret")
    @APIResponseSchema(value = SsoEnvelope.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown")
    public Response put(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            SsoBody body) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, workspace) -> setup.put(actor, project, workspace, body)
                        .fold(SsoResource::ok, refusal -> refused(call, refusal)));
    }

    @DELETE
    @Operation(summary = "Remove the sub-client’s single sign-on; people whom the provider signed in are signed out")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed; users are kept")
    public Response delete(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, workspace) -> setup.delete(actor, project, workspace)
                        .fold(_ -> Answers.done("Single sign-on removed"), refusal -> refused(call, refusal)));
    }

    @POST
    @Path("test")
    @Operation(summary = "Ask the provider whether the settings would work, before or after saving them")
    @APIResponseSchema(value = SsoTestEnvelope.class, responseDescription = "What was found, step by step")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown")
    public Response test(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            SsoBody body) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, workspace) -> setup.test(
                                actor, project, workspace, body.kind().map(_ -> body))
                        .fold(
                                result -> Response.ok(new SsoTestEnvelope(true, result))
                                        .build(),
                                refusal -> refused(call, refusal)));
    }

    private static Response ok(SsoSetup.View view) {
        return Response.ok(new SsoEnvelope(true, SsoAnswer.of(view))).build();
    }

    private Response refused(Call call, Refusal refusal) {
        return gate.refused(call, refusal, FORBIDDEN);
    }
}
