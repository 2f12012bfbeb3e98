package dev.banyan.workspaces.sso;

import jakarta.enterprise.context.Dependent;

/// Asks providers now whether the people whom they sent to workspaces may still be in, for tests elsewhere.
@Dependent
public class RecheckedPeople {

    private final SsoRechecks rechecks;
    private final SsoNotices notices;

    RecheckedPeople(SsoRechecks rechecks, SsoNotices notices) {
        this.rechecks = rechecks;
        this.notices = notices;
    }

    public void now() {
        rechecks.run();
    }

    public void tellCutLinks() {
        notices.tellCutLinks();
    }
}
