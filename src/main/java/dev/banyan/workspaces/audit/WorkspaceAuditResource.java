package dev.banyan.workspaces.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.AuditWords;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.audit.WorkspaceAudit.Part;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
    @Schema(name = "WorkspaceAuditPage")
    record EntryList(
            List<EntryView> entries,

            @Schema(description = "Pass as `after` to get the next page; absent on the last page")
            Optional<UUID> nextCursor) {}

    record WorkspaceAuditAnswer(boolean success, EntryList data) {}

    private final WorkspaceApiGuard gate;
    private final WorkspaceAudit audit;

    WorkspaceAuditResource(WorkspaceApiGuard gate, WorkspaceAudit audit) {
        this.gate = gate;
        this.audit = audit;
    }

    @GET
    @Operation(summary = "List what was done in the sub-client, newest first")
    @APIResponseSchema(
            value = WorkspaceAuditAnswer.class,
            responseDescription = "Up to 1,000 entries; use `nextCursor` to get the next page")
    @APIResponse(responseCode = "400", description = "Invalid action, limit or after")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @Schema(description = "Such as `WorkspaceUserAdded`") @QueryParam("action") @DefaultValue("") String action,
            @Schema(
                            description = "A username or email, the id of an API key, `team` (the project’s people) or"
                                    + " `server`")
                    @QueryParam("actor")
                    @DefaultValue("")
                    String actor,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        var query = new WorkspaceAudit.Query(action, actor);
        Paging<UUID> paging = Paging.of(limit, after.filter(text -> !text.isEmpty()), Uuids::parse);
        Optional<UUID> from = paging instanceof Paging.Slice<UUID> slice ? slice.after() : Optional.empty();
        int most = paging instanceof Paging.Slice<UUID> slice ? slice.limit() : 1;
        return gate.withWorkspace(call, projectId, subClientId, (who, project, id) -> switch (audit.list(
                who, project, id, query, from, most)) {
            case Outcome.Refused<Part>(Refusal refusal) -> gate.refused(call, refusal, FORBIDDEN);
            case Outcome.Done<Part> _ when paging instanceof Paging.Bad<UUID> bad -> Answers.refused(400, bad.error());
            case Outcome.Done<Part> _ when isUnknown(query) -> Answers.refused(400, UNKNOWN_ACTION);
            case Outcome.Done<Part>(Part part) ->
                Response.ok(new WorkspaceAuditAnswer(
                                true,
                                new EntryList(
                                        part.entries().stream()
                                                .map(EntryView::of)
                                                .toList(),
                                        part.next())))
                        .build();
        });
    }

    private static boolean isUnknown(WorkspaceAudit.Query query) {
        return !query.action().isEmpty() && !AuditWords.actions().contains(query.action());
    }
}
