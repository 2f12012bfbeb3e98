package dev.banyan.workspaces.sso;

import jakarta.enterprise.context.Dependent;

/// Asks providers now whether the people whom they sent to workspaces may still be in, for tests elsewhere.
@Dependent
public class RecheckedPeople {

    private final WorkspaceRechecks rechecks;
    private final SsoNotices notices;

    RecheckedPeople(WorkspaceRechecks rechecks, SsoNotices notices) {
        this.rechecks = rechecks;
        this.notices = notices;
    }

    public void now() {
        rechecks.run();
        rechecks.runLinks();
    }

    public void tellCutLinks() {
        notices.tellCutLinks();
    }
}
