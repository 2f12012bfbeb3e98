package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceUser;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Reads a page of a workspace's users, for both sides.
@Singleton
final class WorkspaceUserLists {

    static final FormProblem LAST_ADMIN = new FormProblem(
            "The last admin keeps the role.", "Make another user admin first. Then this one can go or become a user.");
    static final FormProblem ONESELF = new FormProblem(
            "You cannot remove yourself.", "Another admin can. Or sign out everywhere in your profile.");

    private static final int ROWS = 50;

    /// Which page, and for whom.
    ///
    /// @param base the address of the list
    /// @param as the account that the page is rendered for
    /// @param dialogs whether the page can open others as dialogs
    record ListRequest(
            String base,
            Optional<String> as,
            boolean registrationOpen,
            boolean dialogs,
            String search,
            Optional<Integer> after,
            Optional<FormProblem> problem) {}

    private final WorkspaceUsers users;
    private final WaitingRegistrations registrations;

    WorkspaceUserLists(WorkspaceUsers users, WaitingRegistrations registrations) {
        this.users = users;
        this.registrations = registrations;
    }

    /// @return empty if the actor may not see the users, or no longer
    Optional<WorkspaceUserList> read(WorkspaceActor actor, Workspace workspace, ListRequest wanted) {
        Optional<Integer> oneself = actor instanceof WorkspaceActor.Member member
                ? Optional.of(member.user().id())
                : Optional.empty();
        return switch (users.search(
                actor, workspace.project(), workspace.id(), wanted.search(), wanted.after(), ROWS)) {
            case WorkspaceUsers.Found.Done found ->
                Optional.of(new WorkspaceUserList(
                        wanted.base(),
                        wanted.as(),
                        workspace.name(),
                        oneself,
                        wanted.registrationOpen(),
                        wanted.search(),
                        rows(found.users().items(), oneself),
                        wanted.after().isEmpty(),
                        found.users().next(),
                        found.admins(),
                        wanted.dialogs(),
                        wanted.after().isEmpty() && wanted.search().isBlank() ? waiting(actor, workspace) : List.of(),
                        wanted.problem()));
            case WorkspaceUsers.Found.NotFound _, WorkspaceUsers.Found.Forbidden _ -> Optional.empty();
        };
    }

    /// The pending registrations, shown above the first page.
    private List<WorkspaceUserList.Waiting> waiting(WorkspaceActor actor, Workspace workspace) {
        return registrations.list(actor, workspace.project(), workspace.id(), Optional.empty(), ROWS)
                        instanceof WaitingRegistrations.ViewResult.Done done
                ? done.registrations().items().stream()
                        .map(WorkspaceUserList.Waiting::of)
                        .toList()
                : List.of();
    }

    private static List<WorkspaceUserList.Row> rows(List<WorkspaceUser> users, Optional<Integer> oneself) {
        return users.stream()
                .map(user -> WorkspaceUserList.Row.of(user, oneself))
                .toList();
    }

    /// Parses a user's number from an address.
    static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
