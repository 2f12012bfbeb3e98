package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.administration.WorkspaceTable.Asked;
import jakarta.inject.Singleton;

/// Finds the workspaces that an act of the list means.
@Singleton
public record PickedWorkspaces(WorkspaceLists lists) {

    /// How many are read at once. A program may name as many.
    public static final int MOST = 1_000;

    private static final int MOST_COUNTED = 1_000_000;

    /// Acts on more that a page starts go on after the request, and a page says how far they are.
    public static final int AT_ONCE = 20;

    /// Returns at most [#MOST], without those that aren't in the project.
    public List<Workspace> of(AccountContext context, Project project, WorkspacePicks picks) {
        if (picks.all()) {
            Asked asked = asked(picks);
            return matching(context, project, asked, asked.order(), Optional.empty());
        }
        List<WorkspaceId> known = picks.ids().stream()
                .limit(MOST)
                .flatMap(id -> WorkspaceId.parse(id).stream())
                .toList();
        return lists.these(context, project.id(), known);
    }

    /// Returns how many an act means, of which [#of] returns the first.
    ///
    /// @param first what [#of] or [#after] returned from the beginning
    public int count(AccountContext context, Project project, WorkspacePicks picks, List<Workspace> first) {
        return isPart(picks, first) ? lists.count(context, project.id(), counted(project, picks)) : first.size();
    }

    /// Returns how many suspended ones an act means besides the first.
    int moreSuspended(AccountContext context, Project project, WorkspacePicks picks, List<Workspace> first) {
        long suspended = first.stream().filter(Workspace::suspended).count();
        return isPart(picks, first)
                ? lists.count(context, project.id(), counted(project, picks).suspendedOnly()) - (int) suspended
                : 0;
    }

    private static boolean isPart(WorkspacePicks picks, List<Workspace> first) {
        return picks.all() && first.size() == MOST;
    }

    private static WorkspaceQuery counted(Project project, WorkspacePicks picks) {
        return asked(picks).query(project.registrationEnabled()).limitedTo(MOST_COUNTED);
    }

    /// Returns at most [#MOST] in the order of their creation, the newest first, from one on: for programs that work
    /// them off in portions. What is done to one doesn't change the place of the others.
    ///
    /// @param after the last one that was done
    public List<Workspace> after(
            AccountContext context, Project project, WorkspacePicks picks, Optional<WorkspaceId> after) {
        if (!picks.all()) {
            return of(context, project, picks).stream()
                    .filter(workspace -> after.filter(
                                    done -> workspace.id().value().compareTo(done.value()) >= 0)
                            .isEmpty())
                    .toList();
        }
        return matching(
                context,
                project,
                Asked.of(picks.search(), picks.state(), "", ""),
                WorkspaceQuery.Order.NEWEST,
                after.map(id -> new WorkspaceQuery.Cursor(id, "")));
    }

    private List<Workspace> matching(
            AccountContext context,
            Project project,
            Asked asked,
            WorkspaceQuery.Order order,
            Optional<WorkspaceQuery.Cursor> after) {
        boolean open = project.registrationEnabled();
        if (asked.isNone(open)) {
            return List.of();
        }
        WorkspaceQuery query = asked.query(open);
        return lists.list(
                        context,
                        project.id(),
                        new WorkspaceQuery(query.search(), query.suspended(), query.registration(), order, after, MOST))
                .items();
    }

    private static Asked asked(WorkspacePicks picks) {
        return Asked.of(picks.search(), picks.state(), picks.sort(), "");
    }

    /// Returns the address of the list as it was shown.
    public String back(AccountContext context, Project project, WorkspacePicks picks) {
        return WorkspaceTable.href(context, project, asked(picks));
    }
}
