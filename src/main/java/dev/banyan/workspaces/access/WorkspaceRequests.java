package dev.banyan.workspaces.access;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;

/// Makes [WorkspaceRequest] available as a parameter of resource methods.
@Singleton
final class WorkspaceRequests {

    private final WorkspaceApiGuard guard;
    private final Idempotency idempotency;

    WorkspaceRequests(WorkspaceApiGuard guard, Idempotency idempotency) {
        this.guard = guard;
        this.idempotency = idempotency;
    }

    @Produces
    @Dependent
    @Unremovable
    WorkspaceRequest request(Call call, UriInfo address) {
        var ids = address.getPathParameters();
        var scope = guard.scope(call, ids.getFirst("projectId"), ids.getFirst("subClientId"));
        var request = new WorkspaceRequest(call, scope, guard, idempotency);
        request.keep(call.routing());
        return request;
    }
}
