package dev.banyan.workspaces.administration;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.page.Words;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.WorkspaceLookupResource;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.access.WorkspaceViews.WorkspaceView;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.access.Workspaces.Created;
import dev.banyan.workspaces.access.Workspaces.Deleted;
import dev.banyan.workspaces.access.Workspaces.Updated;
import dev.banyan.workspaces.trash.DeletedWorkspaces;
import dev.banyan.workspaces.trash.DeletedWorkspaces.Restored;
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

/// Workspaces as an API: the sub-client seed's routes, in its terms.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-clients", description = "The workspaces of a project.")
class WorkspacesResource {

    private static final Noun PROJECT = Noun.of("Project");

    @Schema(requiredProperties = "name")
    record NewWorkspaceBody(
            @Schema(description = "1 to 100 characters") Optional<String> name,

            @Schema(description = "Optional; at most 500 characters")
            Optional<String> description,

            @Schema(description = "Can't be set here: add the domain with `POST /api/admin/domains`")
            Optional<String> custom_domain) {}

    record WorkspaceChangeBody(
            @Schema(description = "1 to 100 characters; the pathname doesn't change")
            Optional<String> name,

            @Schema(description = "At most 500 characters; empty removes it")
            Optional<String> description,

            @Schema(description = "1 to 50 of a-z, 0-9 and hyphens; empty uses the name. Project side only")
            Optional<String> pathname,

            @Schema(description = "true ends all sessions in it. Project side only")
            Optional<Boolean> suspended,

            @Schema(description = "Whether people can register; must also be on for the project")
            Optional<Boolean> registration_enabled,

            @Schema(description = "true makes it the project's default sub-client. Project side only")
            Optional<Boolean> is_default,

            @Schema(description = "Can't be set here: add the domain with `POST /api/admin/domains`")
            Optional<String> custom_domain) {}

    @JsonInclude(Include.NON_ABSENT)
    record WorkspaceList(boolean enabled, List<WorkspaceView> subClients, Optional<WorkspaceId> nextCursor) {}

    /// @param erasedAt from then on it can't be restored
    @JsonNaming(SnakeCaseStrategy.class)
    record DeletedView(
            WorkspaceId id,
            ProjectId projectId,
            String name,
            String shortId,
            String pathname,
            long userCount,
            long deletedAt,

            @Schema(description = "When it is erased, in milliseconds; it can be restored until then")
            long erasedAt) {}

    @JsonInclude(Include.NON_ABSENT)
    record DeletedList(List<DeletedView> subClients, Optional<WorkspaceId> nextCursor) {}

    record OneWorkspace(WorkspaceView subClient) {}

    @JsonInclude(Include.NON_ABSENT)
    record WorkspaceAnswer(boolean success, OneWorkspace data, Optional<String> message) implements WholeEnvelope {

        static WorkspaceAnswer of(WorkspaceView view, Optional<String> message) {
            return new WorkspaceAnswer(true, new OneWorkspace(view), message);
        }
    }

    private final Workspaces workspaces;
    private final WorkspaceDeletions deletions;
    private final WorkspaceLists lists;
    private final DeletedWorkspaces trash;

    WorkspacesResource(
            Workspaces workspaces, WorkspaceDeletions deletions, WorkspaceLists lists, DeletedWorkspaces trash) {
        this.workspaces = workspaces;
        this.deletions = deletions;
        this.lists = lists;
        this.trash = trash;
    }

    @GET
    @Path("{projectId}/sub-clients")
    @Operation(summary = "List the sub-clients of a project with their users, newest first")
    @APIResponseSchema(
            value = WorkspaceList.class,
            responseDescription = "Up to 1,000 sub-clients or 10,000 users; pass `nextCursor` to get the next page")
    @APIResponse(responseCode = "403", description = "Access denied: a workspace user")
    public Record list(
            @Context ProjectRequest request,
            @QueryParam("search") Optional<String> search,
            @Parameter(
                            description =
                                    "true lists deleted sub-clients that can be restored, without users; search is"
                                            + " ignored")
                    @QueryParam("deleted")
                    Optional<String> deleted,
            @BeanParam PageQuery page) {
        PageQuery.Slice<WorkspaceId> slice = page.slice(WorkspaceId::parse);
        if (deleted.filter("true"::equals).isPresent()) {
            return view(trash.list(request.context(), request.project(), slice.after(), slice.limit())
                    .orElseThrow(request::unknown));
        }
        var query = WorkspaceQuery.newest(search.orElse(""), slice.after(), slice.limit());
        return view(lists.withUsers(request.context(), request.project(), query).orElseThrow(request::unknown));
    }

    private static WorkspaceList view(WorkspaceLists.WithUsers listed) {
        return new WorkspaceList(
                listed.project().enabled(),
                listed.workspaces().items().stream()
                        .map(workspace -> WorkspaceView.of(
                                workspace, Optional.of(listed.users().getOrDefault(workspace.id(), List.of()))))
                        .toList(),
                listed.workspaces().next().map(WorkspaceQuery.Cursor::id));
    }

    private static DeletedList view(Slice<DeletedWorkspaces.Deleted, WorkspaceId> listed) {
        return new DeletedList(
                listed.items().stream()
                        .map(deleted -> new DeletedView(
                                deleted.workspace().id(),
                                deleted.workspace().project(),
                                deleted.workspace().name(),
                                deleted.workspace().shortId(),
                                deleted.workspace().pathname(),
                                deleted.workspace().users(),
                                deleted.deletedAt().toEpochMilli(),
                                deleted.erasedAt().toEpochMilli()))
                        .toList(),
                listed.next());
    }

    @POST
    @Path("{projectId}/sub-clients")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create a sub-client")
    @APIResponseSchema(value = WorkspaceAnswer.class, responseDescription = "Created", responseCode = "201")
    @APIResponse(responseCode = "400", description = "Sub-clients are off, or a field is invalid")
    @APIResponse(responseCode = "403", description = "Sub-client limit reached, or a workspace user")
    public Response create(@Context ProjectRequest request, NewWorkspaceBody body) {
        return request.once(body, 201, () -> created(request, body));
    }

    private WorkspaceAnswer created(ProjectRequest request, NewWorkspaceBody body) {
        return switch (workspaces.create(
                request.context(),
                request.project(),
                body.name().orElse(""),
                body.description(),
                domain(body.custom_domain()))) {
            case Created.Done done ->
                WorkspaceAnswer.of(WorkspaceView.of(done.workspace()), Optional.of("Sub-client created successfully"));
            case Created.NotEnabled _ -> throw request.refused(400, WorkspaceLookupResource.NOT_ENABLED);
            case Created.Refused(Refusal.Rejected rejected) -> throw Refused.invalid(inWords(rejected.first()));
            case Created.Refused(Refusal refusal) -> throw new Refused(refusal, PROJECT);
        };
    }

    /// An error in the seed's words.
    private static Invalid inWords(Invalid invalid) {
        return new Invalid(
                invalid.field(),
                invalid.apiMessage().replace("Workspace name", "Sub-client name"),
                invalid.userMessage());
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}")
    @Operation(summary = "Get a sub-client, with its users if you can see them")
    @APIResponseSchema(value = WorkspaceAnswer.class, responseDescription = "The sub-client")
    public WorkspaceAnswer get(@Context WorkspaceRequest request) {
        var seen = request.done(
                workspaces.find(request.actor(), request.project(), request.workspace()), WorkspaceApiGuard.DENIED);
        return WorkspaceAnswer.of(WorkspaceView.of(seen.workspace(), seen.users()), Optional.empty());
    }

    @PUT
    @Path("{projectId}/sub-clients/{subClientId}")
    @Operation(summary = "Update a sub-client; omitted fields stay unchanged")
    @APIResponseSchema(value = WorkspaceAnswer.class, responseDescription = "Changed")
    @APIResponse(
            responseCode = "403",
            description = "Not an admin of the sub-client, or a field that only the project side can change")
    public WorkspaceAnswer update(@Context WorkspaceRequest request, WorkspaceChangeBody body) {
        var change = new WorkspaceChange(
                body.name(),
                body.description(),
                body.pathname(),
                body.suspended(),
                body.registration_enabled(),
                body.is_default(),
                domain(body.custom_domain()));
        return switch (workspaces.update(request.actor(), request.project(), request.workspace(), change)) {
            case Updated.Done done ->
                WorkspaceAnswer.of(WorkspaceView.of(done.workspace()), Optional.of("Sub-client updated successfully"));
            case Updated.ForProjectSideOnly _ ->
                throw request.denied(
                        403,
                        "Only the project owner can suspend a sub-client, change its pathname or make it the default");
            case Updated.Refused(Refusal.Rejected rejected) -> throw updateRefused(body, rejected.first());
            case Updated.Refused(Refusal refusal) ->
                throw request.refused(refusal, "Only sub-client admins can update sub-client details");
        };
    }

    /// Treats an empty domain as none, which is what every workspace has.
    private static Optional<String> domain(Optional<String> typed) {
        return typed.filter(domain -> !domain.isBlank());
    }

    private static Refused updateRefused(WorkspaceChangeBody body, Invalid invalid) {
        boolean blank = invalid.field().equals("name") && body.name().orElse("").isBlank();
        return Refused.invalid(
                blank ? new Invalid("name", "Name cannot be empty", invalid.userMessage()) : inWords(invalid));
    }

    @DELETE
    @Path("{projectId}/sub-clients/{subClientId}")
    @Operation(
            summary = "Delete a suspended sub-client with its users and conversations",
            description =
                    "It can be restored for 30 days. Its WhatsApp client is removed at once, and comes back only if"
                            + " the account has one with the same id or phone number by then.")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "Only suspended sub-clients can be deleted")
    @APIResponse(responseCode = "403", description = "A workspace user, including admins")
    @APIResponse(responseCode = "409", description = "Its WhatsApp client has servants")
    public DoneMessage delete(@Context WorkspaceRequest request) {
        return switch (deletions.delete(request.actor(), request.project(), request.workspace())) {
            case Deleted.Done _ -> new DoneMessage("Sub-client deleted successfully");
            case Deleted.Refused(Refusal refusal) ->
                throw request.refused(refusal, "Only the project owner can delete sub-clients");
            case Deleted.StillActive _ ->
                throw request.refused(
                        400, "Only suspended sub-clients can be deleted. Please suspend the sub-client first.");
            case Deleted.NumberHasServants held ->
                throw Refused.conflict("The sub-client's WhatsApp client has "
                        + Words.count(held.servants(), "servant", "servants")
                        + ". Move or remove the servants first.");
        };
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/restore")
    @Operation(
            summary = "Restore a sub-client that was deleted within the last 30 days",
            description = "It comes back suspended, with its users and conversations and at its old address, but"
                    + " without its WhatsApp client.")
    @APIResponseSchema(value = WorkspaceAnswer.class, responseDescription = "Restored")
    @APIResponse(responseCode = "400", description = "Sub-clients are off")
    @APIResponse(responseCode = "403", description = "Sub-client limit reached, or a workspace user")
    @APIResponse(responseCode = "404", description = "No deleted sub-client of the project has this id")
    public WorkspaceAnswer restore(@Context ProjectRequest request, @PathParam("subClientId") String subClientId) {
        WorkspaceId id = WorkspaceId.parse(subClientId).orElseThrow(() -> unknown(request));
        return switch (trash.restore(request.context(), request.project(), id)) {
            case Restored.Done(Workspace workspace, Optional<String> missing) ->
                WorkspaceAnswer.of(
                        WorkspaceView.of(workspace),
                        Optional.of("Sub-client restored successfully"
                                + missing.map(number -> ". Its WhatsApp client " + number
                                                + " was removed; create and link it again")
                                        .orElse("")));
            case Restored.NotFound _ -> throw unknown(request);
            case Restored.NotEnabled _ -> throw request.refused(400, WorkspaceLookupResource.NOT_ENABLED);
            case Restored.LimitReached(long used, long max) ->
                throw new Refused(new Refusal.LimitReached(used, max), PROJECT);
        };
    }

    private static EarlyAnswer unknown(ProjectRequest request) {
        return request.denied(404, WorkspaceApiGuard.UNKNOWN_WORKSPACE);
    }
}
