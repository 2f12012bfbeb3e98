package dev.banyan.accounts.people;

import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** What somebody is asked, and the accounts of others for which they work. */
@CheckedTemplate(basePath = "accounts")
record MyInvitationsPage(PageFrame shell, boolean confirmed, String email, List<Row> invitations, List<Row> joined)
        implements TemplateInstance {

    /** An account: {@code role} and {@code since} as people read them, {@code id} of the account above. */
    record Row(String id, String displayName, String username, String role, String since) {
        public Avatar avatar() {
            return Avatar.of(displayName, username);
        }
    }
}
