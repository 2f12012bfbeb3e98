package dev.banyan.workspaces.many;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.WorkspaceLookupResource;
import dev.banyan.workspaces.administration.PickedWorkspaces;
import dev.banyan.workspaces.administration.WorkspacePicks;
import dev.banyan.workspaces.many.ManyWorkspaces.Fate;
import dev.banyan.workspaces.many.ManyWorkspaces.Made;
import dev.banyan.workspaces.many.WorkspaceBatches.Act;
import dev.banyan.workspaces.many.WorkspaceBatches.Line;
import dev.banyan.workspaces.many.WorkspaceBatches.Result;
import dev.banyan.workspaces.users.Invitations;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Acts on many workspaces, a hundred per request: the answer says how many remain and where to go on. Many new ones
/// come in one request.
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

    private final Projects projects;
    private final PickedWorkspaces picked;
    private final WorkspaceBatches batches;
    private final Database database;
    private final ManyWorkspaces workspaces;

    BulkActsResource(
            Projects projects,
            PickedWorkspaces picked,
            WorkspaceBatches batches,
            Database database,
            ManyWorkspaces workspaces) {
        this.projects = projects;
        this.picked = picked;
        this.batches = batches;
        this.database = database;
        this.workspaces = workspaces;
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
                        done.lines().stream().map(BulkActsResource::view).toList()),
                done.refused() == 0 ? created : created + ", " + Words.grouped(done.refused()) + " refused");
    }

    private static RowResult view(ManyWorkspaces.Line line) {
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
