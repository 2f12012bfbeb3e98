package dev.banyan.accounts.sso;

import jakarta.enterprise.context.Dependent;

/// Asks providers now whether the members whom they sent may still be in, for tests elsewhere.
@Dependent
public class RecheckedMembers {

    private final MemberRechecks rechecks;
    private final MemberSsoNotices notices;

    RecheckedMembers(MemberRechecks rechecks, MemberSsoNotices notices) {
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
