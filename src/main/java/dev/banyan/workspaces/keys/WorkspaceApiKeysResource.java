package dev.banyan.workspaces.keys;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.workspaces.access.KeyPermission;
import dev.banyan.workspaces.access.WorkspaceKey;
import dev.banyan.workspaces.access.WorkspaceRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Keys that let programs work in one workspace. Creating one ignores `Idempotency-Key`: to repeat the answer, the
/// key’s text would have to be stored.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/api-keys")
@RunOnVirtualThread
@JsonResource
@Tag(
        name = "Sub-client API keys",
        description =
                "Keys that let apps work in one sub-client. Send one as `Authorization: Bearer wsk_…` to the routes"
                        + " of its permissions. On the routes of conversations and chat, name the user in the query: `userId`.")
class WorkspaceApiKeysResource {

    private static final String UNKNOWN = "API key not found";
    private static final String FORBIDDEN = "Only sub-client admins can manage API keys";
    static final String SIGN_IN_AGAIN =
            "Sign in again first: API keys can be created and deleted within 15 minutes of" + " signing in";

    @NoOtherFields
    @Schema(requiredProperties = {"name", "permissions"})
    record NewWorkspaceKeyBody(
            @Schema(description = "1 to 50 characters", example = "Booking system")
            Optional<String> name,

            @Schema(
                    description =
                            "At least one of `users`, `conversations` (project side only), `inbox`, `messages` and"
                                    + " `contacts`")
            Optional<List<String>> permissions) {}

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "WorkspaceKey")
    record KeyView(
            String id,
            String name,
            List<KeyPermission> permissions,

            @Schema(description = "False once the person who created it can no longer manage the sub-client")
            boolean works,

            @Schema(description = "Why it doesn’t work") Optional<String> problem,
            Instant createdAt,
            Optional<Instant> lastUsedAt,

            @Schema(description = "The network that it was last used from", example = "203.0.113.0")
            Optional<String> lastUsedIp) {

        static KeyView of(WorkspaceKey key, boolean works) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.permissions(),
                    works,
                    works ? Optional.empty() : Optional.of(WorkspaceKey.MAKER_GONE),
                    key.createdAt(),
                    key.lastUsedAt(),
                    key.lastUsedIp());
        }
    }

    @Schema(name = "WorkspaceKeyList")
    record KeyList(
            List<KeyView> apiKeys,

            @Schema(description = "What you may give to a key")
            List<KeyPermission> availablePermissions) {}

    @Schema(name = "NewWorkspaceKey")
    record NewKey(
            KeyView apiKey,

            @Schema(description = "The whole key, shown only here", example = "wsk_w1a2b3c4_…")
            String key) {}

    record WorkspaceKeyAnswer(boolean success, NewKey data, String message) implements WholeEnvelope {}

    private final WorkspaceApiKeys keys;

    WorkspaceApiKeysResource(WorkspaceApiKeys keys) {
        this.keys = keys;
    }

    @GET
    @Operation(summary = "List the sub-client's API keys; the keys themselves are not shown")
    @APIResponseSchema(value = KeyList.class, responseDescription = "Oldest first, at most 20")
    public KeyList list(@Context WorkspaceRequest request) {
        var found = request.done(keys.list(request.actor(), request.project(), request.workspace()), FORBIDDEN);
        return new KeyList(
                found.stream().map(key -> KeyView.of(key.key(), key.works())).toList(),
                WorkspaceApiKeys.available(request.actor()));
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Create an API key of the sub-client; the key is returned only once")
    @APIResponseSchema(value = WorkspaceKeyAnswer.class, responseCode = "201", responseDescription = "Created")
    @APIResponse(responseCode = "400", description = "Invalid name or permissions, or too many keys")
    @APIResponse(responseCode = "403", description = "No right to it, or the sign-in is not recent")
    public WorkspaceKeyAnswer create(@Context WorkspaceRequest request, NewWorkspaceKeyBody body) {
        refuseUnlessProved(request);
        var created = request.done(
                keys.create(
                        request.actor(),
                        request.project(),
                        request.workspace(),
                        body.name().orElse(""),
                        body.permissions().orElse(List.of())),
                FORBIDDEN);
        return new WorkspaceKeyAnswer(
                true,
                new NewKey(KeyView.of(created.key(), true), created.text()),
                "API key created. Copy it now; it isn’t shown again.");
    }

    @DELETE
    @Path("{keyId}")
    @Operation(summary = "Delete an API key of the sub-client; it stops working at once")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "403", description = "No right to it, or the sign-in is not recent")
    public DoneMessage delete(@Context WorkspaceRequest request, @PathParam("keyId") String keyId) {
        refuseUnlessProved(request);
        request.done(
                keys.find(request.actor(), request.project(), request.workspace(), keyId)
                        .then(_ -> keys.delete(request.actor(), request.project(), request.workspace(), keyId)),
                UNKNOWN,
                FORBIDDEN);
        return new DoneMessage("API key deleted successfully");
    }

    private void refuseUnlessProved(WorkspaceRequest request) {
        keys.mayManage(request.actor(), request.project(), request.workspace()).ifPresent(refusal -> {
            throw request.refused(refusal, FORBIDDEN);
        });
        if (!keys.hasProof(request.actor())) {
            throw request.denied(403, SIGN_IN_AGAIN);
        }
    }
}
