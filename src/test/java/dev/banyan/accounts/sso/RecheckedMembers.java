package dev.banyan.accounts.sso;

import jakarta.enterprise.context.Dependent;

/// Asks providers now whether the members whom they sent may still be in, for tests elsewhere.
@Dependent
public class RecheckedMembers {

    private final MemberRechecks rechecks;
    private final MemberLinkRechecks links;
    private final MemberSsoNotices notices;

    RecheckedMembers(MemberRechecks rechecks, MemberLinkRechecks links, MemberSsoNotices notices) {
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
