package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrPicture;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.access.WhatsAppWord;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The first tab of a workspace: its details, registration, and buttons to suspend and delete it. `next` is there until
/// the workspace has users and a number; `fresh` is the link of the invitation of its first admin.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceOverviewPage(
        PageFrame shell,
        WorkspaceHead head,
        Optional<String> description,
        String shortId,
        Registration registration,
        WhatsAppWord whatsapp,
        QrPicture addressCode,
        Optional<String> domain,
        TimeText created,
        TimeText changed,
        Optional<OneTimeLink> fresh,
        Optional<NextSteps> next)
        implements TemplateInstance {

    /// What to do in a workspace that isn't in use yet; the flags say what is done.
    record NextSteps(boolean users, boolean number) {}

    /// `on` is the workspace's own switch, `projectOpen` the project's. Both must be on.
    record Registration(boolean on, boolean projectOpen) {
        /// The value the switch sends.
        public String next() {
            return Switch.opposite(on);
        }
    }
}
