package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.request.FormAccount;
import dev.banyan.workspaces.ProjectId;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;

/// Makes requests available as parameters of resource methods.
@Singleton
record WorkspaceRequests(
        WorkspaceApiGuard guard, ProjectGuard ofProject, WorkspacePageGuard ofAdmins, Idempotency idempotency) {

    @Produces
    @Dependent
    @Unremovable
    WorkspaceRequest ofWorkspace(Call call, UriInfo address) {
        var ids = address.getPathParameters();
        var scope = guard.scope(call, ids.getFirst("projectId"), ids.getFirst("subClientId"));
        var request = new WorkspaceRequest(call, scope, guard, idempotency);
        request.keep(call.routing());
        return request;
    }

    @Produces
    @Dependent
    @Unremovable
    ProjectRequest ofProject(Call call, UriInfo address) {
        Optional<String> typed = Optional.ofNullable(address.getPathParameters().getFirst("projectId"));
        Optional<ProjectId> project = typed.flatMap(ProjectId::parse);
        var request = new ProjectRequest(call, guard.projectSide(call, project), project, guard, idempotency);
        if (typed.isPresent() && project.isEmpty()) {
            throw request.unknown();
        }
        request.keep(call.routing());
        return request;
    }

    @Produces
    @Dependent
    @Unremovable
    MemberRequest ofMember(Call call) {
        var request = new MemberRequest(call, guard, idempotency);
        request.keep(call.routing());
        return request;
    }

    /// From the project or from the workspace, as the address says.
    @Produces
    @Dependent
    @Unremovable
    AdminRequest ofAdmin(Call call, UriInfo address, ResourceInfo matched) {
        InMenu here = Objects.requireNonNull(matched.getResourceClass().getAnnotation(InMenu.class), "Add @InMenu");
        AdminRequest request = address.getPathParameters().containsKey("shortPath")
                ? ofAdmins.admin(call, here.value(), here.refusedPlainly())
                : ofProject.admin(call, FormAccount.named(), here.value().tab());
        request.keep(call.routing());
        return request;
    }
}
