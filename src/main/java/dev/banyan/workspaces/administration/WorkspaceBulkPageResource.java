package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.administration.DeleteWorkspacesPage.Rest;
import dev.banyan.workspaces.administration.WorkspaceTable.Asked;
import dev.banyan.workspaces.administration.WorkspacesPage.Report;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Suspends, activates or deletes several workspaces at once, each on its own: a failure doesn't stop the others.
/// Responds with the list and a report above it. The other acts, those on all that match, and the deletion of many are
/// in `many`.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceBulkPageResource {

    private final Projects projects;
    private final Workspaces workspaces;
    private final WorkspaceDeletions deletions;
    private final PickedWorkspaces picked;
    private final WorkspaceTable table;

    WorkspaceBulkPageResource(
            Projects projects,
            Workspaces workspaces,
            WorkspaceDeletions deletions,
            PickedWorkspaces picked,
            WorkspaceTable table) {
        this.projects = projects;
        this.workspaces = workspaces;
        this.deletions = deletions;
        this.picked = picked;
        this.table = table;
    }

    @POST
    @Path("{projectId}/sub-clients/bulk")
    public Response act(
            @Context ProjectPage page,
            @FormParam("workspace") List<String> ids,
            @FormParam("all") @DefaultValue("") String all,
            @FormParam("action") @DefaultValue("") String action,
            @FormParam("q") @DefaultValue("") String search,
            @FormParam("state") @DefaultValue("") String state,
            @FormParam("sort") @DefaultValue("") String sort,
            @FormParam("after") @DefaultValue("") String after) {
        Asked asked = Asked.of(search, state, sort, after);
        var picks = WorkspacePicks.of(ids, all, search, state, sort);
        if (picks.all() && Set.of("suspend", "activate").contains(action)) {
            return Html.seeOther(page.call(), asking(page, picks, action)); // so many are named first
        }
        List<Workspace> found = picked.of(page.context(), page.project(), picks);
        if (found.isEmpty()) {
            return report(
                    page,
                    asked,
                    new Report(
                            "warn", "No workspaces selected.", List.of("Select at least one workspace and try again.")),
                    Set.of());
        }
        return switch (action) {
            case "suspend", "activate" -> setSuspended(page, asked, found, action.equals("suspend"));
            case "delete" -> confirm(page, picks, found, WorkspaceTable.href(page.context(), page.project(), asked));
            default -> throw page.unknown();
        };
    }

    private static String asking(ProjectPage page, WorkspacePicks picks, String action) {
        return page.as("/projects/" + page.id() + "/sub-clients/bulk/acts") + "&action=" + action
                + picks.fields().stream()
                        .map(field ->
                                "&" + field.value() + "=" + URLEncoder.encode(field.label(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
    }

    private Response setSuspended(ProjectPage page, Asked asked, List<Workspace> found, boolean suspended) {
        int changed = 0;
        int already = 0;
        int gone = 0;
        for (Workspace workspace : found) {
            if (workspace.suspended() == suspended) {
                already++;
            } else {
                switch (workspaces.update(
                        page.actor(), page.id(), workspace.id(), WorkspaceChange.suspended(suspended))) {
                    case Workspaces.Updated.Done _ -> changed++;
                    case Workspaces.Updated.Refused _ -> gone++;
                    case Workspaces.Updated.ForProjectSideOnly _ ->
                        throw new IllegalStateException("The project's side may not suspend " + workspace.id());
                }
            }
        }
        String word = suspended ? "suspended" : "active";
        var lines = new ArrayList<String>();
        if (already > 0) {
            lines.add(Words.count(already, "was", "were") + " already " + word + ".");
        }
        if (gone > 0) {
            lines.add(Words.count(gone, "workspace", "workspaces") + " had already been deleted.");
        }
        String title = changed == 0
                ? "No workspaces changed."
                : Words.count(changed, "workspace", "workspaces") + (suspended ? " suspended." : " activated.");
        return report(
                page,
                asked,
                new Report(changed == 0 || gone > 0 ? "warn" : "good", title, List.copyOf(lines)),
                Set.of());
    }

    private Response report(ProjectPage page, Asked asked, Report report, Set<WorkspaceId> picked) {
        // Its workspace counter has changed.
        Project now = projects.find(page.context(), page.id()).orElse(page.project());
        return Html.ok(table.page(page.now(now), asked, Optional.of(report), picked));
    }

    private Response confirm(ProjectPage page, WorkspacePicks picks, List<Workspace> found, String back) {
        List<DeleteWorkspacesPage.Item> items =
                DeleteWorkspacesPage.Item.of(found, deletions.contents(tenant(page), found));
        List<DeleteWorkspacesPage.Item> deletable =
                items.stream().filter(DeleteWorkspacesPage.Item::deletable).toList();
        String action = deletable.size() > PickedWorkspaces.AT_ONCE ? "delete-many" : "delete";
        return Html.ok(new DeleteWorkspacesPage(
                page.frame("Delete workspaces"),
                page.projectHead(),
                deletable,
                items.stream().filter(item -> !item.suspended()).toList(),
                items.stream().filter(DeleteWorkspacesPage.Item::kept).toList(),
                picks.all() && action.equals("delete-many")
                        ? rest(page, picks, found, deletable)
                        : Rest.none(deletable),
                Optional.empty(),
                "/projects/" + page.id() + "/sub-clients/bulk/" + action,
                back,
                page.context().membership().isOwner(),
                false));
    }

    /// A form has room for the ids of a few, so those that match are sent as what they match.
    private Rest rest(
            ProjectPage page, WorkspacePicks picks, List<Workspace> found, List<DeleteWorkspacesPage.Item> deletable) {
        int more = picked.moreSuspended(page.context(), page.project(), picks, found);
        return new Rest(picks.fields(), more, deletable.size() + more);
    }

    private static AccountId tenant(ProjectPage page) {
        return page.context().owner().tenant();
    }

    @POST
    @Path("{projectId}/sub-clients/bulk/delete")
    public Response delete(@Context ProjectPage page, @FormParam("workspace") List<String> ids) {
        int deleted = 0;
        int gone = 0;
        var kept = new HashSet<WorkspaceId>();
        var lines = new ArrayList<String>();
        for (Workspace workspace : picked.of(page.context(), page.project(), WorkspacePicks.of(ids, "", "", "", ""))) {
            switch (deletions.delete(page.actor(), page.id(), workspace.id())) {
                case Workspaces.Deleted.Done _ -> deleted++;
                case Workspaces.Deleted.Refused _ -> gone++;
                case Workspaces.Deleted.StillActive _ -> {
                    kept.add(workspace.id());
                    lines.add("“" + workspace.name() + "” is active and wasn’t deleted. Suspend it first.");
                }
                case Workspaces.Deleted.NumberHasServants _ -> {
                    kept.add(workspace.id());
                    lines.add("“" + workspace.name() + "” wasn’t deleted: its number has servants."
                            + " Go to Numbers and move or remove them first.");
                }
            }
        }
        if (gone > 0) {
            lines.add(Words.count(gone, "workspace", "workspaces") + " had already been deleted.");
        }
        return report(
                page,
                Asked.of("", "", "", ""),
                new Report(
                        lines.isEmpty() && deleted > 0 ? "good" : "warn",
                        deleted == 0
                                ? "No workspaces deleted."
                                : Words.count(deleted, "workspace", "workspaces") + " deleted.",
                        List.copyOf(lines)),
                Set.copyOf(kept));
    }
}
