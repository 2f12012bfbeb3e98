package dev.banyan.workspaces.audit;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.audit.WorkspaceAudit.Part;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The audit log of one workspace, in the API.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/audit")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client audit", description = "What was done in one sub-client, by whom and when.")
class WorkspaceAuditResource {

    private static final String FORBIDDEN = "Only sub-client admins can see the audit log";
    static final String UNKNOWN_ACTION = "Unknown action";

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "WorkspaceAuditEntry")
    record EntryView(
            UUID id,
            Instant at,

            @Schema(description = "A username, an email, or words such as “Project team” and “The server”")
            String who,

            @Schema(example = "WorkspaceUserAdded") String action,

            @Schema(description = "The act as a sentence", example = "Added a user, amira, to a workspace")
            String what,

            @Schema(description = "More about the act; absent once it was erased")
            Optional<Map<String, String>> details,

            @Schema(description = "Empty for people whose address is not shown to you")
            String ip) {

        static EntryView of(WorkspaceAudit.Entry entry) {
            return new EntryView(
                    entry.act().id(),
                    entry.act().at(),
                    entry.who(),
                    entry.act().action(),
                    entry.act().sentence(),
                    entry.act().details().map(_ -> entry.act().facts()),
                    entry.ip());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    @Schema(
            name = "WorkspaceAuditPage",
            extensions = @Extension(name = ApiDescription.ENVELOPE, value = "WorkspaceAuditAnswer"))
    record EntryList(
            List<EntryView> entries,

            @Schema(description = "Pass as `after` to get the next page; absent on the last page")
            Optional<UUID> nextCursor) {}

    private final WorkspaceAudit audit;

    WorkspaceAuditResource(WorkspaceAudit audit) {
        this.audit = audit;
    }

    @GET
    @Operation(summary = "List what was done in the sub-client, newest first")
    @APIResponseSchema(
            value = EntryList.class,
            responseDescription = "Up to 1,000 entries; use `nextCursor` to get the next page")
    @APIResponse(responseCode = "400", description = "Invalid action, limit or after")
    public EntryList list(
            @Context WorkspaceRequest request,
            @Schema(description = "Such as `WorkspaceUserAdded`") @QueryParam("action") @DefaultValue("") String action,
            @Schema(
                            description = "A username or email, the id of an API key, `team` (the project’s people) or"
                                    + " `server`")
                    @QueryParam("actor")
                    @DefaultValue("")
                    String actor,
            @BeanParam PageQuery page) {
        var query = new WorkspaceAudit.Query(action, actor);
        Workspace workspace =
                request.done(audit.open(request.actor(), request.project(), request.workspace()), FORBIDDEN);
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        if (query.isUnknown()) {
            throw request.refused(400, UNKNOWN_ACTION);
        }
        Part part = audit.list(workspace, request.actor(), query, slice.after(), slice.limit());
        return new EntryList(part.entries().stream().map(EntryView::of).toList(), part.next());
    }
}
