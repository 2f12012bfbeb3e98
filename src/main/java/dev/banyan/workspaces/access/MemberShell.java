package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.workspaces.WorkspaceUser;

/// What surrounds every page of a signed-in user of a workspace: the workspace's header, the user, the menu, and the
/// result of the previous page. `visiting` says as what a person of the project's side is here without a user of their
/// own: `owner` or `manager`. `guide` is the document about the page, `release` the program's. Render it with
/// `workspaces/memberBar`, or as a whole page with `workspaces/member`.
public record MemberShell(
        WorkspaceDoor door,
        WorkspaceUser person,
        List<WorkspaceMenu.Entry> menu,
        Optional<String> done,
        Optional<String> visiting,
        String guide,
        String release) {

    public int user() {
        return person.id();
    }

    public String username() {
        return person.username();
    }

    public String email() {
        return person.email();
    }

    public Avatar avatar() {
        return Avatar.of(person.username(), person.email());
    }

    /// A single destination needs no menu.
    public boolean hasMenu() {
        return menu.size() > 1;
    }
}
