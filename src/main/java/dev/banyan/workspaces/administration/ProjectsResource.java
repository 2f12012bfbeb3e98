package dev.banyan.workspaces.administration;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.Projects.Deleted;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
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

    record ProjectListAnswer(boolean success, ProjectList data) {}

    record OneProject(ProjectView project) {}

    @JsonInclude(Include.NON_ABSENT)
    record ProjectAnswer(boolean success, OneProject data, Optional<String> message) {

        static ProjectAnswer of(Project project, Optional<String> message) {
            return new ProjectAnswer(true, new OneProject(ProjectView.of(project)), message);
        }
    }

    private final WorkspaceApiGuard gate;
    private final Projects projects;
    private final Idempotency idempotency;

    ProjectsResource(WorkspaceApiGuard gate, Projects projects, Idempotency idempotency) {
        this.gate = gate;
        this.projects = projects;
        this.idempotency = idempotency;
    }

    @GET
    @Operation(summary = "List an account's projects, newest first")
    @APIResponseSchema(value = ProjectListAnswer.class, responseDescription = "All projects")
    @APIResponse(responseCode = "403", description = "Access denied: a workspace user")
    public Response list(
            @Context Call call,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.projectSide(call, Optional.empty(), context -> switch (Paging.of(limit, after, ProjectId::parse)) {
            case Paging.Bad<ProjectId> bad -> Answers.refused(400, bad.error());
            case Paging.Slice<ProjectId> slice -> {
                var listed = projects.list(context, slice.after(), slice.limit());
                var views = listed.items().stream().map(ProjectView::of).toList();
                yield Response.ok(new ProjectListAnswer(true, new ProjectList(views, listed.next())))
                        .build();
            }
        });
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create a project")
    @APIResponseSchema(value = ProjectAnswer.class, responseDescription = "Created", responseCode = "201")
    @APIResponse(responseCode = "403", description = "Access denied: a workspace user")
    public Response create(@Context Call call, ProjectBody body) {
        return gate.projectSide(
                call,
                Optional.empty(),
                context -> idempotency.once(
                        call,
                        context.acting().id(),
                        call.header(Idempotency.HEADER),
                        body,
                        () -> withFlags(body, () -> create(call, context, body))));
    }

    private Response create(Call call, AccountContext context, ProjectBody body) {
        return projects.create(context, body.change())
                .fold(
                        project -> Response.status(201)
                                .entity(ProjectAnswer.of(project, Optional.of("Project created successfully")))
                                .build(),
                        refusal -> refused(call, refusal));
    }

    private Response refused(Call call, Refusal refusal) {
        return gate.refused(call, refusal, WorkspaceApiGuard.UNKNOWN_PROJECT, WorkspaceApiGuard.DENIED);
    }

    private static Response withFlags(ProjectBody body, Supplier<Response> work) {
        return body.broken().map(why -> Answers.refused(400, why)).orElseGet(work);
    }

    @GET
    @Path("{projectId}")
    @Operation(summary = "Get a project")
    @APIResponseSchema(value = ProjectAnswer.class, responseDescription = "The project")
    public Response get(@Context Call call, @PathParam("projectId") String projectId) {
        return gate.withProject(
                call,
                projectId,
                (context, id) -> projects.find(context, id)
                        .map(project -> Response.ok(ProjectAnswer.of(project, Optional.empty()))
                                .build())
                        .orElseGet(() -> gate.denied(call, 404, WorkspaceApiGuard.UNKNOWN_PROJECT)));
    }

    @PUT
    @Path("{projectId}")
    @Operation(summary = "Update a project; omitted fields stay unchanged")
    @APIResponseSchema(value = ProjectAnswer.class, responseDescription = "Changed")
    public Response update(@Context Call call, @PathParam("projectId") String projectId, ProjectBody body) {
        return gate.withProject(call, projectId, (context, id) -> {
            Optional<String> broken = body.broken();
            if (broken.isPresent()) {
                return projects.find(context, id).isPresent()
                        ? Answers.refused(400, broken.get())
                        : gate.denied(call, 404, WorkspaceApiGuard.UNKNOWN_PROJECT);
            }
            return projects.update(context, id, body.change())
                    .fold(
                            project -> Response.ok(
                                            ProjectAnswer.of(project, Optional.of("Project updated successfully")))
                                    .build(),
                            refusal -> refused(call, refusal));
        });
    }

    @DELETE
    @Path("{projectId}")
    @Operation(summary = "Delete a project that has no sub-clients (workspaces)")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "409", description = "The project still has sub-clients")
    public Response delete(@Context Call call, @PathParam("projectId") String projectId) {
        return gate.withProject(call, projectId, (context, id) -> switch (projects.delete(context, id)) {
            case Deleted.Done _ -> Answers.done("Project deleted successfully");
            case Deleted.NotFound _ -> gate.denied(call, 404, WorkspaceApiGuard.UNKNOWN_PROJECT);
            case Deleted.HasWorkspaces full ->
                Answers.refused(
                        409, "The project still has sub-clients (" + full.workspaces() + "). Delete them first.");
        });
    }
}
