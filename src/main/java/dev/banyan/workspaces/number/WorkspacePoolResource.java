package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.workspaces.access.WorkspaceRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The account's pool over which a workspace talks, in the API.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/pool")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-clients", description = "The workspaces of a project.")
class WorkspacePoolResource {

    private static final String FORBIDDEN = "Only people of the whole account can attach a pool";

    @NoOtherFields
    @Schema(name = "WorkspacePoolBody")
    record PoolBody(
            @Schema(description = "The pool’s master; required")
            Optional<String> master) {}

    record PoolAnswer(String message) {}

    private final WorkspacePools pools;

    WorkspacePoolResource(WorkspacePools pools) {
        this.pools = pools;
    }

    @PUT
    @Operation(summary = "Attach a pool of the account; the sub-client’s inbox gets its messages")
    @APIResponseSchema(value = PoolAnswer.class, responseDescription = "Attached")
    @APIResponse(responseCode = "409", description = "The pool or the sub-client is in use, and by what")
    public PoolAnswer attach(@Context WorkspaceRequest request, PoolBody body) {
        return answer(
                request,
                "Pool attached",
                pools.attach(
                        request.actor(),
                        request.project(),
                        request.workspace(),
                        body.master().orElse("")));
    }

    @DELETE
    @Operation(summary = "Detach the pool, which stays in the account")
    @APIResponseSchema(value = PoolAnswer.class, responseDescription = "Detached")
    public PoolAnswer detach(@Context WorkspaceRequest request) {
        return answer(request, "Pool detached", pools.detach(request.actor(), request.project(), request.workspace()));
    }

    private static PoolAnswer answer(WorkspaceRequest request, String done, WorkspacePools.Attached attached) {
        return switch (attached) {
            case WorkspacePools.Attached.Done _ -> new PoolAnswer(done);
            case WorkspacePools.Attached.NoPool _ ->
                throw request.refused(404, "Pool not found: it must be a master of the account");
            case WorkspacePools.Attached.InUse(String workspace) ->
                throw request.refused(409, "“" + workspace + "” uses this pool. Detach it there first");
            case WorkspacePools.Attached.HasNumber _ ->
                throw request.refused(409, "The sub-client has a number already. Detach or remove it first");
            case WorkspacePools.Attached.Refused(var refusal) -> throw request.refused(refusal, FORBIDDEN);
        };
    }
}
