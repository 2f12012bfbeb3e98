package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrPicture;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.WhatsAppWord;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// The first tab of a workspace: its details, registration, and buttons to suspend and delete it.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceOverviewPage(
        PageFrame shell,
        WorkspaceHead head,
        Optional<String> description,
        String shortId,
        Registration registration,
        WhatsAppWord whatsapp,
        QrPicture addressCode,
        String created,
        String changed)
        implements TemplateInstance {

    /// `on` is the workspace's own switch, `projectOpen` the project's. Both must be on.
    record Registration(boolean on, boolean projectOpen) {
        /// The value the switch sends.
        public String next() {
            return Switch.opposite(on);
        }
    }
}
