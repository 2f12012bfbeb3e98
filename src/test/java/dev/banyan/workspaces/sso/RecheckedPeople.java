package dev.banyan.workspaces.sso;

import jakarta.enterprise.context.Dependent;

/// Asks providers now whether the people whom they sent to workspaces may still be in, for tests elsewhere.
@Dependent
public class RecheckedPeople {

    private final SsoRechecks rechecks;
    private final SsoLinkRechecks links;
    private final SsoNotices notices;

    RecheckedPeople(SsoRechecks rechecks, SsoLinkRechecks links, SsoNotices notices) {
        this.rechecks = rechecks;
        this.links = links;
        this.notices = notices;
    }

    public void now() {
        rechecks.run();
        links.run();
    }

    public void tellCutLinks() {
        notices.tellCutLinks();
    }
}
