package dev.banyan.workspaces;

import dev.banyan.platform.web.Avatar;
import java.util.List;

/**
 * What stands around every page of somebody who has signed in to a workspace: the door's facts, who they are, and where
 * they can go. Draw it with {@code workspaces/memberBar}.
 */
record MemberShell(WorkspaceDoor door, WorkspaceUser person, List<WorkspaceMenu.Entry> menu) {

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

    /** One place to go needs no menu. */
    public boolean hasMenu() {
        return menu.size() > 1;
    }
}
