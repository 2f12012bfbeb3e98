package dev.banyan.workspaces.many;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.access.WorkspaceLookupResource;
import dev.banyan.workspaces.many.ManyWorkspaces.Fate;
import dev.banyan.workspaces.many.ManyWorkspaces.Line;
import dev.banyan.workspaces.many.ManyWorkspaces.Made;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Many new workspaces in one request.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-clients", description = "The workspaces of a project.")
class ManyWorkspacesResource {

    @NoOtherFields
    record NewRow(
            @Schema(description = "1 to 100 characters; required")
            Optional<String> name,

            @Schema(description = "Invites this person as an admin of the new sub-client")
            Optional<String> adminEmail) {}

    @NoOtherFields
    @Schema(requiredProperties = "workspaces")
    record BulkBody(
            @Schema(description = "1 to 200 sub-clients; required")
            Optional<List<NewRow>> workspaces,

            @Schema(
                    description =
                            "The id or short path of a sub-client of this project. The new ones get its assistant with"
                                    + " rules and office hours, appearance, saved replies and registration setting")
            Optional<String> template,

            @Schema(description = "true answers the same and creates nothing")
            Optional<Boolean> dryRun) {}

    /// @param row its place in the list, from 1
    @JsonInclude(Include.NON_ABSENT)
    record RowResult(
            int row,
            String name,

            @Schema(description = "`created`, `refused`, or in a dry run `would_create`")
            String status,

            Optional<WorkspaceId> id,
            Optional<String> shortPath,

            @Schema(description = "The invitation of the admin, if this server sends no email")
            Optional<String> invitationLink,

            @Schema(description = "The field that is wrong") Optional<String> field,

            @Schema(description = "Why it isn't created") Optional<String> error) {}

    record BulkResult(boolean dryRun, long created, long refused, List<RowResult> results) {}

    record BulkAnswer(boolean success, BulkResult data, String message) implements WholeEnvelope {}

    private final ManyWorkspaces workspaces;

    ManyWorkspacesResource(ManyWorkspaces workspaces) {
        this.workspaces = workspaces;
    }

    @POST
    @Path("{projectId}/sub-clients/bulk")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(
            summary = "Create up to 200 sub-clients",
            description = "Each is created or refused for itself: one that is refused doesn’t stop the others.")
    @APIResponseSchema(value = BulkAnswer.class, responseDescription = "What became of each row, in their order")
    @APIResponse(responseCode = "400", description = "Sub-clients are off, or the list is empty or too long")
    @APIResponse(responseCode = "403", description = "A workspace user")
    @APIResponse(responseCode = "404", description = "Project or template not found")
    public Response create(@Context ProjectRequest request, BulkBody body) {
        return request.once(body, 200, () -> created(request, body));
    }

    private BulkAnswer created(ProjectRequest request, BulkBody body) {
        List<ManyWorkspaces.Row> rows = body.workspaces().orElseGet(List::of).stream()
                .map(row -> new ManyWorkspaces.Row(
                        row.name().orElse(""),
                        row.adminEmail().filter(email -> !email.isBlank()).map(String::strip)))
                .toList();
        boolean dryRun = body.dryRun().orElse(false);
        var template = body.template().filter(id -> !id.isBlank());
        return switch (workspaces.create(request.context(), request.project(), rows, template, dryRun)) {
            case Made.Done done -> answer(done, dryRun);
            case Made.ProjectNotFound _ -> throw request.unknown();
            case Made.TemplateNotFound _ -> throw request.denied(404, "Template not found");
            case Made.NotEnabled _ -> throw request.refused(400, WorkspaceLookupResource.NOT_ENABLED);
            case Made.Rejected(Invalid why) -> throw Refused.invalid(why);
        };
    }

    private static BulkAnswer answer(Made.Done done, boolean dryRun) {
        String created =
                Words.count(done.created(), "sub-client", "sub-clients") + (dryRun ? " would be created" : " created");
        return new BulkAnswer(
                true,
                new BulkResult(
                        dryRun,
                        done.created(),
                        done.refused(),
                        done.lines().stream().map(ManyWorkspacesResource::view).toList()),
                done.refused() == 0 ? created : created + ", " + Words.grouped(done.refused()) + " refused");
    }

    private static RowResult view(Line line) {
        String name = line.row().name();
        return switch (line.fate()) {
            case Fate.Done(Workspace workspace, Optional<String> link) ->
                new RowResult(
                        line.number(),
                        name,
                        "created",
                        Optional.of(workspace.id()),
                        Optional.of(workspace.shortPath()),
                        link,
                        Optional.empty(),
                        Optional.empty());
            case Fate.Good _ ->
                new RowResult(
                        line.number(),
                        name,
                        "would_create",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            case Fate.Refused(Invalid why) ->
                new RowResult(
                        line.number(),
                        name,
                        "refused",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(why.field()).filter(field -> !field.isEmpty()),
                        Optional.of(why.apiMessage()));
        };
    }
}
