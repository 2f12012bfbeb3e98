package dev.banyan.workspaces.many;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.administration.PickedWorkspaces;
import dev.banyan.workspaces.administration.WorkspacePicks;
import dev.banyan.workspaces.many.WorkspaceBatches.Act;
import dev.banyan.workspaces.many.WorkspaceBatches.Line;
import dev.banyan.workspaces.many.WorkspaceBatches.Result;
import dev.banyan.workspaces.users.Invitations;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Acts on many workspaces, a hundred per request: the answer says how many remain and where to go on.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-clients", description = "The workspaces of a project.")
class BulkActsResource {

    static final int AT_ONCE = 100;

    private static final Set<String> ACTIONS = Set.of("suspend", "activate", "delete", "template", "invite");
    private static final Set<String> STATES = Set.of("", "all", "active", "suspended", "open", "closed");

    @NoOtherFields
    @Schema(name = "BulkActBody", requiredProperties = "action")
    record BulkActBody(
            @Schema(description = "`suspend`, `activate`, `delete`, `template` or `invite`; required")
            Optional<String> action,

            @Schema(description = "Ids of up to 1,000 sub-clients; or send `all`")
            Optional<List<String>> workspaces,

            @Schema(description = "true for all that match `search` and `state`, not only one page of them")
            Optional<Boolean> all,

            @Schema(description = "With `all`: beginnings of words")
            Optional<String> search,

            @Schema(description = "With `all`: `active`, `suspended`, `open` or `closed` (registration)")
            Optional<String> state,

            @Schema(description = "For `template`: the id or short path of the sub-client to be like")
            Optional<String> template,

            @Schema(description = "For `invite`: who becomes an admin")
            Optional<String> email,

            @Schema(description = "For `delete`: must be true. Only suspended ones are deleted")
            Optional<Boolean> confirmDelete,

            @Schema(description = "`nextCursor` of the last answer")
            Optional<String> after) {}

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "BulkActLine")
    record LineView(
            WorkspaceId id,
            String name,

            @Schema(description = "`changed`, `unchanged` or `refused`")
            String status,

            @Schema(description = "Why") Optional<String> message,

            @Schema(description = "The invitation, if this server sends no email")
            Optional<String> invitationLink) {

        static LineView of(Line line) {
            return new LineView(
                    line.workspace().id(),
                    line.workspace().name(),
                    switch (line.result()) {
                        case CHANGED -> "changed";
                        case UNCHANGED -> "unchanged";
                        case REFUSED -> "refused";
                    },
                    Optional.of(line.why()).filter(why -> !why.isEmpty()),
                    line.link());
        }

        static LineView unknown(String id) {
            return new LineView(
                    new WorkspaceId(id), "", "refused", Optional.of("Sub-client not found"), Optional.empty());
        }
    }

    /// @param remaining at most 1,000, which means that many or more
    @JsonInclude(Include.NON_ABSENT)
    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "BulkActAnswer"))
    record BulkActDone(
            long changed,
            long unchanged,
            long refused,

            @Schema(description = "How many are still to do, up to 1,000")
            int remaining,

            @Schema(description = "Send the same again with this as `after`; absent at the end")
            Optional<WorkspaceId> nextCursor,

            List<LineView> results) {}

    private final Projects projects;
    private final PickedWorkspaces picked;
    private final WorkspaceBatches batches;
    private final Database database;

    BulkActsResource(Projects projects, PickedWorkspaces picked, WorkspaceBatches batches, Database database) {
        this.projects = projects;
        this.picked = picked;
        this.batches = batches;
        this.database = database;
    }

    @POST
    @Path("{projectId}/sub-clients/bulk/acts")
    @Operation(
            summary = "Suspend, activate, delete or invite to many sub-clients, or apply a template to them",
            description = "Up to 100 per request, each for itself. Repeat with `nextCursor` until it is absent.")
    @APIResponseSchema(value = BulkActDone.class, responseDescription = "What became of each, and what remains")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid")
    @APIResponse(responseCode = "404", description = "Project or template not found")
    public BulkActDone act(@Context ProjectRequest request, BulkActBody body) {
        AccountContext context = request.context();
        Project project = projects.find(context, request.project()).orElseThrow(request::unknown);
        Refused.ifInvalid(invalid(body));
        Act act = act(context, project, body).orElseThrow(() -> request.denied(404, "Template not found"));
        var picks = WorkspacePicks.of(
                body.workspaces().orElse(List.of()),
                body.all().orElse(false).toString(),
                body.search().orElse(""),
                body.state().orElse(""),
                "");
        List<Workspace> found =
                picked.after(context, project, picks, body.after().flatMap(WorkspaceId::parse));
        List<Workspace> now = found.subList(0, Math.min(AT_ONCE, found.size()));
        List<String> unknown = body.after().isEmpty() ? unknown(picks, found) : List.of();
        List<Line> lines = batches.run(context, now, act);
        int remaining = found.size() - now.size();
        return new BulkActDone(
                count(lines, Result.CHANGED),
                count(lines, Result.UNCHANGED),
                count(lines, Result.REFUSED) + unknown.size(),
                remaining,
                remaining == 0 ? Optional.empty() : Optional.of(now.getLast().id()),
                Stream.concat(lines.stream().map(LineView::of), unknown.stream().map(LineView::unknown))
                        .toList());
    }

    /// Returns what was named and isn't there. Later requests of the same act may name what the first ones deleted.
    private static List<String> unknown(WorkspacePicks picks, List<Workspace> found) {
        Set<String> there =
                found.stream().map(workspace -> workspace.id().value()).collect(Collectors.toSet());
        return picks.ids().stream().distinct().filter(id -> !there.contains(id)).toList();
    }

    private static long count(List<Line> lines, Result result) {
        return lines.stream().filter(line -> line.result() == result).count();
    }

    private static Optional<Invalid> invalid(BulkActBody body) {
        String action = body.action().orElse("");
        if (!ACTIONS.contains(action)) {
            return Optional.of(new Invalid("action", "action must be suspend, activate, delete, template or invite"));
        }
        List<String> ids = body.workspaces().orElse(List.of());
        if (body.all().orElse(false) != ids.isEmpty()) {
            return Optional.of(new Invalid("workspaces", "Send either workspaces or all"));
        }
        if (ids.size() > PickedWorkspaces.MOST) {
            return Optional.of(
                    new Invalid("workspaces", "workspaces must be at most " + PickedWorkspaces.MOST + " ids"));
        }
        if (!STATES.contains(body.state().orElse(""))) {
            return Optional.of(new Invalid("state", "state must be active, suspended, open or closed"));
        }
        if (body.after().filter(after -> WorkspaceId.parse(after).isEmpty()).isPresent()) {
            return Optional.of(new Invalid("after", "after must be a nextCursor"));
        }
        return switch (action) {
            case "delete" ->
                body.confirmDelete().orElse(false)
                        ? Optional.empty()
                        : Optional.of(new Invalid("confirmDelete", "confirmDelete must be true"));
            case "invite" ->
                Invitations.invalid(body.email().orElse("")).stream().findFirst();
            case "template" ->
                body.template().filter(id -> !id.isBlank()).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Invalid("template", "template is required"));
            default -> Optional.empty();
        };
    }

    /// @return empty if the template doesn't exist
    private Optional<Act> act(AccountContext context, Project project, BulkActBody body) {
        return switch (body.action().orElse("")) {
            case "suspend" -> Optional.of(new Act.Suspend());
            case "activate" -> Optional.of(new Act.Activate());
            case "delete" -> Optional.of(new Act.Delete());
            case "invite" -> Optional.of(new Act.Invite(body.email().orElse("").strip()));
            default ->
                database.read(tx -> WorkspaceModels.find(
                                tx,
                                context.owner(),
                                project.id(),
                                body.template().orElse("")))
                        .map(Act.Apply::new);
        };
    }
}
