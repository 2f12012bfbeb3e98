package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.mail.WorkspaceMails;
import jakarta.inject.Singleton;

/// Reads a page of a workspace's users, for both sides.
@Singleton
record WorkspaceUserLists(WorkspaceUsers users, WaitingRegistrations registrations, WorkspaceMails mails) {

    static final FormProblem LAST_ADMIN =
            new FormProblem("This is the only admin.", "Give another user the admin role first.");
    static final FormProblem EMERGENCY_ADMIN = new FormProblem(
            "This admin can still sign in if your sign-in provider fails.",
            "Name another emergency admin under Single sign-on first.");
    static final FormProblem ONESELF = new FormProblem("You can’t remove yourself.", "Ask another admin to do it.");

    private static final int ROWS = 50;

    Outcome<WorkspaceUserList> read(
            AdminRequest request,
            String search,
            Optional<Integer> after,
            Optional<FormProblem> problem,
            Optional<OneTimeLink> fresh) {
        WorkspaceActor actor = request.actor();
        Workspace workspace = request.workspace();
        Optional<Integer> oneself = actor instanceof WorkspaceActor.Member member
                ? Optional.of(member.user().id())
                : Optional.empty();
        return users.search(actor, workspace.project(), workspace.id(), search, after, ROWS)
                .map(found -> new WorkspaceUserList(
                        request.base() + "/users",
                        request.as(),
                        workspace.name(),
                        oneself,
                        request.registrationOpen(),
                        search,
                        rows(found.users().items(), oneself),
                        after.isEmpty(),
                        found.users().next(),
                        found.admins(),
                        request.as().isPresent(),
                        after.isEmpty() && search.isBlank() ? waiting(actor, workspace) : List.of(),
                        problem,
                        mails.isMailing(workspace),
                        fresh));
    }

    /// The pending registrations, shown above the first page.
    private List<WorkspaceUserList.Waiting> waiting(WorkspaceActor actor, Workspace workspace) {
        return registrations
                .list(actor, workspace.project(), workspace.id(), Optional.empty(), ROWS)
                .fold(
                        listed -> listed.items().stream()
                                .map(WorkspaceUserList.Waiting::of)
                                .toList(),
                        _ -> List.of());
    }

    private static List<WorkspaceUserList.Row> rows(List<WorkspaceUser> users, Optional<Integer> oneself) {
        return users.stream()
                .map(user -> WorkspaceUserList.Row.of(user, oneself))
                .toList();
    }

    /// Parses a user's number from an address.
    static Optional<Integer> number(String text) {
        return Parse.of(text, Integer::valueOf);
    }
}
