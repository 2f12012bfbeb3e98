package dev.banyan.workspaces.administration;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.access.Projects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Projects as an API (design 6, "further routes").
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Projects", description = "Projects belong to an account and contain workspaces.")
@APIResponse(responseCode = "403", description = "Access denied: a workspace user of this project")
class ProjectsResource {

    /// @param sub_clients_enabled any JSON value, because the contract has its own error for values that aren't
    /// booleans
    record ProjectBody(
            @Schema(description = "1 to 100 characters") Optional<String> name,

            @Schema(description = "At most 500 characters; empty removes it")
            Optional<String> description,

            @Schema(implementation = Boolean.class, description = "Whether the project has sub-clients (workspaces)")
            Optional<Object> sub_clients_enabled,

            @Schema(
                    implementation = Boolean.class,
                    description = "Whether people can register; also the default for new workspaces")
            Optional<Object> sub_clients_registration_enabled,

            @Schema(
                    description = "What new users need before they can sign in: `none` (default), `email` (a confirmed"
                            + " address) or `approval` (by an admin)")
            Optional<String> registration_proof) {

        /// Validates the switches.
        Optional<String> broken() {
            return notBoolean()
                    .map(field -> field + " must be a boolean")
                    .or(() -> registration_proof
                            .filter(proof -> RegistrationProof.of(proof).isEmpty())
                            .map(_ -> "registration_proof must be none, email or approval"));
        }

        private Optional<String> notBoolean() {
            return sub_clients_enabled
                    .filter(flag -> !(flag instanceof Boolean))
                    .map(_ -> "sub_clients_enabled")
                    .or(() -> sub_clients_registration_enabled
                            .filter(flag -> !(flag instanceof Boolean))
                            .map(_ -> "sub_clients_registration_enabled"));
        }

        Projects.Change change() {
            return new Projects.Change(
                    name,
                    description,
                    sub_clients_enabled.map(Boolean.class::cast),
                    sub_clients_registration_enabled.map(Boolean.class::cast),
                    registration_proof.flatMap(RegistrationProof::of));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ProjectView(
            ProjectId id,
            String name,
            Optional<String> description,
            boolean subClientsEnabled,
            boolean subClientsRegistrationEnabled,
            RegistrationProof registrationProof,
            long subClientCount,
            long createdAt,
            long updatedAt) {

        static ProjectView of(Project project) {
            return new ProjectView(
                    project.id(),
                    project.name(),
                    project.description(),
                    project.enabled(),
                    project.registrationEnabled(),
                    project.registrationProof(),
                    project.workspaces(),
                    project.createdAt().toEpochMilli(),
                    project.updatedAt().toEpochMilli());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    record ProjectList(List<ProjectView> projects, Optional<ProjectId> nextCursor) {}

    record OneProject(ProjectView project) {}

    @JsonInclude(Include.NON_ABSENT)
    record ProjectAnswer(boolean success, OneProject data, Optional<String> message) implements WholeEnvelope {

        static ProjectAnswer of(Project project, Optional<String> message) {
            return new ProjectAnswer(true, new OneProject(ProjectView.of(project)), message);
        }
    }

    private final Projects projects;

    ProjectsResource(Projects projects) {
        this.projects = projects;
    }

    @GET
    @Operation(summary = "List an account's projects, newest first")
    @APIResponseSchema(value = ProjectList.class, responseDescription = "All projects")
    @APIResponse(responseCode = "403", description = "Access denied: a workspace user")
    public ProjectList list(@Context ProjectRequest request, @BeanParam PageQuery page) {
        PageQuery.Slice<ProjectId> slice = page.slice(ProjectId::parse);
        var listed = projects.list(request.context(), slice.after(), slice.limit());
        return new ProjectList(listed.items().stream().map(ProjectView::of).toList(), listed.next());
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create a project")
    @APIResponseSchema(value = ProjectAnswer.class, responseDescription = "Created", responseCode = "201")
    @APIResponse(responseCode = "403", description = "Access denied: a workspace user")
    public Response create(@Context ProjectRequest request, ProjectBody body) {
        return request.once(body, 201, () -> {
            body.broken().ifPresent(why -> {
                throw request.refused(400, why);
            });
            Project project = request.done(projects.create(request.context(), body.change()));
            return ProjectAnswer.of(project, Optional.of("Project created successfully"));
        });
    }

    @GET
    @Path("{projectId}")
    @Operation(summary = "Get a project")
    @APIResponseSchema(value = ProjectAnswer.class, responseDescription = "The project")
    public ProjectAnswer get(@Context ProjectRequest request) {
        return ProjectAnswer.of(find(request), Optional.empty());
    }

    private Project find(ProjectRequest request) {
        return projects.find(request.context(), request.project()).orElseThrow(request::unknown);
    }

    @PUT
    @Path("{projectId}")
    @Operation(summary = "Update a project; omitted fields stay unchanged")
    @APIResponseSchema(value = ProjectAnswer.class, responseDescription = "Changed")
    public ProjectAnswer update(@Context ProjectRequest request, ProjectBody body) {
        body.broken().ifPresent(why -> {
            find(request); // outsiders don't learn that it is there
            throw request.refused(400, why);
        });
        Project project = request.done(projects.update(request.context(), request.project(), body.change()));
        return ProjectAnswer.of(project, Optional.of("Project updated successfully"));
    }

    @DELETE
    @Path("{projectId}")
    @Operation(summary = "Delete a project that has no sub-clients (workspaces)")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "409", description = "The project still has sub-clients")
    public DoneMessage delete(@Context ProjectRequest request) {
        request.done(projects.delete(request.context(), request.project()));
        return new DoneMessage("Project deleted successfully");
    }
}
