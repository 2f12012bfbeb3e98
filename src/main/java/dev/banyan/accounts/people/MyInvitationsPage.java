package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A person's invitations, and the accounts of other owners that they work for. `mailing` says whether this server has
/// mailed the link that confirms `email`.
@CheckedTemplate(basePath = "accounts")
record MyInvitationsPage(
        PageFrame shell, boolean confirmed, boolean mailing, String email, List<Row> invitations, List<Row> joined)
        implements TemplateInstance {

    /// An account: `role` and `since` as displayed, `id` of the root account.
    record Row(String id, String displayName, String username, String role, String since) {
        public Avatar avatar() {
            return Avatar.of(displayName, username);
        }
    }
}
