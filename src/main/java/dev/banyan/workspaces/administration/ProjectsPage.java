package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The projects of the account being acted for, newest first. `next` is the cursor of the next page.
@CheckedTemplate(basePath = "workspaces")
record ProjectsPage(PageFrame shell, List<Row> rows, boolean firstPage, Optional<String> next)
        implements TemplateInstance {

    /// `enabled` says whether its workspaces are reachable.
    record Row(String id, String name, Optional<String> description, boolean enabled, long workspaces) {
        public Avatar avatar() {
            return Avatar.of(name, id);
        }

        public String workspacesText() {
            return Words.count(workspaces, "workspace", "workspaces");
        }
    }
}
