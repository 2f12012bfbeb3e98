package dev.banyan.workspaces;

import dev.banyan.platform.web.Words;

/** What the pages below a project say about it. {@code registration} is its default for new workspaces. */
record ProjectHead(String id, String name, boolean enabled, boolean registration, long workspaces) {

    static ProjectHead of(Project project) {
        return new ProjectHead(
                project.id().toString(),
                project.name(),
                project.enabled(),
                project.registrationEnabled(),
                project.workspaces());
    }

    public String workspacesText() {
        return Words.count(workspaces, "workspace", "workspaces");
    }

    /** What a press on the switch asks for. */
    public String nextEnabled() {
        return Switch.opposite(enabled);
    }

    /** What a press on the switch asks for. */
    public String nextRegistration() {
        return Switch.opposite(registration);
    }
}
